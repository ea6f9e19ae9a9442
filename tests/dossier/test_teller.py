"""Many dossiers of one world, from one teller and from a run."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.worlds import worlds

from glasstown import load_world
from glasstown.engine.dossier import Teller, dossier
from glasstown.engine.reference import run
from glasstown.errors import GlasstownError
from glasstown.world import World


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds(), data=st.data())
def test_what_was_told_before_changes_nothing(world: World, data: st.DataObject) -> None:
    signals = run(world).signals
    teller = Teller(world, signals)
    asked = data.draw(
        st.lists(st.tuples(st.integers(0, world.citizens - 1), st.booleans()), max_size=5)
    )
    for citizen, as_citizen in asked:
        told = teller.dossier(citizen, as_citizen=as_citizen)
        assert told == dossier(world, citizen, signals, as_citizen=as_citizen)


@pytest.mark.parametrize("name", ["unictown-campus", "unictown-china-ranked"])
def test_a_run_tells_the_dossiers_of_its_world(name: str) -> None:
    world = load_world(name, citizens=200, months=3)
    lived, size = world.run(), world.nation.communities.size
    signals = run(world).signals
    for citizen in (0, 199, 0, 121):
        for month in (None, 2):
            told = lived.citizen(citizen).dossier(month)
            assert told == dossier(world, citizen, signals, month)
            assert told.seats == min(size, 200 - told.community * size)
            for account in told.accounts:
                assert account.start + sum(row.points for row in account.rows) == account.end


def test_a_teller_of_a_coupled_world_needs_its_signals() -> None:
    with pytest.raises(GlasstownError, match="run the world"):
        Teller(load_world("unictown-china-ranked", citizens=300, months=2))
