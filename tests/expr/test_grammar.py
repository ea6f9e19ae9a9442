"""What the language reads, and as what."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.expr.trees import any_tree

from glasstown.expr import (
    And,
    Binary,
    Call,
    Compare,
    Expr,
    ExprError,
    IfElse,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Yes,
    calls,
    children,
    is_name,
    names,
    names_called,
    parse,
    text,
    walk,
)

A, B, C, D = (Name(name) for name in "abcd")


def number(value: object) -> Number:
    return Number(Fraction(str(value)))


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("a", A),
        ("(a)", A),
        ("  a  ", A),
        ("a.b . c", Name("a.b.c")),
        ("match", Name("match")),
        ("640", number(640)),
        ("0.1", number("1/10")),
        (".5", number("1/2")),
        ("5.", number(5)),
        ("1_000", number(1000)),
        ("1.5e3", number(1500)),
        ("1e-9", number("1/1000000000")),
        ("0.100000000000", number("1/10")),
        ("1000000000", number(10**9)),
        ("0", number(0)),
        ("-3", number(-3)),
        ("- 3", number(-3)),
        ("-(3)", number(-3)),
        ("+12", number(12)),
        ("-+3", Negate(number(3))),
        ("--3", Negate(number(-3))),
        ("-a", Negate(A)),
        ("+a", A),
        ("-True", Negate(Yes(True))),
        ("True", Yes(True)),
        ("yes", Yes(True)),
        ("true", Yes(True)),
        ("False", Yes(False)),
        ("no", Yes(False)),
        ("false", Yes(False)),
        ("f()", Call("f", ())),
        ("f(a, 1,)", Call("f", (A, number(1)))),
        ("f.g(a)", Call("f.g", (A,))),
        ("not a", Not(A)),
        ("a and b and c", And((A, B, C))),
        ("(a and b) and c", And((And((A, B)), C))),
        ("a or b and c", Or((A, And((B, C))))),
        ("not a == b", Not(Compare("==", A, B))),
        ("a != b", Compare("!=", A, B)),
        ("a < b <= c", And((Compare("<", A, B), Compare("<=", B, C)))),
        ("(a < b) < c", Compare("<", Compare("<", A, B), C)),
        ("a in (b, c)", Or((Compare("==", A, B), Compare("==", A, C)))),
        ("a in [b, c]", Or((Compare("==", A, B), Compare("==", A, C)))),
        ("a in {b}", Compare("==", A, B)),
        ("a in (b,)", Compare("==", A, B)),
        ("a not in (b, c)", Not(Or((Compare("==", A, B), Compare("==", A, C))))),
        ("a not  in (b,)", Not(Compare("==", A, B))),
        ("a < b in (c,)", And((Compare("<", A, B), Compare("==", B, C)))),
        ("a + b * c", Binary("+", A, Binary("*", B, C))),
        ("a - b - c", Binary("-", Binary("-", A, B), C)),
        ("a / 2", Binary("/", A, number(2))),
        ("a if b else c", IfElse(B, A, C)),
        ("a if b else c if d else a", IfElse(B, A, IfElse(D, C, A))),
        ("\ta\r\n <\nb\n", Compare("<", A, B)),
    ],
)
def test_reads(source: str, tree: Expr) -> None:
    assert parse(source) == tree


@pytest.mark.parametrize(
    ("value", "tree"),
    [
        (True, Yes(True)),
        (False, Yes(False)),
        (12, number(12)),
        (-12, number(-12)),
        (Decimal("0.05"), number("1/20")),
        (Decimal("0E+999999"), number(0)),
        (Decimal("1E+9"), number(10**9)),
        (Fraction(1, 8), number("1/8")),
    ],
)
def test_reads_what_yaml_makes_of_a_bare_scalar(value: object, tree: Expr) -> None:
    assert parse(value) == tree


def test_columns_count_the_characters_before() -> None:
    tree = parse(" score >= 640 and not on(defaulters)")
    columns = {text(part): part.column for part in walk(tree)}
    assert columns == {
        "score >= 640 and not on(defaulters)": 1,
        "score >= 640": 1,
        "score": 1,
        "640": 10,
        "not on(defaulters)": 18,
        "on(defaulters)": 22,
        "defaulters": 25,
    }


def test_columns_do_not_count_in_equality() -> None:
    assert parse(" a") == parse("a")
    assert hash(parse("f( a )")) == hash(parse("f(a)"))


def test_names_and_calls() -> None:
    tree = parse("score > min(age, 3) and on(court) or on(police, court)")
    assert names(tree) == {"score", "age", "court", "police"}
    assert {call.function for call in calls(tree)} == {"min", "on"}
    assert names_called(tree, "on") == ("court", "police")
    assert names_called(tree, "off") == ()
    assert children(parse("a if b else c")) == (B, A, C)


@given(any_tree())
def test_text_reads_back_as_the_tree(tree: Expr) -> None:
    assert parse(text(tree)) == tree


@given(any_tree())
def test_text_is_canonical(tree: Expr) -> None:
    assert text(parse(text(tree))) == text(tree)


@pytest.mark.parametrize(
    ("source", "canonical"),
    [
        ("((a))+(b*c)", "a + b * c"),
        ("(a+b)*c", "(a + b) * c"),
        ("a-(b-c)", "a - (b - c)"),
        ("1<a<=2", "1 < a and a <= 2"),
        ("not(a or b)", "not (a or b)"),
        ("True", "yes"),
        ("1_0.50", "10.5"),
        ("-(a+1)", "-(a + 1)"),
        ("(a if b else c)+1", "(a if b else c) + 1"),
        ("f( a,b )", "f(a, b)"),
    ],
)
def test_canonical_text(source: str, canonical: str) -> None:
    assert text(parse(source)) == canonical


def test_text_of_a_number_that_no_literal_writes() -> None:
    assert text(Binary("*", Name("a"), Number(Fraction(1, 3)))) == "a * (1 / 3)"


@given(st.text("ab_1.- é", max_size=6) | st.sampled_from(["yes", "class", "None", "age"]))
def test_is_name_says_what_parse_reads_as_one_name(source: str) -> None:
    try:
        tree: object = parse(source)
    except ExprError:
        tree = None
    assert is_name(source) == (tree == Name(source) and "." not in source)


def test_an_error_survives_pickling_and_says_everything() -> None:
    import pickle

    error = ExprError("what", "why", "remedy", "near", 3)
    again = pickle.loads(pickle.dumps(error))
    assert (again.what, again.why, again.remedy, again.nearest, again.column) == error.args
    assert str(again) == "what; why; remedy; did you mean near?"
    assert str(ExprError("what")) == "what"
