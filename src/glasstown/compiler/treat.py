"""Phases 6 and 7: how citizens are treated, and what that teaches them."""

from __future__ import annotations

from fractions import Fraction

from glasstown.compiler.context import MEANS, SHARE, Context, Standing
from glasstown.compiler.formula import Names
from glasstown.compiler.live import undisclosed
from glasstown.conduct.model import Occasion
from glasstown.luck import monthly_fade, nearest_whole
from glasstown.scheme.model import Consequence
from glasstown.world.measures import registers_read

MOST_CASES = 16


def treat(context: Context) -> None:
    """What is refused, required, advanced, discounted and published."""
    graph = context.graph
    zero = graph.const(0)
    applying: dict[str, list[tuple[Standing, Consequence, int]]] = {}
    exposed = zero
    context.gains = zero
    for standing in context.standings.values():
        standing.harms = [standing.was_deducted, standing.was_entered]
        names = context.scheme_names(standing)
        exposed_here = zero
        for name, consequence in standing.scheme.consequences.items():
            graph.label = f"{standing.name}/{name}"
            applies = _applies(context, standing, name, consequence, names)
            if consequence.outcome.kind == "expose":
                if consequence.occasion is not None:
                    applies = graph.both(applies, context.wants[consequence.occasion])
                exposed_here = graph.either(exposed_here, applies)
            elif consequence.occasion is not None:
                applying.setdefault(consequence.occasion, []).append(
                    (standing, consequence, applies)
                )
        if any(c.outcome.kind == "expose" for c in standing.scheme.consequences.values()):
            context.count(f"{standing.name}.exposed", exposed_here)
        standing.harms.append(exposed_here)
        exposed = graph.either(exposed, exposed_here)
    for name, occasion in context.world.conduct.occasions.items():
        graph.label = name
        _serve(context, name, occasion, applying.get(name, []))
    context.exposed = exposed


def _applies(
    context: Context, standing: Standing, name: str, consequence: Consequence, names: Names
) -> int:
    graph = context.graph
    applies = context.holds(consequence.applies_to, names)
    if consequence.best is None:
        return applies
    return graph.both(applies, graph.less(standing.cuts[name], standing.score))


def _serve(
    context: Context,
    name: str,
    occasion: Occasion,
    applying: list[tuple[Standing, Consequence, int]],
) -> None:
    graph = context.graph
    wants, zero = context.wants[name], graph.const(0)
    of_kind = {
        kind: [entry for entry in applying if entry[1].outcome.kind == kind]
        for kind in ("refuse", "require", "advance", "discount")
    }
    refusing, requiring = of_kind["refuse"], of_kind["require"]
    refused = graph.both(wants, graph.any_of([applies for _, _, applies in refusing]))
    open_to = graph.both(wants, graph.no(refused))
    required = graph.both(open_to, graph.any_of([applies for _, _, applies in requiring]))
    unmet = zero
    for standing, consequence, applies in requiring:
        needed = graph.const(nearest_whole(consequence.needs_means * MEANS))
        lacks = graph.all_of([open_to, applies, graph.less(context.means, needed)])
        standing.harms.append(lacks)
        unmet = graph.either(unmet, lacks)
    served = graph.both(open_to, graph.no(unmet))
    advanced = graph.both(served, graph.any_of([a for _, _, a in of_kind["advance"]]))
    worth = nearest_whole(occasion.worth * MEANS)
    discounted, discount = zero, zero
    for _, consequence, applies in of_kind["discount"]:
        percent = consequence.outcome.percent or Fraction(0)
        saved = graph.const(nearest_whole(worth * percent))
        larger = graph.maximum(discount, saved) if worth >= 0 else graph.minimum(discount, saved)
        discount = graph.select(applies, larger, discount)
        discounted = graph.either(discounted, applies)
    discounted = graph.both(served, discounted)
    discount = graph.masked(served, discount)
    wrongly, named = zero, False
    for standing, consequence, applies in refusing:
        standing.harms.append(graph.both(wants, applies))
        for register in registers_read(consequence):
            named = True
            on = graph.both(applies, standing.wrongly_on[register])
            wrongly = graph.either(wrongly, on)
    if refusing:
        context.count(f"refused.{name}", refused)
    if named:
        context.count(f"refused_wrongly.{name}", graph.both(wants, wrongly))
    if requiring:
        context.count(f"required.{name}", required)
        context.count(f"unmet.{name}", unmet)
    if of_kind["advance"]:
        context.count(f"advanced.{name}", advanced)
    if of_kind["discount"]:
        context.count(f"discounted.{name}", discounted)
    lost = graph.either(refused, unmet)
    context.losses.append(lost)
    gain = graph.sub(graph.masked(advanced, graph.const(worth)),
                     graph.masked(lost, graph.const(worth)))  # fmt: skip
    context.gains = graph.add(context.gains, graph.add(gain, discount))


