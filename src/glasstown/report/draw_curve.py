"""Curves over a varied number, with the interval of each point, and the world as written."""

from __future__ import annotations

from typing import Any

import altair as alt

from glasstown.report.draw_frame import frame, rounded, upright, y_field
from glasstown.report.palette import QUIET, dash, hue, shape
from glasstown.report.panel import Curve, Curved
from glasstown.report.scales import Scale, scale

WIDTH, LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 320, 52, 18, 12, 40, 170
_MOST_LETTERS = 38


def chart(panel: Curve) -> tuple[alt.LayerChart, dict[str, int]]:
    """Draw a panel of curves, and say how much room it needs around the plot."""
    times = 100 if panel.unit == "share" else 1
    marks = [mark for line in panel.lines for _, mark in line.points]
    values = [v for mark in marks for v in (mark.value, *(mark.interval or ()))]
    values += [] if panel.written is None else [panel.written]
    y = scale((times * value for value in values), fitted=True, most=4)
    x = scale((at for line in panel.lines for at, _ in line.points), fitted=True, most=5)
    layers = [_frame(x, y, panel), *_written(panel, x, times)]
    for place, line in enumerate(panel.lines):
        layers += _line(place, line, times, _title(panel))
    drawn = alt.LayerChart(layer=layers).properties(width=WIDTH - LEFT - RIGHT, height=HEIGHT)
    return drawn, {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM}


def _frame(x: Scale, y: Scale, panel: Curve) -> alt.Chart:
    across = alt.X(
        datum=x.low,
        type="quantitative",
        title=_title(panel),
        scale=alt.Scale(domain=[x.low, x.high], nice=False, zero=False),
        axis=alt.Axis(
            values=list(x.ticks),
            labelExpr=x.label(""),
            grid=False,
            ticks=False,
            labelPadding=6,
        ),
    )
    return frame(across, upright(y, panel.unit))


def _written(panel: Curve, x: Scale, times: int) -> list[alt.Chart]:
    """A dotted line at what the world as written gives."""
    if panel.written is None:
        return []
    data = alt.Chart(
        alt.Data(values=[{"a": x.low, "b": x.high, "y": rounded(times * panel.written)}])
    )
    rule = data.mark_rule(color=QUIET, strokeWidth=1, strokeDash=[2, 3])
    return [rule.encode(_x("a:Q", _title(panel)), alt.X2("b:Q"), y_field("y:Q"))]


def _line(place: int, line: Curved, times: int, title: str) -> list[alt.Chart]:
    points: list[dict[str, Any]] = [
        {
            "x": at,
            "y": rounded(times * mark.value),
            "a": mark.interval and rounded(times * mark.interval[0]),
            "b": mark.interval and rounded(times * mark.interval[1]),
        }
        for at, mark in line.points
    ]
    if not points:
        return []
    colour = hue(place, "plain")
    data = alt.Chart(alt.Data(values=points))
    layers = [
        data.mark_line(
            color=colour, strokeWidth=2, strokeDash=dash(place, "plain"), strokeCap="butt"
        ).encode(_x("x:Q", title), y_field("y:Q"))
    ]
    barred = [point for point in points if point["a"] is not None]
    if barred:
        bars = alt.Chart(alt.Data(values=barred)).mark_rule(
            color=colour, strokeWidth=4, opacity=0.45
        )
        layers.append(bars.encode(_x("x:Q", title), y_field("a:Q"), alt.Y2("b:Q")))
    dots = data.mark_point(
        shape=shape(place, "plain"), filled=True, color=colour, size=46, opacity=1
    )
    return [*layers, dots.encode(_x("x:Q", title), y_field("y:Q"))]


def _title(panel: Curve) -> str:
    return panel.x[-_MOST_LETTERS:]


def _x(field: str, title: str) -> alt.X:
    return alt.X(field, title=title)
