"""What a dossier takes the others of a community for is what the reference finds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings
from tests.worlds import worlds

from glasstown import load_world
from glasstown.engine.dossier.neighbours import Neighbours
from glasstown.engine.dossier.surroundings import Neighbourhoods
from glasstown.engine.reference import Steps, run
from glasstown.errors import FileProblems
from glasstown.world import World

LONE = """
import sys
from glasstown import load_run
lived = load_run(sys.argv[1])
for citizen, loaded in ((3, False), (90, False), (130, True)):
    print(lived.citizen(citizen).dossier().text())
    assert ("numba" in sys.modules) is loaded, citizen
"""


@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(world=worlds())
def test_surroundings_are_those_of_every_community(world: World) -> None:
    try:
        neighbours = Neighbours(world)
    except FileProblems:  # numbers that could leave 32 bits are refused, whatever runs
        reject()
    signals, steps = run(world).signals, Steps(world)
    monthly = steps.monthly(signals)
    for community in range(world.communities):
        found = neighbours.surroundings(community, monthly)
        assert found == steps.surroundings(community, signals)


@pytest.mark.parametrize(
    ("name", "citizens"),
    [
        ("unictown-campus", 120 * 19 + 1),
        ("unictown-china", 120 * 11 - 7),
        ("unictown-china-ranked", 120 * 9 + 2),
        ("fico-campus", 120 * 10 - 1),
    ],
)
def test_of_a_library_world(name: str, citizens: int) -> None:
    """In the middle of a ward, in the next ward, and the last, which is not full."""
    world = load_world(name, citizens=citizens, months=4)
    lived = world.run().signals
    signals = [dict(zip(lived.names, row, strict=True)) for row in lived.values.tolist()]
    steps, neighbours = Steps(world), Neighbours(world)
    monthly = steps.monthly(signals if world.coupled else None)
    last = world.communities - 1
    for community in {0, min(3, last), min(world.layout.communities + 1, last), last}:
        found = neighbours.surroundings(community, monthly)
        assert found == steps.surroundings(community, monthly)


def test_more_communities_than_are_kept() -> None:
    world = load_world("unictown-campus", citizens=120 * 19, months=1)
    steps = Steps(world)
    neighbourhoods = Neighbourhoods(world, steps, None)
    for community in (*range(19), 0, 18):
        assert neighbourhoods.of(community) == steps.surroundings(community)


def test_the_signals_of_every_month_are_needed() -> None:
    world = load_world("unictown-china-ranked", citizens=300, months=3)
    neighbourhoods = Neighbourhoods(world, Steps(world), [{}, {}])
    with pytest.raises(ValueError, match="every month"):
        neighbourhoods.of(0)


def test_the_machine_is_loaded_for_a_second_community(tmp_path: Path) -> None:
    world = load_world("unictown-campus", citizens=300, months=3)
    lived = world.run(out=tmp_path / "run")
    done = subprocess.run(
        [sys.executable, "-c", LONE, str(tmp_path / "run")],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = [lived.citizen(citizen).dossier().text() for citizen in (3, 90, 130)]
    assert done.stdout.splitlines() == "\n".join(told).splitlines()
