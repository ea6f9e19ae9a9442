"""Which values are the same for every citizen of a community."""

from __future__ import annotations

from glasstown.compiler.nodes import AbstractGraph
from glasstown.compiler.ops import Op

_COMMON = {Op.CONST, Op.SIGNAL, Op.MONTH, Op.PERIOD, Op.SIZE, Op.FIRST, Op.SUM, Op.MEAN, Op.CUT}
_OWN = {Op.DRAW, Op.CHANCE, Op.CHANCEI, Op.CHANCE2, Op.DECIDE, Op.PICK, Op.ROTATE}


def shared(graph: AbstractGraph) -> list[bool]:
    """For each value of a graph, whether a community has one for all.

    A column of state is taken to be so until its value at birth or its new one is found not to
    be, and then everything is gone through again.
    """
    states = [True] * len(graph.states)
    while True:
        found: list[bool] = []
        for node in graph.nodes:
            if node.state >= 0:
                found.append(states[node.state])
            elif node.op in _COMMON:
                found.append(True)
            else:
                found.append(node.op not in _OWN and all(found[a] for a in node.args))
        now = [
            was and found[state.birth] and (state.new < 0 or found[state.new])
            for was, state in zip(states, graph.states, strict=True)
        ]
        if now == states:
            return found
        states = now
