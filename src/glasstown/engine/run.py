"""Run a world, and hold what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from glasstown import __version__
from glasstown.engine.card import card
from glasstown.engine.ways import Ways, mistake, ways
from glasstown.engine.work import Announce, Progress, Work
from glasstown.errors import shown
from glasstown.records import (
    Ledger,
    Making,
    Record,
    Reservation,
    Signals,
    named,
    read_record,
    reopen,
    reserve,
    run_digest,
)
from glasstown.world import World

if TYPE_CHECKING:
    from glasstown.engine.crew import Span
    from glasstown.engine.dossier import Dossier, Nearest, Teller
    from glasstown.engine.lives import Lives


@final
@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A world that was run, with what was counted.

    folder: where it is kept, if it is: a path, or a URL; seconds: how long running took, where it
    was run by this process; work: what of it was kept, and what was lived. Nobody's life is kept:
    `citizen(n).dossier()` lives it again.
    """

    world: World
    ledger: Ledger
    signals: Signals
    digest: str
    folder: Path | str | None = None
    seconds: float | None = None
    work: Work | None = None

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
            raise mistake(
                f"there is no citizen {shown(number)}",
                f"citizens are numbered from 0 to {self.world.citizens - 1:,}",
            )
        return Citizen(self, number)

    @cached_property
    def _teller(self) -> Teller:
        from glasstown.engine.dossier import Teller

        return Teller(self.world, self.signals.by_month() if self.world.coupled else None)

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
        return card(rows)


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
        return self.run._teller.dossier(self.number, month, as_citizen)

    def nearest_change(self, month: int, consequence: str, back: int = 36) -> Nearest:
        """The nearest change of this citizen's own record that would have altered a treatment.

        Found by living the citizen again with each single change, everybody else's life held as it
        was. consequence: its name, or `SCHEME.NAME`, of one that refused or required something in
        that month, made the name public, or withheld an advance or a discount; back: how many
        months before it are looked at.

        Raises:
            GlasstownError: there is no such month or consequence, or it did none of that then.
        """
        return self.run._teller.nearest_change(self.number, month, consequence, back)

    def nearest_changes(self, month: int | None = None) -> tuple[Nearest, ...]:
        """The same of the last treatment by each consequence, or of all those of one month.

        Raises:
            GlasstownError: there is no such month.
        """
        return self.run._teller.nearest_changes(self.number, month)


def run(
    world: World,
    *,
    out: Path | str | None = None,
    threads: int | None = None,
    on: str | None = None,
    progress: Progress | None = None,
    replace: bool = False,
    announce: Announce | None = None,
    snapshots: str = "auto",
    warn: Announce | None = None,
) -> Run:
    """Run a world, and return what was counted.

    out: a folder to keep the run in, or its URL in a store; an unfinished run of the same world
    there is gone on with, a whole one is written anew, and one of another world is let go only with
    `replace`. threads: how many to use, by default one for each core; on: a Ray cluster to use
    instead, `ray`, `ray:auto` or `ray://HOST:PORT`; the numbers are the same for any. progress:
    told the citizen-months done and to do. announce: told when the machine has to be compiled
    first, which is once per installation. snapshots: how often the state of a coupled world is
    kept, `auto`, `each-month` or `none`; on a cluster it is not. warn: told what goes wrong without
    stopping the run; without it that is a RuntimeWarning.

    Raises:
        RunProblem: the folder or the cluster is refused; or the disk is full, or the cluster has
            gone, and `resume` goes on from there.
        StoreProblem: a store cannot be used; `resume` goes on from what it has.
    """
    way = ways(threads, on, snapshots, progress, announce, warn)
    if out is None:
        return _run(world, None, way)
    with reserve(out, world.to_dict(), replace) as reservation:
        return _run(world, reservation, way)


def resume(
    folder: Path | str,
    *,
    threads: int | None = None,
    on: str | None = None,
    progress: Progress | None = None,
    announce: Announce | None = None,
    snapshots: str = "auto",
    warn: Announce | None = None,
) -> Run:
    """Go on with a run that was stopped, or mend a damaged one; return what was counted.

    Only what is not there, or not as it was written, is lived. Of a run that is whole, nothing is.
    `run.work` says how much was lived. The other arguments are those of `run`; they need not be
    those that the run was begun with.

    Raises:
        RunProblem: there is no run, its world is lost, or what it kept was changed; or the cluster
            is refused.
        StoreProblem: a store cannot be used.
    """
    way = ways(threads, on, snapshots, progress, announce, warn)
    with reopen(folder) as reservation:
        whole = reservation.whole()
        if whole is not None:
            return _read(whole)
        return _run(reservation.read_world(), reservation, way)


def load_run(folder: Path | str) -> Run:
    """Read a run back from its folder.

    Raises:
        RunProblem: the folder is not a run, is not finished, or is damaged.
        StoreProblem: a store cannot be used.
    """
    return _read(read_record(folder))


def _read(record: Record) -> Run:
    return Run(
        record.world,
        record.ledger,
        record.signals,
        record.manifest.digest,
        named(record.folder),
    )


def _run(world: World, reservation: Reservation | None, way: Ways) -> Run:
    from glasstown.engine.execute import execute, ready  # Numba waits until something runs

    def begin(lives: Lives, divided: Sequence[Span]) -> Making:
        assert reservation is not None
        if way.announce is not None and reservation.kept_anything():
            way.announce("Going on from what is kept: it is not lived again.")
        return reservation.begin(
            program=lives.program.to_bytes(),
            listing=lives.program.listing(),
            version=__version__,
            spans=len(divided),
            wards=divided[0].wards,
            shape=lives.zeros(world.months).shape,
            coupled=world.coupled,
        )

    ready(way.announce)
    started = time.perf_counter()
    outcome = execute(
        world,
        threads=way.threads,
        on=way.on,
        progress=way.progress,
        begin=None if reservation is None else begin,
        snapshots=way.often,
        warn=way.warn,
    )
    seconds = time.perf_counter() - started
    cells = tuple((cell.by, cell.group) for cell in world.cells)
    ledger = Ledger(world.measures, cells, outcome.values)
    signals = Signals(outcome.signal_names, outcome.signals)
    digest = run_digest(world.to_dict(), ledger, signals)
    if reservation is not None:
        reservation.finish(digest=digest, ledger=ledger, signals=signals, version=__version__)
    folder = None if reservation is None else named(reservation.target)
    return Run(world, ledger, signals, digest, folder, seconds, outcome.work)


World.runner = run
