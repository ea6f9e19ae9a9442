"""What a world comes to with some of its rules, and what each rule has done to that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.execute import Compiled, compiled, execute, processors
from glasstown.engine.panel import Panel, Panels
from glasstown.errors import GlasstownError
from glasstown.scheme.words import plain
from glasstown.world.world import World

FULL_FEAR = 4096
"""All the fear there is, in the ledger's units."""

Outcomes = Mapping[str, float]
Rules = frozenset[str]
"""Rules by their paths: `unictown-2019.rules.cheating`."""


@final
@dataclass(frozen=True)
class Outcome:
    """Something that a world comes to, as a mean over citizens.

    says: what it is, as a sentence begins with it; unit: in which it is told; measures: those that
    are added up, over all months or in the last; times: what a citizen's mean is multiplied by.
    """

    name: str
    says: str
    unit: str
    measures: tuple[str, ...]
    last: bool
    times: float

    def of(self, totals: Mapping[str, NDArray[np.int64]], citizens: int) -> float:
        """The outcome. totals: by measure, of all citizens in each month."""
        months = sum((totals[measure] for measure in self.measures), np.zeros(1, np.int64))
        return float(months[-1] if self.last else months.sum()) * self.times / citizens


def outcomes_of(world: World) -> tuple[Outcome, ...]:
    """What is looked at: scores, the highest tiers, refusals, silence and fear."""
    found = []
    for scheme in world.schemes:
        if scheme.score is None:
            continue
        name, said = scheme.scheme, plain(scheme.scheme)
        points, measure = float(scheme.score.kept_to), (f"{name}.score",)
        found.append(
            Outcome(f"score {name}", f"Mean score of {said}", "points", measure, True, points)
        )
        if len(scheme.tiers) > 1:
            tier = max(scheme.tiers, key=scheme.tiers.__getitem__)
            says = f"Citizens in the tier {plain(tier)} of {said}"
            found.append(Outcome(f"tier {name}", says, "%", (f"{name}.tier.{tier}",), True, 100.0))
    for kind, says, starts in (
        ("refusals", "Refusals and requirements not met", ("refused.", "unmet.")),
        ("silence", "Times that a voice was silenced", ("silenced.",)),
    ):
        named = tuple(measure for measure in world.measures if measure.startswith(starts))
        if named:
            found.append(Outcome(kind, says, "in 1,000 citizens", named, False, 1_000.0))
    found.append(
        Outcome("fear", "Mean fear", "% of the most there is", ("fear",), True, 100 / FULL_FEAR)
    )
    return tuple(found)


def rules_of(world: World) -> tuple[str, ...]:
    """The rules that can be taken out, all of them together; each has a number of points or a tier.

    One that a register needs, as that which says by which sensor an action is seen, stays.
    """
    paths = [f"{s.scheme}.rules.{name}" for s in world.schemes for name in s.rules]
    if not paths or _stands_without(world, paths):
        return tuple(paths)
    out: list[str] = []
    for path in paths:
        if _stands_without(world, [*out, path]):
            out.append(path)
    return tuple(out)


def without(world: World, rules: Iterable[str]) -> World:
    """A world without some of its rules, by their paths.

    It is what `world.without` makes, some tens of milliseconds sooner: nothing is checked again.
    """
    gone = set(rules)
    schemes = tuple(
        scheme.model_copy(
            update={
                "rules": {
                    name: rule
                    for name, rule in scheme.rules.items()
                    if f"{scheme.scheme}.rules.{name}" not in gone
                }
            }
        )
        for scheme in world.schemes
    )
    return replace(world, schemes=schemes)


def outcomes_in(panel: Panel, outcomes: Sequence[Outcome]) -> Outcomes:
    """What the citizens of a panel come to."""
    return {
        outcome.name: outcome.of(
            {m: panel[m].sum(axis=0, dtype=np.int64) for m in outcome.measures}, len(panel)
        )
        for outcome in outcomes
    }


def compiled_without(world: World, sets: Iterable[Rules]) -> dict[Rules, Compiled]:
    """What the world without each of some sets of rules is compiled to, for any seed."""
    bare = replace(world, by=())
    return {rules: compiled(without(bare, rules)) for rules in sets}


def outcomes_without(
    world: World,
    sets: Iterable[Rules],
    outcomes: Sequence[Outcome],
    wards: NDArray[np.int64] | None = None,
    made: Mapping[Rules, Compiled] | None = None,
) -> dict[Rules, Outcomes]:
    """What the world comes to without each of some sets of rules, on its seed.

    wards: those to live, by default all; then the ledger tells, and nobody's values are kept.
    made: what worlds without such sets are compiled to, where that is known.
    """
    bare = replace(world, by=())

    def live(rules: Rules) -> Outcomes:
        there = without(bare, rules)
        if wards is not None:
            measures = dict.fromkeys(m for outcome in outcomes for m in outcome.measures)
            return outcomes_in(Panels(there, measures).panel(wards=wards, threads=1), outcomes)
        values = execute(there, threads=1, made=(made or {}).get(rules)).values[:, :, 0]
        totals = {m: values[:, at] for at, m in enumerate(there.measures)}
        return {outcome.name: outcome.of(totals, there.citizens) for outcome in outcomes}

    asked = list(dict.fromkeys(sets))
    with ThreadPoolExecutor(processors()) as pool:  # one is compiled while another is lived
        return dict(zip(asked, pool.map(live, asked), strict=True))


def orders_of(rules: Sequence[str], pairs: int, seed: int) -> list[tuple[str, ...]]:
    """Orders in which rules are taken out, drawn at random: each with its reverse.

    An order and its reverse err on opposite sides, so a pair tells more than two orders alone.
    """
    luck = np.random.default_rng(seed)
    found = []
    for _ in range(pairs):
        order = tuple(rules[at] for at in luck.permutation(len(rules)))
        found += [order, order[::-1]]
    return found


def shapley(orders: Sequence[Sequence[str]], value: Callable[[Rules], float]) -> dict[str, float]:
    """What each rule adds, on the mean of the orders in which rules are taken out.

    value: of the world without a set of rules. The shares add up to what all rules together add
    (Shapley 1953; by sampled orders, Castro and others, Computers & OR 36, 2009).
    """
    found: dict[str, float] = {}
    for order in orders:
        for rule, before, after in zip(order, _prefixes(order), _prefixes(order)[1:], strict=False):
            found[rule] = found.get(rule, 0.0) + (value(before) - value(after)) / len(orders)
    return found


def sets_of(orders: Iterable[Sequence[str]]) -> list[Rules]:
    """Every set of rules that is out at some point of some order."""
    return list(dict.fromkeys(rules for order in orders for rules in _prefixes(order)))


def _prefixes(order: Sequence[str]) -> list[Rules]:
    return [frozenset(order[:count]) for count in range(len(order) + 1)]


def _stands_without(world: World, paths: Sequence[str]) -> bool:
    try:
        world.without(*paths)
    except GlasstownError:
        return False
    return True
