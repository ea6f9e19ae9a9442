"""Why a run folder is refused, said once for everybody who refuses one."""

from __future__ import annotations

import errno
import shlex
from dataclasses import replace

from glasstown.errors import Place, Problem, RunProblem, StoreProblem, shown
from glasstown.records.spots import Spot

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def refusal(
    where: Spot, what: str, why: str = "", remedy: str = "", nearest: str = ""
) -> RunProblem:
    """A RunProblem with one problem, at a file or folder."""
    return RunProblem(Problem(Place(str(where)), what, why, remedy, nearest))


def a_file(place: Spot, kind: str) -> RunProblem:
    """A file stands where a folder of this kind, a run or a sweep, is to be made."""
    return refusal(place, f"this is a file, and a {kind} is a folder", remedy="name a folder")


def not_one(folder: Spot, kind: str, why: str) -> RunProblem:
    """A folder that holds something else is to be written as a run or a sweep."""
    return refusal(
        folder,
        f"this folder is not a Glasstown {kind}",
        why=why,
        remedy="name another folder; what is in this one is never replaced",
    )


def holds_more(folder: Spot, kind: str, what: str) -> RunProblem:
    """A run or a sweep that is to be replaced has something of somebody else's beside it."""
    return refusal(
        folder,
        f"the {kind}'s folder also holds {what}",
        why=f"Glasstown did not write that, and would delete it with the {kind}",
        remedy="move it elsewhere, or name another folder",
    )


def would_be_lost(folder: Spot, kind: str, held: str) -> RunProblem:
    """Another run or sweep lies there, and nobody has said that it may go."""
    return refusal(
        folder,
        f"this folder holds {held}",
        why=f"that {kind} would be lost",
        remedy="name another folder with --out, or let it go with --replace",
    )


def not_written(folder: Spot, error: OSError) -> RunProblem:
    """What the system said when a run was being written, in words."""
    if is_full(error):
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
            why=reason(error),
            remedy="name a folder that you may write to",
        )
    return refusal(
        folder,
        f"the run could not be written: {reason(error)}",
        why="nothing half-written is left, and what was there before is untouched",
        remedy="name another folder",
    )


def not_kept(folder: Spot, kept: str, error: OSError) -> RunProblem:
    """What the system said when a run that has come some way was being kept, in words."""
    full = is_full(error)
    return refusal(
        folder,
        f"{'the disk is full' if full else reason(error)}: the run has stopped, and {kept}",
        why="what is finished stays, and is not lived again",
        remedy=("make room, then: " if full else "when it can be written again: ") + again(folder),
    )


def stopped(folder: Spot, error: StoreProblem) -> StoreProblem:
    """What a store had against a run that may have come some way, and how it goes on."""
    go_on = f"when it can be written again: {again(folder)}"
    return StoreProblem(
        replace(
            problem,
            why=f"{problem.why}; what was kept stays" if problem.why else "what was kept stays",
            remedy=f"{problem.remedy}; {go_on}" if problem.remedy else go_on,
        )
        for problem in error.problems
    )


def again(folder: Spot) -> str:
    """The command that goes on with a run, or mends it."""
    return f"glasstown resume {shlex.quote(shown(folder, 400)[1:-1])}"


def unfinished(folder: Spot, kept: str) -> RunProblem:
    """A run that was stopped before its end, and that somebody wants to read."""
    return refusal(
        folder, "this run is not finished", why=kept, remedy=f"go on with it: {again(folder)}"
    )


def another_program(target: Spot, held: str, version: str) -> RunProblem:
    """A run that was begun by a Glasstown that makes another program of its world."""
    return refusal(
        target,
        "this run was begun with another program than this Glasstown makes of its world",
        why=f"it was begun by Glasstown {held}, and this is {version}: what both have lived "
        "may not belong together",
        remedy=f"install Glasstown {held} and go on with it ({again(target)}), or run its world "
        "anew in another folder",
    )


def not_read(file: Spot, error: OSError) -> RunProblem:
    """What the system said when a file of a run was being read, in words."""
    if error.errno in _FORBIDDEN:
        return refusal(file, "this may not be read", remedy="give yourself permission to read it")
    return refusal(file, f"this cannot be read: {reason(error)}", remedy="check the path")


def damaged(file: Spot, what: str, why: str = "", mends: Spot | None = None) -> RunProblem:
    """A file of a run that is not as it was written; `mends`: the run, if that can be mended."""
    remedy = "copy the run again from where it came, or run its world again"
    if mends is not None:
        remedy = f"mend it: {again(mends)}; or copy the run again from where it came"
    return refusal(file, what, why, remedy=remedy)


def is_full(error: OSError) -> bool:
    """Whether the system says that there is no more room."""
    return error.errno in _FULL


def reason(error: OSError) -> str:
    """What the system said, to stand in a sentence."""
    return (error.strerror or str(error)).lower()
