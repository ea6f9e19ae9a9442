"""`glasstown show`: a run in the terminal, or its numbers for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from glasstown.cli.options import OneMonth, RunPlace

if TYPE_CHECKING:
    from glasstown import Ledger


def show(
    run: RunPlace,
    measure: Annotated[
        str | None,
        typer.Option("--measure", metavar="NAME", help="One measure, month by month."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="GROUPING", help="Its groups side by side."),
    ] = None,
    month: OneMonth = None,
    csv: Annotated[
        bool, typer.Option("--csv", help="As CSV: that measure, or the whole ledger.")
    ] = False,
    findings: Annotated[
        bool, typer.Option("--findings", help="In sentences, each with its interval.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="List the measures and groupings that were counted.")
    ] = False,
) -> None:
    """Show a run in the terminal.

    A summary; or what was found, in sentences; or one measure, month by month; or, as CSV,
    everything that was counted.
    """
    from glasstown import load_run
    from glasstown.cli.console import output
    from glasstown.cli.ledger import named, print_csv, table

    loaded = load_run(run)
    first = loaded.world.by[0] if loaded.world.by else ""
    ledger = loaded.ledger if month is None else _only(loaded.ledger, month)
    start = month or 0
    if findings:
        from glasstown.report import summary

        output().print("\n\n".join(summary(loaded)))
    elif names:
        print(named(ledger), end="")
    elif csv:
        print_csv(ledger, measure, by, start)
    elif measure is not None:
        drawn = table(ledger, measure, by, start)
        print(measure)
        output().print(drawn)
    else:
        from glasstown.cli.summary import Summary

        if by is not None:
            ledger.groups(by)
        output().print(Summary(loaded.world, ledger, first if by is None else by))


def _only(ledger: Ledger, month: int) -> Ledger:
    """The ledger of one month."""
    from glasstown.errors import GlasstownError, Place, Problem
    from glasstown.records import Ledger

    if not 0 <= month < ledger.months:
        raise GlasstownError(
            Problem(
                Place(""),
                f"there is no month `{month}`",
                remedy=f"months are numbered from 0 to {ledger.months - 1}",
            )
        )
    return Ledger(ledger.measures, ledger.cells, ledger.values[month : month + 1])
