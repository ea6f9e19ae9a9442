"""Moves, stays, recovery and chances, in towns where they can be worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.finding import Finding
from glasstown.audit.inside.mobility import Mobility
from glasstown.engine.panel import Panels
from tests.audit.inside.made import found_in, looked_at, world_of

PROBE = Mobility()
ONCE = {"litter": {"rate": "10%"}}


def ladder(**parts: Any) -> dict[str, Any]:
    """Who is not poor climbs a point a month, from the low tier to the high one."""
    return {
        "scheme": "ladder",
        "score": {"range": [0, 200], "start": 50},
        "tiers": {"low": 0, "high": 60},
        "rules": {"climb": {"each": "month", "if": "not poor", "points": 1}},
        **parts,
    }


def jail(**register: Any) -> dict[str, Any]:
    return {
        "scheme": "jail",
        "sensors": {"camera": {"detects": "100%"}},
        "registers": {"held": {"enter": "seen(litter, camera)", **register}},
    }


def fine(**score: Any) -> dict[str, Any]:
    """Six points are taken, once in a life."""
    return {
        "scheme": "fine",
        "score": {"range": [0, 200], "start": 100, "kept_to": 0.01, **score},
        "sensors": {"camera": {"detects": "100%"}},
        "rules": {
            "litter": {"when": "litter", "seen_by": "camera", "points": -6, "at_most": "6 ever"}
        },
    }


def said(findings: list[Finding], start: str) -> Finding:
    return next(f for f in findings if f.says.startswith(start))


def named(finding: Finding, name: str) -> float:
    return next(f.value for f in finding.figures if f.name == name)


def test_who_cannot_climb_stays_and_who_can_does_not() -> None:
    findings = list(PROBE.findings(looked_at(world_of(ladder(), months=24), PROBE)))
    low = [f for f in findings if f.says.startswith("Of those in the lowest tier low of ladder")]
    assert low[0].says.endswith("were not above it once in the 12 months that followed.")
    # At the end of month 9 all who climb have 60 points; a year before the end they are up.
    assert low[0].figures[0].value == 1
    assert named(low[0], "from low to low in 12 months") == 1
    assert named(low[0], "from high to high in 12 months") == 1


def test_moves_are_counted_from_a_year_before_the_end() -> None:
    case = looked_at(world_of(ladder(), months=16), PROBE)
    poor = Panels(world_of(ladder()), [], ["poor"]).panel().labels("poor")
    # A year before the end is month 3, when everybody is low.
    assert case.own(PROBE, "moved|ladder|low|low") == (poor == "yes").sum()
    assert case.own(PROBE, "moved|ladder|low|high") == (poor == "no").sum()
    apart = said([f for f in PROBE.findings(case) if "where" in f.says], "Of those in the lowest")
    assert "100% where poor is yes and 0% where poor is no" in apart.says


def test_a_climb_of_a_point_a_month_mends_six_points_in_five_months() -> None:
    scheme = fine()
    scheme["rules"]["climb"] = {"each": "month", "points": 1}
    case = looked_at(world_of(scheme, actions=ONCE, months=30), PROBE)
    (after,) = PROBE.findings(case)
    assert after.verdict is Verdict.NOT_FOUND
    assert named(after, "half are back within") == 5
    assert named(after, "half would be there within, without it") == 0
    assert named(after, "not back after 12 months") == 0
    assert named(after, "of the points lost, still missing after 12 months") == 1


def test_a_score_that_fades_back_by_half_in_a_year_has_half_missing() -> None:
    scheme = fine(fades={"toward": 100, "half_life": "12 months"})
    (after,) = PROBE.findings(looked_at(world_of(scheme, actions=ONCE, months=30), PROBE))
    assert after.verdict is Verdict.FOUND
    assert "half are back at their earlier score within a time that outlasts the run" in after.says
    missing = named(after, "of the points lost, still missing after 12 months")
    assert missing == pytest.approx(0.5, abs=0.01)
    assert len(after.lives) == 3


@pytest.mark.parametrize(("register", "verdict"), [
    ({}, Verdict.FOUND),
    ({"at_most": "2 months"}, Verdict.NOT_FOUND),
])  # fmt: skip
def test_a_register_without_a_way_out_holds(register: dict[str, str], verdict: Verdict) -> None:
    world = world_of(jail(**register), actions=ONCE, months=20)
    (held,) = PROBE.findings(looked_at(world, PROBE))
    assert held.verdict is verdict
    if register:
        assert named(held, "half leave within") == 2
    else:
        assert held.says == (
            "Of those put on the register held, 100% (100% to 100%) were still on it after 12 "
            "months."
        )


def test_chances_of_one_half_have_a_gini_of_one_half() -> None:
    scheme = ladder(
        rules={"birth": {"at_start": True, "if": "not poor", "points": 20}},
        consequences={"course": {"occasion": "learn", "for": "tier >= high", "outcome": "advance"}},
    )
    case = looked_at(world_of(scheme), PROBE)
    panel = Panels(world_of(scheme), [], ["poor"]).panel()
    poor = float((panel.labels("poor") == "yes").mean())
    assert case.own(PROBE, "never|advanced.learn") == (panel.labels("poor") == "yes").sum()
    assert case.own(PROBE, "gini|advanced.learn") == pytest.approx(poor)
    assert poor != 0.5


def test_a_chance_is_to_get_the_gain_and_to_be_spared_the_loss() -> None:
    gate = ladder(
        rules={"birth": {"at_start": True, "if": "not poor", "points": 20}},
        consequences={
            "course": {"occasion": "learn", "for": "tier >= high", "outcome": "advance"},
            "grounded": {"occasion": "fly", "for": "tier >= high", "outcome": "refuse"},
        },
    )
    case = looked_at(world_of(gate), PROBE)
    had, barred = (case.own(PROBE, f"never|{m}") for m in ("advanced.learn", "refused.fly"))
    assert had + barred == 2_000
    poor = Panels(world_of(gate), [], ["poor"]).panel().labels("poor") == "yes"
    assert had == poor.sum()


def test_chances_that_rest_on_more_than_the_standing_are_not_told() -> None:
    scheme = ladder(
        consequences={
            "course": {"occasion": "learn", "for": "tier >= high and left", "outcome": "advance"}
        }
    )
    findings = list(PROBE.findings(looked_at(world_of(scheme), PROBE)))
    assert not [f for f in findings if f.says.startswith("Put ahead")]


def test_figures_are_those_of_going_through_citizens_one_by_one() -> None:
    world = gt.load_world("unictown-campus", citizens=4_000)
    case = looked_at(world, PROBE, seeds=2)
    score, points = "unictown-2019.score", "unictown-2019.points.cheating"
    high, on = "unictown-2019.tier.excellent", "defaulters-2018.on.defaulters"
    here = Panels(world, [score, points, high, on]).panel()
    changed = world.changed({"unictown-2019.rules.cheating.points": 0})
    there = Panels(changed, [score]).panel()
    waits, stays, missing = [], {"low": 0, "up": 0}, [0, 0]
    for row in range(len(here)):
        mine = [int(here.born[score][row]), *here[score][row].tolist()]
        twin = [int(there.born[score][row]), *there[score][row].tolist()]
        events = [t for t in range(24) if here[points][row, t] < 0]
        if events:
            at = events[0]
            back = [k for k in range(24 - at) if mine[at + 1 + k] >= mine[at]]
            waits.append((back[0] if back else 23 - at, not back))
            if at + 12 < 24:
                missing[0] += twin[at + 1] - mine[at + 1]
                missing[1] += twin[at + 13] - mine[at + 13]
        if not here[high][row, 11]:
            stays["up" if here[high][row, 12:].any() else "low"] += 1
    key = "back|unictown-2019.rules.cheating"
    own = case.read["mobility"][0]
    for months in range(25):
        assert own[f"{key}|ended|{months}"] == waits.count((months, False))
        assert own[f"{key}|open|{months}"] == waits.count((months, True))
    assert own["at once|unictown-2019.rules.cheating"] == missing[0]
    assert own["later|unictown-2019.rules.cheating"] == missing[1]
    held = case.own(PROBE, "held|unictown-2019.tier.ordinary")
    assert held == pytest.approx(stays["low"] / sum(stays.values()))
    longest = np.asarray(here[on]).sum(axis=1)
    assert longest[list(case.kept["mobility"][on])].min() == sorted(longest)[-3]


def test_too_few_deductions_are_said_to_be_too_few() -> None:
    world = world_of(fine(), actions={"litter": {"rate": "0.02%"}}, citizens=1_000, months=8)
    verdicts = {f.verdict for f in PROBE.findings(looked_at(world, PROBE, seeds=2))}
    assert verdicts == {Verdict.CANNOT_TELL}


def test_nothing_is_asked_where_there_is_nothing_to_move_in() -> None:
    scheme = {"scheme": "bare", "sensors": {"camera": {"detects": "100%"}}}
    assert not looked_at(world_of(scheme), PROBE).was_read(PROBE)


def test_groups_that_leave_alike_are_told_apart_no_oftener_than_said() -> None:
    """5% of families of comparisons may be wrong; four of these 40 are, and 11 of 200 others."""
    wrong = 0
    for seed in range(40):
        scheme = jail(leave="seen(pay, camera)")
        actions = {"litter": {"rate": "5%"}, "pay": {"rate": "10%"}}
        world = world_of(scheme, actions=actions, months=14, seed=1000 * seed)
        found = found_in(world, PROBE, seeds=5, groups=["poor", "grade"])
        wrong += any("where" in f.says for f in found)
    assert wrong <= 5


def test_the_group_that_leaves_later_is_found() -> None:
    actions = {"litter": {"rate": "5%"}, "pay": {"rate": "10%", "taste": {"poor": -1}}}
    world = world_of(jail(leave="seen(pay, camera)"), actions=actions, months=14)
    assert any("where poor is yes" in f.says for f in found_in(world, PROBE, groups=["poor"]))
