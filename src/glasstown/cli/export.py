"""`glasstown export`: a run as others can publish and cite it."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import RunPlace


def export(
    run: RunPlace,
    ro_crate: Annotated[
        bool, typer.Option("--ro-crate", help="As an RO-Crate 1.2; there is no other form yet.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="PLACE", help="A new folder, or a new file ending in .zip."),
    ] = None,
    author: Annotated[
        list[str] | None,
        typer.Option("--author", metavar="NAME", help="Who publishes it; as often as needed."),
    ] = None,
    licence: Annotated[
        str, typer.Option("--licence", metavar="URL", help="Under which licence, by its address.")
    ] = "",
    date: Annotated[
        str,
        typer.Option("--date", metavar="DAY", help="Published when, as 2026-03-31; else today."),
    ] = "",
) -> None:
    """Pack a run to publish it.

    The run, the world's files, the ledger as CSV, the model's description by ODD+D, and metadata
    on all of them. Nothing is ever written over.
    """
    from glasstown import load_run
    from glasstown.errors import GlasstownError, Place, Problem
    from glasstown.records import spot

    if not ro_crate:
        raise GlasstownError(
            Problem(
                Place(""),
                "the form of the export is not said",
                why="there is one, and others may follow",
                remedy="add --ro-crate",
            )
        )
    loaded = load_run(run)
    from glasstown.report import write_crate

    place = f"{spot(run).name or 'run'}.ro-crate.zip" if out is None else out
    written = write_crate(loaded, place, author or (), licence, date)
    print(f"The run is packed in {written}.")
