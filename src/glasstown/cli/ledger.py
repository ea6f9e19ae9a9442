"""The ledger's numbers, as a table for people and as CSV for programs."""

from __future__ import annotations

import sys

from rich.table import Table

from glasstown.records import EVERYONE, Ledger
from glasstown.records.csv import write_csv


def named(ledger: Ledger) -> str:
    """What was counted, and by what, one name on a line."""
    lines = ["Measures:", *(f"  {name}" for name in ledger.measures), "Groupings:"]
    for by in ledger.groupings:
        lines.append(f"  {by}" + ("" if by == EVERYONE else ": " + "; ".join(ledger.groups(by))))
    return "\n".join(lines) + "\n"


def table(ledger: Ledger, measure: str, by: str | None, start: int) -> Table:
    """One measure, a line for each month and a column for each group; months from `start`."""
    columns = _cells(ledger, by)
    found = [ledger.series(measure, *cell) for cell in columns]
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    drawn.add_column("month", justify="right")
    for grouping, group in columns:
        drawn.add_column("everyone" if grouping == EVERYONE else group, justify="right")
    for month in range(ledger.months):
        drawn.add_row(str(start + month), *(f"{series[month]:,}" for series in found))
    return drawn


def print_csv(ledger: Ledger, measure: str | None, by: str | None, start: int) -> None:
    """Print month, measure, by, group, value: everything, or one measure or grouping of it."""
    measures = None if measure is None else (measure,)
    cells = None if by is None else _cells(ledger, by)
    write_csv(sys.stdout, ledger, measures, cells, start)


def _cells(ledger: Ledger, by: str | None) -> list[tuple[str, str]]:
    grouping = EVERYONE if by is None else by
    return [(grouping, group) for group in ledger.groups(grouping)]
