"""Phases 1 and 2: what citizens want and do."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from glasstown.compiler.context import MOST_MONTHS, SHARE, WORTH, Context, Standing
from glasstown.compiler.formula import Names, quantity, term
from glasstown.compiler.ops import Op
from glasstown.compiler.worth import factor, worth
from glasstown.conduct.model import Action
from glasstown.expr import parse
from glasstown.expr.field import Expression
from glasstown.luck import LOG_ODDS, log_odds, nearest_whole, threshold
from glasstown.scheme.model import Rule, Scheme


def want(context: Context) -> None:
    """Which occasions arise for each citizen."""
    graph, names = context.graph, context.conduct_names()
    for name, occasion in context.world.conduct.occasions.items():
        graph.label = purpose = f"conduct/occasion/{name}"
        if occasion.taste:
            utility = graph.add(
                graph.const(log_odds(occasion.rate)), taste(context, occasion.taste, names)
            )
            wished = graph.decide(utility, purpose)
        else:
            wished = graph.chance(threshold(occasion.rate), purpose)
        wants = graph.both(context.holds(occasion.who, names), wished)
        context.wants[name] = wants
        context.count(f"wanted.{name}", wants)


def taste(context: Context, tastes: Mapping[str, Fraction], names: Names) -> int:
    """The sum of the tastes, in 2**-10 log-odds."""
    total = context.graph.const(0)
    for text, weight in tastes.items():
        part = quantity(context.graph, parse(text), names, LOG_ODDS, weight)
        total = context.graph.add(total, part)
    return total


def act(context: Context) -> None:
    """What each citizen does, would do without pull and fear, and which states that begins."""
    graph, names = context.graph, context.conduct_names()
    for name, action in context.world.conduct.actions.items():
        graph.label = f"conduct/action/{name}"
        able = context.holds(action.who, names)
        does, would = (
            graph.both(able, chosen) for chosen in _choices(context, name, action, names)
        )
        context.does[name] = does
        context.count(f"did.{name}", does)
        if action.voices is not None:
            context.count(f"held.{name}", context.holds(action.voices, names))
            context.count(f"would.{name}", would)
            context.count(f"silenced.{name}", graph.both(would, graph.no(does)))
    condition_months(context)


def _choices(context: Context, name: str, action: Action, names: Names) -> tuple[int, int]:
    """What the citizen's luck decides, and what it would without pull and fear."""
    graph, purpose = context.graph, f"conduct/action/{name}"
    plain = graph.chance(threshold(action.rate), purpose)
    if action.rate in (0, 1):
        return plain, plain
    free = graph.add(graph.const(log_odds(action.rate)), taste(context, action.taste, names))
    norm = _norm(context, name, action)
    pull = _pull(context, name, action)
    free = free if norm is None else graph.add(free, norm)
    moved = free if pull is None else graph.add(free, pull)
    if action.fear:
        weight = action.fear * LOG_ODDS / SHARE
        moved = graph.sub(moved, term(graph, context.fear, weight))
    freely = bool(action.taste) or norm is not None
    driven = freely or pull is not None or bool(action.fear)
    return (
        graph.decide(moved, purpose) if driven else plain,
        graph.decide(free, purpose) if freely else plain,
    )


def condition_months(context: Context) -> None:
    """How long each citizen has been in each lasting state."""
    graph = context.graph
    for name, condition in context.world.conduct.conditions.items():
        graph.label = name
        months = context.conditions[name]
        inside = graph.at_least(months, graph.const(1))
        longer = graph.clamp(graph.add(months, graph.const(1)), 0, MOST_MONTHS)
        stays = graph.masked(graph.no(context.does[condition.ends]), longer)
        context.conditions[name] = graph.select(inside, stays, context.does[condition.begins])
        context.count(f"in.{name}", context.condition_names()[name].node)


def _norm(context: Context, name: str, action: Action) -> int | None:
    graph, norm = context.graph, context.world.conduct.norm
    weight = action.norm * norm.weight
    if not weight:
        return None
    share = graph.signal(f"share/{name}", 0, SHARE) if norm.of == "nation" else context.shares[name]
    apart = graph.add(share, graph.const(-usual_share(action)))
    return term(graph, apart, weight * LOG_ODDS / SHARE)


