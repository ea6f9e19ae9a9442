"""`glasstown sweep`: a world in many settings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from glasstown.cli.options import Citizens, Cluster, Months, Quiet, Threads, WorldName


def sweep(
    world: WorldName,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="PATH=VALUES",
            help="Values of one path: FROM:TO:STEP, or a,b,c. Repeatable: every combination.",
        ),
    ] = None,
    together: Annotated[
        bool,
        typer.Option("--together", help="Not every combination: all first values, all second ..."),
    ] = False,
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            metavar="PATH=LOW:HIGH",
            help="A range to sample; or assumptions, or assumptions:PATH. Repeatable.",
        ),
    ] = None,
    sobol: Annotated[
        int | None,
        typer.Option(
            "--sobol",
            metavar="N",
            help="Sobol: N x (ranges + 2) settings; N is 2, 4, 8, ...",
        ),
    ] = None,
    morris: Annotated[
        int | None,
        typer.Option(
            "--morris",
            metavar="N",
            help="Morris: N trajectories of (ranges + 1) settings.",
        ),
    ] = None,
    repeat: Annotated[
        int | None,
        typer.Option(
            "--repeat", metavar="N", help="Seeds for each setting: 5 with --vary, 1 with --over."
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="NAME", help="What to read, such as did.*. Repeatable."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="GROUPING", help="Groups beside everyone. Repeatable."),
    ] = None,
    monthly: Annotated[
        bool, typer.Option("--monthly", help="Read each month, not the last or all added up.")
    ] = False,
    citizens: Citizens = None,
    months: Months = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", min=0, help="The first seed; the others follow it."),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="PATH=VALUE", help="Change one value in every setting. Repeatable."
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="DIR", help="Where to keep the sweep; sweeps/WORLD else."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let another sweep go that lies there.")
    ] = False,
    threads: Threads = None,
    on: Cluster = None,
    quiet: Quiet = False,
) -> None:
    """Run a world in many settings, and see what moves.

    Every setting meets the same luck, so that what differs is caused by the setting. Stopped or
    killed, the same command goes on where it was.
    """
    import glasstown
    from glasstown.cli.changes import changes
    from glasstown.cli.progress import counting
    from glasstown.records.spots import here

    loaded = glasstown.load_world(world, months=months, seed=seed, citizens=citizens)
    if change:
        loaded = loaded.changed(dict(changes(change)))
    target = Path("sweeps") / loaded.name if out is None else here(out, "sweep")
    told = _Told()
    with counting(quiet, {"check": "Checking settings", "run": "Running"}) as shown:
        told.pass_on = shown.progress
        try:
            done = glasstown.sweep(
                loaded,
                vary=_varied(vary or []),
                together=together,
                over=_over(over or []),
                sobol=sobol,
                morris=morris,
                repeat=repeat,
                measures=measure or (),
                by=by or (),
                monthly=monthly,
                out=target,
                threads=threads,
                on=on,
                replace=replace,
                progress=told,
                announce=shown.announce,
            )
        except KeyboardInterrupt:
            told.say_how_to_go_on(target)
            raise
    from glasstown.report.sweep import write_sweep_report
    from glasstown.sweeps.folder import REPORT

    page = write_sweep_report(done, target / REPORT)
    if not quiet:
        from glasstown.cli.console import output
        from glasstown.cli.swept import Swept

        output().print(Swept(done))
        print(f"\nKept in {target}: {target / 'table.parquet'} has every number.")
        print(f"The pictures are in {page}. Open it in a browser.")


class _Told:
    """Knows how many runs are done, for when somebody stops them."""

    def __init__(self) -> None:
        self.runs = (0, 0)
        self.pass_on: Any = None

    def __call__(self, name: str, done: int, total: int) -> None:
        if name == "run":
            self.runs = (done, total)
        if self.pass_on is not None:
            self.pass_on(name, done, total)

    def say_how_to_go_on(self, target: Path) -> None:
        from glasstown.cli.ending import say

        done, total = self.runs
        if total:
            say(f"{done:,} of {total:,} runs are kept in {target}. The same command goes on.")


def _varied(written: list[str]) -> dict[str, str]:
    """Each PATH=VALUES by its path."""
    from glasstown.sweeps.axis import VARY, problem, split

    found: dict[str, str] = {}
    for text in written:
        path, values = split(VARY, text)
        if path in found:
            raise problem(VARY, f"`{path}` is varied twice", remedy="give all its values at once")
        found[path] = values
    return found


def _over(written: list[str]) -> list[str | dict[str, str]]:
    """Each PATH=LOW:HIGH by its path, or `assumptions` as it is."""
    from glasstown.sweeps.axis import split
    from glasstown.sweeps.ranges import ASSUMPTIONS, OVER, RANGE

    return [
        text if text.partition(":")[0] == ASSUMPTIONS else dict([split(OVER, text, RANGE)])
        for text in written
    ]
