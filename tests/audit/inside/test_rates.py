"""Rates by group, against the numbers in Fairlearn's guide."""

from __future__ import annotations

import math

import pytest

from glasstown.audit.inside.rates import Rates, rates

SELECTED = [0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0]
GROUPS = [*"bbabbccca", *"acabccbcc"]
"""Predictions and sensitive feature of the guide's example, `Performing a Fairness Assessment`,
https://fairlearn.org/main/user_guide/assessment/perform_fairness_assessment.html."""


@pytest.fixture
def guide() -> Rates:
    (found,) = rates(SELECTED, sensitive_features={"sf": GROUPS})
    return found


def test_the_numbers_are_those_of_fairlearns_guide(guide: Rates) -> None:
    assert guide.overall.value == pytest.approx(0.555556, abs=1e-6)
    assert {group: each.value for group, each in guide.by_group.items()} == {
        "a": 0.75,
        "b": 0.5,
        "c": 0.5,
    }
    assert guide.totals == {"a": 4, "b": 6, "c": 8}
    assert (guide.group_min(), guide.group_max()) == (0.5, 0.75)
    assert guide.difference() == pytest.approx(0.25)
    assert guide.difference("to_overall") == pytest.approx(0.194444, abs=1e-6)
    assert guide.ratio() == pytest.approx(0.666667, abs=1e-6)
    assert guide.ratio("to_overall") == pytest.approx(0.740741, abs=1e-6)


def test_an_impact_ratio_is_held_against_the_highest_rate(guide: Rates) -> None:
    assert (guide.highest, guide.impact("a").value) == ("a", 1)
    found = guide.impact("c")
    assert found.value == pytest.approx(2 / 3)
    assert found.low < 2 / 3 < found.high
    assert guide.p_value("a", "a") == 1
    assert guide.p_value("b", "a") == pytest.approx(0.571429, abs=1e-6)  # (90 + 30) of 210 ways


def test_the_favourable_rates_are_those_of_the_others(guide: Rates) -> None:
    spared = guide.complement
    assert spared.selected == {"a": 1, "b": 3, "c": 4}
    assert spared.ratio() == pytest.approx(0.5)
    assert guide.complement.complement == guide


def test_groups_are_crossed() -> None:
    sex = ["f", "m"] * 9
    one, other, both = rates(SELECTED, sensitive_features={"sf": GROUPS, "sex": sex})
    assert (one.feature, other.feature, both.feature) == ("sf", "sex", "sf * sex")
    for group, total in both.totals.items():
        rows = [s for s, g, x in zip(SELECTED, GROUPS, sex, strict=True) if f"{g}, {x}" == group]
        assert (total, both.selected[group]) == (len(rows), sum(rows))
    assert sum(both.totals.values()) == 18


def test_a_group_of_nobody_is_kept_and_nothing_is_said_of_it() -> None:
    found = Rates("sf", {"a": 0, "b": 10}, {"a": 0, "b": 5})
    assert math.isnan(found.by_group["a"].value)
    assert (found.difference(), found.ratio()) == (0, 1)
    assert math.isnan(found.impact("a").value)
    assert found.p_value("a", "b") == 1


def test_nothing_that_befell_anybody_has_no_ratio() -> None:
    found = Rates("sf", {"a": 10, "b": 10}, {"a": 0, "b": 0})
    assert math.isnan(found.ratio())
    assert found.difference() == 0
