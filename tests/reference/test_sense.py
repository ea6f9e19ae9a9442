from __future__ import annotations

from typing import Any

import pytest
from tests.reference.conftest import Fix
from tests.reference.small import doing, lived, scored, series, small, told

from glasstown.engine.reference.events import Sensed
from glasstown.luck import ONE
from glasstown.world import World


def watched(sensor: dict[str, Any], conduct: dict[str, Any], **more: Any) -> World:
    """A scheme whose one sensor looks at `sin`; each record costs a point."""
    rules = {"sins": {"when": "sin", "seen_by": "eye", "points": -1}}
    return small(scored(sensors={"eye": sensor}, rules=rules), conduct, **more)


def verdicts(world: World) -> list[tuple[int, int, str]]:
    return [(e.month, e.citizen, e.verdict) for e in told(lived(world, watch=True), Sensed)]


def test_a_sensor_hits_misses_and_imagines(fix: Fix) -> None:
    fix({"s/eye/sin": lambda t, seat: [0, ONE // 2, 0, ONE // 2][t]})
    world = watched({"detects": "50%", "false_alarm": "25%"}, doing(sin="month < 2"))
    assert series(world, "s.fired.sins") == [1, 0, 1, 0]
    assert series(world, "s.wrong.sins") == [0, 0, 1, 0]
    assert [verdict for _, _, verdict in verdicts(world)] == ["hit", "miss", "false alarm"]


def test_a_sensor_watches_whom_it_watches(seats: None) -> None:
    world = watched({"watches": "place in (1, 2)"}, doing(sin="place < 2"), citizens=3, months=1)
    assert series(world, "s.fired.sins") == [1]
    assert verdicts(world) == [(0, 0, "unwatched"), (0, 1, "hit")]


def test_a_sensor_sees_conditions_as_they_are_after_the_deed() -> None:
    conduct = {
        **doing(sin="month == 1", borrow="month == 1", pay="no"),
        "conditions": {"debt": {"begins": "borrow", "ends": "pay"}},
    }
    world = watched({"watches": "debt"}, conduct, months=2)
    assert series(world, "s.fired.sins") == [0, 1]


def test_cover_is_of_citizens_or_of_communities(fix: Fix) -> None:
    fix({"s/eye/covers": lambda t, seat: seat * (ONE // 4)})
    by_citizen = watched({"covers": "50%"}, doing(sin="yes"), citizens=4, months=1)
    assert series(by_citizen, "s.fired.sins") == [2]
    assert verdicts(by_citizen)[2:] == [(0, 2, "uncovered"), (0, 3, "uncovered")]
    by_community = {"covers": "50%", "covers_by": "community"}
    together = watched(by_community, doing(sin="yes"), citizens=4, months=1)
    assert series(together, "s.fired.sins") == [4]


def test_rates_may_differ_by_group(seats: None) -> None:
    traits = {"rich": {"share": "0%"}, "town": {"values": {"north": "0%", "south": "100%"}}}
    rates = {"by": "town", "rates": {"north": "100%"}, "else": "0%"}
    world = watched({"detects": rates}, doing(sin="yes"), traits=traits, months=1)
    assert series(world, "s.fired.sins") == [0]
    rates = {"by": "rich", "rates": {"no": "100%"}, "else": "0%"}
    world = watched({"false_alarm": rates}, doing(sin="no"), traits=traits, months=1)
    assert series(world, "s.wrong.sins") == [1]


@pytest.mark.usefixtures("seats")
def test_a_late_record_arrives_late_with_its_wrongness(fix: Fix) -> None:
    fix({"s/eye/sin": lambda t, seat: 0 if t in (1, 2) else ONE - 1})
    world = watched(
        {"detects": "50%", "false_alarm": "50%", "delay": "2 months"},
        doing(sin="month < 2"),
        months=6,
    )
    assert series(world, "s.fired.sins") == [0, 0, 0, 1, 1, 0]
    assert series(world, "s.wrong.sins") == [0, 0, 0, 0, 1, 0]
    arrivals = [(e.month, e.verdict, e.arrives) for e in told(lived(world, watch=True), Sensed)]
    assert arrivals == [(0, "miss", 2), (1, "hit", 3), (2, "false alarm", 4)]


@pytest.mark.usefixtures("seats")
def test_a_record_may_go_to_somebody_else(fix: Fix) -> None:
    # The step is 1 + floor(h * 4 / 2^16) with the high half of the first citizen's draw: here 3.
    fix({"s/eye/sin/step": lambda t, seat: ONE // 2 if seat == 0 else 0})
    world = watched({"mistaken": "100%"}, doing(sin="place in (1, 4)"), citizens=5, months=1)
    life = lived(world, watch=True)
    assert [c.accounts[0].score for c in life.citizens] == [50, 50, 49, 50, 49]
    # From seat 1 to seat 4, who had sinned as well: not wrong of seat 4. From seat 4 to seat 2.
    assert series(world, "s.fired.sins", life) == [2]
    assert series(world, "s.wrong.sins", life) == [1]
    assert [(e.citizen, e.verdict, e.other) for e in told(life, Sensed)] == [
        (1, "stray", 4),
        (2, "mistaken", 4),
        (4, "stray", 2),
        (4, "mistaken", 1),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_mistakes_neither_make_nor_lose_records(seed: int, seats: None) -> None:
    """Where every record is a mistake, there are as many as there were deeds, elsewhere."""
    conduct = {"actions": {"sin": {"rate": "40%"}}}
    world = watched({"mistaken": "100%"}, conduct, citizens=7, months=8, seed=seed)
    done = series(world, "did.sin")
    assert sum(done) > 0
    assert series(world, "s.fired.sins") == done


def test_who_lives_alone_is_mistaken_for_nobody() -> None:
    world = watched({"mistaken": "100%"}, doing(sin="yes"), months=1)
    assert series(world, "s.fired.sins") == [1]
    assert series(world, "s.wrong.sins") == [0]


@pytest.mark.usefixtures("seats")
def test_grounds_for_a_register_are_sensed_like_deeds(fix: Fix) -> None:
    """Only of those who are not on it; a false alarm makes a wrong entry."""
    fix({"s/bad/enter": lambda t, seat: 0 if t == seat else ONE - 1})
    register = {"enter": "place == 0 and month == 0 or place == 1", "seen_by": "eye"}
    world = small(
        scored(
            sensors={"eye": {"detects": "50%", "false_alarm": "50%", "delay": "1 month"}},
            registers={"bad": register},
        ),
        citizens=3,
        months=5,
    )
    assert series(world, "s.entered.bad") == [0, 1, 1, 1, 0]
    assert series(world, "s.wrongly_on.bad") == [0, 0, 0, 1, 1]
    life = lived(world, watch=True)
    assert [(e.month, e.citizen, e.verdict) for e in told(life, Sensed) if e.grounds] == [
        (0, 0, "hit"),
        (0, 1, "miss"),
        (1, 1, "hit"),
        (2, 1, "miss"),  # the entry comes only later in this month
        (2, 2, "false alarm"),
    ]


def test_seen_is_whether_a_record_arrives() -> None:
    scheme = scored(
        sensors={"eye": {"delay": "1 month"}, "ear": {}},
        rules={
            "sins": {"when": "sin", "seen_by": "eye", "points": -1},
            "twice": {"each": "month", "if": "seen(sin) and seen(sin, ear)", "points": -10},
        },
    )
    world = small(scheme, doing(sin="month in (1, 2)"))
    # The ear hears in months 1 and 2, and the eye's records arrive in months 2 and 3.
    assert series(world, "s.fired.twice") == [0, 0, 1, 0]
