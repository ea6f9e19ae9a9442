"""Going through the runs of a sweep: every setting is checked before the first is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from glasstown.engine.work import Announce
from glasstown.errors import GlasstownError, Place, Problem
from glasstown.sweeps.ask import Ask
from glasstown.sweeps.design import AS_WRITTEN, Setting
from glasstown.sweeps.outcomes import read_off
from glasstown.sweeps.store import Store
from glasstown.world import World

if TYPE_CHECKING:
    from glasstown.engine.runner import Runner, Wanted

MOST_KEPT = 512
"""Compiled settings that are kept from the check to the run."""

MOST_TOLD = 5
"""Settings that are not in order, at the most, before the rest is left unchecked."""

Progress = Callable[[str, int, int], None]
"""Told what is being done (`check` or `run`), how many are done, and how many there are."""


def go(
    ask: Ask,
    store: Store,
    runner: Runner,
    progress: Progress | None,
    announce: Announce | None = None,
) -> None:
    """Run what is not finished, and keep each run as it ends.

    Raises:
        GlasstownError: the settings that are not in order; nothing has been run.
        RunProblem: a run cannot be run where the runner is; finished runs are kept.
    """
    left = sorted(set(range(ask.runs)) - store.done())
    checked = _checked(ask, sorted({run // ask.repeat for run in left}), progress)
    if left:
        runner.ready(announce)
    done = ask.runs - len(left)
    if progress is not None:
        progress("run", done, ask.runs)
    with closing(runner.runs(_wanted(ask, left, checked))) as finished:
        for run, values in finished:
            store.keep(
                run.number, read_off(run.world, values, ask.outcomes, ask.cells, ask.monthly)
            )
            done += 1
            if progress is not None:
                progress("run", done, ask.runs)


def _wanted(
    ask: Ask, left: Sequence[int], checked: dict[int, tuple[World, Any]]
) -> Iterator[Wanted]:
    """Each run that is left, setting by setting, its setting compiled if that was not kept."""
    from glasstown.engine.runner import Wanted

    now, world = -1, ask.world
    made: Any = None
    for run in left:
        number, seed = divmod(run, ask.repeat)
        if number != now:
            world, made = checked.pop(number) if number in checked else _compiled(ask, number)
            now = number
        yield Wanted(run, ask.seeded(world, seed), made)


def _compiled(ask: Ask, number: int) -> tuple[World, Any]:
    from glasstown.engine.execute import compiled

    world = ask.setting(number)
    return world, compiled(world)


def _checked(
    ask: Ask, numbers: list[int], progress: Progress | None
) -> dict[int, tuple[World, Any]]:
    """Compile every setting once; the first ones are kept for their runs."""
    kept: dict[int, tuple[World, Any]] = {}
    wrong: list[Problem] = []
    failed = 0
    for place, number in enumerate(numbers):
        try:
            made = _compiled(ask, number)
        except GlasstownError as error:
            wrong += [_in(ask, ask.design.settings[number], p) for p in error.problems]
            failed += 1
            if failed == MOST_TOLD:
                break
        else:
            if len(kept) < MOST_KEPT:
                kept[number] = made
        if progress is not None:
            progress("check", place + 1, len(numbers))
    if wrong:
        raise GlasstownError(wrong)
    return kept


def _in(ask: Ask, setting: Setting, problem: Problem) -> Problem:
    """A problem of a world, told as one of the setting that brings it about."""
    if setting.number == AS_WRITTEN:
        return problem
    settings = len(ask.design.settings) - 1
    paths = zip(ask.design.paths, setting.values, strict=True)
    said = ", ".join(f"{path}={value.text()}" for path, value in paths)
    if len(ask.design.paths) > 4:
        said = f"of {len(ask.design.paths)} numbers"
    where = f"setting {setting.number} of {settings:,} ({said})"
    told = f"{problem.where}: {problem.what}" if str(problem.where) else problem.what
    return Problem(
        Place(where),
        told,
        problem.why,
        problem.remedy or "narrow the range",
        problem.nearest,
    )
