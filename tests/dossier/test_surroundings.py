"""What a dossier takes the others of a community for is what the reference finds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.worlds import worlds

from glasstown import load_world
from glasstown.engine.dossier.surroundings import Neighbourhoods
from glasstown.engine.reference import Steps, run
from glasstown.world import World


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), data=st.data())
def test_surroundings_are_those_of_the_community(world: World, data: st.DataObject) -> None:
    signals = run(world).signals
    neighbourhoods = Neighbourhoods(Steps(world), signals)
    asked = data.draw(st.lists(st.integers(0, world.communities - 1), min_size=1, max_size=4))
    for community in asked:
        assert neighbourhoods.of(community) == Steps(world).surroundings(community, signals)


def test_more_communities_than_are_kept() -> None:
    world = load_world("unictown-campus", citizens=120 * 19, months=1)
    steps = Steps(world)
    neighbourhoods = Neighbourhoods(steps, None)
    for community in (*range(19), 0, 18):
        assert neighbourhoods.of(community) == steps.surroundings(community)
