"""The ledger as CSV, for programs and for people with a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from glasstown.records.ledger import Ledger

COLUMNS = ("month", "measure", "by", "group", "value")


def write_csv(
    out: TextIO,
    ledger: Ledger,
    measures: Sequence[str] | None = None,
    cells: Sequence[tuple[str, str]] | None = None,
    start: int = 0,
) -> None:
    """Write a ledger, or some measures and cells of it; months are numbered from `start`.

    Raises:
        GlasstownError: the ledger has no such measure or cell; nothing is written then.
    """
    every = [
        (measure, *cell, ledger.series(measure, *cell))
        for measure in (ledger.measures if measures is None else measures)
        for cell in (ledger.cells if cells is None else cells)
    ]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for month in range(ledger.months):
        writer.writerows((start + month, *names, int(series[month])) for *names, series in every)
