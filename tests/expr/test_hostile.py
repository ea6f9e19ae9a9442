"""Whatever the text, an answer: a tree within the limits, or an ExprError that can be printed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from glasstown.expr import Choice, ExprError, Quantity, Scope, check, fold, parse, prose, text, walk
from glasstown.expr.tree import Expr, children

PIECES = [
    *"abc", "1", "0.5", "(", ")", "[", "]", "{", "}", ",", ".", " ", " ", "==", "<", ">=", "+", "-",
    "*", "/", " and ", " or ", " not ", " in ", " not in ", " if ", " else ", "min(", "on(", "yes",
    "True", "=", "%", "**", ":=", "lambda x:", "'", '"', "\n", "\\", "é", "\x00", "f'", "#", ";",
]  # fmt: skip
SCOPE = Scope({"a": Quantity(), "b": Choice(("c", "d")), "yes": Quantity()})


def depth(expr: Expr) -> int:
    return 1 + max((depth(child) for child in children(expr)), default=0)


def answer(source: object) -> None:
    try:
        tree = parse(source)
    except ExprError as error:
        told(error, len(source) if isinstance(source, str) else 0)
        return
    assert sum(1 for _ in walk(tree)) <= 500
    assert depth(tree) <= 40
    assert isinstance(prose(tree, {}), str)
    assert isinstance(text(fold(tree)), str)
    for fault in check(tree, SCOPE, Quantity())[1]:
        told(fault, 2000)


def told(error: ExprError, length: int) -> None:
    assert 0 <= error.column <= length
    assert error.what
    assert str(error).isprintable()
    assert len(str(error)) < 700


@given(st.text(max_size=60))
@example("\ud800")
@example("\u202e")
@example("٣")
@example("²")
@example("'" * 3 + "\n")
@example('"\n')
def test_any_text(source: str) -> None:
    answer(source)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_mixture_of_tokens(source: str) -> None:
    answer(source)


@given(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.binary()
    | st.lists(st.integers())
)
def test_any_value(value: object) -> None:
    answer(value)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 10_000,
        "(" * 10_000 + "a" + ")" * 10_000,
        "(" * 990 + "a" + ")" * 990,
        "[" * 1999,
        "f(" * 900,
        "f(" * 600 + ")" * 600,
        "(((-" * 300 + "a",
        "(" + "++++++++++++" * 30 + "a)",
        "not " * 499 + "a",
        "-" * 1999 + "a",
        "+" * 1999 + "a",
        "~" * 1999 + "a",
        "a" + "+a" * 999,
        "a" + "<a" * 999,
        "a" + " and a" * 333,
        "a" + ".a" * 999,
        "a" + " .a" * 600,
        "a" + "()" * 900,
        "a" + "[0]" * 600,
        "a if a else " * 160 + "a",
        "a" + " if a" * 300,
        "a" + " else a" * 200,
        "9" * 1999,
        "0." + "1" * 1990,
        "1e" + "9" * 1990,
        "-1e-" + "9" * 1990,
        "_" * 1999,
        "a" * 1999,
        "a," * 999,
        "a in (" + "b," * 990 + ")",
        "a" + " in (b,)" * 200,
        "'" * 1999,
        "\n" * 1999,
        " " * 10_000,
        "\x00" * 100,
        "\N{PILE OF POO}" * 1999,
        10**5000,
        -(10**5000),
        Decimal("1e999999"),
        Decimal("1e-999999"),
        Decimal("1e999999999999999999"),
        Decimal("0e999999999999999999"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-Infinity"),
        Fraction(1, 10**5000),
        Fraction(10**5000, 3),
    ],
    ids=lambda source: repr(source)[:20] if isinstance(source, str) else type(source).__name__,
)
def test_bombs(source: object) -> None:
    answer(source)


def test_a_comparison_that_doubles_its_middle_stays_within_the_limit() -> None:
    source = "a"
    for _ in range(10):
        source = f"b < ({source}) < c"
    with pytest.raises(ExprError, match="too many parts"):
        parse(source)


def test_a_list_of_values_that_doubles_its_left_stays_within_the_limit() -> None:
    source = "a"
    for _ in range(10):
        source = f"({source}) in (b, c, d)"
    with pytest.raises(ExprError, match="too many parts"):
        parse(source)


def test_what_just_fits() -> None:
    answer("(" * 40 + "a" + ")" * 40)
    answer("not " * 39 + "a")
    answer(" + ".join("a" * 40))
    assert len(list(walk(parse(" and ".join("a" * 333) + "       ")))) == 334
    with pytest.raises(ExprError, match="nested too deep"):
        parse(" + ".join("a" * 41))
    with pytest.raises(ExprError, match="nested too deep"):
        parse("not " * 40 + "a")
    with pytest.raises(ExprError, match="too many parts"):
        parse(f"f({','.join('a' * 500)})")
    assert len(list(walk(parse(f"f({','.join('a' * 499)})")))) == 500
