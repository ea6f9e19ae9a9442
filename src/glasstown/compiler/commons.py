"""Values that are the same for a whole community, of which there is one a community."""

from __future__ import annotations

from glasstown.compiler.codes import Code, Kind
from glasstown.compiler.nodes import Node
from glasstown.compiler.ops import Op
from glasstown.compiler.steps import AbstractLowered
from glasstown.compiler.words import on_words, term
from glasstown.luck import WARD_SEATS

_FIRST = {Kind.FLAG: Code.FFIRST, Kind.SHORT: Code.SFIRST, Kind.WORD: Code.WFIRST}
_SUM = {Kind.FLAG: Code.FSUM, Kind.SHORT: Code.SSUM, Kind.WORD: Code.WSUM}
_SEEN = {Op.SIGNAL: Code.SIGNAL, Op.MONTH: Code.MONTH, Op.PERIOD: Code.PERIOD, Op.SIZE: Code.SIZE}


def common(lowered: AbstractLowered, node: Node) -> int:
    """The same for a whole community: words, of which there is one a community."""
    if node.op in _SEEN:
        return lowered.step(_SEEN[node.op], Kind.COMMON, (), node, node.imms)
    if node.op in (Op.FIRST, Op.SUM, Op.MEAN, Op.CUT):
        return _of_lanes(lowered, node)
    args = tuple(lowered.get(a, Kind.COMMON) for a in node.args)
    return on_words(lowered, node, args, Kind.COMMON)


def _of_lanes(lowered: AbstractLowered, node: Node) -> int:
    """Something of a community that its citizens make up."""
    (value,) = node.args
    own = lowered.kind(value)
    inner = lowered.graph.nodes[value]
    if node.op is Op.FIRST and inner.op is Op.DRAW:
        return lowered.step(Code.CDRAW, Kind.COMMON, (), inner, inner.imms)
    if own is Kind.COMMON:
        there = lowered.get(value)
        if node.op is Op.MEAN:
            return term(lowered, there, node, Kind.COMMON, node.imms[0], 0, 0)
        if node.op is Op.SUM:
            size = lowered.step(Code.SIZE, Kind.COMMON, (), node, bounds=(1, WARD_SEATS))
            return lowered.step(Code.MUL, Kind.COMMON, (there, size), node)
        if node.op is Op.FIRST:
            return there
        own = Kind.WORD
    if node.op is Op.CUT:
        scores = lowered.get(value, Kind.WORD)
        return lowered.step(Code.CUT, Kind.COMMON, (scores,), node, node.imms)
    there = lowered.get(value, own)
    if node.op is Op.FIRST:
        return lowered.step(_FIRST[own], Kind.COMMON, (there,), node)
    low, high = lowered.graph.bounds(value)
    wide = (min(low * WARD_SEATS, low), max(high * WARD_SEATS, high))
    total = lowered.step(_SUM[own], Kind.COMMON, (there,), node, bounds=wide)
    if node.op is Op.SUM:
        return total
    return lowered.step(Code.SHARE, Kind.COMMON, (total,), node, (node.imms[0], 0, 0))
