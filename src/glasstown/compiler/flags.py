"""Values in flags: yes or no for each citizen, one bit a lane."""

from __future__ import annotations

from glasstown.compiler.codes import Code, Kind
from glasstown.compiler.nodes import Node
from glasstown.compiler.ops import Op
from glasstown.compiler.shorts import short
from glasstown.compiler.steps import SHORT_HIGH, SHORT_LOW, AbstractLowered
from glasstown.compiler.words import word
from glasstown.luck import TABLE_HALF

_FLAGS = {
    Op.AND: Code.FAND, Op.OR: Code.FOR, Op.ANDNOT: Code.FANDNOT, Op.NOT: Code.FNOT,
    Op.SELECT: Code.FSELECT, Op.MUL: Code.FAND, Op.MIN: Code.FAND, Op.MAX: Code.FOR,
}  # fmt: skip
_COMPARED = {
    Kind.SHORT: {Op.LT: Code.SLT, Op.LTI: Code.SLTI, Op.EQ: Code.SEQ, Op.EQI: Code.SEQI},
    Kind.WORD: {Op.LT: Code.LT, Op.LTI: Code.LTI, Op.EQ: Code.EQ, Op.EQI: Code.EQI},
}
_NEGATED = {Op.LE: Op.LT, Op.GEI: Op.LTI}


def flag(lowered: AbstractLowered, node: Node) -> int:
    """Yes or no for each citizen."""
    if node.op in _NEGATED:
        return _not(lowered, _compared(lowered, node, _NEGATED[node.op], node.op is Op.LE), node)
    if node.op in _COMPARED[Kind.WORD]:
        return _compared(lowered, node, node.op, False)
    match node.op:
        case Op.CHANCEI | Op.CHANCE2 | Op.CHANCE | Op.DECIDE:
            return _luck(lowered, node)
        case Op.ROTATE:
            one, step = node.args
            both = (lowered.get(one, Kind.FLAG), lowered.get(step, Kind.COMMON))
            return lowered.step(Code.ROTATE, Kind.FLAG, both, node)
    if node.op in _FLAGS and all(lowered.is_flag(a) for a in node.args):
        args = tuple(lowered.get(a, Kind.FLAG) for a in node.args)
        return lowered.step(_FLAGS[node.op], Kind.FLAG, args, node)
    if node.op is Op.RSUBI and node.imms[0] == 1:
        return _not(lowered, lowered.get(node.args[0], Kind.FLAG), node)
    if node.op in (Op.SHRI, Op.PICK) or all(lowered.is_short(a) for a in node.args):
        made = short(lowered, node)
        return _not(lowered, lowered.step(Code.SLTI, Kind.FLAG, (made,), node, (1, 0, 0)), node)
    return lowered.step(Code.PACK, Kind.FLAG, (word(lowered, node),), node)


def _not(lowered: AbstractLowered, step: int, node: Node) -> int:
    return lowered.step(Code.FNOT, Kind.FLAG, (step,), node)


def _compared(lowered: AbstractLowered, node: Node, op: Op, swapped: bool) -> int:
    values = node.args[::-1] if swapped else node.args
    imms = (node.imms[0], 0, 0) if op in (Op.LTI, Op.EQI) else (0, 0, 0)
    if len(values) == 2 and all(lowered.is_flag(a) for a in values):
        one, other = (lowered.get(a, Kind.FLAG) for a in values)
        if op is Op.LT:
            return lowered.step(Code.FANDNOT, Kind.FLAG, (other, one), node)
        return _not(lowered, lowered.step(Code.FXOR, Kind.FLAG, (one, other), node), node)
    kind = Kind.SHORT if all(lowered.is_short(a) for a in values) else Kind.WORD
    args = tuple(lowered.get(a, kind) for a in values)
    if kind is Kind.SHORT:
        return lowered.step(_COMPARED[kind][op], Kind.FLAG, args, node, imms)
    number = lowered.step(_COMPARED[kind][op], kind, args, node, imms)
    return lowered.step(Code.PACK, Kind.FLAG, (number,), node)


def _luck(lowered: AbstractLowered, node: Node) -> int:
    i, j, k = node.imms
    match node.op:
        case Op.CHANCEI:
            return lowered.step(Code.CHANCEI, Kind.FLAG, (), node, (i, j, k))
        case Op.CHANCE2:
            args = (lowered.get(node.args[0], Kind.FLAG),)
            return lowered.step(Code.CHANCE2, Kind.FLAG, args, node, (i, j, k))
        case Op.CHANCE:
            args = (lowered.get(node.args[0], Kind.WORD),)
            return lowered.step(Code.CHANCE, Kind.FLAG, args, node, (i, j, 0))
    return _decided(lowered, node)


def _decided(lowered: AbstractLowered, node: Node) -> int:
    """Whether luck is below the logistic of a utility; past the table's ends nothing changes."""
    purpose, (utility,) = node.imms[0], node.args
    if lowered.is_short(utility):
        narrow = lowered.get(utility, Kind.SHORT)
    else:
        wide = lowered.get(utility, Kind.WORD)
        ends = (-TABLE_HALF, TABLE_HALF - 1)
        wide = lowered.step(Code.CLAMP, Kind.WORD, (wide,), node, (*ends, 0), ends)
        narrow = lowered.step(Code.NARROW, Kind.SHORT, (wide,), node, bounds=ends)
    # What birth knows is looked up then, unless it would be anew each month.
    if lowered.stateful or lowered.steps[narrow].monthly:
        return lowered.step(Code.DECIDE, Kind.FLAG, (narrow,), node, (purpose, 1, 0))
    bounds = (SHORT_LOW, SHORT_HIGH)
    likely = lowered.step(Code.SLIKELY, Kind.SHORT, (narrow,), node, bounds=bounds)
    return lowered.step(Code.DECIDED, Kind.FLAG, (narrow, likely), node, (purpose, 1, 0))
