from __future__ import annotations

from typing import Any

import pytest
from tests.reference.conftest import Fix
from tests.reference.small import SURE, lived, only, scored, series, small, told

from glasstown.engine.reference.events import Became, Chose
from glasstown.luck import LOG_ODDS, ONE, log_odds, logistic, threshold

QUARTER = ONE // 4


def test_an_occasion_arises_below_its_rate(fix: Fix) -> None:
    fix({"conduct/occasion/trip": lambda t, seat: QUARTER - 1 + t})
    world = small((), {"occasions": {"trip": {"rate": "25%"}}}, months=2)
    assert series(world, "wanted.trip") == [1, 0]


def test_an_occasion_arises_for_whom_it_may(seats: None) -> None:
    conduct = {"occasions": {"trip": {**SURE, "who": "place >= 2 and month > 0"}}}
    world = small((), conduct, citizens=5, months=2)
    assert series(world, "wanted.trip") == [0, 3]


def test_taste_moves_an_occasion(fix: Fix) -> None:
    # A quarter and one log-odd more: logistic(ln(1/3) + 1) = 47.5%.
    utility = log_odds_of("25%") + LOG_ODDS
    at = logistic(utility)
    assert 0.475 < at / ONE < 0.476
    fix({"conduct/occasion/trip": lambda t, seat: at - 1 + t})
    taste = {"occasions": {"trip": {"rate": "25%", "taste": {"2 * (place < 9)": "0.5"}}}}
    assert series(small((), taste, months=2), "wanted.trip") == [1, 0]


GAIN = {"rules": {"gain": {"each": "month", "points": 3}}}
SECRET = {"discloses": {"score": False}}


def boasts(*schemes: dict[str, Any]) -> list[int]:
    """Who boasts each month, when a score is 6 points above its start."""
    conduct = {"actions": {"boast": {**SURE, "who": "above_start >= 6"}}}
    return series(small(schemes, conduct), "did.boast")


def test_a_conduct_sees_how_far_the_score_is_above_its_start_as_the_month_began() -> None:
    assert boasts(scored(**GAIN)) == [0, 0, 1, 1]


def test_a_score_that_is_not_told_is_not_above_its_start() -> None:
    assert boasts(scored(**GAIN, **SECRET)) == [0, 0, 0, 0]


def test_the_score_told_is_that_of_the_first_scheme_that_tells_one() -> None:
    assert boasts(scored(), scored(**GAIN)) == [0, 0, 0, 0]
    assert boasts(scored(**SECRET), scored(**GAIN)) == [0, 0, 1, 1]


def test_nobody_is_above_a_start_without_a_scheme() -> None:
    conduct = {"actions": {"boast": {**SURE, "who": "above_start == 0"}}}
    assert series(small((), conduct, months=2), "did.boast") == [1, 1]


def log_odds_of(rate: str) -> int:
    from fractions import Fraction

    return log_odds(Fraction(rate.removesuffix("%")) / 100)


def chose(world: Any, action: str) -> list[Chose]:
    return [event for event in told(lived(world, watch=True), Chose) if event.action == action]


def test_an_action_that_nothing_moves_has_its_bare_rate() -> None:
    world = small((), {"actions": {"rest": {"rate": "10%"}}}, months=1)
    (event,) = chose(world, "rest")
    assert event.chance == threshold(world.conduct.actions["rest"].rate)
    assert event.utility is None


CONDUCT = {
    "actions": {"work": {"rate": "20%", "pull": 2}},
    "occasions": {"job": {"rate": "50%", "worth": 2}},
    "pull": {"weight": "0.5", "months": 2, "keeps": "50%", "spread": 1},
}
SCHEME = {
    "score": {"range": [0, 4], "start": 2, "kept_to": 1},
    "sensors": {"clerk": {"detects": "50%"}},
    "rules": {"working": {"when": "work", "seen_by": "clerk", "points": 1, "disclosed": True}},
    "consequences": {"first": {"occasion": "job", "for": "score >= 3", "outcome": "advance"}},
}
"""V is 0, 0, 8, 88, 96 (see test_worth); weight * pull * detects is a half of a log-odd."""


def pull_on(scheme: dict[str, Any], conduct: dict[str, Any] = CONDUCT, month: int = 0) -> int:
    event = chose(small(scheme, conduct), "work")[month]
    assert event.utility is not None
    assert event.chance == logistic(
        event.utility.base
        + event.utility.taste
        + event.utility.norm
        + event.utility.pull
        + event.utility.fear
    )
    return event.utility.pull


def with_rule(**changes: Any) -> dict[str, Any]:
    rule = {**SCHEME["rules"]["working"], **changes}
    return {**SCHEME, "rules": {"working": {k: v for k, v in rule.items() if v is not None}}}


def test_a_better_score_pulls() -> None:
    # From 2 to 3 is 88 - 8 = 80 of 1/64: half a log-odd times 80 / 64.
    assert pull_on(SCHEME) == LOG_ODDS // 2 * 80 // 64


def test_a_worse_score_pulls_away() -> None:
    assert pull_on(with_rule(points=-1)) == -LOG_ODDS // 2 * 8 // 64


def test_a_range_pulls_by_its_middle_and_stops_at_the_end() -> None:
    assert pull_on(with_rule(points=[1, 2])) == LOG_ODDS // 2 * 80 // 64
    assert pull_on(with_rule(points=[3, 9])) == LOG_ODDS // 2 * 88 // 64


