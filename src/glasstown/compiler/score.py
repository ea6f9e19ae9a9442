"""Phase 4: the rules that fire, the points they bring, and the score."""

from __future__ import annotations

from glasstown.compiler.birth import points_of
from glasstown.compiler.context import Context, Standing
from glasstown.compiler.worth import fade_multiplier
from glasstown.files import Cap
from glasstown.luck import nearest_whole
from glasstown.scheme.model import Rule


def open_caps(context: Context) -> None:
    """What each capped rule has used of its cap, as the month begins."""
    graph = context.graph
    for standing in context.standings.values():
        for name, rule in standing.scheme.rules.items():
            if rule.at_most is None or rule.at_start:
                continue
            graph.label = f"{standing.name}/{name}, used"
            cap = _cap(standing, rule.at_most)
            load = graph.state(graph.label, 0, cap, graph.const(0))
            used = load
            if rule.at_most.months is not None:
                starts = context.period_starts(rule.at_most.months)
                used = graph.masked(graph.no(starts), load)
            context.used[standing.name, name] = (load, used)
            context.rooms[standing.name, name] = graph.less(used, graph.const(cap))


def _cap(standing: Standing, cap: Cap) -> int:
    return nearest_whole(cap.points * standing.scale)


def score(context: Context) -> None:
    """Every scheme's rules fire, and its score moves and fades."""
    for standing in context.standings.values():
        _fire(context, standing)


def _fire(context: Context, standing: Standing) -> None:
    graph, scheme = context.graph, standing.scheme
    names = context.scheme_names(standing)
    total, deduction = graph.const(0), graph.const(0)
    wrongly, deducted = graph.const(0), graph.const(0)
    for name, rule in scheme.rules.items():
        if rule.at_start:
            continue
        graph.label = f"{standing.name}/{name}"
        fired, wrong = _fires(context, standing, name, rule)
        fired = graph.both(fired, context.holds(rule.only_if, names))
        wrong = graph.both(fired, wrong)
        standing.fired[name] = fired
        context.count(f"{standing.name}.fired.{name}", fired)
        if rule.when is not None:
            context.count(f"{standing.name}.wrong.{name}", wrong)
        if rule.straight_to is not None:
            _override(context, standing, name, rule, fired)
        if rule.points is None:
            continue
        points = graph.masked(fired, points_of(context, standing, name, rule))
        if rule.at_most is not None:
            points = _capped(context, standing, name, rule.at_most, points)
        context.count(f"{standing.name}.points.{name}", points)
        total = graph.add(total, points)
        lost = graph.minimum(points, graph.const(0))
        deduction = graph.add(deduction, lost)
        loses = graph.less(lost, graph.const(0))
        deducted = graph.either(deducted, loses)
        wrongly = graph.either(wrongly, graph.both(wrong, loses))
    standing.deduction, standing.deducted_wrongly = deduction, wrongly
    standing.was_deducted = deducted
    if scheme.score is None:
        return
    graph.label = f"the score of {standing.name}"
    moved = graph.clamp(graph.add(standing.score, total), standing.low, standing.high)
    if scheme.score.fades is not None:
        toward = graph.const(nearest_whole(scheme.score.fades.toward * standing.scale))
        fade = graph.scaled_toward_zero(graph.sub(moved, toward), fade_multiplier(scheme.score))
        moved = graph.clamp(graph.sub(moved, fade), standing.low, standing.high)
    standing.score = moved


def _fires(context: Context, standing: Standing, name: str, rule: Rule) -> tuple[int, int]:
    graph = context.graph
    if rule.when is not None:
        record = standing.records[rule.seen_by or "", rule.when]
        return record.arrived, record.wrong
    never = graph.const(0)
    assert rule.each is not None
    ends = context.period_ends(rule.each)
    if rule.missed is None:
        return ends, never
    sensor = rule.seen_by or ""
    arrived = standing.records[sensor, rule.missed].arrived
    if rule.each > 1:
        before = graph.state(f"{standing.name}/{name}, seen", 0, 1, never)
        arrived = graph.either(before, arrived)
        graph.carry(before, graph.both(arrived, graph.no(ends)))
    in_view = graph.both(standing.watched[sensor], standing.covered[sensor])
    return graph.all_of([ends, in_view, graph.no(arrived)]), never


def _capped(context: Context, standing: Standing, name: str, cap: Cap, points: int) -> int:
    graph = context.graph
    graph.label = f"{standing.name}/{name}, capped"
    load, used = context.used[standing.name, name]
    room = graph.sub(graph.const(_cap(standing, cap)), used)
    zero = graph.const(0)
    up = graph.minimum(graph.maximum(points, zero), room)
    down = graph.minimum(graph.maximum(graph.sub(zero, points), zero), room)
    graph.carry(load, graph.clamp(graph.add(used, graph.add(up, down)), 0, _cap(standing, cap)))
    return graph.sub(up, down)


def _override(context: Context, standing: Standing, name: str, rule: Rule, fired: int) -> None:
    graph = context.graph
    lasts = rule.lasts or 1
    load = graph.state(f"{standing.name}/{name}, held", 0, lasts, graph.const(0))
    held = graph.select(fired, graph.const(lasts), load)
    standing.held[name] = held
    left = graph.clamp(graph.add(held, graph.const(-1)), 0, lasts)
    graph.carry(load, left)
