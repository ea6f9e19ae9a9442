"""What a scheme brings about itself is told from what it finds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside.feedback import Feedback
from glasstown.audit.inside.variants import HARMLESS
from glasstown.engine.contrast import contrast
from glasstown.world import World
from tests.audit.inside.made import found_in, looked_at, world_of

PROBE = Feedback()
DEBT = "in.debt"


def refusing(whom: str) -> dict[str, Any]:
    return {
        "scheme": "gate",
        "consequences": {"grounded": {"occasion": "fly", "for": whom, "outcome": "refuse"}},
    }


def looping(loop: float, seed: int = 1, months: int = 18) -> World:
    """Debt brings the list, the list a refusal, a refusal costs means, and means bring debt."""
    scheme = {
        "scheme": "list",
        "sensors": {"court": {"detects": "50%"}},
        "registers": {
            "debtors": {"enter": "debt", "seen_by": "court", "leave": "not debt"},
        },
        "consequences": {
            "grounded": {"occasion": "fly", "for": "on(debtors)", "outcome": "refuse"}
        },
    }
    actions = {
        "owe": {"who": "not debt", "rate": "3%", "taste": {"poor": 1, "means": -loop}},
        "pay": {"who": "debt", "rate": "20%", "taste": {"means": loop}},
    }
    return world_of(scheme, actions=actions, seed=seed, months=months)


def test_debt_that_only_refusals_bring_is_all_the_schemes() -> None:
    world = world_of(refusing("poor"), actions={"owe": {"rate": "100%", "who": "means < 0"}})
    case = looked_at(world, PROBE)
    debt = next(f for f in PROBE.findings(case) if f.says.startswith("Months of debt"))
    assert "Of the difference 100% (100% to 100%) is the scheme's own doing." in debt.says
    assert case.figure(PROBE, f"harmless|{DEBT}|poor|yes|in").value == 0
    assert case.figure(PROBE, f"here|{DEBT}|poor|yes|out").value == 0
    assert len(debt.lives) == 3


def test_debt_that_the_poor_have_anyway_is_not_the_schemes() -> None:
    world = world_of(refusing("poor"), actions={"owe": {"rate": "100%", "who": "poor"}})
    found = found_in(world, PROBE)
    assert [f.says.partition(":")[0] for f in found] == ["Means at the end"]


def test_a_loop_is_found_and_its_twin_without_is_not() -> None:
    found = {f.says.partition(":")[0]: f for f in found_in(looping(0.3), PROBE)}
    assert {"Months of debt", "Months on the register debtors"} <= set(found)
    for name in ("Months of debt", "Months on the register debtors"):
        assert "is the scheme's own doing" in found[name].says
    twin = {f.says.partition(":")[0] for f in found_in(looping(0), PROBE)}
    assert twin == {"Means at the end"}


def test_refusing_the_others_narrows_the_difference() -> None:
    """Those who are not poor come to owe by refusals; the poor owe more to begin with."""
    actions = {
        "owe": {"who": "not debt", "rate": "3%", "taste": {"poor": 2, "means": -0.3}},
        "pay": {"who": "debt", "rate": "20%"},
    }
    found = found_in(world_of(refusing("not poor"), actions=actions), PROBE)
    debt = next(f for f in found if f.says.startswith("Months of debt"))
    assert "What follows from the scheme narrows the difference by" in debt.says


def test_figures_are_those_of_holding_two_worlds_against_one_another() -> None:
    world = gt.load_world("unictown-campus", citizens=4_000)
    case = looked_at(world, PROBE, seeds=2)
    pair = contrast(world, HARMLESS.of(world), by=["income"])
    income = pair.here.labels("income")
    for measure in (DEBT.replace("debt", "unpaid_debt"), "defaulters-2018.on.defaulters"):
        own = 0.0
        for side, sign in (("in", 1), ("out", -1)):
            of = [
                int(effect)
                for effect, label in zip(pair.effect(measure), income, strict=True)
                if (label == "low") == (side == "in")
            ]
            own += sign * sum(of) / len(of)
        key = f"{measure}|income|low"
        mine = [
            case.own(PROBE, f"{w}|{key}|{s}") for w in ("here", "harmless") for s in ("in", "out")
        ]
        assert mine[0] - mine[1] - (mine[2] - mine[3]) == pytest.approx(own)
    score = pair.here["unictown-2019.score"][:, -1] / 10
    mine_of = case.own(PROBE, "here|unictown-2019.score|income|low|in")
    assert mine_of == pytest.approx(float(np.mean(score[income == "low"])))


def test_one_seed_tells_nothing() -> None:
    case = looked_at(looping(0.3), PROBE, seeds=1)
    assert {f.verdict for f in PROBE.findings(case)} == {Verdict.CANNOT_TELL}


def test_nothing_is_asked_where_nothing_follows() -> None:
    scheme = {**refusing("poor"), "consequences": {}}
    assert not looked_at(world_of(scheme), PROBE).was_read(PROBE)


def test_groups_that_the_loop_does_not_tell_apart_are_found_no_oftener_than_said() -> None:
    """5% of families of comparisons may be wrong; four of these 40 are, and 4 of 200 others."""
    wrong = 0
    for seed in range(40):
        world = looping(0.3, seed=1000 * seed, months=9)
        wrong += bool(found_in(world, PROBE, seeds=5, groups=["left", "grade"]))
    assert wrong <= 5
