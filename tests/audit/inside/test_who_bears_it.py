"""Who bears it: planted differences are found, and groups alike are not told apart."""

from __future__ import annotations

from typing import Any

import pytest

from glasstown.audit.inside.inside import Inside
from glasstown.audit.inside.who_bears_it import WhoBearsIt
from tests.audit.inside.asked import campus, lived, looked
from tests.audit.inside.made import found_in, looked_at, world_of

PROBE = WhoBearsIt()
SEEDS = 4
WORLDS = 30
AT_MOST = 4
"""False alarms allowed in `WORLDS` null worlds: at 5 % for each, 4 or fewer in 94 of 100 tries."""


def by_list(poor: str, rich: str) -> dict[str, Any]:
    """Citizens are put on a list for a month at these rates, and cannot fly then."""
    return {
        "scheme": "lists",
        "sensors": {"clerk": {"false_alarm": {"by": "poor", "rates": {"yes": poor}, "else": rich}}},
        "registers": {
            "bad": {"enter": "months(debt) >= 3", "seen_by": "clerk", "at_most": "1 month"}
        },
        "consequences": {"no_flight": {"occasion": "fly", "for": "on(bad)", "outcome": "refuse"}},
    }


def test_a_planted_difference_is_found_with_its_groups() -> None:
    found = found_in(world_of(by_list("10%", "2%")), PROBE, SEEDS)
    (refused, listed) = (finding.says for finding in found)
    assert refused.startswith("Refused when flying: ")
    assert "where poor is yes" in refused.split(", ")[0]
    assert "where poor is no" in refused.split(", ")[1]
    assert listed.startswith("Put on the register bad")


def test_groups_alike_raise_few_false_alarms() -> None:
    alarms = sum(
        bool(found_in(world_of(by_list("5%", "5%"), citizens=500, seed=seed), PROBE, SEEDS))
        for seed in range(WORLDS)
    )
    assert alarms <= AT_MOST


def test_rates_are_those_counted_citizen_by_citizen() -> None:
    world = campus()
    case = looked(world, PROBE, seeds=1)
    panel = lived(world, PROBE, case).here
    wanted, refused = panel["wanted.buy_plane_ticket"], panel["refused.buy_plane_ticket"]
    counts: dict[str, list[int]] = {}
    for number, income in enumerate(panel.labels("income").tolist()):
        if wanted[number].any():
            count = counts.setdefault(income, [0, 0])
            count[0] += 1
            count[1] += int(refused[number].any())
    for group, (asked_for, got) in counts.items():
        rate = case.own(PROBE, f"rate|refused.buy_plane_ticket|income|{group}")
        assert rate == pytest.approx(got / asked_for)
    best = min(got / n for n, got in counts.values())
    for group, (n, got) in counts.items():
        ratio = case.own(PROBE, f"ratio|refused.buy_plane_ticket|income|{group}")
        assert ratio == pytest.approx(min(best / (got / n), 1))


def test_scores_are_held_against_the_median_of_all() -> None:
    world = campus(citizens=2_000)
    case = looked(world, PROBE, seeds=1)
    panel = lived(world, PROBE, case).here
    last = panel["unictown-2019.score"][:, -1]
    above = last > sorted(last.tolist())[len(last) // 2 - 1 : len(last) // 2 + 1][1]
    women = panel.labels("sex") == "female"
    rate = case.own(PROBE, "rate|unictown-2019.score|sex|female")
    assert rate == pytest.approx(above[women].mean(), abs=0.02)


def test_crossed_groups_are_looked_at_and_told_by_their_traits() -> None:
    world = world_of(by_list("12%", "2%"), by=["poor", "left"])
    case: Inside = looked_at(world, PROBE, SEEDS)
    crossed = [f for f in PROBE.findings(case) if " and left is " in f.says]
    assert crossed
    for finding in crossed:
        assert all(" and left is " in figure.name for figure in finding.figures)
        assert all(0 <= (figure.low or 0) <= (figure.high or 0) <= 1 for figure in finding.figures)


def test_a_world_that_does_nothing_to_anybody_has_nothing_to_be_asked() -> None:
    case = looked_at(world_of({"scheme": "none"}), PROBE, 2)
    assert not case.was_read(PROBE)
    assert list(PROBE.findings(case)) == []
