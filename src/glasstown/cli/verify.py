"""`glasstown verify`: is this run what its world gives?"""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import RunPlace


def verify(
    run: RunPlace,
    sample: Annotated[
        int, typer.Option("--sample", metavar="N", min=1, help="Communities to live again twice.")
    ] = 8,
) -> None:
    """Check that a run is what its world gives.

    Its files, its digest, and lives lived again: a run that is not huge is run again whole, and a
    sample of communities is lived by both executors, each with its own code for the month, which
    must agree in every number. The exit code is 2 if anything differs.
    """
    from glasstown.cli.ending import PROBLEMS
    from glasstown.engine.verify import verify as verify_run

    verification = verify_run(run, sample=sample)
    print(verification.text())
    if not verification.passed:
        raise typer.Exit(PROBLEMS)
