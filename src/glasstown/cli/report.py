"""`glasstown report`: one HTML file."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import RunPlace


def report(
    run: RunPlace,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE", help="The file; else report.html in the run."),
    ] = None,
) -> None:
    """Write a run's report: one HTML file."""
    from glasstown import load_run
    from glasstown.records import REPORT, spot

    loaded = load_run(run)  # refused before the heavy libraries that draw are loaded
    from glasstown.report import write_report

    written = write_report(loaded, spot(run) / REPORT if out is None else out)
    print(f"The report is {written}. Open it in a browser.")
