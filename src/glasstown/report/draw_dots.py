"""Rows of dots: a name and a number above each, its interval and its dot below."""

from __future__ import annotations

from typing import Any

import altair as alt

from glasstown.report import words
from glasstown.report.draw_frame import frame, rounded, sign, y_field
from glasstown.report.palette import FAINT, INK, QUIET, hue, shape
from glasstown.report.panel import Dots, Mark, Row
from glasstown.report.scales import Scale, scale

WIDTH, SIDE, TOP, BOTTOM = 320, 10, 4, 34
ROW, HEADING = 34, 28
LETTERS = 44


def chart(panel: Dots) -> tuple[alt.LayerChart, dict[str, int]]:
    """Draw a panel of dots, and say how much room it needs around the plot."""
    times = 100 if panel.unit == "share" else 1
    axis = scale(
        (
            times * value
            for _, rows in panel.sections
            for row in rows
            for mark in row.marks
            if mark
            for value in _ends(mark)
        ),
        panel.fitted,
        4,
    )
    headings, rows, height = _laid(panel)
    width = WIDTH - 2 * SIDE
    names = [{"y": y + 12, "t": words.short(row.label, LETTERS - len(row.said))} for y, row in rows]
    numbers = [{"y": y + 12, "t": row.said} for y, row in rows]
    layers = [
        _frame(axis, panel, height),
        _tracks([y + 24 for y, _ in rows], width),
        *_ticks(panel, rows, times),
        *_texts(headings, 0, "left", QUIET, "bold"),
        *_texts(names, 0, "left", INK),
        *_texts(numbers, width, "right", INK),
        *(
            layer
            for place in range(len(panel.series))
            for layer in _series(panel, rows, place, times)
        ),
    ]
    drawn = alt.LayerChart(layer=layers).properties(width=width, height=height)
    return drawn, {
        "left": SIDE,
        "right": SIDE,
        "top": TOP,
        "bottom": BOTTOM if _drawn(panel) else TOP,
    }


def _drawn(panel: Dots) -> bool:
    return any(mark for _, rows in panel.sections for row in rows for mark in row.marks)


def _laid(panel: Dots) -> tuple[list[dict[str, Any]], list[tuple[int, Row]], int]:
    """The headings and the rows, each with its place from the top, and the height of all."""
    headings: list[dict[str, Any]] = []
    rows: list[tuple[int, Row]] = []
    y = 0
    for heading, its in panel.sections:
        if heading:
            headings.append({"y": y + 18, "t": words.short(heading, LETTERS - 6)})
            y += HEADING
        for row in its:
            rows.append((y, row))
            y += ROW
    return headings, rows, max(y, ROW)


def _frame(axis: Scale, panel: Dots, height: int) -> alt.Chart:
    """The scale below, if anything is on it, and pixels from the top as the other one."""
    across = alt.X(
        datum=axis.low,
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[axis.low, axis.high], nice=False, zero=False),
        axis=alt.Axis(
            values=list(axis.ticks) if _drawn(panel) else [],
            labelExpr=axis.label(sign(panel.unit)),
            labelFlush=True,
            ticks=False,
            labelPadding=8,
        ),
    )
    down = alt.Y(
        datum=0,
        type="quantitative",
        scale=alt.Scale(domain=[height, 0], nice=False, zero=False),
        axis=None,
    )
    return frame(across, down)


def _series(panel: Dots, rows: list[tuple[int, Row]], place: int, times: int) -> list[alt.Chart]:
    """The marks of one series, in all rows."""
    tone = panel.tones[place]
    colour = hue(place, tone)
    points: list[dict[str, Any]] = []
    for y, row in rows:
        mark = row.marks[place]
        if mark is not None:
            low, high = mark.interval or ((0.0, mark.value) if panel.stems else (None, None))
            ends = {"a": low and rounded(times * low), "b": high and rounded(times * high)}
            at = y + 24 + (5 * place if len(panel.series) > 1 else 0)
            points.append({"x": rounded(times * mark.value), "y": at, **ends})
    if not points:
        return []
    data = alt.Chart(alt.Data(values=points))
    layers = []
    if any(point["b"] is not None for point in points):
        bar = {"strokeWidth": 2} if panel.stems else {"strokeWidth": 4, "opacity": 0.45}
        layers.append(
            data.mark_rule(color=colour, **bar).encode(_x("a:Q"), alt.X2("b:Q"), y_field("y:Q"))
        )
    dots = data.mark_point(shape=shape(place, tone), filled=True, color=colour, size=58, opacity=1)
    return [*layers, dots.encode(_x("x:Q"), y_field("y:Q"))]


def _ticks(panel: Dots, rows: list[tuple[int, Row]], times: int) -> list[alt.Chart]:
    """A tick in every row: everyone's value, or nought where stems begin."""
    value = 0.0 if panel.stems else panel.everyone
    if value is None or not _drawn(panel):
        return []
    x = rounded(times * value)
    data = alt.Chart(alt.Data(values=[{"x": x, "y": y + 17, "z": y + 31} for y, _ in rows]))
    rule = data.mark_rule(color=QUIET, strokeWidth=1.25)
    return [rule.encode(_x("x:Q"), y_field("y:Q"), alt.Y2("z:Q"))]


def _tracks(places: list[int], width: int) -> alt.Chart:
    data = alt.Chart(alt.Data(values=[{"y": y} for y in places]))
    rule = data.mark_rule(color=FAINT, strokeWidth=1)
    drawn: alt.Chart = rule.encode(alt.XValue(0), alt.X2Value(width), y_field("y:Q"))
    return drawn


def _texts(
    texts: list[dict[str, Any]], x: int, align: Any, colour: str, weight: Any = "normal"
) -> list[alt.Chart]:
    if not texts:
        return []
    mark = alt.Chart(alt.Data(values=texts)).mark_text(
        align=align, baseline="alphabetic", color=colour, fontSize=12, fontWeight=weight
    )
    return [mark.encode(alt.XValue(x), y_field("y:Q"), alt.Text("t:N"))]


def _x(field: str) -> alt.X:
    return alt.X(field, title=None)


def _ends(mark: Mark) -> tuple[float, ...]:
    return (mark.value, *(mark.interval or ()))
