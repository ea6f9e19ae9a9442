"""Reachable scores, against a life-by-life search that keeps sets of scores."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.audit.written.reach import reach
from glasstown.scheme import Scheme, load_scheme

LOW, HIGH = -6, 12


@st.composite
def schemes(draw: st.DrawFn, capped: bool) -> Scheme:
    rules: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 3))):
        rule: dict[str, Any] = {"when": f"act_{number}", "seen_by": "clerk"}
        low = draw(st.integers(-9, 9))
        rule["points"] = [low, low + draw(st.integers(0, 3))] if draw(st.booleans()) else low
        if capped and not isinstance(rule["points"], list):
            rule["at_most"] = f"{draw(st.integers(1, 12))} a year"
        rules[f"rule_{number}"] = rule
    if draw(st.booleans()):
        rules["profile"] = {"at_start": True, "points": draw(st.integers(-4, 4))}
    score: dict[str, Any] = {
        "range": [LOW, HIGH],
        "start": draw(st.integers(LOW, HIGH)),
        "kept_to": 1,
    }
    if draw(st.booleans()):
        score["fades"] = {"toward": draw(st.integers(LOW, HIGH)), "rate": "30%"}
    return Scheme.model_validate(
        {
            "scheme": "made-up",
            "score": score,
            "sensors": {"clerk": {}},
            "rules": rules,
            "tiers": {"low": LOW, "high": 5},
        }
    )


def faded(score: int, scheme: Scheme) -> int:
    fades = scheme.score.fades if scheme.score is not None else None
    if fades is None:
        return score
    away = score - int(fades.toward)
    moved = abs(away) * round(Fraction(3, 10) * 2**15) // 2**15
    return score - moved if away > 0 else score + moved


def clamped(score: int) -> int:
    return min(max(score, LOW), HIGH)


def by_search(scheme: Scheme) -> dict[int, int]:
    """Each score that can be reached, and the first month; lives differ in how caps are used."""
    assert scheme.score is not None
    profile = scheme.rules.get("profile")
    started = int(scheme.score.start)
    starts = {clamped(started)}
    if profile is not None:
        starts.add(clamped(started + int(profile.points.low)))  # type: ignore[union-attr]
    rules = [rule for name, rule in scheme.rules.items() if name != "profile"]
    lives = {(start, (0,) * len(rules)) for start in starts}
    first = dict.fromkeys(starts, 0)
    seen = {(life, 0) for life in lives}
    for month in range(60):
        after = set()
        for score, used in lives:
            now = [0 if rule.at_most and month % 12 == 0 else u
                   for rule, u in zip(rules, used, strict=True)]  # fmt: skip
            for given_ in product(*(ways(rule, u) for rule, u in zip(rules, now, strict=True))):
                left = tuple(
                    u + abs(points) if rule.at_most else 0
                    for rule, u, points in zip(rules, now, given_, strict=True)
                )
                after.add((faded(clamped(score + sum(given_)), scheme), left))
        for score, _ in after:
            first.setdefault(score, month + 1)
        lives = {life for life in after if (life, (month + 1) % 12) not in seen}
        seen |= {(life, (month + 1) % 12) for life in lives}
        if not lives:
            break
    return first


def ways(rule: Any, used: int) -> list[int]:
    """What a rule may give this month: nothing, or one of its points within its cap."""
    found = {0}
    for points in range(int(rule.points.low), int(rule.points.high) + 1):
        room = abs(points)
        if rule.at_most is not None:
            room = min(room, int(rule.at_most.points) - used)
        found.add(room if points > 0 else -room)
    return sorted(found)


def found_by_reach(scheme: Scheme) -> dict[int, int]:
    reached = reach(scheme)
    assert reached is not None
    return {LOW + at: int(month) for at, month in enumerate(reached.first) if month >= 0}


@settings(max_examples=150, deadline=None)
@given(scheme=schemes(capped=False))
def test_without_caps_it_is_what_a_search_of_all_lives_finds(scheme: Scheme) -> None:
    assert found_by_reach(scheme) == by_search(scheme)


@settings(max_examples=40, deadline=None)
@given(scheme=schemes(capped=True))
def test_with_caps_no_life_is_left_out(scheme: Scheme) -> None:
    found = found_by_reach(scheme)
    for score, month in by_search(scheme).items():
        assert found[score] <= month


def test_the_library_reaches_its_tiers() -> None:
    unictown = reach(load_scheme("unictown-2019"))
    assert unictown is not None
    assert unictown.tier("ordinary") == 0
    assert unictown.tier("excellent") == 1
    assert reach(load_scheme("defaulters-2018")) is None


def test_a_tier_beyond_what_rules_give_is_not_reached() -> None:
    scheme = Scheme.model_validate(
        {
            "scheme": "made-up",
            "score": {"range": [0, 100], "start": 50, "kept_to": 1},
            "sensors": {"clerk": {}},
            "rules": {"bad": {"when": "act", "seen_by": "clerk", "points": -10}},
            "tiers": {"low": 0, "high": 60},
        }
    )
    reached = reach(scheme)
    assert reached is not None
    assert reached.tier("high") is None
    assert reached.tier("low") == 0
    assert reached.scores.nonzero()[0].tolist() == [0, 10, 20, 30, 40, 50]


def test_an_upheld_appeal_may_carry_higher_than_anything_before() -> None:
    data: dict[str, Any] = {
        "scheme": "made-up",
        "score": {"range": [0, 100], "start": 5, "kept_to": 1},
        "sensors": {"clerk": {}},
        "rules": {"bad": {"when": "act", "seen_by": "clerk", "points": -10}},
        "tiers": {"low": 0, "high": 10},
    }
    plain = reach(Scheme.model_validate(data))
    appeals = {"filed": "5%", "heard_after": 1, "upheld": {"wrong": "50%", "right": "5%"}}
    heard = reach(Scheme.model_validate({**data, "appeals": appeals}))
    assert plain is not None
    assert heard is not None
    assert plain.tier("high") is None
    assert heard.tier("high") is not None
