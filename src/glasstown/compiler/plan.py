"""World to plan: the values of a month, in the order of its eight phases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from glasstown.compiler import birth, live, met, place, score, sense, treat
from glasstown.compiler.context import MEANS, MOST_MONTHS, SHARE, Context, Standing
from glasstown.compiler.graph import Graph
from glasstown.compiler.nodes import TooWide
from glasstown.compiler.ops import Op
from glasstown.luck import nearest_whole
from glasstown.world.world import World

MOST_COUNTED = 2**21
"""A counted value stays below this, so that the sum over a ward fits 32 bits."""


@dataclass(frozen=True)
class Signal:
    """A national signal: where it comes from and what it is at birth.

    A rank's cut is the least score from `low` that at most `share` of the nation lies above,
    read off histogram `histogram`; a share is that of the citizens counted by `measure`.
    """

    name: str
    share: Fraction = Fraction(0)
    histogram: int = -1
    low: int = 0
    width: int = 0
    measure: str = ""
    at_birth: int = 0


@dataclass(frozen=True)
class Plan:
    """A world as a graph of values, with its national signals.

    `cells` is how many of the ledger's cells are counted: `counted_cells`. `met` is what
    citizens meet of one another, by name, as columns of state: nothing, unless it is asked for.
    """

    world: World
    graph: Graph
    signals: tuple[Signal, ...]
    cells: int
    met: Mapping[str, int] = field(default_factory=dict)


MONTH: tuple[tuple[str, Callable[[Context], None]], ...] = (
    ("1 want", live.want),
    ("2 act", live.act),
    ("3 sense", sense.sense),
    ("4 score", score.score),
    ("5 place", place.place),
    ("6 treat", treat.treat),
    ("7 learn", treat.learn),
)
"""The order of a month. The eighth phase, counting, is done as soon as each value is known."""


def plan(world: World, of_neighbours: bool = False) -> Plan:
    """Plan a world; `of_neighbours`: to tell what citizens meet of one another, not to count.

    Raises:
        TooWide: some value could leave 32 bits; the world's check turns it into a problem.
    """
    context = Context(world, Graph())
    birth.traits(context)
    birth.standings(context)
    carried = _open(context)
    signals = _signals(context)
    for _, phase in MONTH:
        phase(context)
    _carry(context, carried)
    cells = len(counted_cells(world))
    if of_neighbours:
        columns = met.columns(context, carried)
        return Plan(world, context.graph, signals, cells, columns)
    _count(context)
    return Plan(world, context.graph, signals, cells)


def _open(context: Context) -> dict[str, int]:
    """Declare what is carried from month to month, at its value of birth."""
    graph, world = context.graph, context.world
    zero = graph.const(0)
    loads: dict[str, int] = {}

    def column(name: str, low: int, high: int, at_birth: int) -> int:
        graph.label = name
        loads[name] = graph.state(name, low, high, at_birth)
        return loads[name]

    for name in world.conduct.conditions:
        context.conditions[name] = column(f"months/{name}", 0, MOST_MONTHS, zero)
    limit = nearest_whole(world.conduct.means.limit * MEANS)
    context.means = column("means", -limit, limit, zero)
    context.fear = column("fear", 0, SHARE, zero)
    for name in ("listed", "refused", "exposed"):
        setattr(context, name, column(name, 0, 1, zero))
    norm = world.conduct.norm
    for name, action in world.conduct.actions.items():
        if norm.of == "community" and norm.weight * action.norm:
            usual = graph.const(live.usual_share(action))
            context.shares[name] = column(f"share/{name}", 0, SHARE, usual)
    for standing in context.standings.values():
        _open_standing(context, standing, column)
    at_first = nearest_whole(world.conduct.belief.at_first * SHARE)
    for standing, name in treat.believed(context):
        context.beliefs[standing.name, name] = column(
            f"belief/{standing.name}/{name}", 0, SHARE, graph.const(at_first)
        )
    score.open_caps(context)
    place.open_appeals(context)
    return loads


def _open_standing(
    context: Context, standing: Standing, column: Callable[[str, int, int, int], int]
) -> None:
    graph, scheme = context.graph, standing.scheme
    zero = graph.const(0)
    if scheme.score is not None:
        start, tier = standing.score, standing.tier
        low, high = standing.low, standing.high
        name = f"{standing.name}/score"
        standing.score = column(name, low, high, start)
        standing.mean = column(f"{standing.name}/mean", low, high, context.mean(start, 1))
        if scheme.tiers:
            top = len(scheme.tiers) - 1
            standing.tier = column(f"{standing.name}/standing", 0, top, tier)
            if scheme.tier_margin:
                standing.kept_tier = column(f"{standing.name}/tier", 0, top, tier)
        for cut_name, consequence in scheme.consequences.items():
            if consequence.best is None:
                continue
            if consequence.best.of == "nation":
                signal = f"cut/{standing.name}/{cut_name}"
                standing.cuts[cut_name] = graph.signal(signal, low - 1, high)
                continue
            loaded, standing.score = standing.score, start
            first = place.community_cut(context, standing, consequence.best.share)
            standing.score = loaded
            standing.cuts[cut_name] = column(
                f"cut/{standing.name}/{cut_name}", low - 1, high, first
            )
    for name in scheme.registers:
        standing.months_on[name] = column(f"{standing.name}/{name}", 0, MOST_MONTHS, zero)
        standing.wrongly_on[name] = column(f"{standing.name}/{name}, wrongly", 0, 1, zero)


def _carry(context: Context, loads: dict[str, int]) -> None:
    """What is carried into the next month."""
    now = {f"months/{name}": months for name, months in context.conditions.items()}
    now |= {
        name: getattr(context, name) for name in ("means", "fear", "listed", "refused", "exposed")
    }
    now |= {f"share/{name}": share for name, share in context.shares.items()}
    now |= {f"belief/{s}/{rule}": belief for (s, rule), belief in context.beliefs.items()}
    for standing in context.standings.values():
        now[f"{standing.name}/score"] = standing.score
        now[f"{standing.name}/mean"] = standing.mean
        now[f"{standing.name}/standing"] = standing.tier
        now |= {f"cut/{standing.name}/{name}": cut for name, cut in standing.cuts.items()}
        now |= {f"{standing.name}/{name}": on for name, on in standing.months_on.items()}
        now |= {f"{standing.name}/{n}, wrongly": w for n, w in standing.wrongly_on.items()}
    for name, load in loads.items():
        if context.graph.states[context.graph.nodes[load].state].new < 0 and name in now:
            context.graph.carry(load, now[name])


def _signals(context: Context) -> tuple[Signal, ...]:
    """The national signals, with the histograms that cuts are read off, in the graph's order."""
    signals: list[Signal] = []
    histograms = 0
    world = context.world
    for standing in context.standings.values():
        mine = [
            (name, consequence.best.share)
            for name, consequence in standing.scheme.consequences.items()
            if consequence.best is not None and consequence.best.of == "nation"
        ]
        if not mine:
            continue
        for name, share in mine:
            signals.append(
                Signal(
                    f"cut/{standing.name}/{name}",
                    share=share,
                    histogram=histograms,
                    low=standing.low,
                    width=standing.high - standing.low + 1,
                )
            )
        histograms += 1
    if world.norm_is_national:
        for name, action in world.conduct.actions.items():
            if action.norm:
                at_birth = live.usual_share(action)
                context.graph.signal(f"share/{name}", 0, SHARE)
                signals.append(Signal(f"share/{name}", measure=f"did.{name}", at_birth=at_birth))
    order = {signal.name: signal for signal in signals}
    return tuple(order[name] for name in context.graph.signals)


