"""Putting a whole run in the place of another: two renames, or copies in an order."""

from __future__ import annotations

from glasstown.records import disk
from glasstown.records.manifest import FILES, MANIFEST, REPORT, WORLD
from glasstown.records.objects import copy
from glasstown.records.spots import Remote, Spot
from glasstown.records.store import exists, remove, sync, together


def put_in_place(part: Spot, target: Spot, old: Spot) -> None:
    """Put the run in `part`, which is whole, into `target`. On a disk, what is there goes to `old`.

    Raises:
        OSError, StoreProblem: it cannot be; on a disk, the other is where it was.
    """
    if isinstance(part, Remote) and isinstance(target, Remote):
        _copy(part, target)
    else:
        _rename(part, target, old)


def move(source: Spot, target: Spot) -> None:
    """Give a folder of a disk another name, in one step.

    Raises:
        OSError: it cannot be.
    """
    assert not isinstance(source, Remote)
    assert not isinstance(target, Remote)
    disk.move(source, target)


def _rename(part: Spot, target: Spot, old: Spot) -> None:
    """One step over nothing; over a run two, and a kill between them can be mended."""
    aside = exists(target)
    sync([part])
    if aside:
        move(target, old)
    try:
        move(part, target)
    except BaseException:
        if aside:
            move(old, target)
        raise
    sync([target.parent])
    remove(old)


def _copy(part: Remote, target: Remote) -> None:
    """Copies, between taking away one manifest and putting the other.

    Killed at any moment, it is done again from the start: until the last copy is there, `part` has
    both its manifest and its world. Then the world goes first, so that what may stay of `part` is
    neither whole nor begun.
    """
    remove(target / MANIFEST)
    remove(target / REPORT)
    together(part, lambda name: copy(part / name, target / name), FILES)
    copy(part / MANIFEST, target / MANIFEST)
    remove(part / WORLD)
    remove(part)
