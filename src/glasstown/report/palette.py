"""Colours, dashes and shapes: told apart by people who see few colours, and in print.

The hues are those of Okabe and Ito (2008, Color Universal Design), the light ones darkened so that
each stands out from white by three to one or more.
"""

from __future__ import annotations

from glasstown.report.panel import Tone

INK = "#1b2530"
QUIET = "#5a6673"
FAINT = "#e2e6ea"
WRONG = "#c2410c"

_HUES = ("#0072b2", "#00795a", "#8a3f86", "#8a6500", "#1b2530", "#3d6fd0")
_DASHES = ((1, 0), (7, 3), (2, 3), (9, 3, 2, 3), (4, 2), (1, 2))
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
_WRONG_DASH = (5, 2)
_LIGHT, _MIDDLE, _DARK = (222, 235, 247), (75, 145, 200), (8, 48, 107)


def hue(place: int, tone: Tone) -> str:
    """The colour of a series."""
    return WRONG if tone == "wrong" else _HUES[place % len(_HUES)]


def dash(place: int, tone: Tone) -> list[int]:
    """How its line is broken."""
    return list(_WRONG_DASH if tone == "wrong" else _DASHES[place % len(_DASHES)])


def shape(place: int, tone: Tone) -> str:
    """The shape of its dots."""
    return "diamond" if tone == "wrong" else _SHAPES[place % len(_SHAPES)]


def ramp(count: int) -> list[str]:
    """Colours from light to dark for so many bands."""
    if count < 2:
        return [_hex(_MIDDLE)]
    places = [place / (count - 1) for place in range(count)]
    return [
        _hex(_between(_LIGHT, _MIDDLE, 2 * x) if x < 0.5 else _between(_MIDDLE, _DARK, 2 * x - 1))
        for x in places
    ]


def _between(
    one: tuple[int, int, int], other: tuple[int, int, int], x: float
) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * x) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(colour: tuple[int, int, int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
