"""Birth: traits, coverage, the first score; `docs/reference/month.md` under the same heading."""

from __future__ import annotations

from fractions import Fraction

from glasstown.compiler.context import Context, Standing
from glasstown.compiler.formula import Column, quantity
from glasstown.compiler.graph import Graph
from glasstown.compiler.ops import Op
from glasstown.expr.field import Expression
from glasstown.files import Span
from glasstown.luck import LOG_ODDS, TABLE_HALF, logistic_table, nearest_whole, threshold
from glasstown.nation import TraitTable
from glasstown.scheme.model import Rule


def traits(context: Context) -> None:
    """Every trait as a column, drawn in the nation's order."""
    graph = context.graph
    indices: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for table in context.world.trait_tables:
        graph.label = table.purpose
        index = _draw(graph, table, indices, sizes)
        if table.of == "community":
            index = context.of_community(index)
        indices[table.name], sizes[table.name] = index, len(table.labels)
        if table.kind == "yesno":
            context.traits[table.name] = Column(index, yes_no=True)
        elif table.kind == "choice":
            context.traits[table.name] = Column(index, labels=table.labels)
        else:
            context.traits[table.name] = Column(_numbers(graph, table, index), table.scale)


def _draw(graph: Graph, table: TraitTable, indices: dict[str, int], sizes: dict[str, int]) -> int:
    if table.uniform is not None:
        return graph.uniform(*table.uniform, table.purpose, monthly=False)
    row = graph.const(0)
    for given in table.given:
        row = graph.muladd(row, sizes[given], indices[given])
    if table.kind == "yesno":
        if len(table.rows) == 1:
            return graph.chance(table.rows[0][0], table.purpose, monthly=False)
        limits = tuple(r[0] for r in table.rows)
        limit = graph.node(
            Op.TABLE, (row,), min(limits), max(limits), (graph.table(limits), len(limits), 0)
        )
        return graph.chance_of(limit, table.purpose, monthly=False)
    steps = len(table.labels) - 1
    if steps == 0:
        return graph.const(0)
    start = graph.table([limit for r in table.rows for limit in r])
    number = graph.purpose(table.purpose)
    return graph.node(Op.PICK, (row,), 0, steps, (number, start, steps))


def _numbers(graph: Graph, table: TraitTable, index: int) -> int:
    if table.uniform is not None:
        return index
    first, *_ = table.numbers
    if table.numbers == tuple(range(first, first + len(table.numbers))):
        return graph.add(index, graph.const(first))
    low, high = min(table.numbers), max(table.numbers)
    start = graph.table(table.numbers)
    return graph.node(Op.TABLE, (index,), low, high, (start, len(table.numbers), 0))


def standings(context: Context) -> None:
    """Coverage, scores and tiers as the first month finds them."""
    for scheme in context.world.schemes:
        standing = Standing(scheme)
        context.standings[scheme.scheme] = standing
        graph = context.graph
        for name, sensor in scheme.sensors.items():
            graph.label = f"{scheme.scheme}/{name}/covers"
            covered = graph.chance(threshold(sensor.covers), graph.label, monthly=False)
            if sensor.covers_by == "community":
                covered = context.of_community(covered)
            standing.covered[name] = covered
        if scheme.score is not None:
            score = scheme.score
            standing.scale = int(1 / score.kept_to)
            standing.low = nearest_whole(score.range[0] * standing.scale)
            standing.high = nearest_whole(score.range[1] * standing.scale)
            graph.label = f"{scheme.scheme}/start"
            standing.score = _start(context, standing)
            if scheme.tiers:
                standing.tier = tier_of(graph, standing, standing.score, Fraction(0))


def _start(context: Context, standing: Standing) -> int:
    graph, scheme = context.graph, standing.scheme
    assert scheme.score is not None
    names = context.scheme_names(standing)
    starting = {name: rule for name, rule in scheme.rules.items() if rule.at_start}
    if scheme.score.link == "logistic":
        total = graph.const(0)
        for rule in starting.values():
            worth = graph.const(nearest_whole((rule.log_odds or Fraction(0)) * LOG_ODDS))
            total = graph.add(total, graph.masked(context.holds(rule.only_if, names), worth))
        return _on_the_curve(graph, standing, total)
    total = graph.const(nearest_whole(scheme.score.start * standing.scale))
    for name, rule in starting.items():
        if rule.points is None:
            continue
        points = points_of(context, standing, name, rule, monthly=False)
        total = graph.add(total, graph.masked(context.holds(rule.only_if, names), points))
    return graph.clamp(total, standing.low, standing.high)


def _on_the_curve(graph: Graph, standing: Standing, total: int) -> int:
    table = logistic_table()
    step = graph.clamp(total, -TABLE_HALF, TABLE_HALF - 1)
    coarse = [p >> 14 for p in table]
    share = graph.node(
        Op.TABLE, (step,), coarse[0], coarse[-1], (graph.table(coarse), len(coarse), TABLE_HALF)
    )
    width = graph.const(standing.high - standing.low)
    over = graph.shift_right(graph.add(graph.mul(share, width), graph.const(1 << 15)), 16)
    return graph.clamp(graph.add(over, graph.const(standing.low)), standing.low, standing.high)


def points_of(
    context: Context, standing: Standing, name: str, rule: Rule, monthly: bool = True
) -> int:
    """A rule's points in steps of the score."""
    graph, points = context.graph, rule.points
    graph.label = f"the points of {standing.name}/{name}"
    if isinstance(points, Expression):
        return quantity(graph, points.expr, context.scheme_names(standing), standing.scale)
    assert isinstance(points, Span)
    low = nearest_whole(points.low * standing.scale)
    high = nearest_whole(points.high * standing.scale)
    if low == high:
        return graph.const(low)
    return graph.uniform(low, high, f"{standing.name}/{name}/points", monthly)


def tier_of(graph: Graph, standing: Standing, score: int, margin: Fraction) -> int:
    """The highest tier whose floor, less the margin, the score reaches."""
    floors = list(standing.scheme.tiers.values())[1:]
    result = graph.const(0)
    for floor in floors:
        limit = nearest_whole((floor - margin) * standing.scale)
        result = graph.add(result, graph.at_least(score, graph.const(limit)))
    return result
