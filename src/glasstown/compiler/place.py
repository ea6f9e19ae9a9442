"""Phase 5: appeals heard, tiers, registers, appeals filed."""

from __future__ import annotations

from fractions import Fraction

from glasstown.compiler.birth import tier_of
from glasstown.compiler.context import MOST_MONTHS, Context, Standing
from glasstown.compiler.formula import Names
from glasstown.compiler.ops import Op
from glasstown.expr import Call, Name, walk
from glasstown.luck import threshold
from glasstown.scheme.model import Register

MOST_DEDUCTED = 2**21
"""More steps than all the rules that a scheme may have can take in a month."""


def place(context: Context) -> None:
    """Where each scheme puts each citizen this month."""
    for standing in context.standings.values():
        freed = _hear(context, standing)
        _tier(context, standing)
        _registers(context, standing, freed)
        _file(context, standing)
        _cuts(context, standing)


def open_appeals(context: Context) -> None:
    """What waits to be heard, as the month begins."""
    graph = context.graph
    zero = graph.const(0)
    for standing in context.standings.values():
        appeals = standing.scheme.appeals
        if appeals is None:
            continue
        name = f"{standing.name}/appeal"
        columns = {
            "wait": graph.state(f"{name}, months to wait", 0, appeals.heard_after, zero),
            "wrong": graph.state(f"{name}, wrong", 0, 1, zero),
        }
        if standing.scheme.score is not None:
            columns["points"] = graph.state(f"{name}, points", -MOST_DEDUCTED, 0, zero)
        for register in standing.scheme.registers:
            columns[f"on {register}"] = graph.state(f"{name}, {register}", 0, 1, zero)
        standing.appeal = columns


def _hear(context: Context, standing: Standing) -> dict[str, int]:
    """Appeals heard this month; the result is, for each register, who is taken off it."""
    graph, appeals = context.graph, standing.scheme.appeals
    if appeals is None:
        return {}
    graph.label = f"{standing.name}/appeal"
    held = standing.appeal
    waiting = graph.at_least(held["wait"], graph.const(1))
    standing.wait = graph.clamp(graph.add(held["wait"], graph.const(-1)), 0, appeals.heard_after)
    heard = graph.both(waiting, graph.equal(standing.wait, graph.const(0)))
    limit = graph.select(
        held["wrong"],
        graph.const(threshold(appeals.upheld.wrong)),
        graph.const(threshold(appeals.upheld.right)),
    )
    upheld = graph.both(heard, graph.chance_of(limit, f"{standing.name}/appeal/upheld"))
    context.count(f"{standing.name}.heard", heard)
    context.count(f"{standing.name}.upheld", upheld)
    if "points" in held:
        restored = graph.sub(standing.score, held["points"])
        righted = graph.clamp(restored, standing.low, standing.high)
        standing.score = graph.select(upheld, righted, standing.score)
    freed = {}
    for name in standing.scheme.registers:
        on = graph.at_least(standing.months_on[name], graph.const(1))
        freed[name] = graph.all_of([upheld, held[f"on {name}"], on])
        standing.months_on[name] = graph.masked(graph.no(freed[name]), standing.months_on[name])
    return freed


def _tier(context: Context, standing: Standing) -> None:
    graph, scheme = context.graph, standing.scheme
    if not scheme.tiers:
        return
    graph.label = f"the tier of {standing.name}"
    top = len(scheme.tiers) - 1
    up = tier_of(graph, standing, standing.score, Fraction(0))
    tier = up
    if scheme.tier_margin:
        down = tier_of(graph, standing, standing.score, scheme.tier_margin)
        tier = graph.minimum(graph.maximum(standing.kept_tier, up), down)
        graph.carry(standing.kept_tier, tier)
    names = list(scheme.tiers)
    for name, held in standing.held.items():
        limit = names.index(scheme.rules[name].straight_to or "")
        holds = graph.at_least(held, graph.const(1))
        tier = graph.select(holds, graph.minimum(tier, graph.const(limit)), tier)
    before = standing.tier
    standing.tier = graph.clamp(tier, 0, top)
    context.count(f"{standing.name}.rose", graph.less(before, standing.tier))
    context.count(f"{standing.name}.fell", graph.less(standing.tier, before))
    for number, name in enumerate(names):
        here = graph.equal(standing.tier, graph.const(number))
        context.count(f"{standing.name}.tier.{name}", here)


def _registers(context: Context, standing: Standing, freed: dict[str, int]) -> None:
    names = context.scheme_names(standing)
    after, wrongly = {}, {}
    for name, register in standing.scheme.registers.items():
        context.graph.label = f"{standing.name}/{name}"
        after[name], wrongly[name] = _register(context, standing, name, register, names, freed)
    standing.months_on, standing.wrongly_on = after, wrongly


