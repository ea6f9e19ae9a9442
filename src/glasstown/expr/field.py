"""Formulas as fields of the YAML files' models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from glasstown.expr.error import ExprError
from glasstown.expr.parse import parse
from glasstown.expr.tree import Expr


class FormulaError(ValueError):
    """A formula that cannot be read; the parts of what is wrong are kept apart."""

    def __init__(self, error: ExprError) -> None:
        super().__init__(str(error))
        self.what, self.why = error.what, error.why
        self.remedy, self.nearest = error.remedy, error.nearest


@dataclass(frozen=True)
class Expression:
    """A formula as written and as parsed."""

    text: str
    expr: Expr


def _read(value: Any) -> Expression:
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, str):
        text = value.strip().removeprefix("+")
    else:
        text = str(value)
    try:
        return Expression(text, parse(text))
    except ExprError as error:
        raise FormulaError(error) from None


Formula = Annotated[
    Expression,
    BeforeValidator(_read),
    PlainSerializer(lambda e: e.text, return_type=str),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "maxLength": 2000},
                {"type": "number"},
                {"type": "boolean"},
            ],
            "description": "A formula in Python's expression grammar, as in `score >= 640`.",
            "examples": ["score >= 640 and not on(defaulters)"],
        }
    ),
]
"""A formula: text in Python's expression grammar, a number, or yes or no."""


def formula(value: str | bool | int) -> Expression:
    """An `Expression` from text, a number or a yes or no.

    Raises:
        ValueError: the text is not in the expression language.
    """
    return _read(value)
