"""What follows from a score alone is told from what follows from who somebody is."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings

import glasstown as gt
from glasstown.audit import Verdict, Weight
from glasstown.audit.inside.decisions import decisions_of
from glasstown.audit.inside.draws_strongly import DrawsStrongly, tells
from glasstown.audit.inside.standing import EITHER, NEVER, SURELY, together
from glasstown.engine.execute import planned_world
from glasstown.engine.panel import Panels
from glasstown.errors import FileProblems
from tests.audit.inside.made import looked_at, world_of
from tests.worlds import worlds

PROBE = DrawsStrongly()


def gate(whom: str, **more: Any) -> dict[str, Any]:
    consequence = {"occasion": "fly", "for": whom, "outcome": "refuse", **more}
    return {
        "scheme": "gate",
        "score": {"range": [0, 100], "start": 50},
        "tiers": {"low": 0, "high": 48},
        "sensors": {"camera": {"detects": "100%"}},
        "rules": {"litter": {"when": "litter", "seen_by": "camera", "points": -1}},
        "registers": {"few": {"enter": "score < 43"}},
        "consequences": {"grounded": {k: v for k, v in consequence.items() if v}},
    }


LITTER = {"litter": {"rate": "20%"}}


def answer(whom: str, seeds: int = 4, **more: Any) -> Any:
    case = looked_at(world_of(gate(whom, **more), actions=LITTER), PROBE, seeds)
    (finding,) = PROBE.findings(case)
    return finding


def test_information_is_that_of_the_textbook() -> None:
    """A channel that errs 11 times in 100 lets half a bit of each bit through."""
    cells = np.repeat([0, 0, 1, 1], np.array([89, 11, 11, 89]) * 1000)
    outcome = np.repeat([True, False, True, False], np.array([89, 11, 11, 89]) * 1000)
    h = -(0.11 * math.log2(0.11) + 0.89 * math.log2(0.89))
    assert tells(cells, outcome) == pytest.approx(1 - h, abs=1e-4)
    assert tells(cells, cells == 1) == pytest.approx(1)
    assert math.isnan(tells(cells, cells < 2))
    assert math.isnan(tells(np.zeros(0, np.int64), np.zeros(0, bool)))


def test_many_cells_tell_nothing_by_themselves() -> None:
    luck = np.random.default_rng(1)
    told = [tells(luck.integers(0, 50, 1_000), luck.random(1_000) < 0.3) for _ in range(100)]
    assert abs(float(np.mean(told))) < 0.004  # without the correction it would be 0.04


def test_rows_are_numbered_by_what_is_in_them() -> None:
    columns = [np.array([5, -3, 5, 5]), np.array([10**6, 0, 10**6, 1])]
    assert together(columns, 4).tolist() == [2, 0, 2, 1]
    assert together([], 3).tolist() == [0, 0, 0]


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds())
def test_what_is_sure_of_a_standing_happens_and_what_is_never_does_not(world: gt.World) -> None:
    try:
        planned_world(world)
    except FileProblems:
        reject()
    panel = Panels(world, world.measures).panel()
    for decision in decisions_of(world):
        arises = decision.arises(panel)
        done = (panel[decision.measure] != 0)[arises]
        said = [asked.says(panel, arises) for asked in decision.by]
        ranked = [asked.consequence.best is not None for asked in decision.by]
        none = np.all([answer == NEVER for answer in said], axis=0)
        assert not done[none].any(), decision.measure
        for each, best in zip(said, ranked, strict=True):
            if not best:
                assert done[each == SURELY].all(), decision.measure


def test_a_refusal_by_tier_alone_draws_on_it_wholly() -> None:
    found = answer("tier < high")
    assert found.verdict is Verdict.FOUND
    assert found.weight is Weight.GRAVE
    assert found.says == (
        "Refused when flying: 100% (100% to 100%) follow from the tier of gate alone, and 100% "
        "(100% to 100%) of what decides whom it befalls is told by it."
    )


def test_a_refusal_for_who_somebody_is_does_not() -> None:
    found = answer("poor or on(few)")
    assert found.verdict is Verdict.NOT_FOUND
    assert found.figures[0].value < 0.2


def test_half_a_formula_draws_on_it_but_settles_nothing() -> None:
    found = answer("poor and tier < high")
    alone, told = found.figures[:2]
    assert alone.value == 0
    assert 0.1 < told.value < 0.9


def test_a_person_who_decides_makes_it_less_grave() -> None:
    scheme = {**gate("tier < high"), "oversight": {"decides": "person"}}
    (found,) = PROBE.findings(looked_at(world_of(scheme, actions=LITTER), PROBE))
    assert found.weight is Weight.SERIOUS


def test_a_rank_is_drawn_from_the_score_alone() -> None:
    found = answer("", best="20% of community", outcome="advance")
    assert "follow from the score of gate alone" in found.says
    assert found.figures[0].value == 1


def test_what_is_counted_is_what_happened() -> None:
    world = world_of(gate("poor or on(few)"), actions=LITTER)
    case = looked_at(world, PROBE, seeds=2)
    panel = Panels(world, ["refused.fly", "gate.on.few"]).panel()
    refused, few = panel["refused.fly"], panel["gate.on.few"]
    alone = [bool(on) for no, on in zip(refused.flat, few.flat, strict=True) if no]
    assert case.own(PROBE, "treated|refused.fly") == len(alone)
    assert case.own(PROBE, "alone|refused.fly") == sum(alone)
    assert EITHER in decisions_of(world)[0].by[0].says(panel, refused >= 0)


def test_nothing_is_asked_of_a_scheme_that_reads_no_standing() -> None:
    assert not looked_at(world_of(gate("poor"), actions=LITTER), PROBE).was_read(PROBE)


def test_a_standing_that_tells_nothing_is_never_said_to_tell_much() -> None:
    """The formula names the tier and does not depend on it. An interval misses 0 in none of 40."""
    missed = 0
    for seed in range(40):
        world = world_of(
            gate("left and (tier < high or tier >= high)"), actions=LITTER, seed=1000 * seed
        )
        case = looked_at(world, PROBE, seeds=5)
        (found,) = PROBE.findings(case)
        assert found.verdict is Verdict.NOT_FOUND
        missed += not case.figure(PROBE, "tells|refused.fly").covers(0)
    assert missed <= 6