def _register(
    context: Context,
    standing: Standing,
    name: str,
    register: Register,
    names: Names,
    freed: dict[str, int],
) -> tuple[int, int]:
    graph = context.graph
    one = graph.const(1)
    months = standing.months_on[name]
    on = graph.at_least(months, one)
    enters, wrong = _enters(context, standing, name, register, names)
    off = graph.no(on)
    enters = graph.all_of([enters, off, graph.no(freed.get(name, graph.const(0)))])
    wrong = graph.both(enters, wrong)
    least = _least_term(context, standing, name, register, names, enters)
    served = graph.at_least(months, least)
    leaves = graph.both(served, context.holds(register.leave, names))
    if register.at_most is not None:
        over = graph.at_least(months, graph.const(register.at_most))
        leaves = graph.either(leaves, over)
    leaves = graph.both(on, leaves)
    longer = graph.clamp(graph.add(months, one), 0, MOST_MONTHS)
    stays = graph.masked(graph.both(on, graph.no(leaves)), longer)
    after = graph.select(enters, one, stays)
    is_on = graph.at_least(after, one)
    was_wrong = standing.wrongly_on[name]
    wrongly = graph.both(is_on, graph.select(enters, wrong, was_wrong))
    standing.entered[name], standing.entered_wrongly[name] = enters, wrong
    context.count(f"{standing.name}.on.{name}", is_on)
    context.count(f"{standing.name}.entered.{name}", enters)
    context.count(
        f"{standing.name}.left.{name}", graph.either(leaves, freed.get(name, graph.const(0)))
    )
    context.count(f"{standing.name}.wrongly_on.{name}", wrongly)
    return after, wrongly


def _enters(
    context: Context, standing: Standing, name: str, register: Register, names: Names
) -> tuple[int, int]:
    graph = context.graph
    if register.seen_by is not None:
        record = standing.records["", name]
        return record.arrived, record.wrong
    wrong = graph.const(0)
    for part in walk(register.enter.expr):
        if isinstance(part, Call) and part.function == "seen":
            read = [arg.name for arg in part.args if isinstance(arg, Name)]
            wrong = graph.either(wrong, context.record(standing, *read).wrong)
    return context.holds(register.enter, names), wrong


def _least_term(
    context: Context, standing: Standing, name: str, register: Register, names: Names, enters: int
) -> int:
    """The least term of those already on the register."""
    graph = context.graph
    first = graph.const(register.at_least)
    if register.extend is None:
        return first
    limit = register.extend.at_most
    most = MOST_MONTHS if limit is None else max(limit, register.at_least)
    load = graph.state(f"{standing.name}/{name}, least term", 0, most, graph.const(0))
    longer = graph.add(load, graph.const(register.extend.by))
    longer = graph.minimum(longer, graph.const(MOST_MONTHS if limit is None else limit))
    extends = context.holds(register.extend.only_if, names)
    least = graph.select(extends, longer, load)
    graph.carry(load, graph.clamp(graph.select(enters, first, least), 0, most))
    return least


def _file(context: Context, standing: Standing) -> None:
    graph, appeals = context.graph, standing.scheme.appeals
    standing.was_entered = graph.any_of(list(standing.entered.values()))
    if appeals is None:
        return
    graph.label = f"{standing.name}/appeal"
    held = standing.appeal
    cause = graph.either(standing.was_deducted, standing.was_entered)
    free = graph.equal(standing.wait, graph.const(0))
    minded = graph.chance(threshold(appeals.filed), f"{standing.name}/appeal/filed")
    files = graph.all_of([free, cause, minded])
    context.count(f"{standing.name}.appealed", files)
    wrong = graph.any_of([standing.deducted_wrongly, *standing.entered_wrongly.values()])
    kept = {"wait": graph.const(appeals.heard_after), "wrong": wrong}
    if "points" in held:
        kept["points"] = standing.deduction
    for name in standing.scheme.registers:
        kept[f"on {name}"] = standing.entered[name]
    now = {**held, "wait": standing.wait}
    for name, value in kept.items():
        graph.carry(held[name], graph.select(files, value, now[name]))


def _cuts(context: Context, standing: Standing) -> None:
    """The community's rank cuts, from the scores of now."""
    for name, consequence in standing.scheme.consequences.items():
        if consequence.best is not None and consequence.best.of == "community":
            standing.cuts[name] = community_cut(context, standing, consequence.best.share)


def community_cut(context: Context, standing: Standing, share: Fraction) -> int:
    """The least score that at most a share of the community lies above."""
    graph = context.graph
    size = context.world.nation.communities.size
    quotas = graph.table([int(share * n) for n in range(size + 1)])
    low, high = standing.low - 1, standing.high
    return graph.node(Op.CUT, (standing.score,), low, high, (quotas, low, high))
