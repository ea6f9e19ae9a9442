"""Ways out of a tier, against a search of everything that somebody of a kind may do."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.audit.written.climb import climbs
from glasstown.audit.written.sheet import Sheet
from glasstown.scheme import Scheme, load_scheme
from tests.audit.test_reach import HIGH, LOW, clamped, faded, ways

FLOOR = 5


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    rules: dict[str, Any] = {}
    for number in range(draw(st.integers(0, 2))):
        rule: dict[str, Any] = {"when": f"act_{number}", "seen_by": "clerk"}
        rule["points"] = draw(st.integers(-6, 6))
        if draw(st.booleans()):
            rule["at_most"] = f"{draw(st.integers(1, 12))} a year"
        rules[f"rule_{number}"] = rule
    if draw(st.booleans()):
        period = draw(st.sampled_from(["month", "quarter"]))
        rules["born"] = {"each": period, "if": "member", "points": draw(st.integers(-4, 4))}
    score: dict[str, Any] = {"range": [LOW, HIGH], "start": LOW, "kept_to": 1}
    if draw(st.booleans()):
        score["fades"] = {"toward": draw(st.integers(LOW, HIGH)), "rate": "30%"}
    return Scheme.model_validate(
        {
            "scheme": "made-up",
            "score": score,
            "sensors": {"clerk": {}},
            "rules": rules,
            "tiers": {"low": LOW, "high": FLOOR},
        }
    )


def there_is_a_way(scheme: Scheme, member: bool) -> bool:
    """Whether anything that somebody may do leads from the lowest score to the higher tier."""
    rules = [rule for name, rule in scheme.rules.items() if name != "born"]
    born = scheme.rules.get("born")
    lives = {(LOW, (0,) * len(rules))}
    seen = {(life, 0) for life in lives}
    for month in range(120):
        after = set()
        for score, used in lives:
            now = [0 if rule.at_most and month % 12 == 0 else u
                   for rule, u in zip(rules, used, strict=True)]  # fmt: skip
            sums = {(0, ())}
            for rule, u in zip(rules, now, strict=True):
                sums = {
                    (total + points, (*left, u + abs(points) if rule.at_most else 0))
                    for total, left in sums
                    for points in ways(rule, u)
                }
            forced = 0
            if born is not None and member and (month + 1) % (born.each or 1) == 0:
                forced = int(born.points.low)  # type: ignore[union-attr]
            for total, left in sums:
                after.add((faded(clamped(score + total + forced), scheme), left))
        if any(score >= FLOOR for score, _ in after):
            return True
        lives = {life for life in after if (life, (month + 1) % 12) not in seen}
        seen |= {(life, (month + 1) % 12) for life in lives}
    return False


@settings(max_examples=80, deadline=None)
@given(scheme=schemes())
def test_what_is_told_of_a_way_out_is_what_a_search_finds(scheme: Scheme) -> None:
    for climb in climbs(Sheet(scheme)):
        member = next(iter(climb.kind.values()), False)
        if climb.months is not None:
            assert there_is_a_way(scheme, member)
        elif climb.shut:
            assert not there_is_a_way(scheme, member)


def test_what_a_citizen_can_change_keeps_nobody() -> None:
    scheme = load_scheme("fico-like")
    kept = {str(climb.kind) for climb in climbs(Sheet(scheme)) if climb.months is None}
    assert kept
    freed = climbs(Sheet(scheme, changing=frozenset({"unpaid_debt"})))
    assert all(climb.months is not None for climb in freed)
