"""Lines and bands over the months, each with its name and last value beside its end."""

from __future__ import annotations

from typing import Any

import altair as alt

from glasstown.report import words
from glasstown.report.draw_frame import frame, upright
from glasstown.report.palette import INK, QUIET, dash, hue, ramp, shape
from glasstown.report.panel import Bands, Line, Lines, Unit, said
from glasstown.report.scales import Scale, month_ticks, scale, spread

WIDTH, LEFT, TOP, BOTTOM, HEIGHT = 320, 46, 12, 36, 150
LETTER = 6.9
APART = 15
MOST_LETTERS = 18
_ROOMS = (7, 13, MOST_LETTERS)


def chart(panel: Lines | Bands) -> tuple[alt.LayerChart, dict[str, int]]:
    """Draw a panel of lines or bands, and say how much room it needs around the plot."""
    unit: Unit = panel.unit if isinstance(panel, Lines) else "share"
    times = 100 if unit == "share" else 1
    ends = [_last(line) for line in panel.lines]
    labels = _labels(panel.lines, ends, unit)
    longest = max((len(label) for label in labels), default=0)
    right = round(next(room for room in _ROOMS if room >= min(longest, _ROOMS[-1])) * LETTER) + 16
    width = WIDTH - LEFT - right
    months = max((len(line.values) for line in panel.lines), default=1)
    if isinstance(panel, Bands):
        axis = Scale(0, 100, (0, 25, 50, 75, 100), 0)
        marks, places = _bands(panel, months, width)
    else:
        values = [times * v for line in panel.lines for v in line.values if v is not None]
        axis = scale(values, panel.fitted, 4)
        marks = [mark for n, line in enumerate(panel.lines) for mark in _line(n, line, times)]
        places = [None if end is None else times * end for end in ends]
    marks = [_frame(axis, months, unit), *marks, *_names(labels, places, axis, width)]
    drawn = alt.LayerChart(layer=marks).properties(width=width, height=HEIGHT)
    return drawn, {"left": LEFT, "right": right, "top": TOP, "bottom": BOTTOM}


def _frame(axis: Scale, months: int, unit: Unit) -> alt.Chart:
    """The months below, and the scale at the left."""
    across = alt.X(
        datum=0,
        type="quantitative",
        title="month",
        scale=alt.Scale(domain=[0, max(months - 1, 1)], nice=False),
        axis=alt.Axis(
            values=month_ticks(months),
            format="d",
            grid=False,
            ticks=False,
            labelPadding=6,
            labelFlush=False,
        ),
    )
    return frame(across, upright(axis, unit))


def _line(place: int, line: Line, times: int) -> list[alt.Chart]:
    points = [
        {"m": month, "v": None if value is None else round(times * value, 6)}
        for month, value in enumerate(line.values)
    ]
    colour = hue(place, line.tone)
    x, y = alt.X("m:Q", title="month"), alt.Y("v:Q", title=None)
    drawn = alt.Chart(alt.Data(values=points)).mark_line(
        color=colour, strokeWidth=2, strokeDash=dash(place, line.tone), strokeCap="butt"
    )
    known = [point for point in points if point["v"] is not None][-1:]
    dots = alt.Chart(alt.Data(values=known)).mark_point(
        shape=shape(place, line.tone), filled=True, color=colour, size=46, opacity=1
    )
    return [drawn.encode(x, y), dots.encode(x, y)] if known else []


def _bands(panel: Bands, months: int, width: int) -> tuple[list[alt.Chart], list[float | None]]:
    """The bands, and the middle of each at its right end."""
    low = [0.0] * months
    marks, middles = [], []
    for line, colour in zip(panel.lines, ramp(len(panel.lines)), strict=True):
        high = [a + 100 * (v or 0.0) for a, v in zip(low, line.values, strict=True)]
        points: list[dict[str, Any]] = [
            {"m": month, "a": round(low[month], 6), "b": round(high[month], 6)}
            for month in range(months)
        ]
        if months == 1:  # an area needs two months: let the one fill the width
            points.append({**points[0], "m": 1})
        marks.append(
            alt.Chart(alt.Data(values=points))
            .mark_area(color=colour, stroke="white", strokeWidth=1, opacity=1)
            .encode(alt.X("m:Q", title="month"), alt.Y("a:Q", title=None), alt.Y2("b:Q"))
        )
        middles.append((low[-1] + high[-1]) / 2 if line.values[-1] is not None else None)
        low = high
    return marks, list(middles)


def _names(
    labels: list[str], places: list[float | None], axis: Scale, width: int
) -> list[alt.Chart]:
    """The name of each line to the right of its end, moved apart where they would meet."""
    known = [(labels[n], place) for n, place in enumerate(places) if place is not None]
    at = [HEIGHT * (1 - axis.place(place)) for _, place in known]
    moved = spread(at, APART, 0, HEIGHT)
    pairs = zip(known, at, moved, strict=True)
    texts = [
        {"t": label, "a": place, "b": axis.at(1 - y / HEIGHT), "far": abs(y - start) > 3}
        for (label, place), start, y in pairs
    ]
    layers = []
    far = [text for text in texts if text["far"]]
    if far:
        rule = alt.Chart(alt.Data(values=far)).mark_rule(color=QUIET, strokeWidth=0.75)
        layers.append(
            rule.encode(
                alt.XValue(width + 4),
                alt.X2Value(width + 9),
                alt.Y("a:Q", title=None),
                alt.Y2("b:Q"),
            )
        )
    if texts:
        names = alt.Chart(alt.Data(values=texts)).mark_text(
            align="left", baseline="middle", color=INK, fontSize=12
        )
        layers.append(
            names.encode(alt.XValue(width + 11), alt.Y("b:Q", title=None), alt.Text("t:N"))
        )
    return layers


def _labels(lines: tuple[Line, ...], ends: list[float | None], unit: Unit) -> list[str]:
    found = []
    for line, end in zip(lines, ends, strict=True):
        value = said(end, unit)
        name = words.short(line.label, max(MOST_LETTERS - len(value) - 1, 5))
        found.append(f"{name} {value}".strip())
    return found


def _last(line: Line) -> float | None:
    known = [value for value in line.values if value is not None]
    return known[-1] if known else None
