from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from tests.reference.conftest import Fix
from tests.reference.small import doing, lived, only, scored, series, small, told

from glasstown.engine.reference.cuts import cut
from glasstown.engine.reference.events import Extended, Filed, Heard, Left, Placed

EYE = {"eye": {}}
TIERS = {"low": 0, "middle": 40, "high": 60}


def moved(*points: int, **more: Any) -> dict[str, Any]:
    """A scheme with tiers whose score moves by so many points, month by month."""
    rules = {
        f"m{month}": {"each": "month", "if": f"month == {month}", "points": value}
        for month, value in enumerate(points)
        if value
    }
    return scored(rules=rules, tiers=TIERS, **more)


def tiers(scheme: dict[str, Any], months: int = 6) -> list[str]:
    world = small(scheme, months=months)
    shares = {tier: series(world, f"s.tier.{tier}") for tier in TIERS}
    return [next(t for t in TIERS if shares[t][month]) for month in range(months)]


def test_a_tier_is_the_highest_whose_floor_is_reached() -> None:
    assert tiers(moved(9, 1, -20, -1, 21, 0)) == ["middle", "high", "middle", "low", "high", "high"]
    world = small(moved(9, 1, -20, -1, 21, 0), months=6)
    assert series(world, "s.rose") == [0, 1, 0, 0, 1, 0]
    assert series(world, "s.fell") == [0, 0, 1, 1, 0, 0]


def test_a_margin_keeps_a_tier_a_little_longer() -> None:
    # 60, 56, 55, 54, 59, 60: kept down to 55, lost at 54, had again at 60.
    kept = tiers(moved(10, -4, -1, -1, 5, 1, tier_margin=5))
    assert kept == ["high", "high", "high", "middle", "middle", "high"]


def test_an_override_holds_down_for_its_months_and_no_more() -> None:
    scheme = moved(20, 0, 0, 0, 0, 0)
    rules = {
        **scheme["rules"],
        "caught": {
            "when": "cheat",
            "seen_by": "eye",
            "straight_to": "low",
            "lasts": "2 months",
        },
    }
    world = small(
        {**scheme, "sensors": EYE, "rules": rules}, doing(cheat="month in (1, 2)"), months=6
    )
    assert series(world, "s.tier.low") == [0, 1, 1, 1, 0, 0]
    assert series(world, "s.tier.high") == [1, 0, 0, 0, 1, 1]
    (_, down, up) = told(lived(world, watch=True), Placed)
    assert (down.before, down.after, down.held_down) == ("high", "low", ("caught",))
    assert (up.month, up.after, up.held_down) == (4, "high", ())


def test_an_override_never_raises() -> None:
    rules = {"up": {"each": "month", "straight_to": "high", "lasts": "9 months"}}
    assert series(small(scored(tiers=TIERS, rules=rules)), "s.tier.middle") == [1, 1, 1, 1]


def register(months: int = 8, **fields: Any) -> tuple[list[int], list[int], list[int]]:
    """Who is on a register, enters and leaves, month by month."""
    world = small({"registers": {"bad": fields}}, months=months)
    return tuple(series(world, f"s.{what}.bad") for what in ("on", "entered", "left"))  # type: ignore[return-value]


def test_a_register_is_entered_and_left() -> None:
    on, entered, left = register(enter="month in (1, 5)", leave="month in (1, 3)")
    assert on == [0, 1, 1, 0, 0, 1, 1, 1]
    assert entered == [0, 1, 0, 0, 0, 1, 0, 0]
    assert left == [0, 0, 0, 1, 0, 0, 0, 0]


def test_a_least_term_is_served() -> None:
    # In month 1 one is on it; after three months, in month 4, one may leave.
    on, _, left = register(enter="month == 1", leave="yes", at_least="3 months")
    assert on == [0, 1, 1, 1, 0, 0, 0, 0]
    assert left == [0, 0, 0, 0, 1, 0, 0, 0]


def test_a_longest_term_ends_it_in_any_case() -> None:
    on, _, _ = register(enter="month == 1", at_most="3 months")
    assert on == [0, 1, 1, 1, 0, 0, 0, 0]


def test_an_extension_lengthens_the_least_term_up_to_a_limit() -> None:
    fields = {"enter": "month == 0", "leave": "yes", "at_least": "2 months"}
    extend = {"if": "month in (1, 3)", "by": "2 months"}
    # Least 2, then 4 in month 1 and 6 in month 3: off in month 6.
    assert register(**fields, extend=extend)[0] == [1, 1, 1, 1, 1, 1, 0, 0]
    # At most 5: off in month 5.
    assert register(**fields, extend={**extend, "at_most": "5 months"})[0] == [1] * 5 + [0] * 3
    scheme = {"registers": {"bad": {**fields, "extend": {**extend, "at_most": "5 months"}}}}
    life = lived(small(scheme, months=8), watch=True)
    assert [(e.month, e.least) for e in told(life, Extended)] == [(1, 4), (3, 5)]
    assert [(e.month, e.why, e.months) for e in told(life, Left)] == [(5, "leave", 5)]


def test_registers_see_each_other_as_the_month_began() -> None:
    registers = {
        "a": {"enter": "not on(b)", "leave": "on(b)"},
        "b": {"enter": "on(a)", "leave": "months_on(a) >= 2"},
    }
    world = small({"registers": registers}, months=5)
    # 0: a enters. 1: b enters, seeing a. 2: a leaves, seeing b; b leaves, seeing a, who has been
    # there for 2 months and is leaving. 3: a enters again.
    assert series(world, "s.on.a") == [1, 1, 0, 1, 1]
    assert series(world, "s.on.b") == [0, 1, 0, 0, 1]