def usual_share(action: Action) -> int:
    """The share of citizens that do an action, where it goes on as usual."""
    return nearest_whole((action.rate if action.usual is None else action.usual) * SHARE)


def pulling(scheme: Scheme, action: str) -> list[tuple[str, Rule]]:
    """The rules of a scheme that may pull citizens to or from an action."""
    if scheme.score is None:
        return []
    return [
        (name, rule)
        for name, rule in scheme.rules.items()
        if action in (rule.when, rule.missed)
        and rule.points is not None
        and not isinstance(rule.points, Expression)
    ]


def told(scheme: Scheme, rule: Rule) -> bool:
    """Whether citizens are told of a rule."""
    return scheme.discloses.rules if rule.disclosed is None else rule.disclosed


def undisclosed(scheme: Scheme, action: str) -> list[str]:
    """The rules that may pull to or from an action, of which citizens are not told."""
    return [name for name, rule in pulling(scheme, action) if not told(scheme, rule)]


def _pull(context: Context, action_name: str, action: Action) -> int | None:
    graph, pull = context.graph, context.world.conduct.pull
    total = None
    if not pull.weight or not action.pull:
        return total
    for standing in context.standings.values():
        for name, rule in pulling(standing.scheme, action_name):
            graph.label = f"the pull of {standing.name}/{name}"
            gain = _gain(context, standing, name, rule)
            if not told(standing.scheme, rule):
                belief = context.beliefs[standing.name, name]
                gain = graph.shift_right(graph.mul(belief, gain), 12)
            weight = action.pull * pull.weight * _detects(standing.scheme, rule) * LOG_ODDS / WORTH
            part = term(graph, gain, weight)
            total = part if total is None else graph.add(total, part)
    return total


def _detects(scheme: Scheme, rule: Rule) -> Fraction:
    detects = scheme.sensors[rule.seen_by or ""].detects
    return detects if isinstance(detects, Fraction) else detects.otherwise


def _gain(context: Context, standing: Standing, name: str, rule: Rule) -> int:
    graph = context.graph
    assert rule.points is not None
    assert not isinstance(rule.points, Expression)
    low, high = (nearest_whole(end * standing.scale) for end in (rule.points.low, rule.points.high))
    score = standing.score
    moved = graph.clamp(
        graph.add(score, graph.const((low + high) // 2)), standing.low, standing.high
    )
    here, there = _value(context, standing, score), _value(context, standing, moved)
    if rule.missed is not None:
        return graph.sub(here, there)
    gain = graph.add(graph.sub(there, here), _rank_gain(context, standing, moved))
    room = context.rooms.get((standing.name, name))
    return gain if room is None else graph.masked(room, gain)


def _value(context: Context, standing: Standing, score: int) -> int:
    graph = context.graph
    if standing.name not in context.worths:
        found = worth(standing.scheme, context.world.conduct)
        context.worths[standing.name] = tuple(found.tolist())
    values = context.worths[standing.name]
    low, high = min(values), max(values)
    imms = (graph.table(values), len(values), -standing.low)
    return graph.node(Op.TABLE, (score,), low, high, imms)


def _rank_gain(context: Context, standing: Standing, moved: int) -> int:
    graph, conduct = context.graph, context.world.conduct
    total = graph.const(0)
    reach = max(1, nearest_whole(conduct.pull.spread * standing.scale))
    for name, consequence in standing.scheme.consequences.items():
        if consequence.best is None or consequence.occasion is None:
            continue
        occasion = conduct.occasions[consequence.occasion]
        full = nearest_whole(occasion.rate * occasion.worth * factor(consequence.outcome) * WORTH)
        if not full:
            continue
        cut = standing.cuts[name]
        ramps = [
            graph.clamp(graph.add(graph.sub(score, cut), graph.const(reach)), 0, 2 * reach)
            for score in (moved, standing.score)
        ]
        apart = graph.sub(ramps[0], ramps[1])
        total = graph.add(total, term(graph, apart, Fraction(full, 2 * reach)))
    return total
