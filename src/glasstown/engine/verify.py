"""Is a run what its world gives? Its files, its digest, and lives lived again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown import __version__
from glasstown.errors import Problem, RunProblem, clean, shown
from glasstown.records import (
    EVERYONE,
    Ledger,
    Making,
    Record,
    Spot,
    read_manifest,
    read_record,
    spot,
    wrong_files,
)
from glasstown.records.begun import read_begun
from glasstown.records.manifest import PROGRAM, WORLD
from glasstown.records.refuse import again
from glasstown.records.store import read

WHOLE = 200_000_000
"""The most citizen-months that are run again whole."""


@final
@dataclass(frozen=True)
class Check:
    """One thing that was checked. what: in words; wrong: what was found instead, if it was."""

    what: str
    wrong: str = ""

    @property
    def passed(self) -> bool:
        """Whether it is so."""
        return not self.wrong


@final
@dataclass(frozen=True)
class Verification:
    """What was checked of a run, exactly, and what came of it."""

    folder: Spot
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether everything that was checked is so."""
        return all(check.passed for check in self.checks)

    def text(self) -> str:
        """A line for each check, and the verdict first."""
        verdict = "what was checked is in order" if self.passed else "this run is NOT in order"
        lines = [f"{shown(self.folder, 200)[1:-1]}: {verdict}."]
        for check in self.checks:
            lines.append(f"  {'yes' if check.passed else 'NO '}  {check.what}")
            if check.wrong:
                lines.append(f"       {check.wrong}")
        return "\n".join(lines)


def verify(folder: Path | str, sample: int = 8) -> Verification:
    """Check a run folder against itself, and against its world lived again.

    A run of at most `WHOLE` citizen-months is run again whole on the machine. Of any run, `sample`
    communities, drawn anew each time, are lived again by the machine and by the reference, which
    each have their own code for the month; of a coupled world, with the national signals that
    the run kept.

    Raises:
        RunProblem: the folder is not a run, or its manifest cannot be read.
    """
    place = spot(folder)
    return Verification(place, tuple(_checks(place, sample)))


def _checks(folder: Spot, sample: int) -> Iterator[Check]:
    manifest = read_manifest(folder)
    wrong = [_said(problem) for _, problem in wrong_files(folder, manifest) if problem]
    count = len(manifest.files)
    told = "\n       ".join([*wrong, f"To mend it: {again(folder)}"] if wrong else [])
    yield Check(f"The SHA-256 of all {count} files is that in the manifest.", told)
    if wrong:
        return
    what = "The run's digest is that of its world, ledger and signals."
    try:
        record = read_record(folder)
    except RunProblem as problem:
        yield Check(what, problem.problems[0].text())
        return
    yield Check(what)
    yield from _program(record)
    yield _spans(record)
    yield _adding_up(record.ledger)
    if record.world.citizens * record.world.months <= WHOLE:
        yield _whole(record)
    yield _sample(record, sample)


def _said(problem: Problem) -> str:
    """A file that is wrong, in a line."""
    why = f" ({problem.why})" if problem.why else ""
    return f"{problem.where}: {clean(problem.what)}{why}"


def _spans(record: Record) -> Check:
    what = "Every span is there, and the spans add up to the ledger."
    begun, ledger = read_begun(record.folder), record.ledger
    if begun is None:
        return Check(what, f"There is no {WORLD} that tells of them.")
    making = Making(record.folder, begun, ledger.values.shape)
    total = np.zeros_like(ledger.values)
    for number in range(begun.spans):
        counted = making.span(number)
        if counted is None:
            return Check(what, f"Span {number} is not there. To mend it: {again(record.folder)}")
        total += counted
    return Check(
        what, _first_difference(ledger, total, ledger.values, "the spans have", "the ledger")
    )


def _program(record: Record) -> Iterator[Check]:
    """The program, if this Glasstown is the one that made it: another may compile otherwise."""
    from glasstown.compiler import emit, plan

    if record.manifest.glasstown != __version__:
        return
    same = read(record.folder / PROGRAM) == emit(plan(record.world)).to_bytes()
    yield Check(
        "The program is the one that the world compiles to.",
        "" if same else "It is another: this compiler differs from the run's, or it was changed.",
    )


