"""`glasstown resume`: go on with a run that was stopped, or mend a damaged one."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.words import Snapshots


def resume(
    run: Annotated[str, typer.Argument(metavar="RUN", help="A run's folder, or its URL.")],
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
    """Go on with a stopped run, or mend a damaged one.

    Only what is not there, or not as it was written, is lived. The run ends in the same digest as
    one that was never stopped. Of a run that is whole, nothing is lived.
    """
    import glasstown
    from glasstown.cli.ending import say
    from glasstown.cli.outcome import say_what_came, stoppable
    from glasstown.cli.progress import showing

    with stoppable(run), showing(quiet) as shown:
        done = glasstown.resume(
            run,
            threads=threads,
            on=on,
            progress=shown.progress,
            announce=shown.announce,
            snapshots=snapshots,
            warn=shown.announce or say,
        )
    if not quiet:
        say_what_came(done, run)
