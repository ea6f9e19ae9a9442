from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.reference.small import SURE, lived, scored, series, small
from tests.worlds import worlds

from glasstown.engine.reference import MONTH, live, run
from glasstown.world import World

RANDOM = {
    "actions": {
        "work": {"rate": "40%", "norm": 1, "pull": 1},
        "sin": {"rate": "20%", "fear": 2, "norm": 2},
        "borrow": {"rate": "10%"},
        "pay": {"rate": "30%"},
    },
    "occasions": {"trip": {"rate": "50%", "worth": 3}},
    "conditions": {"debt": {"begins": "borrow", "ends": "pay"}},
    "pull": {"weight": 1, "months": 6, "keeps": "90%", "spread": 5},
    "belief": {"at_first": "10%", "learns": "40%", "forgets": "5%"},
    "norm": {"weight": 2},
    "fear": {"own": "30%", "seen": "50%", "fades": "10%"},
}
SCHEME: dict[str, Any] = scored(
    sensors={"eye": {"detects": "80%", "false_alarm": "5%", "mistaken": "20%", "delay": 1}},
    rules={
        "working": {"when": "work", "seen_by": "eye", "points": [1, 4], "at_most": "9 a quarter"},
        "sins": {"when": "sin", "seen_by": "eye", "points": -7},
    },
    tiers={"low": 0, "high": 55},
    registers={"bad": {"enter": "seen(sin) or months(debt) > 2", "leave": "score > 50"}},
    consequences={
        "barred": {"occasion": "trip", "for": "on(bad)", "outcome": "refuse"},
        "first": {"occasion": "trip", "best": "30% of community", "outcome": "advance"},
    },
    appeals={"filed": "50%", "upheld": {"wrong": "90%", "right": "10%"}},
)


@pytest.fixture(scope="module")
def world() -> World:
    return small(SCHEME, RANDOM, citizens=100, size=14, months=8, by=("s.tier",))


def test_a_community_lives_alone_as_it_lives_among_others(world: World) -> None:
    together = lived(world)
    alone = live(world, [5])
    assert alone.communities[0].citizens == together.communities[5].citizens
    assert alone.communities[0].belief == together.communities[5].belief


def test_the_nation_is_the_sum_of_its_communities(world: World) -> None:
    whole = run(world)
    assert whole.signals == []
    assert whole.counts == lived(world).counts
    parts = [live(world, [number]).counts for number in range(world.communities)]
    for month in range(world.months):
        for measure in range(len(world.measures)):
            row = whole.counts[month][measure]
            assert row == [sum(part[month][measure][c] for part in parts) for c in range(len(row))]


def test_a_grouping_adds_up_to_everyone(world: World) -> None:
    assert [cell.group for cell in world.cells] == ["all", "low", "high"]
    for month in lived(world).counts:
        for everyone, *groups in month:
            assert everyone == sum(groups)


def test_the_last_community_has_the_citizens_that_are_left(world: World) -> None:
    assert len(live(world, [7]).citizens) == 2
    assert series(world, "citizens")[0] == 100


def test_watching_changes_nothing(world: World) -> None:
    plain, watched = live(world, [2]), live(world, [2], watch=range(100))
    assert plain.counts == watched.counts
    assert plain.events == ()
    assert {event.citizen for event in watched.events} == set(range(28, 42))


def test_a_different_seed_is_a_different_life(world: World) -> None:
    other = small(SCHEME, RANDOM, citizens=100, size=14, months=8, seed=2)
    assert series(other, "did.sin") != series(world, "did.sin")


def test_the_months_phases_are_in_their_order() -> None:
    names = [phase.__name__ for phase in MONTH]
    assert names == ["Want", "Act", "Sense", "Score", "Place", "Treat", "Learn"]


NATIONAL = {
    **SCHEME,
    "consequences": {
        **SCHEME["consequences"],
        "first": {"occasion": "trip", "best": "30% of nation", "outcome": "advance"},
    },
}


@pytest.fixture(scope="module")
def coupled() -> World:
    conduct = {**RANDOM, "norm": {"weight": 2, "of": "nation"}}
    return small(NATIONAL, conduct, citizens=40, size=9, months=5)


def test_a_coupled_world_keeps_the_signals_of_each_month(coupled: World) -> None:
    outcome = run(coupled)
    first = outcome.signals[0]
    # At birth all have 50: nobody is above 50, and 40% and 20% are usual.
    assert first == {"share/work": 1638, "share/sin": 819, "cut/s/first": 50}
    second = outcome.signals[1]
    did = outcome.counts[0][coupled.measures.index("did.work")][0]
    assert second["share/work"] == did * 4096 // 40
    assert len(outcome.signals) == 5


def test_with_its_signals_a_coupled_world_is_lived_community_by_community(
    coupled: World,
) -> None:
    outcome = run(coupled)
    parts = live(coupled, range(coupled.communities), outcome.signals)
    assert parts.counts == outcome.counts


def test_without_its_signals_a_coupled_world_is_not_lived(coupled: World) -> None:
    with pytest.raises(ValueError, match="national signals"):
        live(coupled, [0])


@pytest.mark.usefixtures("seats")
def test_a_national_cut_is_of_last_months_end() -> None:
    rules = {"up": {"each": "month", "if": "place == 0", "points": 5}}
    best = {"occasion": "trip", "best": "50% of nation", "outcome": "advance"}
    scheme = scored(rules=rules, consequences={"b": best})
    world = small(scheme, {"occasions": {"trip": SURE}}, citizens=2, size=1, months=3)
    outcome = run(world)
    # Both live alone, each in seat 0: both rise, and the cut is what they had a month ago.
    assert [month["cut/s/b"] for month in outcome.signals] == [50, 55, 60]
    assert [m[world.measures.index("advanced.trip")][0] for m in outcome.counts] == [2, 2, 2]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_any_world_can_be_lived(world: World) -> None:
    outcome = run(world)
    parts = live(world, range(world.communities), outcome.signals)
    assert parts.counts == outcome.counts
    everyone = world.measures.index("citizens")
    assert all(month[everyone][0] == world.citizens for month in outcome.counts)


def test_the_reference_knows_nothing_of_the_machine() -> None:
    code = (
        "import sys, glasstown.engine.reference as r;"
        "print([m for m in sys.modules if m.split('.')[0] in ('numpy', 'numba') or"
        " m.startswith(('glasstown.compiler', 'glasstown.engine.machine'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
