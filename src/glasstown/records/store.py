"""Every touch of what keeps a run: a disk, or an object store.

On a disk a file is put in place by a rename, and lasts when it is synced. In a store an object is
put whole and lasts at once, so what only a disk needs does nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, TypeVar

from glasstown.records import disk, objects
from glasstown.records.disk import FileEntry as FileEntry
from glasstown.records.disk import NotAFile as NotAFile
from glasstown.records.spots import Remote, Spot

_TOGETHER = 16

T = TypeVar("T")
U = TypeVar("U")


def write(file: Spot, parts: Iterable[bytes], durable: bool = False) -> FileEntry:
    """Write a file whole, in the place of one that may be there; its folder is made.

    Raises:
        OSError, StoreProblem: it cannot be written; what was there is untouched.
    """
    if isinstance(file, Remote):
        return objects.write(file, parts)
    return disk.write(file, parts, durable)


def read(file: Spot) -> bytes:
    """A file's bytes.

    Raises:
        OSError, StoreProblem: it is missing, cannot be read, or is no file.
    """
    return objects.read(file) if isinstance(file, Remote) else disk.read(file)


def size(file: Spot) -> int:
    """A file's size in bytes.

    Raises:
        OSError, StoreProblem: it is missing or cannot be asked.
        NotAFile: it is a folder, a pipe, a device.
    """
    return objects.size(file) if isinstance(file, Remote) else disk.size(file)


def entry(file: Spot) -> FileEntry:
    """A file's size and digest.

    Raises:
        OSError, StoreProblem: it is missing, cannot be read, or is no file.
    """
    return objects.entry(file) if isinstance(file, Remote) else disk.entry(file)


def source(file: Spot) -> Path | BinaryIO:
    """What a library can read a file from: its path, or the bytes of an object.

    Raises:
        StoreProblem, FileNotFoundError: a store does not give it.
    """
    return BytesIO(objects.read(file)) if isinstance(file, Remote) else file


def names(folder: Spot) -> list[str]:
    """What lies in a folder, in order, but for what a killed writer left half-written; or none."""
    return objects.names(folder) if isinstance(folder, Remote) else disk.names(folder)


def is_folder(path: Spot) -> bool:
    """Whether there is a folder of this name; in a store, whether anything lies below it."""
    return bool(objects.names(path)) if isinstance(path, Remote) else path.is_dir()


def is_file(path: Spot) -> bool:
    """Whether there is a file of this name."""
    return objects.is_file(path) if isinstance(path, Remote) else path.is_file()


def exists(path: Spot) -> bool:
    """Whether there is a folder or a file of this name."""
    if isinstance(path, Remote):
        return is_folder(path) or is_file(path)
    return path.exists()


def make_folder(folder: Spot) -> None:
    """Make a folder in one that is there; a store needs none."""
    if not isinstance(folder, Remote):
        folder.mkdir(exist_ok=True)


def sync(paths: Sequence[Spot]) -> None:
    """Have files and folders survive a loss of power; those that are gone are passed over.

    Raises:
        OSError: the disk is full after all, say.
    """
    disk.sync([path for path in paths if not isinstance(path, Remote)])


def remove(path: Spot) -> None:
    """Remove a file or a folder with all that is in it, if it is there.

    Raises:
        StoreProblem: a store does not do it; a disk that does not is passed over.
    """
    if isinstance(path, Remote):
        objects.remove(path)
    else:
        disk.remove(path)


def remove_parts(folder: Spot) -> None:
    """Remove what a killed writer left half-written in a folder."""
    if not isinstance(folder, Remote):
        disk.remove_parts(folder)


def together(near: Spot, task: Callable[[T], U], wanted: Sequence[T]) -> list[U]:
    """Do a task that reads for each; several at once where each waits for a network."""
    if not isinstance(near, Remote) or len(wanted) < 2:
        return [task(each) for each in wanted]
    with ThreadPoolExecutor(min(len(wanted), _TOGETHER)) as pool:
        return list(pool.map(task, wanted))
