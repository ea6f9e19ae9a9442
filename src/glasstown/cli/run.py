"""`glasstown run`: a world, month by month."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.words import Snapshots


def run(
    world: Annotated[str, typer.Argument(metavar="WORLD", help="A world, by name or path.")],
    citizens: Annotated[
        int | None,
        typer.Option("--citizens", metavar="N", min=1, help="How many citizens to run."),
    ] = None,
    months: Annotated[
        int | None,
        typer.Option("--months", metavar="N", min=1, max=1200, help="For how many months."),
    ] = None,
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
    threads: Annotated[
        int | None,
        typer.Option(
            "--threads", metavar="N", min=1, help="Threads to use; the numbers stay the same."
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            metavar="CLUSTER",
            help="A Ray cluster to use instead: ray, ray:auto or ray://HOST:PORT.",
        ),
    ] = None,
    snapshots: Annotated[
        Snapshots,
        typer.Option(
            "--snapshots",
            metavar="WHEN",
            help="Keep a coupled world's state: auto, each-month, none.",
        ),
    ] = Snapshots.AUTO,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what goes wrong.")
    ] = False,
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
