"""What a rule gives or takes: a number of points, a range of them, or a formula."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from glasstown.expr import ExprError
from glasstown.expr.field import Expression
from glasstown.expr.parse import parse
from glasstown.files import BadValue, Span
from glasstown.files.exact import AMOUNT, Quantity, number_in
from glasstown.files.quantities import points_text, read_points_range


def read_award(value: object) -> Span | Expression:
    """Read points: `+12`, a range such as `[-50, -5]`, or a formula. Raises BadValue."""
    if isinstance(value, Expression):
        return value
    if not isinstance(value, str) or number_in(value) is not None or "%" in value:
        return read_points_range(value)
    text = value.strip().removeprefix("+")
    try:
        return Expression(text, parse(text))
    except ExprError as error:
        raise BadValue(error.what, error.why, error.remedy, error.nearest) from None


def award_text(award: Span | Expression) -> str | list[str]:
    """Write points as a file would."""
    if isinstance(award, Expression):
        return award.text
    if award.low == award.high:
        return points_text(award.low)
    return [points_text(award.low), points_text(award.high)]


_NUMBER = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^[-+]?{AMOUNT}$"}]}

Award: TypeAlias = Annotated[
    Span | Expression,
    Quantity(
        read_award,
        award_text,
        {
            "description": "Points: a number, a list of the lowest and the highest within which "
            "an official chooses, or a formula.",
            "anyOf": [
                {"type": "number"},
                {"type": "string", "maxLength": 2000},
                {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2},
            ],
            "examples": ["+12", -40, [-50, -5], "3 * credit_history"],
        },
    ),
]
"""Points: a Span (of one value where they are a number), or a formula."""
