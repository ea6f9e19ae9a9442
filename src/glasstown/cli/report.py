"""`glasstown report`: one HTML file."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import RunPlace

_WORDS = {"audit": "Auditing", "lives": "Living the same luck without the scheme"}


def report(
    run: RunPlace,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE", help="The file; else report.html in the run."),
    ] = None,
    audit: Annotated[
        bool,
        typer.Option("--audit/--no-audit", help="Live citizens again: audit, lives, same luck."),
    ] = True,
    by: Annotated[
        str,
        typer.Option("--by", metavar="YARDSTICK", help="What to audit by: a name or path."),
    ] = "ordinary",
    seeds: Annotated[
        int | None,
        typer.Option("--seeds", metavar="N", min=2, help="Seeds that the audit lives; 4 else."),
    ] = None,
    citizens: Annotated[
        int | None,
        typer.Option(
            "--citizens", metavar="N", min=1, help="Live a sample of about N again; 40,000 else."
        ),
    ] = None,
) -> None:
    """Write a run's report: one HTML file, with its audit.

    Citizens are lived again for the audit, for three lives that are told, and to count who has more
    and less than under no scheme. The same run and options give the same file.
    """
    from glasstown import load_run
    from glasstown.cli.progress import counting
    from glasstown.records import REPORT, spot

    loaded = load_run(run)  # refused before the heavy libraries that draw are loaded
    from glasstown.report import write_report

    with counting(False, _WORDS) as shown:
        written = write_report(
            loaded,
            spot(run) / REPORT if out is None else out,
            audit=audit,
            by=by,
            seeds=seeds,
            citizens=citizens,
            progress=shown.progress,
        )
    print(f"The report is {written}. Open it in a browser.")
