"""What citizens of a community meet of one another, as columns of state that can be read.

The names are those of the reference's `Surroundings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glasstown.compiler.context import SHARE, Context
from glasstown.compiler.live import undisclosed

AT_BIRTH = ("mean", "cut")
"""The kinds of values that there are at birth."""


def columns(context: Context, carried: Mapping[str, int]) -> dict[str, int]:
    """Declare, by name, a column of state for each such value, once the month is planned.

    carried: the columns that the month carries anyway, by name. At birth, means and cuts are as
    they are there, and all else is 0.
    """
    graph = context.graph
    loads: dict[str, int] = {}
    for name, value in _values(context):
        kind, _, rest = name.partition("/")
        birth = graph.const(0)
        if kind in AT_BIRTH:
            own = carried[f"{rest}/mean" if kind == "mean" else name]
            birth = graph.states[graph.nodes[own].state].birth
        (low, high), (least, most) = graph.bounds(value), graph.bounds(birth)
        graph.label = f"met: {name}"
        loads[name] = graph.state(graph.label, min(low, least), max(high, most), birth)
        graph.carry(loads[name], value)
    return loads


def _values(context: Context) -> Iterator[tuple[str, int]]:
    yield from context.met.items()
    for action, does in context.does.items():
        yield f"share/{action}", context.mean(does, SHARE)
    for standing in context.standings.values():
        scheme = standing.scheme
        if scheme.score is not None:
            yield f"mean/{standing.name}", standing.mean
        for name, consequence in scheme.consequences.items():
            if consequence.best is not None and consequence.best.of == "community":
                yield f"cut/{standing.name}/{name}", standing.cuts[name]
        secret = {name for action in context.does for name in undisclosed(scheme, action)}
        for name in sorted(secret):
            yield f"cases/{standing.name}/{name}", context.total(standing.fired[name])
