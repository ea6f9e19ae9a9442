"""How a run is to be done: what a caller may ask for that changes no number."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import final

from glasstown.engine.work import Announce, Often, Progress
from glasstown.errors import GlasstownError, Place, Problem, nearest, shown


@final
@dataclass(frozen=True)
class Ways:
    """How to run a world; the arguments of `run` and `resume`, checked."""

    threads: int | None
    on: str | None
    often: Often
    progress: Progress | None
    announce: Announce | None
    warn: Announce


def ways(
    threads: int | None,
    on: str | None,
    snapshots: str,
    progress: Progress | None,
    announce: Announce | None,
    warn: Announce | None,
) -> Ways:
    """Check how a run is to be done, before anything is begun.

    Raises:
        GlasstownError: it cannot be done like this.
    """
    often = _often(snapshots)
    if threads is not None and threads < 1:
        raise mistake(f"a run cannot use {shown(threads)} threads", "give 1 or more")
    if on is not None:
        require_cluster(on, threads)
        _require_no_snapshots(often)
    return Ways(threads, on, often, progress, announce, warn or _warn)


def mistake(what: str, remedy: str, why: str = "", near: str = "") -> GlasstownError:
    """An argument that cannot be."""
    return GlasstownError(Problem(Place(""), what, why, remedy, near))


def _often(snapshots: str) -> Often:
    try:
        return Often(snapshots)
    except ValueError:
        raise mistake(
            f"snapshots cannot be {shown(snapshots)}",
            "write one of: " + ", ".join(Often),
            near=nearest(str(snapshots), list(Often)),
        ) from None


def require_cluster(on: str, threads: int | None) -> None:
    """Check what names a cluster, without looking for it.

    Raises:
        GlasstownError: it is none, Ray is not installed, or threads are asked for too.
    """
    from glasstown.engine.cluster.address import read_address

    read_address(on)
    if threads is not None:
        raise mistake(
            "a run is on a cluster or on so many threads, not both", "leave `threads` or `on` out"
        )


def _require_no_snapshots(often: Often) -> None:
    if often is Often.EACH_MONTH:
        raise mistake(
            "the state of a world on a cluster cannot be kept each month",
            "leave `snapshots` or `on` out",
            "it stays with the workers; a stopped run goes on from its signals, which are kept",
        )


def _warn(text: str) -> None:
    warnings.warn(text, RuntimeWarning, stacklevel=2)