def test_an_entry_on_a_wrong_record_is_wrong_until_it_ends() -> None:
    scheme = scored(
        sensors={"eye": {"false_alarm": "100%"}, "ear": {"detects": "100%"}},
        rules={
            "sins": {"when": "sin", "seen_by": "ear", "points": -1},
        },
        registers={
            "bad": {"enter": "seen(sin, eye) or month == 9", "leave": "month == 2"},
            "good": {"enter": "seen(sin, ear)"},
        },
    )
    world = small(scheme, doing(sin="month == 1"), months=5)
    assert series(world, "s.wrongly_on.bad") == [1, 1, 0, 1, 1]
    assert series(world, "s.on.good") == [0, 1, 1, 1, 1]
    assert series(world, "s.wrongly_on.good") == [0, 0, 0, 0, 0]


APPEALS = {"filed": "100%", "heard_after": "2 months", "upheld": {"wrong": "100%", "right": "0%"}}


def appealing(conduct: dict[str, Any], **more: Any) -> dict[str, Any]:
    return scored(
        sensors={"eye": {"detects": "100%", "false_alarm": "0%"}},
        rules={"sins": {"when": "sin", "seen_by": "eye", "points": -30}},
        registers={"bad": {"enter": "seen(sin)"}},
        appeals={**APPEALS, **more},
    )


def test_an_appeal_against_the_truth_is_turned_down() -> None:
    conduct = doing(sin="month == 1")
    world = small(appealing(conduct), conduct, months=6)
    assert series(world, "s.appealed") == [0, 1, 0, 0, 0, 0]
    assert series(world, "s.heard") == [0, 0, 0, 1, 0, 0]
    assert series(world, "s.upheld") == [0, 0, 0, 0, 0, 0]
    assert series(world, "s.score") == [50, 20, 20, 20, 20, 20]


@pytest.mark.usefixtures("seats")
def test_an_appeal_against_a_mistake_gives_the_points_back_and_takes_off_the_register(
    fix: Fix,
) -> None:
    fix({"s/eye/sin": lambda t, seat: 0 if t in (1, 3) else 2**30 - 1})
    conduct = doing(sin="no")
    scheme = appealing(conduct)
    scheme["sensors"] = {"eye": {"false_alarm": "1%"}}
    world = small(scheme, conduct, months=7)
    # Wrong records in months 1 and 3. The appeal of month 1 is heard in month 3: off the register,
    # and not on it again in that month, for all that it is seen. A second appeal is filed then.
    # In month 3 the score falls from 20 to 0, the end of the range, before 30 are given back.
    assert series(world, "s.score") == [50, 20, 20, 30, 30, 60, 60]
    assert series(world, "s.on.bad") == [0, 1, 1, 0, 0, 0, 0]
    assert series(world, "s.left.bad") == [0, 0, 0, 1, 0, 0, 0]
    assert series(world, "s.entered.bad") == [0, 1, 0, 0, 0, 0, 0]
    assert series(world, "s.appealed") == [0, 1, 0, 1, 0, 0, 0]
    assert series(world, "s.upheld") == [0, 0, 0, 1, 0, 1, 0]
    life = lived(world, watch=True)
    assert [(e.month, e.deduction, e.entries, e.wrong) for e in told(life, Filed)] == [
        (1, 30, ("bad",), True),
        (3, 30, (), True),
    ]
    assert [(e.month, e.restored) for e in told(life, Heard)] == [(3, 30), (5, 30)]
    assert [e.why for e in told(life, Left)] == ["appeal"]


def test_one_appeal_waits_at_a_time() -> None:
    conduct = doing(sin="yes")
    world = small(appealing(conduct, heard_after="3 months"), conduct, months=8)
    assert series(world, "s.appealed") == [1, 0, 0, 1, 0, 0, 1, 0]


def test_the_tier_follows_the_score_that_an_appeal_gave_back() -> None:
    scheme = appealing({}, upheld={"wrong": "0%", "right": "100%"})
    world = small({**scheme, "tiers": TIERS}, doing(sin="month == 1"), months=5)
    assert series(world, "s.tier.middle") == [1, 0, 0, 1, 1]
    assert only(lived(world)).accounts[0].registers["bad"].months == 0


@pytest.mark.parametrize(
    ("scores", "share", "expected"),
    [
        ([10, 20, 30, 40], "0.25", 30),  # 40 alone is above 30
        ([10, 20, 30, 40], "0.49", 30),  # still one place
        ([10, 20, 30, 40], "0.5", 20),
        ([10, 30, 30, 40], "0.5", 30),  # two are tied for one place: neither has it
        ([40, 40, 40, 40], "0.5", 40),
        ([10, 20, 30, 40], "0", 40),
        ([10, 20, 30, 40], "1", -1),
        ([0], "0.5", 0),
    ],
)
def test_a_cut_leaves_at_most_the_share_above_it(
    scores: list[int], share: str, expected: int
) -> None:
    found = cut(scores, Fraction(share), 0)
    assert found == expected
    most = int(Fraction(share) * len(scores))
    least = min(c for c in range(-1, 50) if sum(s > c for s in scores) <= most)
    assert found == least
