"""What charts of every kind stand on: two scales and a grid, and numbers short enough to write."""

from __future__ import annotations

import altair as alt

from glasstown.report.panel import Unit
from glasstown.report.scales import Scale


def frame(across: alt.X, up: alt.Y) -> alt.Chart:
    """The scales and the grid, with nothing on them."""
    nothing = alt.Chart(alt.Data(values=[{}])).mark_point(opacity=0)
    drawn: alt.Chart = nothing.encode(across, up)
    return drawn


def upright(scale: Scale, unit: Unit) -> alt.Y:
    """The axis at the left, with a line of the grid at each tick."""
    return alt.Y(
        datum=scale.low,
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[scale.low, scale.high], nice=False, zero=False),
        axis=alt.Axis(
            values=list(scale.ticks),
            labelExpr=scale.label(sign(unit)),
            grid=True,
            ticks=False,
            labelPadding=6,
        ),
    )


def sign(unit: Unit) -> str:
    """What stands behind each number of an axis."""
    return "%" if unit == "share" else ""


def y_field(field: str) -> alt.Y:
    """A field as the place up or down, without a title."""
    return alt.Y(field, title=None)


def rounded(value: float) -> float:
    """A number as short as no eye can tell."""
    return float(f"{value:.8g}")
