from __future__ import annotations

from typing import Any

import pytest
from tests.reference.small import SURE, doing, lived, only, scored, series, small

EYE = {"eye": {}}
TRIP = {"occasions": {"trip": {**SURE, "worth": 4}}}


def test_means_pile_up_pass_and_stay_within_the_limit() -> None:
    conduct = {**TRIP, "means": {"half_life": "1 month", "limit": "5"}}
    scheme = scored(
        consequences={
            "first": {"occasion": "trip", "for": "month < 3", "outcome": "advance"},
            "barred": {"occasion": "trip", "for": "month >= 3", "outcome": "refuse"},
        }
    )
    # 64; 64 - 32 + 64 = 96 > 80; 80 - 40 + 64 > 80; 80 - 40 - 64; -24 + 12 - 64.
    assert series(small(scheme, conduct, months=5), "means") == [64, 80, 80, -24, -76]


def fears(fear: dict[str, Any], schemes: Any, **more: Any) -> list[int]:
    conduct = {**TRIP, **doing(sin=more.pop("sin", "month == 0")), "fear": fear}
    return series(small(schemes, conduct, **more), "fear")


def harming(**more: Any) -> dict[str, Any]:
    rules = {"sins": {"when": "sin", "seen_by": "eye", "points": -1}}
    return scored(sensors=EYE, rules=rules, **more)


def test_ones_own_harm_frightens_and_fades() -> None:
    # A half of 4,096; then a tenth of what there is fades: floor(2048 * 410 / 4096) = 205.
    fear = {"own": "50%", "fades": "10%"}
    assert fears(fear, harming(), months=3) == [2048, 1843, 1659]
    # In month 1 it fades first, and then rises: 1843 + floor(2253 / 2).
    assert fears(fear, harming(), months=2, sin="yes") == [2048, 2969]


def test_what_is_not_explained_frightens_more() -> None:
    fear = {"own": "30%", "unexplained": "2.5"}
    assert fears(fear, harming(discloses={"reasons": True}), months=1) == [1229]
    assert fears(fear, harming(), months=1) == [3072]
    fear = {"own": "50%", "unexplained": 3}
    assert fears(fear, harming(), months=1) == [4096]


def test_harm_seen_in_the_community_frightens_all(seats: None) -> None:
    # One of four is harmed: a share of 1,024. seen = 2,048: floor(2048 * 1024 / 4096) = 512 each.
    fear = {"own": "25%", "seen": "50%"}
    assert fears(fear, harming(), citizens=4, months=1, sin="place == 0") == [4 * 512 + 1024]


def test_harms_of_two_schemes_add_in_sight_and_not_in_oneself() -> None:
    told = harming(discloses={"reasons": True})
    fear = {"own": "25%", "seen": "10%", "unexplained": 2}
    # Own: the unexplained 2,048 alone. Seen: 410 (explained) + 819 (unexplained).
    assert fears(fear, [told, harming()], months=1) == [2048 + 410 + 819]


NOW = {"occasion": "trip", "for": "month == 1"}


@pytest.mark.parametrize(
    ("part", "months"),
    [
        ({"registers": {"bad": {"enter": "month == 1"}}}, [0, 1, 0]),
        ({"consequences": {"c": {**NOW, "outcome": "refuse"}}}, [0, 1, 0]),
        ({"consequences": {"c": {"for": "month == 1", "outcome": "expose"}}}, [0, 1, 0]),
        (
            {"consequences": {"c": {**NOW, "outcome": "require deposit", "needs_means": 1}}},
            [0, 1, 0],
        ),
        ({"consequences": {"c": {**NOW, "outcome": "require deposit"}}}, [0, 0, 0]),
        ({"consequences": {"c": {**NOW, "outcome": "advance"}}}, [0, 0, 0]),
    ],
)
def test_what_harm_is(part: dict[str, Any], months: list[int]) -> None:
    fear = {"own": "100%", "fades": "100%"}
    found = fears(fear, scored(**part), months=3, sin="no")
    assert found == [4096 * month for month in months]


def test_belief_is_learned_from_cases_and_forgotten(seats: None) -> None:
    conduct = {
        **doing(sin="place < 3 and month == 0"),
        "pull": {"weight": 1},
        "belief": {"at_first": "25%", "learns": "50%", "forgets": "10%"},
    }
    world = small(harming(), conduct, citizens=4, months=2)
    (community,) = lived(small(harming(), conduct, citizens=4, months=1)).communities
    # 1024 + floor(3072 * 3 * 128 / 4096) - floor(1024 * 410 / 4096)
    assert community.belief == [{"sins": 1024 + 288 - 102}]
    (community,) = lived(world).communities
    assert community.belief == [{"sins": 1210 - 121}]


def test_sixteen_cases_teach_all_that_a_month_can() -> None:
    conduct = {**doing(sin="yes"), "pull": {"weight": 1}, "belief": {"learns": "100%"}}
    for citizens, belief in ((8, 2048), (16, 4096), (20, 4096)):
        world = small(harming(), conduct, citizens=citizens, months=1)
        assert lived(world).communities[0].belief == [{"sins": belief}]


def test_a_told_rule_is_not_learned() -> None:
    world = small(harming(discloses={"rules": True}), doing(sin="yes"))
    assert lived(world).communities[0].belief == [{}]


def test_last_month_is_remembered(seats: None) -> None:
    conduct = {
        "actions": {"sin": SURE, "hide": {**SURE, "who": "listed or refused or exposed"}},
        **TRIP,
    }
    scheme = scored(
        registers={"bad": {"enter": "place == 0 and month == 0", "leave": "yes"}},
        consequences={
            "barred": {"occasion": "trip", "for": "place == 1 and month == 1", "outcome": "refuse"},
            "named": {"for": "place == 2 and month == 2", "outcome": "expose"},
        },
    )
    assert series(small(scheme, conduct, citizens=3, months=5), "did.hide") == [0, 1, 1, 1, 0]


def test_the_communitys_mean_is_of_last_months_end(seats: None) -> None:
    rules = {"up": {"each": "month", "if": "place == 0", "points": 5},
             "all": {"each": "month", "if": "mean(score) >= 52", "points": -1}}  # fmt: skip
    world = small(scored(rules=rules), citizens=2, months=3)
    # Means 50, 52.5 (kept as 52), ...: the second rule begins in month 1.
    assert series(world, "s.fired.all") == [0, 2, 2]
    assert lived(small(scored(rules=rules), citizens=2, months=1)).communities[0].mean_score == [52]


def test_shares_are_of_the_community() -> None:
    world = small((), {"actions": {"work": {**SURE, "who": "place < 9"}}}, citizens=3, months=1)
    assert lived(world).communities[0].shares == {"work": 4096}
    usual = small((), {"actions": {"work": {"rate": "1%", "usual": "50%"}}}, months=1)
    assert only(lived(usual)).today.did == {"work": False}
