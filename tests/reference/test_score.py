from __future__ import annotations

from typing import Any

import pytest
from tests.reference.conftest import Fix
from tests.reference.small import doing, lived, only, scored, series, small, told

from glasstown.engine.reference.events import Born, RuleFired, Scored
from glasstown.luck import ONE

EYE = {"eye": {}}


def rule(**fields: Any) -> dict[str, Any]:
    return {"when": "act", "seen_by": "eye", **fields}


def with_rules(score: dict[str, Any] | None = None, **rules: Any) -> dict[str, Any]:
    scheme = scored(sensors=EYE, rules=rules)
    return {**scheme, "score": {**scheme["score"], **(score or {})}}


ALWAYS = doing(act="yes")


def test_a_rule_needs_its_record_and_its_condition() -> None:
    world = small(with_rules(r=rule(**{"if": "month != 1"}, points=3)), doing(act="month < 3"))
    assert series(world, "s.fired.r") == [1, 0, 1, 0]
    assert series(world, "s.points.r") == [3, 0, 3, 0]
    assert series(world, "s.score") == [53, 53, 56, 56]


def test_rules_see_the_score_and_standing_of_the_months_start() -> None:
    scheme = with_rules(
        a=rule(points=10, **{"if": "score < 60"}),
        b=rule(points=5, **{"if": "tier == high"}),
    )
    world = small({**scheme, "tiers": {"low": 0, "high": 60}}, ALWAYS)
    # Month 0: a alone. Month 1: the score was 60, the tier high: b alone, and so on.
    assert series(world, "s.score") == [60, 65, 70, 75]


def test_a_cap_is_for_its_period() -> None:
    world = small(with_rules(r=rule(points=4, at_most="6 every 3 months")), ALWAYS, months=7)
    assert series(world, "s.points.r") == [4, 2, 0, 4, 2, 0, 4]
    assert series(world, "s.fired.r") == [1] * 7
    fired = told(lived(world, watch=True), RuleFired)
    assert [(e.points, e.full) for e in fired[:3]] == [(4, 4), (2, 4), (0, 4)]


def test_a_cap_is_on_losses_too_and_may_be_for_ever() -> None:
    world = small(with_rules(r=rule(points=-4, at_most="6 ever")), ALWAYS)
    assert series(world, "s.points.r") == [-4, -2, 0, 0]
    assert only(lived(world)).accounts[0].used == {"r": 6}


def test_an_official_chooses_within_a_range(fix: Fix) -> None:
    fix({"s/r/points": lambda t, seat: (0, ONE - 1, ONE // 2, 0)[t]})
    world = small(with_rules(r=rule(points=[-20, -5])), ALWAYS)
    assert series(world, "s.points.r") == [-20, -5, -12, -20]


def test_points_may_be_a_formula_of_the_months_start() -> None:
    score = {"kept_to": "0.5"}
    world = small(with_rules(score, r=rule(points="0.1 * score - mean(score) / 20")), ALWAYS)
    # 0.1 * 50 - 50 / 20 = 2.5, in halves. Then 52.5: 0.05 * 105 half-points is 5.25 of them.
    assert series(world, "s.points.r")[:2] == [5, 5]
    assert series(world, "s.score")[:2] == [105, 110]


def test_a_score_stays_within_its_range_and_says_what_was_cut_off() -> None:
    world = small(with_rules({"range": [40, 60]}, r=rule(points=-7)), ALWAYS)
    assert series(world, "s.score") == [43, 40, 40, 40]
    cut = [(e.points, e.cut_off, e.after) for e in told(lived(world, watch=True), Scored)]
    assert cut == [(-7, 0, 43), (-7, 4, 40), (-7, 7, 40), (-7, 7, 40)]


def test_a_score_fades_after_the_points() -> None:
    score = {"start": 99, "fades": {"toward": 50, "half_life": "1 month"}}
    world = small(with_rules(score, r=rule(points=-40, **{"if": "month == 2"})), ALWAYS)
    # 49 above: trunc(24.5); 25 above: 12; 63 - 40 = 23, 27 below: trunc(13.5); 14 below: 7.
    assert series(world, "s.score") == [75, 63, 36, 43]


def test_a_rate_of_fading() -> None:
    score = {"start": 90, "fades": {"toward": 50, "rate": "10%"}}
    # round(0.1 * 2^15) = 3,277: a tenth of 40, and of 36 (3.6).
    assert series(small(with_rules(score)), "s.score")[:2] == [86, 83]


def test_a_duty_missed_counts_at_the_periods_end() -> None:
    duty = {"missed": "act", "each": "quarter", "seen_by": "eye", "points": -5}
    world = small(with_rules(r=duty), doing(act="month in (1, 6)"), months=9)
    assert series(world, "s.fired.r") == [0, 0, 0, 0, 0, 1, 0, 0, 0]


def test_a_duty_that_nobody_could_see_is_not_missed() -> None:
    duty = {"missed": "act", "each": "month", "seen_by": "eye", "points": -5}
    scheme = with_rules(r=duty)
    unwatched = {**scheme, "sensors": {"eye": {"watches": "month == 2"}}}
    assert series(small(unwatched, doing(act="no")), "s.fired.r") == [0, 0, 1, 0]
    uncovered = {**scheme, "sensors": {"eye": {"covers": "0%"}}}
    assert series(small(uncovered, doing(act="no")), "s.fired.r") == [0, 0, 0, 0]


def test_a_late_record_of_a_duty_counts_when_it_arrives() -> None:
    duty = {"missed": "act", "each": "2 months", "seen_by": "eye", "points": -5}
    scheme = {**with_rules(r=duty), "sensors": {"eye": {"delay": "1 month"}}}
    # Done in month 1, on record in month 2: missed in months 0-1, and not in 2-3.
    assert series(small(scheme, doing(act="month == 1")), "s.fired.r") == [0, 1, 0, 0]


def test_a_rule_may_fire_each_period() -> None:
    world = small(with_rules(r={"each": "quarter", "if": "place < 9", "points": 2}), months=7)
    assert series(world, "s.fired.r") == [0, 0, 1, 0, 0, 1, 0]


def test_a_profile_counts_once_at_the_start(fix: Fix) -> None:
    fix({"nation/age": 0, "s/luck/points": ONE - 1})
    scheme = with_rules(
        young={"at_start": True, "if": "age < 30", "points": -7},
        old={"at_start": True, "if": "age >= 30", "points": 7},
        luck={"at_start": True, "points": [1, 3]},
        years={"at_start": True, "points": "age / 4"},
    )
    world = small(scheme, traits={"age": {"range": {"low": 18, "high": 45}}}, months=1)
    (born,) = told(lived(world, watch=True), Born)
    # 18 / 4 = 4.5 goes up, by the term.
    assert born.rules == (("young", -7), ("luck", 3), ("years", 5))
    assert born.score == 51
    assert series(world, "s.score") == [51]


def test_a_classic_scorecard_is_logistic() -> None:
    rules = {
        "owner": {"at_start": True, "log_odds": 1},
        "other": {"at_start": True, "if": "place > 9", "log_odds": -9},
    }
    score = {"range": [300, 850], "start": 300, "kept_to": 1, "link": "logistic"}
    # logistic(1) = 0.7310585..., times 550 is 402.1.
    assert series(small({"score": score, "rules": rules}, months=1), "s.score") == [702]


@pytest.mark.parametrize(("points", "score"), [(99, 100), (-99, 0)])
def test_a_start_is_within_the_range(points: int, score: int) -> None:
    world = small(with_rules(r={"at_start": True, "points": points}), months=1)
    assert series(world, "s.score") == [score]
