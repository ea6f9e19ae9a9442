"""A citizen lived alone, by what the community's citizens met of one another."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reference.conftest import Fix
from tests.reference.small import doing, scored, small
from tests.worlds import worlds

from glasstown.engine.reference import Signals, Steps, Surroundings, live, run
from glasstown.engine.reference.state import Community
from glasstown.luck import ONE
from glasstown.world import World, load_world


def check(world: World, citizen: int, signals: Signals | None) -> None:
    """Alone the citizen lives the same life, and as much is told of it, as among all."""
    steps = Steps(world)
    community, seat = world.layout.community(citizen)
    alone = steps.live_one(citizen, steps.surroundings(community, signals), signals)
    among = live(world, [community], signals, watch=(citizen,))
    assert alone.citizens == [among.citizens[seat]]
    assert tuple(alone.events) == among.events
    assert alone.size == len(among.citizens)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), number=st.integers(0, 10**6))
def test_a_citizen_lives_the_same_life_alone(world: World, number: int) -> None:
    check(world, number % world.citizens, run(world).signals if world.coupled else None)


@pytest.mark.parametrize(
    "name",
    [
        "unictown-campus",
        "unictown-china",
        "fico-campus",
        "unscored-campus",
        "unictown-china-ranked",
    ],
)
def test_a_citizen_of_the_library_lives_the_same_life_alone(name: str) -> None:
    size = load_world(name).nation.communities.size
    world = load_world(name, citizens=size + size // 2, months=4)
    signals = run(world).signals
    for citizen in (0, size - 1, size, size + 7):
        check(world, citizen, signals)


@pytest.mark.usefixtures("seats")
def test_what_citizens_met_of_one_another(fix: Fix) -> None:
    fix({"s/eye/sin/step": 0, "s/eye/sin": lambda t, seat: 0 if seat != 3 else ONE - 1})
    scheme = scored(
        sensors={"eye": {"mistaken": "100%", "detects": "50%"}},
        rules={
            "sins": {"when": "sin", "seen_by": "eye", "points": -10, "disclosed": False},
            "told": {"when": "sin", "seen_by": "eye", "points": -1, "disclosed": True},
        },
        consequences={
            "first": {"best": "25% of community", "occasion": "fly", "outcome": "advance"}
        },
        discloses={"reasons": True},
    )
    conduct = {**doing(sin="place in (0, 2)"), "occasions": {"fly": {"rate": "50%"}}}
    world = small(scheme, conduct, citizens=4, months=2)
    met = Steps(world).surroundings(0)
    assert met.at_birth == {"mean/s": 50, "cut/s/first": 50}
    # The citizens in seats 0 and 2 sin; the eye writes it down to those in seats 1 and 3.
    assert met.months == (
        {
            "share/sin": 2048,
            "stray/s/eye/sin": 0b1010,
            "cases/s/sins": 2,
            "harmed/explained": 2048,
            "harmed/unexplained": 0,
            "mean/s": (50 + 39 + 50 + 39) // 4,
            "cut/s/first": 50,
        },
        {
            "share/sin": 2048,
            "stray/s/eye/sin": 0b1010,
            "cases/s/sins": 2,
            "harmed/explained": 2048,
            "harmed/unexplained": 0,
            "mean/s": (50 + 28 + 50 + 28) // 4,
            "cut/s/first": 50,
        },
    )


def test_a_life_alone_follows_from_what_is_told_of_the_others() -> None:
    scheme = scored(
        sensors={"eye": {"mistaken": "50%"}},
        rules={"sins": {"when": "sin", "seen_by": "eye", "points": -10}},
    )
    world = small(scheme, doing(sin="no"), citizens=3, months=2)
    steps = Steps(world)
    met = steps.surroundings(0)
    assert score(steps.live_one(1, met)) == 50
    fallen = [{**month, "stray/s/eye/sin": 0b010} for month in met.months]
    met = Surroundings(met.at_birth, tuple(fallen))
    assert score(steps.live_one(1, met)) == 30
    assert score(steps.live_one(2, met)) == 50


def score(community: Community) -> int:
    (citizen,) = community.citizens
    return citizen.accounts[0].score


def test_a_life_alone_of_a_coupled_world_needs_its_signals() -> None:
    scheme = scored(
        consequences={"b": {"occasion": "fly", "best": "50% of nation", "outcome": "advance"}}
    )
    world = small(scheme, {"occasions": {"fly": {"rate": "50%"}}}, citizens=2, months=3)
    steps = Steps(world)
    signals = run(world).signals
    met = steps.surroundings(0, signals)
    with pytest.raises(ValueError, match="national signals"):
        steps.live_one(0, met)
    with pytest.raises(ValueError, match="national signals"):
        steps.live_one(0, met, signals[:2])
