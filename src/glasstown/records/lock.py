"""One writer to a run: a lock beside its folder that ends with its process, or a lease."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import final

from glasstown.records.lease import Lease, leased
from glasstown.records.refuse import refusal
from glasstown.records.spots import Remote, Spot


@final
@dataclass(frozen=True)
class Held:
    """A lock that this process holds; lease: of a run in a store."""

    lease: Lease | None = None

    def require(self) -> None:
        """See that it is still held.

        Raises:
            RunProblem: a lease was lost.
        """
        if self.lease is not None:
            self.lease.require()


@contextmanager
def held(lock: Spot, folder: Spot) -> Iterator[Held]:
    """Hold the lock while something is done to the folder.

    Raises:
        RunProblem: another process holds it.
        OSError, StoreProblem: it cannot be made.
    """
    if isinstance(lock, Remote) and isinstance(folder, Remote):
        with leased(lock, folder) as lease:
            yield Held(lease)
    else:
        assert not isinstance(lock, Remote)
        assert not isinstance(folder, Remote)
        with locked(lock, folder):
            yield Held()


@contextmanager
def locked(file: Path, folder: Path, kind: str = "run") -> Iterator[None]:
    """Hold the lock file while something is done to the folder of a run, or of another kind.

    The lock is the system's (`flock`), so that of a killed process is free at once; the number
    written into the file only tells others who holds it.

    Raises:
        RunProblem: another process holds it.
        OSError: the lock file cannot be made.
    """
    import fcntl

    while True:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise _in_use(folder, kind, os.pread(handle, 20, 0)) from None
            if not _is_still(file, handle):
                continue  # its last holder has removed it in the meantime
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
            try:
                yield
            finally:
                file.unlink(missing_ok=True)
            return
        finally:
            os.close(handle)


def _is_still(file: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(file, follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False


def _in_use(folder: Path, kind: str, written: bytes) -> Exception:
    number = written.decode("ascii", "replace").strip()
    who = f"process {number}" if number.isdigit() else "another process"
    return refusal(
        folder,
        f"this {kind} is in use: {who} is writing it",
        remedy="wait until it ends, or name another folder",
    )