def _count(context: Context) -> None:
    """Phase 8: the ledger's counts, and the histograms of scores."""
    graph, world = context.graph, context.world
    one = graph.const(1)
    context.count("citizens", one)
    for standing in context.standings.values():
        if standing.scheme.score is not None:
            context.count(f"{standing.name}.score", standing.score)
    counted = counted_cells(world)[1:]
    masks = [_mask(context, dict(world.cells[number].where)) for number in counted]
    numbers = {measure: number for number, measure in enumerate(world.measures)}
    for measure, value in context.counts:
        graph.label = measure
        low, high = graph.bounds(value)
        if max(-low, high) >= MOST_COUNTED:
            raise TooWide(f"the count of {measure}", low, high)
        graph.effect(Op.COUNT, (value, *masks), (numbers[measure], 0, 0))
    number = 0
    for standing in context.standings.values():
        if any(s.startswith(f"cut/{standing.name}/") for s in graph.signals):
            graph.label = f"the scores of {standing.name}"
            imms = (number, standing.low, 0)
            graph.effect(Op.HIST, (standing.score,), imms)
            birth_score = graph.states[_score_state(graph, standing)].birth
            graph.effect(Op.HIST, (birth_score,), imms, at_birth=True)
            number += 1


def _score_state(graph: Graph, standing: Standing) -> int:
    return next(i for i, state in enumerate(graph.states) if state.name == f"{standing.name}/score")


def _mask(context: Context, where: dict[str, int]) -> int:
    graph = context.graph
    parts = []
    for column, index in where.items():
        scheme = column.rpartition(".")[0]
        value = (
            context.standings[scheme].tier if scheme in context.standings
            else context.traits[column].node
        )  # fmt: skip
        parts.append(graph.equal(value, graph.const(index)))
    return graph.all_of(parts)


def counted_cells(world: World) -> tuple[int, ...]:
    """The cells that a program counts: everyone, and all groups but the last of each grouping.

    The groups of a grouping add up to everyone, so the last is what the others leave.
    """
    last = {cell.by: number for number, cell in enumerate(world.cells)}
    return (0, *(n for n, cell in enumerate(world.cells) if n and last[cell.by] != n))
