"""What can be worked out before any citizen is looked at."""

import operator
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any, TypeAlias

from glasstown.expr.number import representable
from glasstown.expr.tree import (
    And,
    Binary,
    Call,
    Compare,
    CompareOp,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Yes,
    children,
)

Value: TypeAlias = Fraction | bool

OPPOSITE: dict[CompareOp, CompareOp] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def constant(expr: Expr) -> Fraction | None:
    """Return what an expression of literals amounts to (yes is 1, no is 0), or None."""
    value = _value(expr)
    return None if value is None else Fraction(value)


def fold(expr: Expr) -> Expr:
    """Simplify a checked expression; what it amounts to stays exactly the same.

    Yes and no count as 1 and 0 throughout.
    """
    match expr:
        case Number() | Yes() | Name():
            return expr
        case Call(args=args):
            folded: Expr = replace(expr, args=tuple(fold(arg) for arg in args))
        case Not(arg):
            folded = _not(fold(arg), expr.column)
        case And(args):
            folded = _junction(And, True, args, expr.column)
        case Or(args):
            folded = _junction(Or, False, args, expr.column)
        case Compare(op, left, right):
            folded = replace(expr, left=fold(left), right=fold(right))
            if folded.left == folded.right:
                return Yes(op in ("==", "<=", ">="), expr.column)
        case Binary(left=left, right=right):
            folded = _binary(replace(expr, left=fold(left), right=fold(right)))
        case Negate(arg):
            inner = fold(arg)
            folded = inner.arg if isinstance(inner, Negate) else Negate(inner, expr.column)
        case IfElse(test, then, otherwise):
            folded = _if_else(fold(test), fold(then), fold(otherwise), expr.column)
    return _literal(folded)


def _literal(expr: Expr) -> Expr:
    """Return the literal that an expression of literals amounts to, where it can be written."""
    value = _value(expr)
    if isinstance(value, bool):
        return Yes(value, expr.column)
    if value is None or not representable(value):
        return expr
    return Number(value, expr.column)


def _not(arg: Expr, column: int) -> Expr:
    match arg:
        case Not(inner):
            return inner
        case Compare(op):
            return replace(arg, op=OPPOSITE[op])
    return Not(arg, column)


def _junction(kind: type[And] | type[Or], neutral: bool, args: Iterable[Expr], column: int) -> Expr:
    """Join parts, flat and each once, without the neutral ones; a single decisive one decides."""
    parts: dict[Expr, None] = {}
    for arg in map(fold, args):
        for part in arg.args if isinstance(arg, kind) else (arg,):
            value = _value(part)
            if value is None:
                parts[part] = None
            elif bool(value) is not neutral:
                return Yes(not neutral, column)
    if len(parts) > 1:
        return kind(tuple(parts), column)
    return next(iter(parts), Yes(neutral, column))


def _binary(expr: Binary) -> Expr:
    left, right = constant(expr.left), constant(expr.right)
    match expr.op:
        case "*" if left == 0 or right == 0:
            return Number(Fraction(0), expr.column)
        case "*" | "/" if right == 1:
            return expr.left
        case "*" if left == 1:
            return expr.right
        case "+" | "-" if right == 0:
            return expr.left
        case "+" if left == 0:
            return expr.right
    return expr


def _if_else(test: Expr, then: Expr, otherwise: Expr, column: int) -> Expr:
    decided = _value(test)
    if decided is not None:
        return then if decided else otherwise
    if then == otherwise:
        return then
    return IfElse(test, then, otherwise, column)


def _value(expr: Expr) -> Value | None:
    match expr:
        case Number(value) | Yes(value):
            return value
        case Name():
            return None
    values = [_value(child) for child in children(expr)]
    known = [value for value in values if value is not None]
    return _apply(expr, known) if len(known) == len(values) else None


def _apply(expr: Expr, values: list[Value]) -> Value | None:
    """Work out one operation on values; None for what has none (1 / 0, an unknown function)."""
    match expr:
        case Not():
            return not values[0]
        case And():
            return all(values)
        case Or():
            return any(values)
        case Negate():
            return -Fraction(values[0])
        case Compare(op):
            return _COMPARE[op](values[0], values[1])
        case IfElse():
            return values[1] if values[0] else values[2]
        case Binary(op):
            return _arithmetic(op, Fraction(values[0]), Fraction(values[1]))
        case Call(function):
            return _builtin(function, values)
    return None


def _arithmetic(op: str, left: Fraction, right: Fraction) -> Fraction | None:
    match op:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def _builtin(function: str, values: list[Value]) -> Value | None:
    match function, values:
        case "min", [_, _, *_]:
            return min(map(Fraction, values))
        case "max", [_, _, *_]:
            return max(map(Fraction, values))
        case "abs", [only]:
            return abs(Fraction(only))
        case "between", [value, low, high]:
            return low <= value <= high
    return None
