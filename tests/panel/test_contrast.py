"""The same citizens in two worlds: what differs is caused by what differs."""

from __future__ import annotations

import numpy as np
import pytest

import glasstown as gt
from glasstown.engine.contrast import contrast

SIZE = {"citizens": 4_000, "months": 12}


def test_a_world_against_itself_differs_in_nothing() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    same = contrast(world, world)
    assert same.whole
    for measure in same.measures:
        assert not same.moved(measure).any()


def test_an_effect_is_each_citizens_own() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    other = world.without("rules.cheating")
    found = contrast(world, other)
    for measure in ("did.cheat_exam", "unictown-2019.score"):
        mine, theirs = world.run().ledger, other.run().ledger
        assert found.effect(measure).sum() == mine.sum(measure) - theirs.sum(measure)
    spared = found.here.ever("unictown-2019.fired.cheating")
    lower = found.effect("unictown-2019.score") < 0
    assert spared.any()
    assert lower[spared].all()


def test_a_rule_that_never_fires_changes_nothing() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    never = world.changed({"unictown-2019.rules.cheating.if": "score > 799"})
    without = world.changed({"unictown-2019.rules.cheating.points": 0})
    found = contrast(never, without, measures=["unictown-2019.fired.shopping"])
    assert not found.moved("unictown-2019.fired.shopping").any()


def test_what_one_world_does_not_have_is_nought_there() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    found = contrast(world, gt.load_world("unscored-campus", **SIZE))
    entered = found.effect("defaulters-2018.entered.defaulters")
    assert np.array_equal(entered, found.here.total("defaulters-2018.entered.defaulters"))
    assert entered.sum() > 0


def test_a_sample_is_part_of_the_whole() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    other = world.without("rules.volunteering")
    whole = contrast(world, other, measures=["did.volunteer"], by=["income"])
    part = contrast(world, other, measures=["did.volunteer"], by=["income"], citizens=1_500)
    assert not part.whole
    assert np.array_equal(
        part.effect("did.volunteer"), whole.effect("did.volunteer")[part.citizens]
    )


def test_a_coupled_run_gives_its_own_signals() -> None:
    world = gt.load_world("unictown-china-ranked", citizens=5_000, months=6)
    run = world.run()
    of_run = contrast(run, world.without("rules.shopping"), measures=["unictown-2019.score"])
    of_world = contrast(world, world.without("rules.shopping"), measures=["unictown-2019.score"])
    assert of_run.effect("unictown-2019.score").any()
    assert np.array_equal(
        of_run.effect("unictown-2019.score"), of_world.effect("unictown-2019.score")
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"seed": 1}, "different seeds"),
        ({"months": 3}, "different lengths"),
        ({"citizens": 999, "months": 3}, "different sizes and lengths"),
    ],
)
def test_other_citizens_or_luck_are_refused(change: dict[str, int], what: str) -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    with pytest.raises(gt.GlasstownError, match=what):
        contrast(world, world.changed(change))


def test_seeds_may_differ_where_one_is_given_for_both() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    found = contrast(world, world.changed({"seed": 1}), seed=5, measures=["did.shop"])
    assert not found.moved("did.shop").any()


def test_a_measure_that_neither_world_has_is_named() -> None:
    world = gt.load_world("unictown-campus", **SIZE)
    with pytest.raises(gt.GlasstownError, match=r"there is no measure `did\.dance`"):
        contrast(world, world, measures=["did.dance"])
