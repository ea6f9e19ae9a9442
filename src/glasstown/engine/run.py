"""Run a world, and hold what came of it."""

from __future__ import annotations

import html
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from glasstown import __version__
from glasstown.errors import GlasstownError, Place, Problem, shown
from glasstown.records import Ledger, Reservation, Signals, read_record, reserve, run_digest
from glasstown.world import World

if TYPE_CHECKING:
    from glasstown.engine.dossier import Dossier

Progress = Callable[[int, int], None]
"""Told how many citizen-months are done, and how many there are."""

Announce = Callable[[str], None]
"""Told what is about to take a while."""


@final
@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A world that was run, with what was counted.

    folder: where it lies on the disk, if it does; seconds: how long running took, where it was
    run by this process. Nobody's life is kept: `citizen(n).dossier()` lives it again.
    """

    world: World
    ledger: Ledger
    signals: Signals
    digest: str
    folder: Path | None = None
    seconds: float | None = None

    def __repr__(self) -> str:
        return (
            f"Run({self.world.name}: {self.world.citizens:,} citizens, {self.world.months} months, "
            f"digest {self.digest[:12]})"
        )

    def citizen(self, number: int) -> Citizen:
        """One invented citizen, numbered from 0.

        Raises:
            GlasstownError: there is no such citizen.
        """
        if not 0 <= number < self.world.citizens:
            raise _mistake(
                f"there is no citizen {shown(number)}",
                f"citizens are numbered from 0 to {self.world.citizens - 1:,}",
            )
        return Citizen(self, number)

    def picture(self, name: str) -> Any:
        """A picture of the report, by name, as an Altair chart that a notebook shows."""
        from importlib import import_module

        # The report is a layer above and draws with heavy libraries: found only when asked for.
        return import_module("glasstown.report").picture(self, name)

    def _repr_html_(self) -> str:
        rows = {
            "world": self.world.title or self.world.name,
            "citizens": f"{self.world.citizens:,}",
            "months": str(self.world.months),
            "schemes": ", ".join(s.scheme for s in self.world.schemes) or "none",
            "seed": str(self.world.seed),
            "digest": self.digest[:12],
            "folder": str(self.folder) if self.folder else "not kept",
        }
        cells = "".join(
            f"<tr><th scope='row' style='text-align:left'>{name}</th>"
            f"<td style='text-align:left'>{html.escape(value)}</td></tr>"
            for name, value in rows.items()
        )
        return f"<table><tbody>{cells}</tbody></table>"


@final
@dataclass(frozen=True)
class Citizen:
    """One invented citizen of a run."""

    run: Run
    number: int

    def dossier(self, month: int | None = None, as_citizen: bool = False) -> Dossier:
        """Live this life again, and say what happened and why.

        month: that month alone, from 0; as_citizen: only what the schemes disclose.

        Raises:
            GlasstownError: there is no such month.
        """
        from glasstown.engine.dossier import dossier

        world = self.run.world
        signals = self.run.signals.by_month() if world.coupled else None
        return dossier(world, self.number, signals=signals, month=month, as_citizen=as_citizen)


def run(
    world: World,
    *,
    out: Path | str | None = None,
    threads: int | None = None,
    on: str | None = None,
    progress: Progress | None = None,
    replace: bool = False,
    announce: Announce | None = None,
) -> Run:
    """Run a world, and return what was counted.

    out: a folder to keep the run in; one that holds a run of the same world is written anew, and
    of another world only with `replace`. threads: how many to use, by default one for each core;
    the numbers are the same for any. on: a Ray cluster to use instead, `ray`, `ray:auto` or
    `ray://HOST:PORT`. progress: told the citizen-months done and to do. announce:
    told when the machine has to be compiled first, which is once per installation.

    Raises:
        RunProblem: the folder or the cluster is refused, or the disk is full; nothing half-written
            is left.
    """
    if threads is not None and threads < 1:
        raise _mistake(f"a run cannot use {shown(threads)} threads", "give 1 or more")
    if on is not None:
        _require_cluster(on, threads)
    if out is None:
        return _run(world, threads, on, progress, announce, None)
    with reserve(out, world.to_dict(), replace) as reservation:
        return _run(world, threads, on, progress, announce, reservation)


def load_run(folder: Path | str) -> Run:
    """Read a run back from its folder.

    Raises:
        RunProblem: the folder is not a run, or is damaged.
    """
    record = read_record(folder)
    return Run(record.world, record.ledger, record.signals, record.manifest.digest, record.folder)


def _run(
    world: World,
    threads: int | None,
    on: str | None,
    progress: Progress | None,
    announce: Announce | None,
    reservation: Reservation | None,
) -> Run:
    from glasstown.engine.execute import execute, ready  # Numba waits until something runs

    ready(announce)
    started = time.perf_counter()
    outcome = execute(world, threads=threads, on=on, progress=progress)
    seconds = time.perf_counter() - started
    cells = tuple((cell.by, cell.group) for cell in world.cells)
    ledger = Ledger(world.measures, cells, outcome.values)
    signals = Signals(outcome.signal_names, outcome.signals)
    asked = world.to_dict()
    digest = run_digest(asked, ledger, signals)
    if reservation is not None:
        reservation.write(
            world=asked,
            digest=digest,
            ledger=ledger,
            signals=signals,
            program=outcome.program.to_bytes(),
            listing=outcome.program.listing(),
            version=__version__,
        )
    folder = None if reservation is None else reservation.target
    return Run(world, ledger, signals, digest, folder, seconds)


def _require_cluster(on: str, threads: int | None) -> None:
    """Refuse what cannot be before anything is begun."""
    from glasstown.engine.cluster.address import read_address

    read_address(on)
    if threads is not None:
        raise _mistake(
            "a run is on a cluster or on so many threads, not both", "leave `threads` or `on` out"
        )


def _mistake(what: str, remedy: str) -> GlasstownError:
    return GlasstownError(Problem(Place(""), what, remedy=remedy))


World.runner = run
