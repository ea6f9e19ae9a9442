"""What a formula may amount to takes in everything that it does amount to."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.audit.written.may import Known, bounds, truths
from glasstown.expr import (
    And,
    Binary,
    Call,
    Compare,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Yes,
    fold,
    parse,
)

TIERS = ("low", "middle", "high")
NUMBERS = ("score", "age", "zeal")


def quantities(conditions: st.SearchStrategy[Expr] | None = None) -> st.SearchStrategy[Expr]:
    leaves = st.one_of(
        st.integers(-3, 3).map(lambda n: Number(Fraction(n))),
        st.sampled_from([Name(name) for name in NUMBERS]),
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Binary, st.sampled_from(["+", "-", "*", "/"]), inner, inner),
            st.builds(Negate, inner),
            st.builds(
                lambda f, a, b: Call(f, (a, b)), st.sampled_from(["min", "max"]), inner, inner
            ),
            st.builds(lambda a: Call("abs", (a,)), inner),
        ),
        max_leaves=6,
    )


def conditions() -> st.SearchStrategy[Expr]:
    sides = quantities()
    order = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
    leaves = st.one_of(
        st.builds(Compare, order, sides, sides),
        st.builds(lambda op, name: Compare(op, Name("tier"), Name(name)), order,
                  st.sampled_from(TIERS)),
        st.builds(lambda a, b, c: Call("between", (a, b, c)), sides, sides, sides),
        st.just(Name("student")),
        st.booleans().map(Yes),
    )  # fmt: skip
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(lambda a, b: And((a, b)), inner, inner),
            st.builds(lambda a, b: Or((a, b)), inner, inner),
            st.builds(IfElse, inner, inner, inner),
        ),
        max_leaves=5,
    )


def replaced(expr: Expr, values: dict[str, Fraction], tier: int, student: bool) -> Expr:
    """The formula with every name put in; tiers are compared by their numbers."""
    match expr:
        case Name("tier"):
            return Number(Fraction(tier))
        case Name("student"):
            return Yes(student)
        case Name(name):
            return Number(Fraction(TIERS.index(name)) if name in TIERS else values[name])
        case Not(arg):
            return Not(replaced(arg, values, tier, student))
        case Negate(arg):
            return Negate(replaced(arg, values, tier, student))
        case And(args):
            return And(tuple(replaced(arg, values, tier, student) for arg in args))
        case Or(args):
            return Or(tuple(replaced(arg, values, tier, student) for arg in args))
        case Call(function, args):
            return Call(function, tuple(replaced(arg, values, tier, student) for arg in args))
        case Compare(op, left, right):
            sides = (replaced(part, values, tier, student) for part in (left, right))
            return Compare(op, *sides)
        case Binary(op, left, right):
            parts = (replaced(part, values, tier, student) for part in (left, right))
            return Binary(op, *parts)
        case IfElse(test, then, otherwise):
            three = (replaced(part, values, tier, student) for part in (test, then, otherwise))
            return IfElse(*three)
    return expr


points = st.integers(-3, 3).map(Fraction)


@st.composite
def settings_of(draw: st.DrawFn) -> tuple[Known, dict[str, Fraction], int, bool]:
    """What is known, and values that agree with it."""
    ends = {name: sorted([draw(points), draw(points)]) for name in ("score", "age")}
    values = {name: draw(st.sampled_from(pair)) for name, pair in ends.items()}
    values["zeal"] = draw(points)
    tiers = sorted([draw(st.integers(0, 2)), draw(st.integers(0, 2))])
    student = draw(st.booleans())
    facts = {Name("student"): student} if draw(st.booleans()) else {}
    known = Known(
        score=(ends["score"][0], ends["score"][1]),
        tiers=TIERS,
        tier=(tiers[0], tiers[1]),
        facts=facts,
        numbers={"age": (ends["age"][0], ends["age"][1])},
    )
    return known, values, draw(st.sampled_from(tiers)), student


@settings(max_examples=400, deadline=None)
@given(expr=conditions(), setting=settings_of())
def test_a_condition_is_among_its_truths(
    expr: Expr, setting: tuple[Known, dict[str, Fraction], int, bool]
) -> None:
    known, values, tier, student = setting
    found = fold(replaced(expr, values, tier, student))
    if isinstance(found, Yes):  # a division by nought amounts to nothing
        assert found.value in truths(expr, known)


@settings(max_examples=400, deadline=None)
@given(expr=quantities(), setting=settings_of())
def test_a_quantity_lies_within_its_bounds(
    expr: Expr, setting: tuple[Known, dict[str, Fraction], int, bool]
) -> None:
    known, values, tier, student = setting
    found = fold(replaced(expr, values, tier, student))
    if isinstance(found, Number):
        low, high = bounds(expr, known)
        assert low <= found.value <= high


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("score >= 640", {False}),
        ("score < 640", {True}),
        ("score >= 400", {True, False}),
        ("tier == low", {True}),
        ("tier > low", {False}),
        ("student or not student", {True, False}),
        ("between(score, 300, 700)", {True}),
        ("mean(score) > 700", {False}),
        ("months(unpaid_debt) >= 0", {True}),
    ],
)
def test_what_is_known_decides(text: str, answers: set[bool]) -> None:
    known = Known(score=(Fraction(350), Fraction(600)), tiers=TIERS, tier=(0, 0))
    assert truths(parse(text), known) == answers


def test_what_nobody_knows_has_no_bounds() -> None:
    assert bounds(parse("zeal + 1"), Known()) == (-math.inf, math.inf)
    assert bounds(parse("min(40, 5 * zeal)"), Known()) == (-math.inf, 40)