def _adding_up(ledger: Ledger) -> Check:
    what = "In every month and measure, the groups of each grouping add up to everyone."
    everyone = ledger.values[:, :, ledger.cells.index((EVERYONE, EVERYONE))]
    for by in ledger.groupings:
        own = [place for place, (grouping, _) in enumerate(ledger.cells) if grouping == by]
        off = np.argwhere(ledger.values[:, :, own].sum(axis=2) != everyone)
        if len(off):
            month, measure = off[0]
            return Check(what, f"Not by {by}, in month {month}, {ledger.measures[measure]}.")
    return Check(what)


def _whole(record: Record) -> Check:
    from glasstown.engine.execute import execute

    world, ledger = record.world, record.ledger
    outcome = execute(world)
    what = f"The whole world, run again: all {ledger.values.size:,} numbers of the ledger"
    if record.signals.names:
        what += f" and {record.signals.values.size:,} national signals"
    wrong = _first_difference(ledger, ledger.values, outcome.values, "the run has", "again it is")
    if not wrong and not (
        record.signals.names == outcome.signal_names
        and np.array_equal(record.signals.values, outcome.signals)
    ):
        wrong = "The national signals differ."
    return Check(what + " are equal.", wrong)


def _sample(record: Record, sample: int) -> Check:
    """Communities lived twice, by two executors; the last, which may not be full, among them."""
    from glasstown.engine.reference import live

    world, ledger = record.world, record.ledger
    chosen = _chosen(world.communities, sample)
    signals = record.signals.by_month() if world.coupled else None
    by_reference = np.array(live(world, chosen, signals).counts, dtype=np.int64)
    machine = _Machine(record)
    by_machine = sum(map(machine.community, chosen), start=np.zeros_like(by_reference))
    named = ", ".join(f"{community:,}" for community in chosen)
    return Check(
        f"{len(chosen)} of {world.communities:,} communities, lived by the machine and by the "
        f"reference: equal in every number ({named}).",
        _first_difference(ledger, by_machine, by_reference, "the machine has", "the reference"),
    )


def _chosen(communities: int, sample: int) -> Sequence[int]:
    if sample >= communities:
        return range(communities)
    drawn = random.SystemRandom().sample(range(communities - 1), sample - 1)
    return sorted([*drawn, communities - 1])


@final
class _Machine:
    """The machine, for one community at a time."""

    def __init__(self, record: Record) -> None:
        from glasstown.compiler import emit, plan

        self.world = record.world
        self.program = emit(plan(record.world))
        values = record.signals.values
        self.signals = np.zeros((values.shape[0], max(values.shape[1], 1)), dtype=np.int32)
        self.signals[:, : values.shape[1]] = values

    def community(self, number: int) -> NDArray[np.int64]:
        """What a community adds to the ledger: its ward up to it, less up to the one before it.

        Whether anybody lives in the later seats of a ward changes nobody's life.
        """
        size = self.world.nation.communities.size
        first = number * size
        ward = self.world.layout.place(first)[0]
        until = min(first + size, self.world.citizens)
        return self._ward(ward, until) - self._ward(ward, first)

    def _ward(self, ward: int, citizens: int) -> NDArray[np.int64]:
        """What a ward counts in all months, in a nation that ends after so many citizens."""
        from glasstown.engine.execute import live_ward

        return live_ward(replace(self.world, citizens=citizens), self.program, ward, self.signals)


def _first_difference(
    ledger: Ledger,
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    name: str,
    other_name: str,
) -> str:
    """The first number in which two ledgers of the same shape differ, in words; "" if none."""
    if one.shape != other.shape:
        return f"They have shapes {one.shape} and {other.shape}."
    off = np.argwhere(one != other)
    if not len(off):
        return ""
    month, measure, cell = (int(index) for index in off[0])
    by, group = ledger.cells[cell]
    where = "everyone" if by == EVERYONE else f"{by} {group}"
    return (
        f"{_counted(len(off))}. The first is in month {month}, "
        f"{ledger.measures[measure]}, {where}: {name} {one[month, measure, cell]:,}, "
        f"{other_name} {other[month, measure, cell]:,}."
    )


def _counted(numbers: int) -> str:
    return "1 number differs" if numbers == 1 else f"{numbers:,} numbers differ"
