"""Why a run folder is refused, said once for everybody who refuses one."""

from __future__ import annotations

import errno
from pathlib import Path

from glasstown.errors import Place, Problem, RunProblem

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def refusal(
    where: Path, what: str, why: str = "", remedy: str = "", nearest: str = ""
) -> RunProblem:
    """A RunProblem with one problem, at a file or folder."""
    return RunProblem(Problem(Place(str(where)), what, why, remedy, nearest))


def not_written(folder: Path, error: OSError) -> RunProblem:
    """What the system said when a run was being written, in words."""
    if error.errno in _FULL:
        return refusal(
            folder,
            "the disk is full: the run was not written",
            why="nothing half-written is left, and what was there before is untouched",
            remedy="make room, or name a folder on another disk",
        )
    if error.errno in _FORBIDDEN:
        return refusal(
            folder,
            "no run can be written here",
            why=_reason(error),
            remedy="name a folder that you may write to",
        )
    return refusal(
        folder,
        f"the run could not be written: {_reason(error)}",
        why="nothing half-written is left, and what was there before is untouched",
        remedy="name another folder",
    )


def not_read(file: Path, error: OSError) -> RunProblem:
    """What the system said when a file of a run was being read, in words."""
    if error.errno in _FORBIDDEN:
        return refusal(file, "this may not be read", remedy="give yourself permission to read it")
    return refusal(file, f"this cannot be read: {_reason(error)}", remedy="check the path")


def damaged(file: Path, what: str, why: str = "") -> RunProblem:
    """A file of a run that is not as it was written."""
    return refusal(
        file, what, why, remedy="copy the run again from where it came, or run its world again"
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
