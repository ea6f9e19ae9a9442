"""Every touch of the disk that keeps a run: whole files, put in place by a rename.

A file is under its name whole or not at all, also when the process is killed. What survives a loss
of power is what was written `durable` or named to `sync`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, final

_PART = ".glasstown-part"
_AT_ONCE = 16


@final
@dataclass(frozen=True)
class FileEntry:
    """What a file of the run must be: its size in bytes and its SHA-256 in hex."""

    bytes: int
    sha256: str


def write(file: Path, parts: Iterable[bytes], durable: bool = False) -> FileEntry:
    """Write a file whole, in the place of one that may be there; its folder is made.

    Raises:
        OSError: it cannot be written; what was there is untouched, and no room is taken.
    """
    file.parent.mkdir(exist_ok=True)
    size, digest = 0, hashlib.sha256()
    with replacing(file, durable) as out:
        for data in parts:
            out.write(data)
            digest.update(data)
            size += len(data)
    return FileEntry(size, digest.hexdigest())


@contextmanager
def replacing(file: Path, durable: bool = False) -> Iterator[BinaryIO]:
    """A file to write into, which takes its place when the block ends well, and else is removed.

    Raises:
        OSError: it cannot be written; what was there is untouched, and no room is taken.
    """
    part = file.with_name(f".{file.name}{_PART}")
    try:
        with part.open("wb") as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def read(file: Path) -> bytes:
    """A file's bytes.

    Raises:
        OSError: it is missing, cannot be read, or is no file: a pipe might never end.
    """
    size(file)
    return file.read_bytes()


def size(file: Path) -> int:
    """A file's size in bytes.

    Raises:
        OSError: it is missing or cannot be asked.
        NotAFile: it is a folder, a pipe, a device.
    """
    found = os.stat(file)
    if not stat.S_ISREG(found.st_mode):
        raise NotAFile(str(file))
    return found.st_size


@final
class NotAFile(OSError):
    """A folder, pipe or device where a file should be."""


def entry(file: Path) -> FileEntry:
    """A file's size and digest.

    Raises:
        OSError: it is missing, cannot be read, or is no file.
    """
    return FileEntry(size(file), file_digest(file))


def file_digest(file: Path) -> str:
    """The SHA-256 of a file's bytes, in hex.

    Raises:
        OSError: it is missing or cannot be read.
    """
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def names(folder: Path) -> list[str]:
    """What lies in a folder, in order, but for what a killed writer left half-written; or none."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        return sorted(e.name for e in entries if not e.name.endswith(_PART))
    return []


def sync(paths: Sequence[Path]) -> None:
    """Have files and folders survive a loss of power; those that are gone are passed over.

    Several are asked for at once: the disk then makes one effort of it.

    Raises:
        OSError: the disk is full after all, say.
    """
    if len(paths) == 1:
        _sync(paths[0])
    elif paths:
        with ThreadPoolExecutor(min(len(paths), _AT_ONCE)) as pool:
            list(pool.map(_sync, paths))


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it, if it is there and can be removed."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def remove_parts(folder: Path) -> None:
    """Remove what a killed writer left half-written in a folder."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for found in [e.path for e in entries if e.name.endswith(_PART)]:
            remove(Path(found))


def move(source: Path, target: Path) -> None:
    """Give a folder another name, in one step.

    Raises:
        OSError: it cannot be.
    """
    source.rename(target)


def _sync(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    except OSError:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            raise  # some file systems cannot sync a folder, and then need not
    finally:
        os.close(handle)
