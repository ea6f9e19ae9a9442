"""What each rule does, alone and together with the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import final
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Finding, Verdict, Weight
from glasstown.audit.inside.estimate import LEVEL, Estimate, holm, over_seeds, p_over_seeds
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.quoted import negative
from glasstown.audit.inside.rule_sets import (
    Outcome,
    Rules,
    compiled_without,
    orders_of,
    outcomes_in,
    outcomes_of,
    outcomes_without,
    rules_of,
    sets_of,
    shapley,
)
from glasstown.audit.inside.say import amount, figure, number
from glasstown.audit.probe import About, Reference
from glasstown.engine.execute import Compiled
from glasstown.engine.panel import sample_of
from glasstown.scheme.words import listed, plain

PAIRS = 1
"""Pairs of orders for each seed, where nothing else is said."""

MATERIAL = 0.05
"""Rules are said to interact where they fail to add up by more than this of their sizes."""

SHOWN = 3
"""How many citizens are named who show a finding."""


@final
class RuleEffects(InsideProbe):
    """Exact worlds with one rule left out, and the shares of rules where they interact.

    pairs: how many orders, each with its reverse, rules are taken out in on each seed.
    """

    about = About(
        name="rule-effects",
        title="What each rule does",
        asks="Which rules move scores, tiers, refusals, silence and fear?",
        matters=(
            "The points of a rule say little of what it does: acts may be rare, or unseen, or done "
            "for another rule anyway. Who would mend a scheme has to know which rule to mend."
        ),
        computed=(
            "The world is lived again without each rule, all luck being the same: the difference "
            "is what the rule does where all others stay. Where these differences fail to add up "
            "to what all rules do together, by more than 5% of their sizes with the whole 95% "
            "interval, the rules interact. Shapley's shares, which do add up, are then given: what "
            "a rule does on the mean of the orders in which rules can be taken out. Orders are "
            "drawn anew on each seed, each with its reverse, so that the interval over the seeds "
            "is of luck and of the drawn orders together. An effect is found where its interval "
            "lies on one side of nought, and Student's test over the seeds, corrected by Holm for "
            "all rules and outcomes, is below 5%."
        ),
        cannot=(
            "What citizens would do under a rule that is not there, and what sensors, registers "
            "and consequences do: rules alone are taken out."
        ),
        sources=(
            Reference("Shapley, A Value for n-Person Games (1953)"),
            Reference("Castro, Gómez and Tejada, Computers & OR 36 (2009)", "by sampled orders"),
        ),
    )

    def __init__(self, pairs: int = PAIRS) -> None:
        self.pairs = pairs
        self._made: WeakKeyDictionary[Inside, dict[Rules, Compiled]] = WeakKeyDictionary()

    def wanted(self, case: Inside) -> Wanted | None:
        """The outcomes, and the points of each rule."""
        if not rules_of(case.world):
            return None
        measures = [m for outcome in outcomes_of(case.world) for m in outcome.measures]
        measures += [m for m in case.world.measures if ".points." in m]
        return Wanted(measures=tuple(dict.fromkeys(measures)))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """What each rule does where all others stay, and its share of what they do together."""
        outcomes, rules = outcomes_of(case.world), rules_of(case.world)
        world = lives.here.world
        orders = orders_of(rules, self.pairs, world.seed)
        none, every = frozenset[str](), frozenset(rules)
        on_each_seed = [*(frozenset((rule,)) for rule in rules), every]
        sets = [*on_each_seed, *(rules for rules in sets_of(orders) if rules)]
        wards = None
        if len(lives.here) < world.citizens:
            wards = sample_of(world, len(lives.here))
        elif case not in self._made:
            self._made[case] = compiled_without(world, on_each_seed)
        reached = {none: outcomes_in(lives.here, outcomes)}
        reached |= outcomes_without(world, sets, outcomes, wards, self._made.get(case))
        found: dict[str, float] = {}
        for name in (outcome.name for outcome in outcomes):
            value = {rules: reached[rules][name] for rules in reached}
            found[f"here|{name}"], found[f"none|{name}"] = value[none], value[every]
            alone = {rule: value[none] - value[frozenset((rule,))] for rule in rules}
            whole, size = value[none] - value[every], sum(map(abs, alone.values()))
            found[f"whole|{name}"], found[f"sum|{name}"] = whole, sum(alone.values())
            found[f"gap|{name}"] = (whole - sum(alone.values())) / size if size else math.nan
            shares = shapley(orders, value.__getitem__)
            for rule in rules:
                found[f"alone|{name}|{rule}"] = alone[rule]
                found[f"share|{name}|{rule}"] = shares[rule]
        return found

    def keep(self, case: Inside, lives: Lives) -> Mapping[str, tuple[int, ...]]:
        """By rule, to whom it gave or from whom it took the most points."""
        kept = {}
        for rule in rules_of(case.world):
            scheme, _, name = rule.partition(".rules.")
            measure = f"{scheme}.points.{name}"
            if measure not in lives.here.of:
                continue  # a rule at the start, or one that sends straight to a tier
            points = np.abs(lives.here.total(measure))
            order = np.argsort(-points, kind="stable")[: min(SHOWN, int((points > 0).sum()))]
            kept[rule] = tuple(int(lives.here.citizens[at]) for at in order)
        return kept

    def findings(self, case: Inside) -> Iterator[Finding]:
        """For each outcome the rule that does most to it, and whether rules interact."""
        if not case.was_read(self):
            return
        if len(case.seeds) < 2:
            yield Finding(
                says="On a single seed no interval can be given for what rules do.",
                verdict=Verdict.CANNOT_TELL,
                weight=Weight.NOTABLE,
            )
            return
        outcomes, rules = outcomes_of(case.world), rules_of(case.world)
        looks = [f"alone|{outcome.name}|{rule}" for outcome in outcomes for rule in rules]
        p = dict(zip(looks, holm([p_over_seeds(case.each(self, x)) for x in looks]), strict=True))
        for outcome in outcomes:
            told = [rule for rule in rules if p[f"alone|{outcome.name}|{rule}"] < 1 - LEVEL]
            if told:
                yield self._most(case, outcome, told, len(looks))
            gap = case.figure(self, f"gap|{outcome.name}")
            if gap.low > MATERIAL or gap.high < -MATERIAL:
                yield self._together(case, outcome)

    def looked(self, case: Inside) -> str:
        """How many rules there are, and what they could move."""
        return f"{len(rules_of(case.world))} rules, {len(outcomes_of(case.world))} outcomes"

    def _most(self, case: Inside, outcome: Outcome, told: list[str], looks: int) -> Finding:
        def alone(rule: str) -> Estimate:
            return case.figure(self, f"alone|{outcome.name}|{rule}")

        most = sorted(told, key=lambda rule: -abs(alone(rule).value))
        lives = case.kept[self.about.name].get(most[0], ())
        note = f"{looks} comparisons were looked at, and are corrected for"
        if lives:
            note += (
                f". The lives are those whose points the rule {_name(most[0])} changed most, the "
                "lowest number first where they are level"
            )
        level = self._level(case, f"alone|{outcome.name}", most)
        others = f", the most of {len(told)} rules that change it" if len(told) > 1 else ""
        others = _not_told_apart(level) or others
        here = case.figure(self, f"here|{outcome.name}")
        return Finding(
            says=f"{outcome.says}: {number(here.value)}{_unit(outcome)}, and without the rule "
            f"{_name(most[0])} {_otherwise(alone(most[0]))}{others}.",
            weight=Weight.NOTABLE,
            figures=(
                figure("with all rules", here, outcome.unit),
                *(
                    figure(f"done by {_name(rule)} beside all others", alone(rule), outcome.unit)
                    for rule in most
                ),
            ),
            lives=lives,
            open=note,
        )

    def _together(self, case: Inside, outcome: Outcome) -> Finding:
        def of(kind: str) -> Estimate:
            return case.figure(self, f"{kind}|{outcome.name}")

        shares = {
            rule: case.figure(self, f"share|{outcome.name}|{rule}") for rule in rules_of(case.world)
        }
        order = sorted(shares, key=lambda rule: -abs(shares[rule].value))
        most, level = order[0], self._level(case, f"share|{outcome.name}", order)
        return Finding(
            says=f"{outcome.says}: the rules interact. Together they change it by "
            f"{amount(of('whole'))}{_unit(outcome)}, and what each does beside all others adds up "
            f"to {amount(of('sum'))}; the greatest share of the whole, {amount(shares[most])}, is "
            f"that of the rule {_name(most)}{_not_told_apart(level)}.",
            weight=Weight.NOTABLE,
            figures=(
                figure("all rules together", of("whole"), outcome.unit),
                figure("sum of what each does beside all others", of("sum"), outcome.unit),
                *(
                    figure(f"share of {_name(rule)}", share, outcome.unit)
                    for rule, share in shares.items()
                ),
            ),
            open=f"Shares are of {2 * self.pairs} orders on each of {len(case.seeds)} seeds; their "
            "intervals are of luck and of the drawn orders together",
        )

    def _level(self, case: Inside, kind: str, order: list[str]) -> list[str]:
        """The rules whose figure is not told apart from that of the first, seed by seed."""

        def sizes(rule: str) -> NDArray[np.float64]:
            values = np.array(case.each(self, f"{kind}|{rule}"))
            return np.asarray(values * np.sign(values.mean()))

        first = sizes(order[0])
        return [rule for rule in order[1:] if over_seeds(first - sizes(rule)).low <= 0]


def _not_told_apart(rules: list[str]) -> str:
    if not rules:
        return ""
    kind = "rule" if len(rules) == 1 else "rules"
    return f", not told apart from the {kind} {listed([_name(rule) for rule in rules])}"


def _name(rule: str) -> str:
    return plain(rule.partition(".rules.")[2])


def _unit(outcome: Outcome) -> str:
    return outcome.unit if outcome.unit.startswith("%") else f" {outcome.unit}"


def _otherwise(done: Estimate) -> str:
    """What an outcome would be without what a rule has done: `12.1 (11 to 13.2) lower`."""
    if done.value > 0:
        return f"{amount(done)} lower"
    return f"{amount(negative(done))} higher"