def learn(context: Context) -> None:
    """Means, fear, norms, beliefs, and what last month's treatment is remembered as."""
    graph = context.graph
    _learn_means(context)
    _learn_fear(context)
    listed = [
        graph.at_least(months, graph.const(1))
        for standing in context.standings.values()
        for months in standing.months_on.values()
    ]
    context.listed = graph.any_of(listed)
    context.refused = graph.any_of(context.losses)
    for name in context.shares:
        context.shares[name] = context.mean(context.does[name], SHARE)
    for standing in context.standings.values():
        if standing.mean >= 0:
            graph.label = f"the mean score of {standing.name}"
            standing.mean = context.mean(standing.score, 1)
    _learn_beliefs(context)


def _learn_means(context: Context) -> None:
    graph, means = context.graph, context.world.conduct.means
    graph.label = "means"
    limit = nearest_whole(means.limit * MEANS)
    kept = graph.sub(
        context.means, graph.scaled_toward_zero(context.means, monthly_fade(means.half_life))
    )
    context.means = graph.clamp(graph.add(kept, context.gains), -limit, limit)
    context.count("means", context.means)


def _learn_fear(context: Context) -> None:
    graph, fear = context.graph, context.world.conduct.fear
    graph.label = "fear"
    explained, unexplained = graph.const(0), graph.const(0)
    for standing in context.standings.values():
        harmed = graph.any_of(standing.harms)
        if standing.scheme.discloses.reasons:
            explained = graph.either(explained, harmed)
        else:
            unexplained = graph.either(unexplained, harmed)
    own, own_b = _weights(fear.own, fear.unexplained)
    seen, seen_b = _weights(fear.seen, fear.unexplained)
    shock = graph.select(unexplained, graph.const(own_b), graph.masked(explained, graph.const(own)))
    for how, weight, harmed in (
        ("explained", seen, explained), ("unexplained", seen_b, unexplained)
    ):  # fmt: skip
        context.met[f"harmed/{how}"] = share = context.mean(harmed, SHARE)
        felt = graph.shift_right(graph.mul(share, graph.const(weight)), 12)
        shock = graph.add(shock, felt)
    shock = graph.minimum(shock, graph.const(SHARE))
    fades = graph.const(nearest_whole(fear.fades * SHARE))
    faded = graph.shift_right(graph.mul(context.fear, fades), 12)
    left = graph.clamp(graph.sub(context.fear, faded), 0, SHARE)
    calm = graph.sub(graph.const(SHARE), left)
    risen = graph.shift_right(graph.mul(calm, shock), 12)
    context.fear = graph.clamp(graph.add(left, risen), 0, SHARE)
    context.count("fear", context.fear)


def _weights(share: Fraction, times: Fraction) -> tuple[int, int]:
    plain = nearest_whole(share * SHARE)
    return plain, min(SHARE, nearest_whole(share * times * SHARE))


def believed(context: Context) -> list[tuple[Standing, str]]:
    """The undisclosed rules that pull, of which citizens must learn what they pay."""
    conduct = context.world.conduct
    if not conduct.pull.weight:
        return []
    found = {}
    for action_name, action in conduct.actions.items():
        if not action.pull:
            continue
        for standing in context.standings.values():
            for name in undisclosed(standing.scheme, action_name):
                found[standing.name, name] = (standing, name)
    return list(found.values())


def _learn_beliefs(context: Context) -> None:
    graph, belief = context.graph, context.world.conduct.belief
    learns = graph.const(nearest_whole(belief.learns * 256))
    forgets = graph.const(nearest_whole(belief.forgets * SHARE))
    for standing, name in believed(context):
        graph.label = f"the belief in {standing.name}/{name}"
        old = context.beliefs[standing.name, name]
        cases = graph.minimum(context.total(standing.fired[name]), graph.const(MOST_CASES))
        doubt = graph.sub(graph.const(SHARE), old)
        gained = graph.shift_right(graph.mul(graph.mul(doubt, cases), learns), 12)
        lost = graph.shift_right(graph.mul(old, forgets), 12)
        moved = graph.add(old, graph.sub(gained, lost))
        context.beliefs[standing.name, name] = graph.clamp(moved, 0, SHARE)
