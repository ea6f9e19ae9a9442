"""A table of a report: plain rows, the same for the terminal, the page and a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from glasstown.report import words

Kind: TypeAlias = Literal[
    "section", "text", "month", "count", "share", "interval", "number", "figure"
]
"""What a column holds.

`section` gathers rows under a heading; a `share` is from 0 to 1; an `interval` is two shares; a
`figure` is any number to three digits, or words in its place.
"""

Value: TypeAlias = str | int | float | tuple[float, float] | None
"""One cell; None where there is nothing to speak of."""


@final
@dataclass(frozen=True)
class Column:
    """A column: its heading, and what it holds."""

    heading: str
    kind: Kind


@final
@dataclass(frozen=True)
class Table:
    """Rows of numbers with a name and a title.

    name: such as `tiers.unictown-2019`; rows: raw values, shares from 0 to 1. `text_rows` has them
    as people read them.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of {self.name} has not one value for each column")

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns."""
        return tuple(column.heading for column in self.columns)

    def text_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows as texts, numbers rounded for reading."""
        kinds = [column.kind for column in self.columns]
        return tuple(
            tuple(text(value, kind) for value, kind in zip(row, kinds, strict=True))
            for row in self.rows
        )

    def csv(self) -> str:
        """The table as CSV: shares from 0 to 1, an interval in two columns, nothing as empty."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self._flat(self.headings, heading=True))
        for row in self.rows:
            writer.writerow(self._flat(row))
        return out.getvalue()

    def _flat(self, row: Sequence[Value], heading: bool = False) -> list[str]:
        flat = []
        for value, column in zip(row, self.columns, strict=True):
            if column.kind == "interval":
                if heading:
                    flat += [f"{value}, low", f"{value}, high"]
                else:
                    low, high = value if isinstance(value, tuple) else (None, None)
                    flat += [_plain(low), _plain(high)]
            else:
                flat.append(_plain(value))
        return flat


def text(value: Value, kind: Kind) -> str:
    """A cell as people read it."""
    if value is None:
        return words.NOBODY
    if kind == "interval" and isinstance(value, tuple):
        return words.interval(value)
    if kind == "share" and isinstance(value, int | float):
        return words.percent(value)
    if kind == "number" and isinstance(value, int | float):
        return words.number(value)
    if kind == "figure" and isinstance(value, int | float):
        return words.figure(value)
    if kind == "count" and isinstance(value, int):
        return words.count(value)
    return str(value)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)
