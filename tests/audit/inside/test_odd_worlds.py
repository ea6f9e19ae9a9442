"""Worlds made up at random: tiny, odd, with and without scores, tiers, voices and rules."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside.gaming import Gaming
from glasstown.audit.inside.inside import InsideProbe
from glasstown.audit.inside.rule_effects import RuleEffects
from glasstown.audit.inside.silence import Silence
from glasstown.audit.probe import ask
from glasstown.engine.execute import planned_world
from glasstown.errors import FileProblems
from tests.audit.inside.asked import looked
from tests.worlds import worlds


@pytest.mark.parametrize("probe", [Silence(), Gaming(), RuleEffects()], ids=lambda p: p.about.name)
@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds())
def test_a_probe_has_an_answer_for_any_world(probe: InsideProbe, world: gt.World) -> None:
    try:
        planned_world(world)
    except FileProblems:
        reject()
    case = looked(world, probe, 2, groups=["member", "age"])
    answer = ask(probe, case)
    assert answer.looked
    names = [list(figures) for figures in case.read.get(probe.about.name, ())]
    assert all(each == names[0] for each in names)
    for found in answer.findings:
        assert found.says.endswith(".")
        assert "nan" not in found.says
        assert "none" not in found.says
        assert all(0 <= citizen < world.citizens for citizen in found.lives)
        if found.verdict is Verdict.FOUND:
            assert all(figure.value == figure.value for figure in found.figures)
