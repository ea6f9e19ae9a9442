"""What a formula may amount to where only some of what it names is known.

Conditions have three answers: yes, no, or either. Quantities have a lowest and a highest value.
A name that is not known may be anything, each time anew, so the answer can be too wide, and is
never too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from types import MappingProxyType
from typing import TypeAlias, final

from glasstown.expr import (
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
)

Bound: TypeAlias = "Fraction | float"
"""An end of an interval; the floats are the infinities alone."""

Interval: TypeAlias = tuple[Bound, Bound]
"""A lowest and a highest value, both belonging to it."""

Truths: TypeAlias = frozenset[bool]
"""What a condition may amount to: yes, no, or either."""

EITHER: Truths = frozenset((True, False))
ANYTHING: Interval = (-math.inf, math.inf)
MONTHS: Interval = (Fraction(0), Fraction(1200))


@final
@dataclass(frozen=True)
class Known:
    """What is known where a formula is asked.

    score: within which the score lies; tiers: their names from the lowest; tier: between which of
    them, by number, the citizen stands; facts: conditions that hold or do not, such as the call
    `on(defaulters)` or the name `student`; numbers: within which a named quantity lies.
    """

    score: Interval = ANYTHING
    tiers: tuple[str, ...] = ()
    tier: tuple[int, int] | None = None
    facts: Mapping[Expr, bool] = field(default_factory=lambda: MappingProxyType({}))
    numbers: Mapping[str, Interval] = field(default_factory=lambda: MappingProxyType({}))


def truths(expr: Expr, known: Known) -> Truths:
    """What a condition may amount to."""
    if expr in known.facts:
        return frozenset((known.facts[expr],))
    match expr:
        case Yes(value):
            return frozenset((value,))
        case Not(arg):
            return _not(truths(arg, known))
        case And(args):
            return _all([truths(arg, known) for arg in args])
        case Or(args):
            return _not(_all([_not(truths(arg, known)) for arg in args]))
        case Compare(op, left, right):
            return _compared(op, left, right, known)
        case Call("between", (value, low, high)):
            return _all([_compared(">=", value, low, known), _compared("<=", value, high, known)])
        case IfElse(test, then, otherwise):
            held = truths(test, known)
            found = truths(then, known) if True in held else frozenset()
            return found | (truths(otherwise, known) if False in held else frozenset())
    return EITHER


def bounds(expr: Expr, known: Known) -> Interval:
    """Within which a quantity lies; a condition counts as 1 or 0."""
    if expr in known.facts:
        return _counted(frozenset((known.facts[expr],)))
    match expr:
        case Number(value):
            return value, value
        case Name(name):
            return _named(name, known)
        case Negate(arg):
            low, high = bounds(arg, known)
            return -high, -low
        case Binary(op, left, right):
            return _worked(op, bounds(left, known), bounds(right, known))
        case Call("min" | "max" as function, args):
            ends = [bounds(arg, known) for arg in args]
            lows, highs = [low for low, _ in ends], [high for _, high in ends]
            if function == "min":
                return _least(lows), _least(highs)
            return _most(lows), _most(highs)
        case Call("abs", (arg,)):
            low, high = bounds(arg, known)
            sizes = [_size(low), _size(high)]
            return Fraction(0) if low <= 0 <= high else _least(sizes), _most(sizes)
        case Call("mean"):
            return known.score
        case Call("months" | "months_on"):
            return MONTHS
        case IfElse(test, then, otherwise):
            held = truths(test, known)
            ends = [
                bounds(part, known)
                for yes, part in ((True, then), (False, otherwise))
                if yes in held
            ]
            return _least([low for low, _ in ends]), _most([high for _, high in ends])
    return _counted(truths(expr, known))


def _named(name: str, known: Known) -> Interval:
    if name == "score":
        return known.score
    if name == "month":
        return Fraction(0), math.inf
    return known.numbers.get(name, ANYTHING)


def _counted(held: Truths) -> Interval:
    return Fraction(min(held)), Fraction(max(held))


def _not(held: Truths) -> Truths:
    return frozenset(not value for value in held)


def _all(parts: list[Truths]) -> Truths:
    found = set()
    if all(True in part for part in parts):
        found.add(True)
    if any(False in part for part in parts):
        found.add(False)
    return frozenset(found)


def _compared(op: CompareOp, left: Expr, right: Expr, known: Known) -> Truths:
    tiers = _tier_bounds(left, right, known)
    if tiers is None:
        tiers = bounds(left, known), bounds(right, known)
    (low, high), (least, most) = tiers
    match op:
        case "<":
            return _either(high < least, low >= most)
        case "<=":
            return _either(high <= least, low > most)
        case ">":
            return _either(low > most, high <= least)
        case ">=":
            return _either(low >= most, high < least)
        case "==":
            return _either(low == high == least == most, high < least or low > most)
        case "!=":
            return _either(high < least or low > most, low == high == least == most)


def _tier_bounds(left: Expr, right: Expr, known: Known) -> tuple[Interval, Interval] | None:
    """The sides of a comparison with `tier`, by the tiers' numbers; None if it is none."""
    sides = []
    for side in (left, right):
        match side:
            case Name("tier"):
                at = known.tier or (0, len(known.tiers) - 1)
                sides.append((Fraction(at[0]), Fraction(at[1])))
            case Name(name) if name in known.tiers:
                sides.append((Fraction(known.tiers.index(name)),) * 2)
            case _:
                return None
    return sides[0], sides[1]


def _either(surely: bool, never: bool) -> Truths:
    return frozenset((True,)) if surely else frozenset((False,)) if never else EITHER


def _worked(op: str, left: Interval, right: Interval) -> Interval:
    match op:
        case "+":
            return left[0] + right[0], left[1] + right[1]
        case "-":
            return left[0] - right[1], left[1] - right[0]
        case "/":
            if right[0] <= 0 <= right[1]:
                return ANYTHING
            right = (
                (1 / right[1] if abs(right[1]) != math.inf else Fraction(0)),
                (1 / right[0] if abs(right[0]) != math.inf else Fraction(0)),
            )
    products = [_product(a, b) for a in left for b in right]
    return _least(products), _most(products)


def _size(end: Bound) -> Bound:
    return end if end >= 0 else -end


def _least(ends: Sequence[Bound]) -> Bound:
    return reduce(lambda one, other: one if one <= other else other, ends)


def _most(ends: Sequence[Bound]) -> Bound:
    return reduce(lambda one, other: one if one >= other else other, ends)


def _product(a: Bound, b: Bound) -> Bound:
    return Fraction(0) if a == 0 or b == 0 else a * b
