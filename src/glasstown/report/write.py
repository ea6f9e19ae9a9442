"""A file written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from glasstown.errors import GlasstownError, Place, Problem


def write(path: Path, content: bytes) -> None:
    """Write a file beside its place, make it last, and put it there in one step.

    Raises:
        GlasstownError: it cannot be written there; what was there is untouched.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise _refused(path, "this is a folder, and the report is a file", "name a file in it")
    if target.exists() and not target.is_file():
        raise _refused(path, "this is not a file that could be replaced", "name another file")
    if not target.parent.is_dir():
        raise _refused(path, "there is no such folder to put a report in", "make the folder first")
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        remedy = "name a file in a folder that you may write to, on a disk with room"
        raise _refused(path, f"the report could not be written: {reason}", remedy) from None


def _refused(path: Path, what: str, remedy: str) -> GlasstownError:
    why = "nothing half-written is left, and what was there is untouched"
    return GlasstownError(Problem(Place(str(path)), what, why, remedy))
