"""Numbers as people write them: shares, amounts, points, spans of time. Every value is exact.

Each type takes the friendly text, a plain number or its own value, explains what does not fit,
describes itself to editors, and writes the friendly text back.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, TypeAlias

from pydantic import Strict

from glasstown.errors import nearest
from glasstown.files.bad_value import BadValue, given
from glasstown.files.exact import (
    AMOUNT,
    LARGEST,
    PERCENTAGE,
    Quantity,
    bounded,
    decimal_text,
    number_in,
    percent_text,
)

MOST_MONTHS = 1200
"""The longest span of time: a hundred years."""

_SIGNED = r"[-+]?" + AMOUNT
_SHARE_REMEDY = "write a percentage from 0% to 100%, or a number from 0 to 1"
_MONTHS = re.compile(r"([0-9]{1,9}) ?([A-Za-z]+)")
_UNITS = {"month": 1, "months": 1, "year": 12, "years": 12}
_WORDS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Span:
    """A range of points, both ends belonging to it; one number where `low == high`."""

    low: Fraction
    high: Fraction


def read_percent(value: object) -> Fraction:
    """Read a share: `95%`, `0.05%`, or a number from 0 to 1. Raises BadValue."""
    text = value.strip() if isinstance(value, str) else ""
    percentage = number_in(text.removesuffix("%").rstrip()) if text.endswith("%") else None
    share = number_in(value) if percentage is None else percentage / 100
    if share is None:
        raise BadValue(f"{given(value)} is not a share", remedy=_SHARE_REMEDY)
    if share < 0:
        raise BadValue(f"{given(value)} is less than 0%", remedy=_SHARE_REMEDY)
    if share > 1:
        if percentage is None:
            close = ""
            if share <= 100 and (share * 10**7).denominator == 1:
                close = percent_text(share / 100)
            what = f"{given(value)} is more than 1, which is 100%"
            raise BadValue(what, remedy=_SHARE_REMEDY, nearest=close)
        raise BadValue(f"{given(value)} is more than 100%", remedy=_SHARE_REMEDY)
    return bounded(share, value)


def read_number(value: object) -> Fraction:
    """Read a number between plus and minus 10^9 with at most nine decimals. Raises BadValue."""
    number = number_in(value)
    if number is None:
        raise BadValue(f"{given(value)} is not a number", remedy="write a number such as 12 or 2.5")
    return bounded(number, value)


def read_points(value: object) -> Fraction:
    """Read points: `+12`, `-40`, `-2.5`; bounds as for `read_number`. Raises BadValue."""
    points = number_in(value)
    if points is None:
        what = f"{given(value)} is not a number of points"
        raise BadValue(what, remedy="write points such as +12 or -2.5")
    return bounded(points, value)


def read_points_range(value: object) -> Span:
    """Read points, or a list of the lowest and the highest: `[-50, -5]`. Raises BadValue."""
    if isinstance(value, Span):
        low, high = read_points(value.low), read_points(value.high)
    elif isinstance(value, list | tuple):
        if len(value) != 2:
            what = f"a range of points has two ends, and this has {len(value)}"
            raise BadValue(what, remedy="write the lowest and the highest: [-50, -5]")
        low, high = read_points(value[0]), read_points(value[1])
    else:
        low = high = read_points(value)
    if low > high:
        raise BadValue(
            f"the range begins at {decimal_text(low)} and ends below, at {decimal_text(high)}",
            remedy="write the lowest first",
            nearest=f"[{decimal_text(high)}, {decimal_text(low)}]",
        )
    return Span(low, high)


def read_months(value: object, least: int = 0, example: str = "24 months") -> int:
    """Read a span of time in whole months: `24 months`, `2 years`, or a plain number of months.

    least: the shortest allowed. Raises BadValue; the longest is a hundred years.
    """
    remedy = f"write a span of time such as `{example}`"
    months = number_in(value)
    if isinstance(value, str) and months is None:
        found = _MONTHS.fullmatch(value.strip())
        unit = found[2] if found else ""
        if found and unit in _UNITS:
            months = Fraction(int(found[1]) * _UNITS[unit])
        elif found:
            close = nearest(unit, _UNITS)
            raise BadValue(
                f"{given(value)} is not counted in months or years",
                why="a nation lives by the month",
                remedy=remedy,
                nearest=f"{found[1]} {close}" if close else "",
            )
    if months is None:
        raise BadValue(f"{given(value)} is not a span of time", remedy=remedy)
    if months.denominator != 1:
        what = f"{given(value)} is not a whole number of months"
        raise BadValue(what, why="a nation lives by the month", remedy=remedy)
    if months < least:
        raise BadValue(f"{given(value)} is shorter than {months_text(least)}", remedy=remedy)
    if months > MOST_MONTHS:
        raise BadValue(f"{given(value)} is longer than a hundred years", remedy=remedy)
    return int(months)


def read_half_life(value: object) -> int:
    """Read a half-life: a span of time of at least one month. Raises BadValue."""
    return read_months(value, least=1)


def read_period(value: object) -> int:
    """Read how long a round is: `month`, `quarter`, `year` or `6 months`. Raises BadValue."""
    word = value.strip() if isinstance(value, str) else ""
    if word in _WORDS:
        return _WORDS[word]
    close = nearest(word, _WORDS)
    if close and number_in(word) is None and " " not in word:
        what = f"{given(value)} is not a period"
        raise BadValue(what, remedy="write month, quarter, year or `6 months`", nearest=close)
    return read_months(value, least=1, example="6 months")


def months_text(months: int) -> str:
    """Write a span of time: `1 month`, `24 months`."""
    return f"{months} month" if months == 1 else f"{months} months"


def points_text(points: Fraction) -> str:
    """Write points with their sign: `+12`, `-2.5`, `0`."""
    return f"+{decimal_text(points)}" if points > 0 else decimal_text(points)


def _write_number(number: Fraction) -> int | str:
    return number.numerator if number.denominator == 1 else decimal_text(number)


def _write_points_range(span: Span) -> str | list[str]:
    if span.low == span.high:
        return points_text(span.low)
    return [points_text(span.low), points_text(span.high)]


def _write_period(months: int) -> str:
    return next((word for word, n in _WORDS.items() if n == months), months_text(months))


_PLAIN = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}
_POINTS_SCHEMA = {"anyOf": [{"type": "string", "pattern": f"^{_SIGNED}$"}, _PLAIN]}


def _months_schema(least: int, description: str) -> dict[str, object]:
    return {
        "description": description,
        "anyOf": [
            {"type": "string", "pattern": "^[0-9]{1,4} ?(months?|years?)$"},
            {"type": "integer", "minimum": least, "maximum": MOST_MONTHS},
        ],
        "examples": ["24 months", "1 month", "2 years"],
    }


Percent: TypeAlias = Annotated[
    Fraction,
    Quantity(
        read_percent,
        percent_text,
        {
            "description": "A share: a percentage from 0% to 100%, or a number from 0 to 1.",
            "anyOf": [
                {"type": "string", "pattern": f"^{PERCENTAGE}$"},
                {"type": "number", "minimum": 0, "maximum": 1},
            ],
            "examples": ["95%", "0.05%", 0.95],
        },
    ),
]
"""A share in [0, 1], exact."""

Number: TypeAlias = Annotated[
    Fraction,
    Quantity(
        read_number,
        _write_number,
        {
            "description": "A number with at most nine decimals.",
            "anyOf": [_PLAIN, {"type": "string", "pattern": f"^{_SIGNED}$"}],
            "examples": [12, -2.5],
        },
    ),
]
"""A number between plus and minus 10^9, exact, with at most nine decimals."""

Points: TypeAlias = Annotated[
    Fraction,
    Quantity(
        read_points,
        points_text,
        {
            "description": "Points gained (+) or lost (-).",
            **_POINTS_SCHEMA,
            "examples": ["+12", -40, -2.5],
        },
    ),
]
"""Points, exact; bounds as for Number."""

PointsRange: TypeAlias = Annotated[
    Span,
    Quantity(
        read_points_range,
        _write_points_range,
        {
            "description": "Points, or a list of the lowest and the highest.",
            "anyOf": [
                *_POINTS_SCHEMA["anyOf"],
                {"type": "array", "items": _POINTS_SCHEMA, "minItems": 2, "maxItems": 2},
            ],
            "examples": ["+12", [-50, -5]],
        },
    ),
]
"""Points from a lowest to a highest, as a Span."""

Months: TypeAlias = Annotated[
    int,
    Quantity(read_months, months_text, _months_schema(0, "A span of time in whole months.")),
]
"""Whole months, 0 to 1200."""

HalfLife: TypeAlias = Annotated[
    int,
    Quantity(
        read_half_life,
        months_text,
        _months_schema(1, "The time in which half is forgotten, in whole months."),
    ),
]
"""Whole months, 1 to 1200."""

Period: TypeAlias = Annotated[
    int,
    Quantity(
        read_period,
        _write_period,
        {
            "description": "How long a round is.",
            "anyOf": [
                {"enum": ["month", "quarter", "year"]},
                {"type": "string", "pattern": "^[0-9]{1,4} ?(months?|years?)$"},
                {"type": "integer", "minimum": 1, "maximum": MOST_MONTHS},
            ],
            "examples": ["month", "quarter", "6 months"],
        },
    ),
]
"""A period in whole months, 1 to 1200."""

Whole: TypeAlias = Annotated[int, Strict()]
"""A whole number and nothing that could pass for one; bound it with `Field(ge=..., le=...)`."""

YesNo: TypeAlias = Annotated[bool, Strict()]
"""Yes or no, and nothing that could pass for it."""
