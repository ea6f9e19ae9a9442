"""What a scheme reads of the world: actions, occasions, conditions, free names, records."""

from typing import Any

import pytest

from glasstown.expr import Choice, Quantity, Type, YesNo, parse
from glasstown.expr.guess import guess
from glasstown.scheme import (
    Scheme,
    actions_read,
    conditions_read,
    free_names,
    load_scheme,
    occasions_read,
    records_read,
)


def made(**given: Any) -> Scheme:
    return Scheme.model_validate({"scheme": "x", **given})


SCHEME = made(
    score={"range": [0, 100], "start": 50},
    tiers={"low": 0, "high": 60},
    sensors={
        "second": {"watches": "student"},
        "first": {"detects": {"by": "minority", "rates": {"yes": "5%"}, "else": "9%"}},
    },
    rules={
        "a": {"when": "publish", "seen_by": "first", "points": "credit_history * student"},
        "b": {"missed": "help", "each": "year", "seen_by": "second", "points": -1},
        "c": {"at_start": True, "if": "age_band >= adult and tier_of_house == poor", "points": 1},
        "d": {"each": "month", "if": "months(debt) > 2 and not debt", "points": -1},
    },
    registers={"r": {"enter": "seen(publish) or seen(cheat, second)", "leave": "tier >= high"}},
    consequences={
        "x": {"occasion": "fly", "for": "on(r) and months_on(r) > 3", "outcome": "refuse"},
        "y": {"for": "mean(score) > score + month", "outcome": "expose"},
    },
)


def test_actions() -> None:
    assert actions_read(SCHEME) == {
        "publish": [("rules", "a", "when"), ("registers", "r", "enter")],
        "help": [("rules", "b", "missed")],
        "cheat": [("registers", "r", "enter")],
    }


def test_occasions() -> None:
    assert occasions_read(SCHEME) == {"fly": [("consequences", "x", "occasion")]}


def test_conditions() -> None:
    assert conditions_read(SCHEME) == {"debt": [("rules", "d", "if")]}


def test_free_names() -> None:
    assert free_names(SCHEME) == {
        "minority": [("sensors", "first", "detects", "by")],
        "student": [("sensors", "second", "watches"), ("rules", "a", "points")],
        "credit_history": [("rules", "a", "points")],
        "age_band": [("rules", "c", "if")],
        "tier_of_house": [("rules", "c", "if")],
        "debt": [("rules", "d", "if")],
    }


def test_records_are_in_the_order_of_the_sensors() -> None:
    assert records_read(SCHEME) == (
        ("second", "help"),
        ("second", "cheat"),
        ("first", "publish"),
    )
    assert records_read(load_scheme("defaulters-2018")) == (("payment_records", "pay_debt"),)
    assert records_read(load_scheme("none")) == ()


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("student", {"student": YesNo()}, set()),
        ("age > 3 and student", {"age": Quantity(), "student": YesNo()}, set()),
        ("age_band >= adult", {"age_band": Choice(("adult",), True)}, {"adult"}),
        (
            "age_band in (young, old)",
            {"age_band": Choice(("young", "old"), True)},
            {"young", "old"},
        ),
        (
            "young <= age_band <= old",
            {"age_band": Choice(("young", "old"), True)},
            {"young", "old"},
        ),
        ("a > b and a + 1 > 3", {"a": Quantity(), "b": Quantity()}, set()),
        ("a == a", {"a": Quantity()}, set()),
        ("a < b and b < c and c < a", dict.fromkeys("abc", Quantity()), set()),
        ("student and 2 * student > age", {"student": YesNo(), "age": Quantity()}, set()),
        ("member == yes", {"member": YesNo()}, set()),
        ("tier >= good", {}, set()),
        ("on(bad) and months(debt) > age", {"age": Quantity()}, set()),
        ("(a if b else c) > 3", {"b": YesNo(), "a": Quantity(), "c": Quantity()}, set()),
        ("max(a, b) > -c", dict.fromkeys("abc", Quantity()), set()),
    ],
)
def test_what_free_names_must_be(text: str, names: dict[str, Type], values: set[str]) -> None:
    found = guess(parse(text), YesNo(), ("score", "tier", "month"), ("tier",))
    assert found.names == names
    assert found.values == values
