"""Citizens' own values: they add up to the ledger, and are those of the dossier."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, reject, settings

import glasstown as gt
from glasstown.engine.execute import execute, planned_world
from glasstown.engine.panel import Panels, sample_of
from glasstown.errors import FileProblems
from tests.worlds import worlds


@settings(
    max_examples=30,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=worlds())
def test_citizens_add_up_to_the_ledger(world: gt.World) -> None:
    try:
        planned_world(world)
    except FileProblems:  # numbers that could leave 32 bits are refused, whatever runs
        reject()
    traits = [table.name for table in world.trait_tables]
    panel = Panels(world, world.measures, traits).panel()
    ledger = execute(world).values
    assert panel.citizens.tolist() == list(range(world.citizens))
    for number, measure in enumerate(world.measures):
        for place, cell in enumerate(world.cells):
            inside = np.ones(len(panel), bool)
            for column, index in cell.where:
                if column in panel.traits:
                    inside &= panel.traits[column] == index
            if any(column not in panel.traits for column, _ in cell.where):
                continue  # a tier changes from month to month
            found = panel[measure][inside].sum(axis=0, dtype=np.int64)
            assert found.tolist() == ledger[:, number, place].tolist(), (measure, cell)


def test_a_panel_of_some_wards_is_part_of_the_whole() -> None:
    world = gt.load_world("unictown-campus", citizens=7_777, months=4)
    made = Panels(world, ["did.volunteer", "unictown-2019.score", "fear"], ["income"])
    whole, part = made.panel(), made.panel(wards=[1, 2, 5], threads=2)
    assert set(part.citizens) <= set(whole.citizens)
    assert 0 < len(part) < len(whole)
    for measure in whole.of:
        assert np.array_equal(part[measure], whole[measure][part.citizens])
    assert np.array_equal(part.labels("income"), whole.labels("income")[part.citizens])
    assert np.array_equal(
        part.born["unictown-2019.score"], whole.born["unictown-2019.score"][part.citizens]
    )


def test_the_last_ward_holds_only_who_is_there() -> None:
    world = gt.load_world("unictown-campus", citizens=2_500, months=2)
    panel = Panels(world, ["citizens"]).panel(wards=[world.wards - 1])
    assert panel.citizens[-1] == 2_499
    assert panel.total("citizens").tolist() == [2] * len(panel)


def test_a_score_is_that_of_the_dossier() -> None:
    world = gt.load_world("unictown-campus", citizens=2_000, months=12)
    panel = Panels(world, ["unictown-2019.score"]).panel()
    run = world.run()
    for number in (0, 777, 1_999):
        account = run.citizen(number).dossier().accounts[0]
        assert account.scheme == "unictown-2019"
        assert panel["unictown-2019.score"][number, -1] == account.end * 10
        assert panel.born["unictown-2019.score"][number] == account.start * 10


def test_another_seed_is_another_life() -> None:
    world = gt.load_world("unictown-campus", citizens=1_000, months=3)
    made = Panels(world, ["did.shop"])
    first, second = made.panel(seed=1)["did.shop"], made.panel(seed=2)["did.shop"]
    assert not np.array_equal(first, second)
    assert np.array_equal(first, Panels(world, ["did.shop"]).panel(seed=1)["did.shop"])


def test_a_coupled_world_lives_with_its_national_signals() -> None:
    world = gt.load_world("unictown-china-ranked", citizens=5_000, months=6)
    panel = Panels(world, ["advanced.apply_for_job"]).panel()
    counted = world.run().ledger.series("advanced.apply_for_job")
    assert panel["advanced.apply_for_job"].sum(axis=0).tolist() == list(counted)


def test_a_sample_is_of_whole_wards_and_is_always_the_same() -> None:
    world = gt.load_world("unictown-china", citizens=10_000_000, months=1)
    wards = sample_of(world, 20_000)
    assert len(wards) == len(set(wards.tolist())) == -(-20_000 // world.layout.seats)
    assert np.array_equal(wards, sample_of(world, 20_000))
    assert not np.array_equal(wards, sample_of(world, 20_000, seed=1))
    assert np.array_equal(sample_of(world, 10**9), np.arange(world.wards))


def test_what_is_not_there_is_named() -> None:
    world = gt.load_world("unictown-campus", citizens=1_000, months=1)
    with pytest.raises(gt.GlasstownError) as caught:
        Panels(world, ["did.voluntere"])
    assert "there is no measure `did.voluntere`" in str(caught.value)
    assert "did you mean: did.volunteer" in str(caught.value)
    with pytest.raises(gt.GlasstownError, match="there is no trait `hight`"):
        Panels(world, [], ["hight"])
