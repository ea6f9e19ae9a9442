"""`glasstown run`: a world, month by month."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import (
    Citizens,
    Cluster,
    KeptSnapshots,
    Months,
    Quiet,
    Threads,
    WorldName,
)
from glasstown.cli.words import Snapshots


def run(
    world: WorldName,
    citizens: Citizens = None,
    months: Months = None,
    seed: Annotated[
        int | None,
        typer.Option("--seed", metavar="N", min=0, help="Another nation of the same kind."),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PATH=VALUE",
            help="Change one value, such as rules.cheating.points=-80; null removes. Repeatable.",
        ),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", metavar="DIR", help="Where to keep the run, or a URL; runs/WORLD else."
        ),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let a run of another world go that lies there.")
    ] = False,
    threads: Threads = None,
    on: Cluster = None,
    snapshots: KeptSnapshots = Snapshots.AUTO,
    quiet: Quiet = False,
) -> None:
    """Run a world and say what came of it.

    The run is kept in a folder. A whole run of the same world that lies there is written anew, an
    unfinished one is gone on with. One of another world is replaced only with --replace, and
    nothing else ever is.
    """
    import glasstown
    from glasstown.cli.changes import changes
    from glasstown.cli.ending import say
    from glasstown.cli.outcome import say_what_came, stoppable
    from glasstown.cli.progress import showing

    loaded = glasstown.load_world(world, months=months, seed=seed, citizens=citizens)
    if change:
        loaded = loaded.changed(dict(changes(change)))
    target = f"runs/{loaded.name}" if out is None else out
    with stoppable(target), showing(quiet) as shown:
        done = glasstown.run(
            loaded,
            out=target,
            threads=threads,
            on=on,
            progress=shown.progress,
            replace=replace,
            announce=shown.announce,
            snapshots=snapshots,
            warn=shown.announce or say,
        )
    if not quiet:
        say_what_came(done, target)
