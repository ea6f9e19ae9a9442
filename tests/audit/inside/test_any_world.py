"""Each of these probes can be asked of any world, however small or odd."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, Phase, given, reject, settings

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside import InsideProbe
from glasstown.audit.inside.draws_strongly import DrawsStrongly
from glasstown.audit.inside.error_harm import ErrorHarm
from glasstown.audit.inside.feedback import Feedback
from glasstown.audit.inside.mobility import Mobility
from glasstown.engine.execute import planned_world
from glasstown.errors import FileProblems
from tests.audit.inside.made import looked_at
from tests.worlds import worlds

PROBES = (ErrorHarm(), Feedback(), Mobility(), DrawsStrongly())


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds())
def test_each_probe_answers(world: gt.World) -> None:
    try:
        planned_world(world)
    except FileProblems:
        reject()
    for probe in PROBES:
        look_and_ask(probe, world)


def look_and_ask(probe: InsideProbe, world: gt.World) -> None:
    case = looked_at(world, probe, seeds=2, groups=["member", "grade"])
    assert probe.looked(case)
    read = case.read.get(probe.about.name, ())
    assert len({tuple(each) for each in read}) <= 1  # the same names for each seed
    for finding in probe.findings(case):
        assert finding.says.endswith(".")
        assert "nan" not in finding.says.split()
        for figure in finding.figures:
            ends = [end for end in (figure.low, figure.high) if end is not None]
            assert all(math.isfinite(end) for end in ends)
            if finding.verdict is Verdict.FOUND:
                assert math.isfinite(figure.value), figure.name
        assert all(0 <= number < world.citizens for number in finding.lives)
