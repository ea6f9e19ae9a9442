"""Run a world on the machine, by a crew of threads or of a cluster's workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Timer
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import Plan, Program, SharedLuck, Show, Signal, TooWide, emit, plan
from glasstown.engine import machine
from glasstown.engine.crew import Span, spans
from glasstown.engine.crews import crew_for
from glasstown.engine.lives import Lives
from glasstown.engine.loop import Loop
from glasstown.engine.work import Announce, Often, Progress, Work
from glasstown.errors import FileProblems, Place, Problem
from glasstown.luck import layout
from glasstown.records import Making
from glasstown.world.world import World

SLOW_START = 0.7
"""Seconds after which a first use is announced as compiling."""

Begin = Callable[[Lives, Sequence[Span]], Making]
"""Begins to keep a run, or goes on with one that was begun."""


@final
@dataclass(frozen=True, eq=False)
class Outcome:
    """What a run counted.

    `values` is int64, months x measures x cells; `signals` is int64, months x `signal_names`,
    the national signals used in each month.
    """

    values: NDArray[np.int64]
    signals: NDArray[np.int64]
    signal_names: tuple[str, ...]
    program: Program
    work: Work


@final
@dataclass(frozen=True, eq=False)
class Compiled:
    """What a world is compiled to; worlds that differ in nothing but their seeds share it."""

    program: Program
    signals: tuple[Signal, ...]


def compiled(world: World) -> Compiled:
    """Compile a world.

    Raises:
        FileProblems: some number could grow beyond what a run keeps, or two names share luck.
    """
    planned = planned_world(world)
    return Compiled(emit(planned), planned.signals)


def ready(announce: Announce | None = None) -> None:
    """Have the machine compiled, or loaded from the installation's cache.

    `announce` is told when it takes long enough to be noticed, which is once per installation.
    """
    timer = None
    if announce is not None:
        message = "Compiling the machine, once for this installation (about 15 seconds)."
        timer = Timer(SLOW_START, announce, (message,))
        timer.daemon = True
        timer.start()
    try:
        _nothing()
    finally:
        if timer is not None:
            timer.cancel()


def execute(
    world: World,
    *,
    threads: int | None = None,
    on: str | None = None,
    block: int | None = None,
    progress: Progress | None = None,
    begin: Begin | None = None,
    snapshots: Often = Often.AUTO,
    warn: Announce | None = None,
    made: Compiled | None = None,
) -> Outcome:
    """Run a world and count; what `begin` finds kept is not lived again.

    `threads` defaults to the processors this process may use; `on` is a cluster to use instead;
    `block` is how many wards are lived at a time. None changes a byte of the outcome. `progress`
    is told of citizen-months done and in all; `snapshots` says how often the state of a coupled
    world is kept, where it is at hand, and `warn` is told when that fails. `made` is what
    `compiled` gave for this world, or for one with another seed.

    Raises:
        OSError: what was counted cannot be kept: the disk is full, say.
    """
    made = made or compiled(world)
    lives = Lives(world, made.program)
    crew = crew_for(lives, on, threads or processors())
    divided = spans(world) if block is None else spans(world, block)
    loop = Loop(lives, made.signals, crew, divided, progress)
    try:
        making = None if begin is None else begin(lives, divided)
        if making is None:
            values, used, work = loop.run()
        else:
            values, used, work = loop.run_and_keep(making, snapshots, warn)
    finally:
        crew.close()
    names = tuple(signal.name for signal in made.signals) if world.coupled else ()
    return Outcome(values, used, names, lives.program, work)


def live_ward(
    world: World, program: Program, ward: int, signals: NDArray[np.int32]
) -> NDArray[np.int64]:
    """What one ward counts in all months: int64, months x measures x cells.

    `signals` is int32, months x the program's signals; of a coupled world, those of its run.
    """
    lives = Lives(world, program)
    if ward >= world.wards:
        return lives.zeros(world.months)
    return lives.live(machine.WHOLE_LIFE, signals, 0, world.months, None, ward, 1)[0]


def planned_world(world: World, show: Show | None = None) -> Plan:
    """The plan of a world: see `plan`.

    Raises:
        FileProblems: some number could grow beyond what a run keeps, or two names share luck.
    """
    try:
        return plan(world, show)
    except TooWide as error:
        most = max(-error.low, error.high)
        raise FileProblems(
            Problem(
                Place(f"world {world.name}"),
                f"{error.what} could reach {most:,} of its units, and numbers are kept to 2**31",
                why="a run never lets a number wrap around",
                remedy="lower the points, coefficients or worths that enter it, or keep the score "
                "to a coarser step (`kept_to`)",
            )
        ) from None
    except SharedLuck as error:
        raise FileProblems(
            Problem(
                Place(f"world {world.name}"),
                f"`{error.one}` and `{error.other}` would share their luck",
                why="luck is drawn by the 32-bit hash of a name, and these two have the same",
                remedy="rename one of the two",
            )
        ) from None


def processors() -> int:
    """The processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _nothing() -> None:
    """Run the machine on a program that does nothing, with arrays of the usual types."""
    kinds = (np.uint16, np.int8, np.int16, np.int32, np.int32)
    code, tables = machine.prepared(np.zeros((1, 8), np.int32), np.zeros(1, np.int32))
    machine.run_wards(
        machine.WHOLE_LIFE, code, np.zeros((4, 2), dtype=np.int64), (1, 1, 1, 1), tables,
        np.zeros((1, 1), dtype=np.int32), np.zeros((1, 1, 1), dtype=np.int64),
        np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64),
        tuple(np.zeros((1, 1, 1), dtype=t) for t in kinds), machine.round_keys(0), 0, 1,
        layout(128), 128, 0, 1,
    )  # fmt: skip
