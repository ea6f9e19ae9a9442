"""Folding changes the tree and never what it amounts to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expr.trees import QUANTITIES, TRUTHS, any_tree, sound_tree, worth

from glasstown.expr import (
    Expr,
    Name,
    Quantity,
    Scope,
    YesNo,
    check,
    constant,
    fold,
    names,
    parse,
    text,
    walk,
)

SCOPE = Scope(
    {name: Quantity() for name in QUANTITIES} | {name: YesNo() for name in TRUTHS},
)
WORLDS = st.fixed_dictionaries(
    {name: st.fractions(-5, 5, max_denominator=3) for name in QUANTITIES}
    | {name: st.sampled_from([Fraction(0), Fraction(1)]) for name in TRUTHS}
)
TREES = st.booleans().flatmap(sound_tree)


@given(TREES, WORLDS)
def test_folding_keeps_what_it_amounts_to(tree: Expr, world: dict[str, Fraction]) -> None:
    assert worth(fold(tree), world) == worth(tree, world)


@given(TREES)
def test_folding_never_grows_a_tree_nor_adds_a_name(tree: Expr) -> None:
    folded = fold(tree)
    assert len(list(walk(folded))) <= len(list(walk(tree)))
    assert names(folded) <= names(tree)


@given(TREES)
def test_folding_twice_changes_no_more(tree: Expr) -> None:
    assert fold(fold(tree)) == fold(tree)


@given(TREES)
def test_a_folded_tree_can_still_be_written_and_checked(tree: Expr) -> None:
    folded = fold(tree)
    assert parse(text(folded)) == folded
    assert check(tree, SCOPE)[1] == []
    assert check(folded, SCOPE)[1] == []


@given(TREES)
def test_constant_is_what_a_tree_without_names_amounts_to(tree: Expr) -> None:
    if not names(tree):
        assert constant(tree) == worth(tree, {})
    elif constant(tree) is not None:
        raise AssertionError("a name has no constant worth")


@given(any_tree())
def test_folds_even_what_means_nothing(tree: Expr) -> None:
    fold(tree)
    constant(tree)


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("1 + 2 * 3", "7"),
        ("0.1 + 0.2 == 0.3", "yes"),
        ("1 / 3", "1 / 3"),
        ("1 / 3 * 3", "1"),
        ("1 / 0", "1 / 0"),
        ("1000000000 * 1000000000", "1000000000 * 1000000000"),
        ("x * 1 + 0", "x"),
        ("1 * x - 0", "x"),
        ("0 + x / 1", "x"),
        ("x * 0", "0"),
        ("--x", "x"),
        ("-(2 + 3)", "-5"),
        ("a and yes", "a"),
        ("a and no", "no"),
        ("a or yes", "yes"),
        ("a or no or a", "a"),
        ("a and (b and (c and a))", "a and b and c"),
        ("a or (b and c)", "a or b and c"),
        ("yes and yes", "yes"),
        ("not not a", "a"),
        ("not a < b", "a >= b"),
        ("not a == b", "a != b"),
        ("not no", "yes"),
        ("x == x", "yes"),
        ("x < x", "no"),
        ("3 < 2", "no"),
        ("yes == 1", "yes"),
        ("a if 1 < 2 else b", "a"),
        ("a if no else b", "b"),
        ("a if c else a", "a"),
        ("min(3, 1, 2) + max(1, 2) + abs(0 - 3)", "6"),
        ("between(2, 1, 3)", "yes"),
        ("between(x, 1 + 1, 3)", "between(x, 2, 3)"),
        ("on(defaulters) and 1 > 0", "on(defaulters)"),
        ("min(1)", "min(1)"),
        ("unknown(1)", "unknown(1)"),
    ],
)
def test_folds(source: str, folded: str) -> None:
    assert text(fold(parse(source))) == folded


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2", Fraction(3)),
        ("1 / 3", Fraction(1, 3)),
        ("yes", Fraction(1)),
        ("3 < 2", Fraction(0)),
        ("2 if yes else 3", Fraction(2)),
        ("min(1, 2) * 1000000000 * 1000000000", Fraction(10**18)),
        ("1 / (2 - 2)", None),
        ("x", None),
        ("x * 0", None),
        ("f(1)", None),
    ],
)
def test_constant(source: str, value: Fraction | None) -> None:
    assert constant(parse(source)) == value


def test_folding_keeps_columns() -> None:
    folded = fold(parse("yes and x"))
    assert (folded, folded.column) == (Name("x"), 8)
