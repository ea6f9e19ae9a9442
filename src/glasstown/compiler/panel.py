"""What each citizen adds to the ledger's measures, as columns of state that can be read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from glasstown.compiler.context import Context

TRAIT = "trait/"
"""What the names of traits begin with, among those of measures."""


def columns_of(wanted: Collection[str]) -> Callable[[Context, Mapping[str, int]], dict[str, int]]:
    """Declare, by name, a column of state for each measure and trait, once the month is planned.

    wanted: measures of the world, and traits as `trait/NAME`. A score is at birth what it is then,
    and every other measure 0; a trait is always what it is.
    """

    def declared(context: Context, carried: Mapping[str, int]) -> dict[str, int]:
        graph = context.graph
        loads: dict[str, int] = {}
        for name, trait in context.traits.items():
            if TRAIT + name in wanted:
                low, high = graph.bounds(trait.node)
                graph.label = f"shown: {name}"
                loads[TRAIT + name] = graph.state(graph.label, low, high, trait.node)
                graph.carry(loads[TRAIT + name], loads[TRAIT + name])
        for name, value in context.counts:
            if name in wanted:
                scheme = name.removesuffix(".score")
                score = carried.get(f"{scheme}/score") if name != scheme else None
                birth = graph.const(0)
                if score is not None:
                    birth = graph.states[graph.nodes[score].state].birth
                (low, high), (least, most) = graph.bounds(value), graph.bounds(birth)
                graph.label = f"shown: {name}"
                loads[name] = graph.state(graph.label, min(low, least), max(high, most), birth)
                graph.carry(loads[name], value)
        return loads

    return declared
