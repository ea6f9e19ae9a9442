"""Asking for a sweep, and running it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from glasstown.engine.work import Announce
from glasstown.errors import shown
from glasstown.records.spots import here
from glasstown.sweeps.ask import Ask, require_possible
from glasstown.sweeps.axis import VARY, problem, read_axis
from glasstown.sweeps.design import Design, grid, sampled
from glasstown.sweeps.go import Progress, go
from glasstown.sweeps.outcomes import groupings, outcomes
from glasstown.sweeps.ranges import ASSUMPTIONS, LeftOut, Range, assumptions, read_range
from glasstown.sweeps.result import Sweep, read_table
from glasstown.sweeps.store import Memory
from glasstown.world import World

USUAL_REPEAT = 5
"""Seeds for each setting of a grid, if nobody says how many; of a sample it is one."""

Vary = Mapping[str, Any]
Over = str | Mapping[str, Any] | Sequence[str | Mapping[str, Any]]


def sweep(
    world: World,
    *,
    vary: Vary | None = None,
    together: bool = False,
    over: Over | None = None,
    sobol: int | None = None,
    morris: int | None = None,
    repeat: int | None = None,
    measures: Sequence[str] = (),
    by: Sequence[str] = (),
    monthly: bool = False,
    out: Path | str | None = None,
    threads: int | None = None,
    on: str | None = None,
    replace: bool = False,
    progress: Progress | None = None,
    announce: Announce | None = None,
) -> Sweep:
    """Run a world in many settings, and return what was counted.

    vary: values for each dotted path, as a list or as `-80:0:10`; every combination is run, or
    with `together` the first of each, the second of each, ... Or over: a range for each path, as
    `(low, high)` or `low:high`, or `assumptions`; with how many samples for `sobol` or `morris`.
    repeat: seeds for each setting, the world's own first: 5 for a grid, else 1. measures: names or
    patterns; by: groupings beside everyone; monthly: each month, and not the last or their sum.
    out: a folder of this machine to keep the sweep in; an unfinished one of the same sweep goes on.
    on: a Ray cluster to use instead of this machine: `ray`, `ray:auto` or `ray://HOST:PORT`.
    progress: told `check` or `run`, how many are done, and of how many.

    Raises:
        GlasstownError: what was asked cannot be done; nothing has been run.
        RunProblem: the folder is refused, the disk is full, or the cluster does not answer;
            finished runs are kept.
    """
    if threads is not None and threads < 1:
        raise problem("", f"a sweep cannot use {shown(threads)} threads", remedy="give 1 or more")
    if on is not None:
        from glasstown.engine.ways import require_cluster

        require_cluster(on, threads)
    target = None if out is None else here(out, "sweep")
    ask = asked(world, vary, together, over, sobol, morris, repeat, measures, by, monthly)
    from glasstown.engine.runner import runner_for

    if target is None:
        from glasstown.sweeps.table import pieces

        store = Memory()
        with runner_for(on, threads) as runner:
            go(ask, store, runner, progress, announce)
        import pyarrow as pa

        return Sweep(ask, pa.concat_tables(pieces(ask, store.counted)))
    from glasstown.sweeps.folder import is_finished, opened

    # Whom the cluster turns away has not touched the folder; what is finished needs no cluster.
    runner = runner_for(None if is_finished(target, ask) else on, threads)
    with runner, opened(target, ask, replace) as folder:
        if not folder.whole:
            go(ask, folder, runner, progress, announce)
            folder.finish()
        return Sweep(ask, read_table(folder.target), folder.target)


def asked(
    world: World,
    vary: Vary | None = None,
    together: bool = False,
    over: Over | None = None,
    sobol: int | None = None,
    morris: int | None = None,
    repeat: int | None = None,
    measures: Sequence[str] = (),
    by: Sequence[str] = (),
    monthly: bool = False,
) -> Ask:
    """What is to be run, with nothing run yet.

    Raises:
        GlasstownError: what was asked cannot be done.
    """
    design = _design(world, vary, together, over, sobol, morris)
    usual = USUAL_REPEAT if design.kind == "grid" else 1
    ask = Ask(
        world,
        design,
        usual if repeat is None else repeat,
        outcomes(world, measures),
        groupings(world, by),
        monthly,
    )
    require_possible(ask)
    return ask


def _design(
    world: World,
    vary: Vary | None,
    together: bool,
    over: Over | None,
    sobol: int | None,
    morris: int | None,
) -> Design:
    if vary and not (over or sobol or morris):
        return grid(world, [read_axis(world, *item) for item in vary.items()], together)
    if vary:
        raise problem(
            VARY,
            "a sweep goes through a grid (--vary) or samples ranges (--over), not both",
            remedy="sweep twice, into two folders",
        )
    if not over and not sobol and not morris:
        raise problem(
            "",
            "nothing is varied",
            why="a sweep runs a world in many settings",
            remedy="name what to vary, as in --vary rules.cheating.points=-80:0:10",
        )
    if (sobol is None) == (morris is None):
        what = "both --sobol and --morris are given" if sobol else "ranges are sampled by a method"
        raise problem("--over", what, remedy="give one of --sobol N and --morris N")
    if not over:
        raise problem(
            "--sobol" if sobol else "--morris",
            "no range to sample is given",
            remedy="name each with --over PATH=LOW:HIGH, or all with --over assumptions",
        )
    ranges, left_out = _ranges(world, over)
    if sobol is not None:
        return sampled(world, "sobol", sobol, ranges, left_out)
    return sampled(world, "morris", morris or 0, ranges, left_out)


def _ranges(world: World, over: Over) -> tuple[list[Range], list[LeftOut]]:
    """The ranges asked for; of a number that is both named and declared, the one named."""
    several: Iterable[str | Mapping[str, Any]] = [over] if isinstance(over, str | Mapping) else over
    named: dict[str, Range] = {}
    declared: dict[str, Range] = {}
    left_out: list[LeftOut] = []
    for each in several:
        if isinstance(each, Mapping):
            named |= {path: read_range(world, path, ends) for path, ends in each.items()}
            continue
        word, _, within = each.partition(":")
        if word != ASSUMPTIONS:
            raise problem(
                "--over",
                f"{shown(each)} is not `{ASSUMPTIONS}` and no range",
                remedy="write PATH=LOW:HIGH, `assumptions`, or `assumptions:conduct`",
            )
        found, out = assumptions(world, within)
        declared |= {its.path: its for its in found}
        left_out += [its for its in out if its not in left_out]
    return list({**declared, **named}.values()), left_out