def test_a_missed_duty_pulls_by_what_it_saves() -> None:
    rule = with_rule(when=None, missed="work", each="month", points=-2)
    assert pull_on(rule) == LOG_ODDS // 2 * 8 // 64


@pytest.mark.parametrize(("at_first", "gain"), [("25%", 20), ("0%", 0), ("100%", 80)])
def test_a_secret_rule_pulls_by_belief(at_first: str, gain: int) -> None:
    conduct = {**CONDUCT, "belief": {"at_first": at_first}}
    assert pull_on(with_rule(disclosed=False), conduct) == LOG_ODDS // 2 * gain // 64


def test_a_cap_that_is_used_up_pulls_no_more_until_its_next_period() -> None:
    certain = {**SCHEME["sensors"]["clerk"], "detects": "100%", "false_alarm": "100%"}
    scheme = {**with_rule(at_most="1 every 2 months"), "sensors": {"clerk": certain}}
    # The score is 2, then 3 for ever; used up in months 0 and 2, renewed in month 2.
    assert pull_on(scheme, month=0) == LOG_ODDS * 80 // 64
    assert pull_on(scheme, month=1) == 0
    assert pull_on(scheme, month=2) == LOG_ODDS * 8 // 64
    assert pull_on(scheme, month=3) == 0


def test_points_by_formula_do_not_pull() -> None:
    event = chose(small(with_rule(points="1 + (place > 99)"), CONDUCT), "work")[0]
    assert event.utility is None


def test_coming_nearer_to_the_best_pulls() -> None:
    # Among four, one place is for the best. All have 2, so the cut is 2; X = 64, S = 1.
    # From 2 to 3 the ramp goes from 1 to 2: term(64 / 2, 1) = 32.
    best = {"occasion": "job", "best": "25% of community", "outcome": "advance"}
    world = small({**SCHEME, "consequences": {"first": best}}, CONDUCT, citizens=4)
    event = chose(world, "work")[0]
    assert event.utility is not None
    assert event.utility.pull == LOG_ODDS // 2 * 32 // 64


def test_what_others_do_moves(seats: None) -> None:
    # Half of the community works in month 0, where a quarter is usual: 1.5 * 2 * (2048 - 1024).
    conduct = {
        "actions": {
            "work": {"rate": "50%", "who": "month > 0 or place < 2", "usual": "25%", "norm": "1.5"}
        },
        "norm": {"weight": 2},
    }
    world = small((), conduct, citizens=4, months=2)
    life = lived(world, watch=True)
    done = series(world, "did.work", life)[0]
    first, *_, last = [event.utility for event in told(life, Chose)]
    assert first is not None
    assert first.norm == 0
    assert last is not None
    assert last.norm == 3 * LOG_ODDS * (done * 1024 - 1024) // 4096


def test_fear_holds_back() -> None:
    conduct = {
        "actions": {"speak": {"rate": "50%", "fear": 3, "voices": "yes"}, "sin": SURE},
        "fear": {"own": "50%"},
    }
    scheme = scored(
        sensors={"eye": {}}, rules={"sins": {"when": "sin", "seen_by": "eye", "points": -1}}
    )
    first, second, third, _ = chose(small(scheme, conduct), "speak")
    assert first.utility is not None
    assert first.utility.fear == 0
    assert second.utility is not None
    assert second.utility.fear == -3 * LOG_ODDS // 2  # fear is a half
    assert third.utility is not None
    assert third.utility.fear == -3 * LOG_ODDS * 3 // 4  # and half of what is left


def test_who_is_silenced_would_have_spoken(fix: Fix) -> None:
    conduct = {
        "actions": {
            "speak": {"rate": "50%", "fear": 3, "who": "month != 2", "voices": "month < 3"},
            "sin": SURE,
        },
        "fear": {"own": "50%"},
    }
    fix({"conduct/action/speak": QUARTER})
    scheme = scored(
        sensors={"eye": {}}, rules={"sins": {"when": "sin", "seen_by": "eye", "points": -1}}
    )
    world = small(scheme, conduct)
    assert series(world, "did.speak") == [1, 0, 0, 0]
    assert series(world, "would.speak") == [1, 1, 0, 1]
    assert series(world, "silenced.speak") == [0, 1, 0, 1]
    assert series(world, "held.speak") == [1, 1, 1, 0]


def test_a_condition_begins_and_ends_with_actions() -> None:
    conduct = {
        "actions": {
            "borrow": {**SURE, "who": "month in (1, 2, 4)"},
            "pay": {**SURE, "who": "month in (0, 4)"},
        },
        "conditions": {"debt": {"begins": "borrow", "ends": "pay"}},
    }
    world = small((), conduct, months=6)
    # Month 4 ends it, though it borrows again; month 0 had nothing to pay.
    assert series(world, "in.debt") == [0, 1, 1, 1, 0, 0]
    life = lived(world, watch=True)
    assert [(e.month, e.began) for e in told(life, Became)] == [(1, True), (4, False)]
    assert only(life).conditions == {"debt": 0}


def test_formulas_of_the_conduct_see_the_month_as_it_began() -> None:
    conduct = {
        "actions": {
            "borrow": {**SURE, "who": "not debt"},
            "pay": {**SURE, "who": "months(debt) >= 2"},
        },
        "conditions": {"debt": {"begins": "borrow", "ends": "pay"}},
    }
    world = small((), conduct, months=6)
    assert series(world, "did.borrow") == [1, 0, 0, 1, 0, 0]
    assert series(world, "did.pay") == [0, 0, 1, 0, 0, 1]
