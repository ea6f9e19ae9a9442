"""Figures as a page shows them: drawn, with keys to their marks, and tables cut to fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import final

from markupsafe import Markup

from glasstown.report import palette
from glasstown.report.panel import Curve, Dots, Figure, Panel
from glasstown.report.svg import svg
from glasstown.report.table import Column, Table

MOST_MONTHS, MOST_ROWS = 120, 400
"""Rows of a table that the page shows; its file has all."""

MOST_COLUMNS = 8
"""Columns of numbers side by side; more are set below."""

_KEYS = ("section", "text", "month")
_SHAPES = {
    "circle": '<circle cx="6" cy="6" r="4.5"/>',
    "square": '<path d="M2 2h8v8H2z"/>',
    "triangle-up": '<path d="M6 1 11 10.5H1z"/>',
    "cross": '<path d="M4 1h4v3h3v4H8v3H4V8H1V4h3z"/>',
    "triangle-down": '<path d="M6 11 1 1.5h10z"/>',
    "diamond": '<path d="M6 0.5 11 6 6 11.5 1 6z"/>',
}


@final
@dataclass(frozen=True)
class _Part:
    """Some columns of a table, and its rows gathered under their headings."""

    columns: list[Column]
    bodies: list[tuple[str, list[list[str]]]]


@final
@dataclass(frozen=True)
class View:
    """A figure as the template wants it."""

    figure: Figure
    panels: tuple[tuple[str, Markup, Markup], ...]
    tables: tuple[tuple[Table, list[_Part], str], ...]
    key: str


def view(figure: Figure, key: str = "") -> View:
    """A figure drawn, with its tables cut to what a page shows.

    key: what its marks mean, where that is not what they mean elsewhere in a report.
    """
    return View(
        figure,
        tuple((panel.title, _key(panel), Markup(svg(panel))) for panel in figure.panels),
        shown_tables(figure.tables),
        key or _how_to_read([panel for panel in figure.panels if isinstance(panel, Dots)]),
    )


def shown_tables(tables: Iterable[Table]) -> tuple[tuple[Table, list[_Part], str], ...]:
    """Tables cut to what a page shows, each with its parts and what to say of rows left out."""
    return tuple((table, *_rows(table)) for table in tables)


def _how_to_read(dots: list[Dots]) -> str:
    """What the marks of a figure's dots mean."""
    marks = [m for panel in dots for _, rows in panel.sections for row in rows for m in row.marks]
    said = []
    if any(mark is not None and mark.interval for mark in marks):
        said.append("The bar around a dot is its 95% interval.")
    if any(marks) and any(panel.everyone is not None for panel in dots):
        said.append("The upright tick in each row is everyone.")
    if any(mark is None for mark in marks):
        said.append("Shares of fewer than 30 are given as counts, and not drawn.")
    return " ".join(said)


def _key(panel: Panel) -> Markup:
    """What the shapes of a panel mean, where there are several."""
    if not isinstance(panel, Dots | Curve) or len(panel.series) < 2:
        return Markup()
    said = []
    for place, (label, tone) in enumerate(zip(panel.series, panel.tones, strict=True)):
        drawn = Markup(_SHAPES[palette.shape(place, tone)])
        colour = palette.hue(place, tone)
        swatch = '<svg class="swatch" viewBox="0 0 12 12" aria-hidden="true" fill="{}">{}</svg> {}'
        said.append(Markup(f"<span>{swatch}</span>").format(colour, drawn, label))
    return Markup('<p class="key">{}</p>').format(Markup(" &ensp; ").join(said))


def _rows(table: Table) -> tuple[list[_Part], str]:
    """A table's parts, each narrow enough to print; and what to say of rows that are not shown."""
    rows, left_out = table.text_rows(), ""
    if table.columns[0].kind == "month" and len(rows) > MOST_MONTHS:
        step = -(-len(rows) // MOST_MONTHS)
        rows = tuple(row for n, row in enumerate(rows) if n % step == 0 or n == len(rows) - 1)
        left_out = f"Every {step} months are shown; the file has all {len(table.rows):,}."
    elif len(rows) > MOST_ROWS:
        rows = rows[:MOST_ROWS]
        left_out = f"The first {MOST_ROWS} of {len(table.rows):,} rows; the file has all."
    keys = [n for n, column in enumerate(table.columns) if column.kind in _KEYS]
    others = [n for n in range(len(table.columns)) if n not in keys]
    starts = range(0, max(len(others), 1), MOST_COLUMNS)
    chosen = [keys + others[start : start + MOST_COLUMNS] for start in starts]
    return [_part(table, rows, columns) for columns in chosen], left_out


def _part(table: Table, rows: tuple[tuple[str, ...], ...], chosen: list[int]) -> _Part:
    columns = [table.columns[n] for n in chosen]
    cells = [[row[n] for n in chosen] for row in rows]
    if columns[0].kind != "section":
        return _Part(columns, [("", cells)])
    gathered = groupby(cells, key=lambda row: row[0])
    bodies = [(heading, [row[1:] for row in several]) for heading, several in gathered]
    return _Part(columns[1:], bodies)
