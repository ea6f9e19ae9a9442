"""Which combinations of traits a formula speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from glasstown.expr import (
    And,
    Binary,
    Call,
    Choice,
    Compare,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Scope,
    Yes,
    choice_of,
    constant,
    value_in,
)


def holds(expr: Expr, scope: Scope, indices: Mapping[str, int]) -> bool:
    """Whether a checked condition holds where each trait has the value of this index.

    A choice counts by the place of its value in the declared order, yes and no as 1 and 0.
    """
    value = constant(_filled(expr, scope, indices))
    if value is None:
        raise ValueError("the condition was not checked: it has no value")
    return bool(value)


def _filled(
    expr: Expr, scope: Scope, indices: Mapping[str, int], choice: Choice | None = None
) -> Expr:
    """The expression with numbers in place of names; `choice` is what it is compared to."""

    def fill(inner: Expr, of: Choice | None = None) -> Expr:
        return _filled(inner, scope, indices, of)

    if choice is not None and (value := value_in(expr, choice, scope)) is not None:
        return Number(Fraction(choice.values.index(value)))
    match expr:
        case Number() | Yes():
            return expr
        case Name(name):
            return Number(Fraction(indices[name]))
        case Compare(left=left, right=right):
            of = choice_of(left, right, scope)
            return replace(expr, left=fill(left, of), right=fill(right, of))
        case IfElse(test, then, otherwise):
            of = choice or choice_of(then, otherwise, scope)
            return IfElse(fill(test), fill(then, of), fill(otherwise, of))
        case Call(args=args) | And(args) | Or(args):
            return replace(expr, args=tuple(fill(arg) for arg in args))
        case Not(arg) | Negate(arg):
            return replace(expr, arg=fill(arg))
        case Binary(left=left, right=right):
            return replace(expr, left=fill(left), right=fill(right))
