"""Formulas made into functions of what they see, by "Formulas" in `docs/reference/month.md`.

What a formula sees is a `View`: whole numbers under names such as `age`, `score` or
`on(defaulters)`. `Names` says what the whole numbers mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from math import lcm
from typing import TypeAlias

from glasstown.engine.reference.arithmetic import multiplier
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
    Or,
    Quantity,
    Scope,
    Type,
    Yes,
    YesNo,
    children,
    choice_of,
    constant,
    text,
    value_in,
)

View: TypeAlias = Mapping[str, int]
Condition: TypeAlias = Callable[[View], bool]
Amount: TypeAlias = Callable[[View], int]

_BUILTIN = ("min", "max", "abs", "between")


@dataclass
class Names:
    """What the names in formulas mean: the type of each, and for a quantity its unit.

    A quantity of unit `s` is kept in `1 / s`. A function of symbols, such as `on(defaulters)`,
    is a name like any other.
    """

    types: dict[str, Type] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)

    def add_yes_no(self, name: str) -> None:
        """Declare a yes or no."""
        self.types[name] = YesNo()

    def add_choice(self, name: str, values: tuple[str, ...], ordered: bool = False) -> None:
        """Declare a choice, kept as its value's place in the declared order."""
        self.types[name] = Choice(values, ordered)

    def add_quantity(self, name: str, unit: int = 1) -> None:
        """Declare a quantity, kept in `1 / unit`."""
        self.types[name] = Quantity()
        self.units[name] = unit

    def is_condition(self, expr: Expr) -> bool:
        """Whether the expression holds or does not, and counts 1 or 0."""
        match expr:
            case Yes() | Not() | And() | Or() | Compare():
                return True
            case Name() | Call():
                return key(expr) == "between" or isinstance(self.types.get(key(expr)), YesNo)
            case IfElse(_, then, otherwise):
                return self.is_condition(then) and self.is_condition(otherwise)
        return False


def key(expr: Name | Call) -> str:
    """The name under which a view holds what a name or a function of symbols stands for."""
    if isinstance(expr, Name):
        return expr.name
    return expr.function if expr.function in _BUILTIN else text(expr)


def reads(expr: Expr, names: Names) -> frozenset[str]:
    """What a formula, as written, reads in its view; the values of choices are not read."""
    if isinstance(expr, Name | Call) and key(expr) not in _BUILTIN:
        return frozenset((key(expr),))
    parts = children(expr)
    if isinstance(expr, Compare):
        scope = Scope(names.types)
        choice = choice_of(expr.left, expr.right, scope)
        if choice is not None:
            parts = tuple(_without_values(part, choice, scope) for part in parts)
    return frozenset().union(*(reads(part, names) for part in parts))


def _without_values(expr: Expr, choice: Choice, scope: Scope) -> Expr:
    """One side of a comparison of choices, with its values made literals."""
    if value_in(expr, choice, scope) is not None:
        return Yes(True)
    if isinstance(expr, IfElse):
        then = _without_values(expr.then, choice, scope)
        return IfElse(expr.test, then, _without_values(expr.otherwise, choice, scope))
    return expr


def condition(expr: Expr, names: Names) -> Condition:
    """Whether a formula holds."""
    literal = constant(expr)
    if literal is not None:
        fixed = literal != 0
        return lambda view: fixed
    match expr:
        case Name() | Call() if key(expr) not in _BUILTIN:
            name = key(expr)
            return lambda view: bool(view[name])
        case Call("between", (value, low, high)):
            return _both(_compared("<=", low, value, names), _compared("<=", value, high, names))
        case Not(arg):
            holds = condition(arg, names)
            return lambda view: not holds(view)
        case And(args):
            return reduce(_both, (condition(arg, names) for arg in args))
        case Or(args):
            return reduce(_either, (condition(arg, names) for arg in args))
        case IfElse(test, then, otherwise):
            asked, yes, no = (condition(part, names) for part in (test, then, otherwise))
            return lambda view: yes(view) if asked(view) else no(view)
        case Compare(op, left, right):
            return _compared(op, left, right, names)
    raise TypeError(f"not a condition: {text(expr)}")


def _both(one: Condition, other: Condition) -> Condition:
    return lambda view: one(view) and other(view)


def _either(one: Condition, other: Condition) -> Condition:
    return lambda view: one(view) or other(view)


def added(one: Amount, other: Amount) -> Amount:
    """The sum of two quantities."""
    return lambda view: one(view) + other(view)


