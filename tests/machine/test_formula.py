"""Formulas compiled against formulas read, on numbers: every branch, exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.worlds import conditions, quantities

from glasstown.compiler.formula import Column, Names, condition, quantity, term
from glasstown.compiler.graph import Graph
from glasstown.compiler.nodes import TooWide
from glasstown.engine.reference import formulas as read
from glasstown.engine.reference.arithmetic import term as term_read
from glasstown.expr import Choice, Quantity, YesNo, parse

GRADES, KINDS, REGIONS = ("low", "middle", "high"), ("block", "village"), ("east", "west")
SCALES = {"zeal": 25, "age": 1, "means": 16}
YES_NO = ("student", "member", "crowded", "listed")
CHOICES = {"grade": (GRADES, True), "kind": (KINDS, False), "region": (REGIONS, False)}


@settings(max_examples=500, deadline=None)
@given(
    factor=st.fractions(-600, 600, max_denominator=10**6),
    value=st.integers(-30_000, 30_000),
)
def test_terms_round_alike(factor: Fraction, value: int) -> None:
    graph = Graph()
    try:
        found = graph.known(term(graph, graph.const(value), factor))
    except TooWide:
        assume(False)
    assert found == term_read(factor)(value)


def values() -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(
        {
            "zeal": st.integers(-75, 75),
            "age": st.integers(0, 60),
            "means": st.integers(-1600, 1600),
            **{name: st.integers(0, 1) for name in YES_NO},
            **{name: st.integers(0, len(labels) - 1) for name, (labels, _) in CHOICES.items()},
        }
    )


def compiled(graph: Graph, numbers: dict[str, int]) -> Names:
    columns = {n: Column(graph.const(numbers[n]), scale) for n, scale in SCALES.items()}
    columns |= {n: Column(graph.const(numbers[n]), yes_no=True) for n in YES_NO}
    columns |= {
        n: Column(graph.const(numbers[n]), labels=labels) for n, (labels, _) in CHOICES.items()
    }
    return Names(columns)


def for_reading() -> read.Names:
    types = {n: Quantity() for n in SCALES} | {n: YesNo() for n in YES_NO}
    types |= {n: Choice(labels, ordered) for n, (labels, ordered) in CHOICES.items()}
    return read.Names(types, dict(SCALES))


@settings(max_examples=400, deadline=None)
@given(
    text=quantities(("means", "listed")),
    unit=st.sampled_from([1, 10, 20, 2**10]),
    factor=st.sampled_from([Fraction(1), Fraction(-3, 100), Fraction(1, 1000), Fraction(7, 3)]),
    numbers=values(),
)
def test_quantities_come_out_alike(
    text: str, unit: int, factor: Fraction, numbers: dict[str, int]
) -> None:
    graph, expr = Graph(), parse(text)
    try:
        found = graph.known(quantity(graph, expr, compiled(graph, numbers), unit, factor))
    except TooWide:
        assume(False)
    assert found == read.amount(expr, for_reading(), unit, factor)(numbers)


@settings(max_examples=400, deadline=None)
@given(text=conditions(("listed",), ("means",)), numbers=values())
def test_conditions_hold_alike(text: str, numbers: dict[str, int]) -> None:
    graph, expr = Graph(), parse(text)
    found = graph.known(condition(graph, expr, compiled(graph, numbers)))
    assert bool(found) == read.condition(expr, for_reading())(numbers)
