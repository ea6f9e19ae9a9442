"""Two worlds held against one another: exact for each citizen, with intervals for the rest."""

from __future__ import annotations

import math

import numpy as np
import pytest

import glasstown as gt
from glasstown.engine.contrast import contrast
from glasstown.report import comparison, totals
from glasstown.report.comparison import compare
from glasstown.world import World

SIZE = {"citizens": 3_000, "months": 12}


@pytest.fixture(scope="module")
def world() -> World:
    return gt.load_world("unictown-campus", **SIZE)


@pytest.fixture(scope="module")
def found(world: World) -> comparison.Comparison:
    return compare(world, world.without("rules.cheating"))


def test_a_world_against_itself_differs_in_nothing(world: World) -> None:
    same = compare(world, world)
    assert same.differences == ()
    assert not any(each.moved for each in same.effects)
    assert {row.effect.value for each in same.effects for row in each.rows} == {0}
    assert (same.lost, same.gained) == ((), ())


def test_effects_are_those_of_the_ledgers(world: World, found: comparison.Comparison) -> None:
    mine, theirs = world.run().ledger, world.without("rules.cheating").run().ledger
    effects = {each.measure: each for each in found.effects}
    for row in effects["did.cheat_exam"].rows:
        difference = mine.sum("did.cheat_exam", row.by, row.group) - theirs.sum(
            "did.cheat_exam", row.by, row.group
        )
        assert row.effect.value == pytest.approx(100 * difference / row.citizens)
    name = "unictown-2019.score"
    last = mine.series(name)[-1] - theirs.series(name)[-1]
    assert effects[name].rows[0].effect.value == pytest.approx(last / 10 / world.citizens)
    assert effects[name].unit == "points, at the end"


def test_more_and_less_count_citizens(world: World, found: comparison.Comparison) -> None:
    own = contrast(world, world.without("rules.cheating"))
    for each in found.effects:
        at_end = each.unit.endswith("at the end")
        effect = own.at_end(each.measure) if at_end else own.effect(each.measure)
        assert each.rows[0].more == (effect > 0).sum(), each.measure
        assert each.rows[0].less == (effect < 0).sum(), each.measure


def test_the_largest_come_first(found: comparison.Comparison) -> None:
    sizes = [each.size for each in found.effects]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 0


def test_who_loses_most_is_found_by_the_rule(world: World, found: comparison.Comparison) -> None:
    own = contrast(world, world.without("rules.cheating"))
    better = sum(
        sign * own.effect(measure)
        for measure in own.measures
        for kinds, sign in (
            (("refused.", "unmet.", "defaulters-2018.exposed"), -1),
            (("advanced.", "discounted."), 1),
        )
        if measure.startswith(kinds)
    )
    points = own.at_end("unictown-2019.score") / 10
    order = sorted(zip(better, points, own.citizens, strict=True))
    assert [each.citizen for each in found.lost] == [int(n) for *_, n in order[:3]]
    assert [(each.treatments, each.points) for each in found.lost] == [
        (b, pytest.approx(p)) for b, p, _ in order[:3]
    ]
    best = max(zip(better, points, strict=True))
    assert (found.gained[0].treatments, found.gained[0].points) == (best[0], pytest.approx(best[1]))
    assert all(each.says for each in (*found.lost, *found.gained))


def test_a_score_kept_more_finely_is_the_same_score(world: World) -> None:
    finer = world.changed({"unictown-2019.score.kept_to": "0.05"})
    (score,) = compare(world, finer, measures=["*.score"]).effects
    row = score.rows[0]
    assert row.here == pytest.approx(row.there, rel=0.01)


def test_parts_make_the_whole(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    other = world.without("rules.cheating")
    whole = compare(world, other, measures=["did.*"], by=["income"])
    monkeypatch.setattr(totals, "AT_ONCE", 5_000)
    parts = compare(world, other, measures=["did.*"], by=["income"])
    assert parts.to_dict() == whole.to_dict()


def test_a_sample_has_intervals_that_cover_the_whole(world: World) -> None:
    large = gt.load_world("unictown-campus", citizens=12_000, months=6)
    other = large.without("rules.volunteering")
    measures = ["did.volunteer", "fear", "unictown-2019.score"]
    whole = compare(large, other, measures=measures)
    assert whole.interval() == ""
    assert all(math.isnan(each.rows[0].effect.low) for each in whole.effects)
    part = compare(large, other, measures=measures, citizens=3_000)
    assert part.interval() == f"of a sample of {part.communities} whole communities"
    sampled = {each.measure: each.rows[0] for each in part.effects}
    for each in whole.effects:
        value = each.rows[0].effect.value
        own = sampled[each.measure].effect
        wide = own.high - own.low
        assert own.low - wide <= value <= own.high + wide, each.measure


def test_seeds_give_intervals_around_their_mean(world: World) -> None:
    other = world.without("rules.cheating")
    on_three = compare(world, other, measures=["did.cheat_exam"], by=["income"], seeds=3)
    assert on_three.seeds == (world.seed, world.seed + 1, world.seed + 2)
    for place, row in enumerate(on_three.effects[0].rows):
        each = [
            compare(
                world.changed({"seed": seed}),
                other.changed({"seed": seed}),
                measures=["did.cheat_exam"],
                by=["income"],
            )
            for seed in on_three.seeds
        ]
        values = [one.effects[0].rows[place].effect.value for one in each]
        assert row.effect.value == pytest.approx(np.mean(values))
        assert row.effect.low < row.effect.value < row.effect.high
        assert row.more == each[0].effects[0].rows[place].more


def test_a_coupled_run_is_compared_by_its_own_signals() -> None:
    coupled = gt.load_world("unictown-china-ranked", citizens=4_000, months=4)
    other = coupled.without("rules.shopping")
    measures = ["*.score", "advanced.*"]
    of_run = compare(coupled.run(), other, measures=measures)
    assert of_run.to_dict() == compare(coupled, other, measures=measures).to_dict()


@pytest.mark.parametrize(
    ("asked", "what", "hint"),
    [
        ({"measures": ["cheat_exm"]}, "neither world counts `cheat_exm`", "did.cheat_exam"),
        ({"by": ["incme"]}, "told apart by `incme`", "income"),
        ({"by": ["age"]}, "told apart by `age`", "no yes-or-no trait or choice"),
    ],
)
def test_what_is_not_there_is_named(
    world: World, asked: dict[str, list[str]], what: str, hint: str
) -> None:
    with pytest.raises(gt.GlasstownError) as caught:
        compare(world, world, **asked)
    assert what in str(caught.value)
    assert hint in str(caught.value)


def test_other_luck_is_refused(world: World) -> None:
    with pytest.raises(gt.GlasstownError, match="different seeds"):
        compare(world, world.changed({"seed": 5}), seeds=3)