def amount(expr: Expr, names: Names, unit: int, factor: Fraction = Fraction(1)) -> Amount:
    """A quantity, times a factor, in whole numbers of `unit` to a whole."""
    literal = constant(expr)
    if literal is not None:
        fixed = round(literal * factor * unit)
        return lambda view: fixed
    if names.is_condition(expr) and not isinstance(expr, IfElse):
        holds, counted = condition(expr, names), round(factor * unit)
        return lambda view: counted if holds(view) else 0
    match expr:
        case Name() | Call() if key(expr) not in _BUILTIN:
            name = key(expr)
            times, half, bits = multiplier(factor * unit / names.units[name])
            return lambda view: (times * view[name] + half) >> bits
        case Call(function, args):
            return _call(function, args, names, unit, factor)
        case Negate(arg):
            return amount(arg, names, unit, -factor)
        case IfElse(test, then, otherwise):
            holds = condition(test, names)
            one = amount(then, names, unit, factor)
            other = amount(otherwise, names, unit, factor)
            return lambda view: one(view) if holds(view) else other(view)
        case Binary():
            return _binary(expr, names, unit, factor)
    raise TypeError(f"not a quantity: {text(expr)}")


def _binary(expr: Binary, names: Names, unit: int, factor: Fraction) -> Amount:
    left, right = expr.left, expr.right
    if expr.op in ("+", "-"):
        sign = 1 if expr.op == "+" else -1
        return added(amount(left, names, unit, factor), amount(right, names, unit, sign * factor))
    by = constant(right)
    if expr.op == "/":
        if by is None:
            raise TypeError(f"not a quantity: {text(expr)}")
        return amount(left, names, unit, factor / by)
    if by is not None:
        return amount(left, names, unit, factor * by)
    by = constant(left)
    if by is not None:
        return amount(right, names, unit, factor * by)
    switch, of = (left, right) if names.is_condition(left) else (right, left)
    holds, value = condition(switch, names), amount(of, names, unit, factor)
    return lambda view: value(view) if holds(view) else 0


def _call(
    function: str, args: tuple[Expr, ...], names: Names, unit: int, factor: Fraction
) -> Amount:
    if function == "abs":
        size, sign = amount(args[0], names, unit, abs(factor)), -1 if factor < 0 else 1
        return lambda view: sign * abs(size(view))
    parts = [amount(arg, names, unit, factor) for arg in args]
    least = (function == "min") == (factor >= 0)
    if least:
        return lambda view: min(part(view) for part in parts)
    return lambda view: max(part(view) for part in parts)


def _compared(op: str, left: Expr, right: Expr, names: Names) -> Condition:
    """Whether two choices, by their places, or two numbers, exactly, compare so."""
    scope = Scope(names.types)
    choice = choice_of(left, right, scope)
    if choice is not None:
        one, other = (_choice(side, choice, names, scope) for side in (left, right))
    else:
        # In units of which both sides are whole numbers throughout, nothing is rounded.
        denominators = [*_denominators(left, names), *_denominators(right, names)]
        one, other = (amount(side, names, lcm(*denominators)) for side in (left, right))
    match op:
        case "==":
            return lambda view: one(view) == other(view)
        case "!=":
            return lambda view: one(view) != other(view)
        case "<":
            return lambda view: one(view) < other(view)
        case "<=":
            return lambda view: one(view) <= other(view)
        case ">":
            return lambda view: one(view) > other(view)
    return lambda view: one(view) >= other(view)


def _denominators(expr: Expr, names: Names, factor: Fraction = Fraction(1)) -> Iterator[int]:
    """What every literal and every unit in a quantity is a multiple of the inverse of."""
    literal = constant(expr)
    if literal is not None:
        yield (literal * factor).denominator
        return
    if names.is_condition(expr) and not isinstance(expr, IfElse):
        yield factor.denominator
        return
    if isinstance(expr, Name | Call) and key(expr) not in _BUILTIN:
        yield (factor / names.units[key(expr)]).denominator
        return
    if isinstance(expr, Binary) and expr.op in ("*", "/"):
        for one, other in ((expr.left, expr.right), (expr.right, expr.left)):
            by = constant(other)
            if by is not None:
                factor = factor * by if expr.op == "*" else factor / by
                yield from _denominators(one, names, factor)
                return
    parts = children(expr)[1:] if isinstance(expr, IfElse) else children(expr)
    for part in parts:
        yield from _denominators(part, names, factor)


def _choice(expr: Expr, choice: Choice, names: Names, scope: Scope) -> Amount:
    """The place, in the declared order, of the value that one side of a comparison names."""
    value = value_in(expr, choice, scope)
    if value is not None:
        place = choice.values.index(value)
        return lambda view: place
    if isinstance(expr, IfElse):
        holds = condition(expr.test, names)
        one = _choice(expr.then, choice, names, scope)
        other = _choice(expr.otherwise, choice, names, scope)
        return lambda view: one(view) if holds(view) else other(view)
    if isinstance(expr, Name):
        name = expr.name
        return lambda view: view[name]
    raise TypeError(f"not a value of a choice: {text(expr)}")
