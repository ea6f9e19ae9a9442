"""A disk that loses its power: what was not synced may be lost, whole or in part.

While `recorded` runs something, each effort to make files last, and each rename, is a moment at
which the power may fail. At some of them an image of the folder is made as a disk could be found
then: a file that was synced is there; of another, nothing, a part, or all of it; and of the changes
to a folder since it was synced, some.
"""

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock
from unittest.mock import patch


@dataclass
class Disk:
    """What would surface of a folder after a loss of power."""

    root: Path
    images: Path
    luck: random.Random
    chance: float
    taken: int = 0
    lasting: dict[int, bytes] = field(default_factory=dict)
    entries: dict[int, dict[str, int]] = field(default_factory=dict)
    held: dict[int, int] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def synced(self, handle: int) -> None:
        """A file or a folder now lasts as it is."""
        found = os.fstat(handle).st_ino
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        if path.is_dir():
            self.entries[found] = listing(path)
        else:
            self.lasting[found] = path.read_bytes()
            self.hold(path)

    def hold(self, path: Path) -> None:
        """Keep a file readable after it is gone, and its number from being given to another."""
        if path.is_file() and path.stat().st_ino not in self.held:
            handle = os.open(path, os.O_RDONLY)
            self.held[os.fstat(handle).st_ino] = handle

    def maybe_take(self) -> None:
        """Make an image, if luck will."""
        if self.luck.random() < self.chance:
            image = self.images / f"{self.taken:03}"
            image.mkdir()
            self.taken += 1
            self._surface(self.root, image, whole=True)

    def _surface(self, folder: Path, image: Path, whole: bool = False) -> None:
        """Put a folder into the image. whole: its changes are all there, or none is."""
        now = listing(folder)
        then = self.entries.get(folder.stat().st_ino, {})
        all_now = self.luck.random() < 0.5
        for name in sorted({*now, *then}):
            is_now = all_now if whole else self.luck.random() < 0.5
            number = (now if is_now else then).get(name)
            if number is None or name.endswith("-lock"):
                continue
            inner = folder / name
            if number in self.held:
                (image / name).write_bytes(self._content(number))
            elif inner.is_dir() and inner.stat().st_ino == number:
                (image / name).mkdir()
                self._surface(inner, image / name)
            else:  # a folder under its other name, or one that is gone
                other = self._other(folder, number)
                if other is not None:
                    (image / name).mkdir()
                    self._surface(other, image / name)

    def _other(self, folder: Path, number: int) -> Path | None:
        found = [p for p in folder.iterdir() if p.is_dir() and p.stat().st_ino == number]
        return found[0] if found else None

    def _content(self, number: int) -> bytes:
        if number in self.lasting:
            return self.lasting[number]
        handle = self.held[number]
        raw = os.pread(handle, os.fstat(handle).st_size, 0)
        return self.luck.choice([b"", raw[: self.luck.randrange(len(raw) + 1)], raw])


def listing(folder: Path) -> dict[str, int]:
    return {entry.name: entry.inode() for entry in os.scandir(folder)}


@contextmanager
def recorded(root: Path, images: Path, seed: int, chance: float) -> Iterator[Disk]:
    """Make images of `root`, while the block runs, as losses of power would leave it."""
    disk = Disk(root, images, random.Random(seed), chance)
    fsync, replace, rename = os.fsync, os.replace, os.rename

    def noted(change: Callable[..., None], *paths: Path) -> None:
        with disk.lock:
            for path in paths[:1]:
                disk.hold(Path(path))
            change(*paths)
            disk.maybe_take()

    def noted_sync(handle: int) -> None:
        with disk.lock:
            fsync(handle)
            disk.synced(handle)
            disk.maybe_take()

    with (
        patch.object(os, "fsync", noted_sync),
        patch.object(os, "replace", lambda a, b: noted(replace, a, b)),
        patch.object(os, "rename", lambda a, b: noted(rename, a, b)),
    ):
        yield disk
    for handle in disk.held.values():
        os.close(handle)
