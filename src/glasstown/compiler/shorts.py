"""Values in shorts: 16 bits for each citizen."""

from __future__ import annotations

from glasstown.compiler.codes import MANY, Code, Kind
from glasstown.compiler.nodes import HIGHEST, LOWEST, Node
from glasstown.compiler.ops import Op
from glasstown.compiler.steps import SHORT_HIGH, SHORT_LOW, AbstractLowered
from glasstown.compiler.words import word

_SHORTS = {
    Op.ADD: Code.SADD, Op.SUB: Code.SSUB, Op.MIN: Code.SMIN, Op.MAX: Code.SMAX,
    Op.CLAMP: Code.SCLAMP, Op.TRUNCMUL: Code.STRUNCMUL,
    Op.TABLE: Code.STABLE, Op.ADDI: Code.SADDI,
}  # fmt: skip


def short(lowered: AbstractLowered, node: Node) -> int:
    """A number of 16 bits for each citizen."""
    i, j, k = node.imms
    if node.op is Op.PICK:
        if k >= MANY and lowered.graph.known(node.args[0]) == 0:
            return lowered.step(Code.LOOKUP, Kind.SHORT, (), node, (i, j, k))
        row = lowered.get(node.args[0], Kind.WORD)
        return lowered.step(Code.PICK, Kind.SHORT, (row,), node, (i, j, k))
    if node.op is Op.ADD:
        for one, other in (node.args, node.args[::-1]):
            inner = lowered.graph.nodes[one]
            if inner.op is Op.SELECTI and inner.imms[1] == 0 and lowered.is_short(other):
                both = (lowered.get(inner.args[0], Kind.FLAG), lowered.get(other, Kind.SHORT))
                return lowered.step(Code.SADDIF, Kind.SHORT, both, node, (inner.imms[0], 0, 0))
    if node.op is Op.SHRI:
        inner = lowered.graph.nodes[node.args[0]]
        if i == 12 and inner.op is Op.MUL and all(lowered.is_short(a) for a in inner.args):
            args = tuple(lowered.get(a, Kind.SHORT) for a in inner.args)
            return lowered.step(Code.SMUL12, Kind.SHORT, args, node)
    if node.op in (Op.SELECT, Op.SELECTI, Op.MASK):
        test = lowered.get(node.args[0], Kind.FLAG)
        others = node.args[1:]
        if all(lowered.is_short(a) for a in others):
            args = (test, *(lowered.get(a, Kind.SHORT) for a in others))
            code = {Op.SELECT: Code.SSELECT, Op.SELECTI: Code.SSELECTI, Op.MASK: Code.SMASK}
            return lowered.step(code[node.op], Kind.SHORT, args, node, node.imms)
    elif (
        node.op not in (Op.MUL, Op.MULADDI)
        and all(lowered.is_short(a) for a in node.args)
        and _shifts_fast(lowered, node)
    ):
        args = tuple(lowered.get(a, Kind.SHORT) for a in node.args)
        return _on_shorts(lowered, node, args)
    return lowered.step(Code.NARROW, Kind.SHORT, (word(lowered, node),), node)


def _shifts_fast(lowered: AbstractLowered, node: Node) -> bool:
    """Whether a shift is one that shorts have: at most 16, or 20 where 32 bits hold that."""
    i, j, k = node.imms
    if node.op is Op.SHRI:
        return i <= 16
    if node.op is not Op.TERM or j <= 16:
        return True
    grown = 1 << max(20 - j, 0)
    ends = (x * i + k for x in lowered.graph.bounds(node.args[0]))
    return j <= 20 and all(LOWEST <= x * grown <= HIGHEST for x in ends)


def _on_shorts(lowered: AbstractLowered, node: Node, args: tuple[int, ...]) -> int:
    i, j, k = node.imms
    match node.op:
        case Op.RSUBI:
            return _term(lowered, args[0], node, -1, 0, i)
        case Op.MULI:
            return _term(lowered, args[0], node, i, 0, 0)
        case Op.SHLI:
            return _term(lowered, args[0], node, 1 << i, 0, 0)
        case Op.SHRI:
            return _term(lowered, args[0], node, 1, i, 0)
        case Op.TERM:
            return _term(lowered, args[0], node, i, j, k)
        case Op.CLAMP:
            ends = (max(i, SHORT_LOW), min(j, SHORT_HIGH), 0)
            return lowered.step(Code.SCLAMP, Kind.SHORT, args, node, ends)
    return lowered.step(_SHORTS[node.op], Kind.SHORT, args, node, node.imms)


def _term(lowered: AbstractLowered, step: int, node: Node, i: int, j: int, k: int) -> int:
    """floor((a * i + k) / 2**j) of shorts.

    The shift is always by 16, or 20, which compilers do fast, so the factor grows instead. By
    16 that fits 32 bits because the result fits 16.
    """
    if j == 0:
        return lowered.step(Code.SMULADD, Kind.SHORT, (step,), node, (i, 0, k))
    code, shift = (Code.STERM, 16) if j <= 16 else (Code.STERM20, 20)
    grown = 1 << (shift - j)
    return lowered.step(code, Kind.SHORT, (step,), node, (i * grown, 0, k * grown))
