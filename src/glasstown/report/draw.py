"""Panels as Altair charts. With `svg.py`, the only place that knows how to draw."""

from __future__ import annotations

from typing import Any

import altair as alt

from glasstown.report import draw_curve, draw_dots, draw_lines
from glasstown.report.palette import FAINT, INK, QUIET
from glasstown.report.panel import Curve, Dots, Figure, Panel


def chart(panel: Panel) -> tuple[alt.LayerChart, dict[str, int]]:
    """A panel as a chart, and how much room it needs around its plot, whatever the font."""
    if isinstance(panel, Dots):
        return draw_dots.chart(panel)
    if isinstance(panel, Curve):
        return draw_curve.chart(panel)
    return draw_lines.chart(panel)


def fixed(panel: Panel) -> dict[str, Any]:
    """A panel as a specification of a fixed size: nothing in it is measured by a font."""
    drawn, room = chart(panel)
    config = {**CONFIG, "background": None}
    spec = drawn.to_dict(validate=False)
    return {**spec, "padding": room, "autosize": "none", "config": config}


def notebook(figure: Figure) -> alt.VConcatChart:
    """A figure as one chart, its panels below each other, with their titles."""
    titled = [
        chart(panel)[0].properties(
            title=alt.TitleParams(panel.title, anchor="start", frame="group", fontSize=13)
        )
        for panel in figure.panels
    ]
    return alt.vconcat(*titled, title=figure.heading, spacing=24, config=alt.Config(**CONFIG))


CONFIG: dict[str, Any] = {
    "aria": False,
    "background": "white",
    "font": "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": QUIET,
        "titleColor": QUIET,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": FAINT,
        "domain": False,
        "labelOverlap": False,
        "labelLimit": 0,
    },
    "text": {"color": INK, "fontSize": 12},
}
"""The report's type and colours."""
