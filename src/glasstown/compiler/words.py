"""Values in words: 32 bits for each citizen, or for each community."""

from __future__ import annotations

from glasstown.compiler.codes import Code, Kind
from glasstown.compiler.nodes import Node
from glasstown.compiler.ops import Op
from glasstown.compiler.steps import AbstractLowered

_WORDS = {
    Op.ADD: Code.ADD, Op.SUB: Code.SUB, Op.MUL: Code.MUL, Op.MIN: Code.MIN, Op.MAX: Code.MAX,
    Op.CLAMP: Code.CLAMP, Op.TERM: Code.TERM, Op.TRUNCMUL: Code.TRUNCMUL, Op.TABLE: Code.TABLE,
    Op.LT: Code.LT, Op.LTI: Code.LTI, Op.EQ: Code.EQ, Op.EQI: Code.EQI,
    Op.AND: Code.MIN, Op.OR: Code.MAX,
}  # fmt: skip


def word(lowered: AbstractLowered, node: Node) -> int:
    """A number of 32 bits for each citizen."""
    if node.op is Op.DRAW:
        return lowered.step(Code.DRAW, Kind.WORD, (), node, node.imms)
    args = tuple(lowered.get(a, Kind.WORD) for a in node.args)
    return on_words(lowered, node, args, Kind.WORD)


def on_words(lowered: AbstractLowered, node: Node, args: tuple[int, ...], kind: Kind) -> int:
    """An operation on words, of lanes or of communities; yes is 1 and no is 0."""
    i, j, _ = node.imms
    match node.op:
        case Op.ADDI:
            return term(lowered, args[0], node, kind, 1, 0, i)
        case Op.RSUBI:
            return term(lowered, args[0], node, kind, -1, 0, i)
        case Op.NOT:
            return term(lowered, args[0], node, kind, -1, 0, 1)
        case Op.MULI:
            return term(lowered, args[0], node, kind, i, 0, 0)
        case Op.SHLI:
            return term(lowered, args[0], node, kind, 1 << i, 0, 0)
        case Op.SHRI:
            return term(lowered, args[0], node, kind, 1, i, 0)
        case Op.MULADDI:
            product = lowered.part(Code.TERM, kind, args[:1], node, i)
            return lowered.step(Code.ADD, kind, (product, args[1]), node)
        case Op.ANDNOT:
            return lowered.step(Code.LT, kind, (args[1], args[0]), node)
        case Op.LE:
            less = lowered.part(Code.LT, kind, (args[1], args[0]), node)
            return term(lowered, less, node, kind, -1, 0, 1)
        case Op.GEI:
            less = lowered.part(Code.LTI, kind, args, node, i)
            return term(lowered, less, node, kind, -1, 0, 1)
        case Op.MASK:
            return lowered.step(Code.MUL, kind, args, node)
        case Op.SELECTI:
            return term(lowered, args[0], node, kind, i - j, 0, j)
        case Op.SELECT:
            # Words wrap, so the way over their difference is right even where that is not.
            apart = lowered.part(Code.SUB, kind, (args[1], args[2]), node)
            moved = lowered.part(Code.MUL, kind, (args[0], apart), node)
            return lowered.step(Code.ADD, kind, (args[2], moved), node)
    return lowered.step(_WORDS[node.op], kind, args, node, node.imms)


def term(
    lowered: AbstractLowered, step: int, node: Node, kind: Kind, i: int, j: int, k: int
) -> int:
    """floor((a * i + k) / 2**j) of words."""
    return lowered.step(Code.TERM, kind, (step,), node, (i, j, k))
