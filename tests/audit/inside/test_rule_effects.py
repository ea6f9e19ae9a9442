"""What each rule does is the difference without it; shares add up, and err as much as they say."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

import numpy as np
import pytest

import glasstown as gt
from glasstown.audit import Verdict
from glasstown.audit.inside.estimate import over_seeds
from glasstown.audit.inside.rule_effects import RuleEffects
from glasstown.audit.inside.rule_sets import (
    Rules,
    orders_of,
    outcomes_of,
    outcomes_without,
    rules_of,
    sets_of,
    shapley,
    without,
)
from glasstown.audit.probe import Answer, ask
from glasstown.engine.contrast import contrast
from glasstown.engine.execute import execute
from glasstown.engine.panel import Panels
from tests.audit.inside.asked import asked, campus, looked

PROBE = RuleEffects()
OTHERS = [
    "credit_length", "patent", "connections", "shopping", "arrears", "repayment",
    "contracts_kept", "contract_broken", "cheating", "plagiarism",
]  # fmt: skip
"""All rules of Unictown but those for papers, volunteering and the profile."""

UNMOVED = {
    "conduct.norm.weight": 0,
    "conduct.fear": {},
    "conduct.pull.weight": 0,
    "unictown-2019.score.fades": None,
}
"""Nobody heeds the scheme, and nothing fades: what rules give adds up."""


def few(changes: dict[str, Any] | None = None, **size: Any) -> gt.World:
    """Three rules on a small campus whose citizens heed nothing."""
    size = {"citizens": 2_000, **size}
    world = campus(UNMOVED, **size).without(*(f"rules.{name}" for name in OTHERS))
    return world.changed(changes) if changes else world


def sentences(answer: Answer, part: str) -> list[str]:
    return [found.says for found in answer.findings if part in found.says]


def interacting(players: int) -> dict[Rules, float]:
    """A game of whole numbers in which every set of players is worth something of its own."""
    luck = np.random.default_rng(12)
    names = "abcdefg"[:players]
    sets = [frozenset(some) for size in range(players + 1) for some in combinations(names, size)]
    return {some: float(luck.integers(0, 100)) for some in sets}


def test_shares_are_shapleys_by_hand() -> None:
    """Gloves: one left and two right, a pair is worth 6. By hand: 4 for the left, 1 for a right."""

    def worth(out: Rules) -> float:
        return 6.0 if "left" not in out and len({"one", "two"} - out) else 0.0

    orders = list(permutations(["left", "one", "two"]))
    assert shapley(orders, worth) == pytest.approx({"left": 4, "one": 1, "two": 1})


def test_shares_add_up_whatever_the_orders() -> None:
    game = interacting(6)
    for seed in range(20):
        orders = orders_of("abcdef", 2, seed)
        shares = shapley(orders, game.__getitem__)
        assert sum(shares.values()) == pytest.approx(game[frozenset()] - game[frozenset("abcdef")])
        assert orders[1] == orders[0][::-1]
        assert set(sets_of(orders)) >= {frozenset(), frozenset("abcdef")}
    assert orders_of("abcdef", 2, 1) == orders_of("abcdef", 2, 1) != orders_of("abcdef", 2, 2)


def test_the_interval_of_a_share_covers_it_as_often_as_it_says() -> None:
    """A pair of orders on each of 8 seeds; 2,000 tries, so 1.5% is three standard errors."""
    game = interacting(6)
    truth = shapley(list(permutations("abcdef")), game.__getitem__)["c"]
    pairs = [shapley(orders_of("abcdef", 1, n), game.__getitem__)["c"] for n in range(16_000)]
    assert np.mean(pairs) == pytest.approx(truth, abs=4 * np.std(pairs) / np.sqrt(16_000))
    found = [over_seeds(pairs[at : at + 8]).covers(truth) for at in range(0, 16_000, 8)]
    assert np.mean(found) == pytest.approx(0.95, abs=0.015)


def test_a_world_without_rules_is_the_checked_one() -> None:
    world = campus(citizens=1_500)
    for out in (["paper"], ["cheating", "connections", "profile"]):
        paths = [f"unictown-2019.rules.{name}" for name in out]
        mine, checked = without(world, paths), world.without(*paths)
        assert mine.to_dict() == checked.to_dict()
        assert np.array_equal(execute(mine).values, execute(checked).values)


def test_outcomes_are_those_of_the_ledger() -> None:
    world = campus()
    outcomes = outcomes_of(world)
    cheating = "unictown-2019.rules.cheating"
    out = frozenset((cheating,))
    found = outcomes_without(world, [out], outcomes)[out]
    ledger = world.without(cheating).run().ledger
    last = {m: ledger.series(m)[-1] for m in ("unictown-2019.score", "fear")}
    refused = ("refused.buy_plane_ticket", "refused.buy_train_ticket")
    silenced = ("silenced.speak_critically", "silenced.praise")
    assert found == pytest.approx(
        {
            "score unictown-2019": last["unictown-2019.score"] / 10 / 4_000,
            "tier unictown-2019": ledger.series("unictown-2019.tier.excellent")[-1] / 40,
            "refusals": sum(ledger.sum(measure) for measure in refused) / 4,
            "silence": sum(ledger.sum(measure) for measure in silenced) / 4,
            "fear": last["fear"] / 4_096 * 100 / 4_000,
        }
    )
    every = np.arange(world.wards)
    assert outcomes_without(world, [out], outcomes, every)[out] == pytest.approx(found)


def test_what_a_rule_does_is_the_difference_without_it() -> None:
    case = looked(campus(), PROBE, 2)
    for at, seed in enumerate(case.seeds):
        world = campus(seed=seed)
        with_it, without_it = world.run(), world.without("rules.volunteering").run()
        done = [run.ledger.series("unictown-2019.score")[-1] for run in (with_it, without_it)]
        name = "alone|score unictown-2019|unictown-2019.rules.volunteering"
        assert case.each(PROBE, name)[at] == pytest.approx((done[0] - done[1]) / 40_000)


def test_shares_of_a_world_add_up_to_what_all_rules_do() -> None:
    case = looked(campus(citizens=1_500), PROBE, 2)
    for outcome in outcomes_of(case.world):
        whole = case.each(PROBE, f"whole|{outcome.name}")
        shares = [case.each(PROBE, f"share|{outcome.name}|{r}") for r in rules_of(case.world)]
        assert np.sum(shares, axis=0) == pytest.approx(whole)
        here, none = (case.each(PROBE, f"{kind}|{outcome.name}") for kind in ("here", "none"))
        assert np.subtract(here, none) == pytest.approx(whole)


def test_rules_that_give_and_take_and_no_more_add_up_exactly() -> None:
    case = looked(few(), PROBE, 2)
    assert case.each(PROBE, "gap|score unictown-2019") == pytest.approx([0, 0], abs=1e-9)
    for rule in rules_of(case.world):
        alone, share = (
            case.each(PROBE, f"{kind}|score unictown-2019|{rule}") for kind in ("alone", "share")
        )
        assert alone == pytest.approx(share)
    answer = ask(PROBE, case)
    assert sentences(answer, "Mean score of unictown-2019: 5")
    assert not sentences(answer, "Mean score of unictown-2019: the rules interact")


def test_rules_that_fill_a_range_interact() -> None:
    """Nobody can rise above 555: whatever the profile gives first leaves no room for the rest."""
    world = few({"unictown-2019.score.range": [350, 555], "unictown-2019.tiers.excellent": 552})
    (found,) = sentences(asked(world, PROBE), "Mean score of unictown-2019: the rules interact")
    assert "of the rule profile" in found


def test_the_rule_that_does_most_is_named_with_whom_it_touched() -> None:
    world = few({"unictown-2019.rules.volunteering.points": 40})
    case = looked(world, PROBE, 3)
    answer = ask(PROBE, case)
    alone = {
        rule: case.figure(PROBE, f"alone|score unictown-2019|{rule}").value
        for rule in rules_of(world)
    }
    most = max(alone, key=alone.__getitem__)
    assert most == "unictown-2019.rules.volunteering"
    (found,) = [f for f in answer.findings if f.says.startswith("Mean score of unictown-2019: 5")]
    assert f"without the rule volunteering {alone[most]:.3g} (" in found.says
    points = Panels(world, ["unictown-2019.points.volunteering"]).panel().total
    given = points("unictown-2019.points.volunteering").tolist()
    ranked = sorted(range(2_000), key=lambda citizen: (-given[citizen], citizen))
    assert list(found.lives) == ranked[:3]
    assert not sentences(answer, "Mean fear")


def test_rules_that_do_alike_are_not_ranked() -> None:
    """Two marks, each of half the citizens, that nothing else tells apart."""
    marks = {f"nation.traits.{mark}": {"share": "50%"} for mark in ("one", "other")} | {
        f"unictown-2019.rules.{mark}": {"at_start": True, "if": mark, "points": 60}
        for mark in ("one", "other")
    }
    world = few(marks, citizens=1_000, months=2)
    (found,) = sentences(asked(world, PROBE, 4), "points, and without the rule")
    assert "not told apart from the rule o" in found
    ranked = world.changed({"unictown-2019.rules.one.points": 80})
    (found,) = sentences(asked(ranked, PROBE, 4), "points, and without the rule")
    assert "without the rule one" in found
    assert "the most of" in found


def test_a_rule_that_never_fires_does_nothing() -> None:
    world = few({"unictown-2019.rules.volunteering.if": "score > 799"})
    case = looked(world, PROBE, 2)
    for outcome in outcomes_of(world):
        name = f"alone|{outcome.name}|unictown-2019.rules.volunteering"
        assert case.each(PROBE, name).tolist() == [0, 0]


def test_a_rule_that_gives_and_takes_alike_is_rarely_found() -> None:
    """20 audits of 4 seeds: at 5% each, more than 4 alarms come in one case of 400."""
    world = few(
        {
            "nation.traits.marked": {"share": "50%"},
            "unictown-2019.rules.mark": {"at_start": True, "points": "10 * marked - 5"},
        },
        citizens=600,
        months=1,
    ).without("rules.paper", "rules.volunteering", "rules.profile", "defaulters-2018")
    case = looked(world, PROBE, 80)
    read, kept = case.read["rule-effects"], case.kept
    assert any(each["alone|score unictown-2019|unictown-2019.rules.mark"] for each in read)
    alarms = 0
    for first in range(0, 80, 4):
        part = replace(case, seeds=case.seeds[:4], read={"rule-effects": read[first : first + 4]})
        alarms += bool(sentences(ask(PROBE, replace(part, kept=kept)), "Mean score"))
    assert alarms <= 4


def test_a_rule_that_a_register_needs_stays() -> None:
    seen = {"enter": "seen(cheat_exam)", "leave": "yes"}
    world = campus({"unictown-2019.registers.cheats": seen})
    assert "unictown-2019.rules.cheating" not in rules_of(world)
    assert "unictown-2019.rules.paper" in rules_of(world)
    assert "unictown-2019.rules.cheating" in rules_of(campus())


def test_a_sample_is_of_the_citizens_that_were_lived() -> None:
    world = campus(citizens=8_000)
    case = looked(world, PROBE, 1, citizens=3_000)
    assert not case.whole
    name, rule = "unictown-2019.score", "unictown-2019.rules.paper"
    found = contrast(world, world.without(rule), measures=[name], by=[], citizens=3_000)
    alone = case.own(PROBE, f"alone|score unictown-2019|{rule}")
    assert alone == pytest.approx(found.at_end(name).mean() / 10)
    whole = contrast(world, world.without(rule), measures=[name], by=[]).at_end(name)
    assert alone != pytest.approx(whole.mean() / 10)


def test_on_one_seed_nothing_can_be_told() -> None:
    assert asked(few(), PROBE, 1).verdict is Verdict.CANNOT_TELL


def test_a_world_without_rules_is_not_asked() -> None:
    case = looked(campus().without("unictown-2019"), PROBE, 1)
    assert not case.was_read(PROBE)
    assert not list(PROBE.findings(case))
