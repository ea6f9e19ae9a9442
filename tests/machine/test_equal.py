"""The machine against the reference: equal in every number, for any threads and blocks."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st
from tests.worlds import worlds

from glasstown.conduct.model import Conduct
from glasstown.engine.execute import execute, planned_world
from glasstown.engine.reference import run
from glasstown.errors import FileProblems
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world import World, bind


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds(), threads=st.integers(1, 3), block=st.integers(1, 3))
def test_the_machine_counts_what_the_reference_counts(
    world: World, threads: int, block: int
) -> None:
    try:
        planned_world(world)
    except FileProblems:  # numbers that could leave 32 bits are refused, whatever runs
        reject()
    by_reference = run(world)
    by_machine = execute(world, threads=threads, block=block)
    for month in range(world.months):
        for number, measure in enumerate(world.measures):
            expected = by_reference.counts[month][number]
            found = by_machine.values[month, number].tolist()
            assert found == list(expected), (month, measure)


def test_records_stray_another_way_each_month() -> None:
    nation = {
        "nation": "made-up",
        "citizens": 24,
        "communities": {"size": 12, "kinds": {"block": {"share": "100%"}}},
        "regions": {"east": {"share": "100%"}},
        "traits": {"member": {"share": "50%"}},
    }
    scheme = {
        "scheme": "made-up",
        "sensors": {"clerk": {"detects": "100%", "mistaken": "100%"}},
        "registers": {"bad": {"enter": "member", "seen_by": "clerk", "leave": "yes"}},
    }
    world = bind(
        "made-up",
        [Scheme.model_validate(scheme)],
        Nation.model_validate(nation),
        Conduct.model_validate({"conduct": "made-up", "actions": {"pay": {"rate": "10%"}}}),
        months=12,
        by=["member"],
    )
    entered = [counts.tolist() for counts in execute(world).values]
    assert entered == [[list(row) for row in month] for month in run(world).counts]
