"""Values to instructions: which row each value needs, and the code that fills it.

A yes or no is a flag, one bit a lane. What is the same for a whole community is a common, worked
out once a community. Every other value is a short where its bounds fit 16 bits, else a word.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from glasstown.compiler.codes import COMMON, DRAWS, MANY, SIGNATURES, Code, Kind
from glasstown.compiler.nodes import HIGHEST, LOWEST, AbstractGraph, Node
from glasstown.compiler.ops import Op
from glasstown.compiler.shared import shared

SHORT_LOW, SHORT_HIGH = -(2**15), 2**15 - 1

FARTHEST = 2**14
"""The logistic table ends here: utilities beyond are as good as this."""

_WORDS = {
    Op.ADD: Code.ADD, Op.SUB: Code.SUB, Op.MUL: Code.MUL, Op.MIN: Code.MIN, Op.MAX: Code.MAX,
    Op.CLAMP: Code.CLAMP, Op.TERM: Code.TERM, Op.TRUNCMUL: Code.TRUNCMUL, Op.TABLE: Code.TABLE,
    Op.LT: Code.LT, Op.LTI: Code.LTI, Op.EQ: Code.EQ, Op.EQI: Code.EQI,
    Op.AND: Code.MIN, Op.OR: Code.MAX,
}  # fmt: skip
_SHORTS = {
    Op.ADD: Code.SADD, Op.SUB: Code.SSUB, Op.MIN: Code.SMIN, Op.MAX: Code.SMAX,
    Op.CLAMP: Code.SCLAMP, Op.TRUNCMUL: Code.STRUNCMUL,
    Op.TABLE: Code.STABLE, Op.ADDI: Code.SADDI,
}  # fmt: skip
_FLAGS = {
    Op.AND: Code.FAND, Op.OR: Code.FOR, Op.ANDNOT: Code.FANDNOT,
    Op.NOT: Code.FNOT, Op.SELECT: Code.FSELECT, Op.MASK: Code.FAND, Op.MUL: Code.FAND,
    Op.MIN: Code.FAND, Op.MAX: Code.FOR,
}  # fmt: skip
_COMPARED = {Op.LT: Code.SLT, Op.LTI: Code.SLTI, Op.EQ: Code.SEQ, Op.EQI: Code.SEQI}
_NEGATED = {Op.LE: Op.LT, Op.GEI: Op.LTI}
_CONSTS = {Kind.FLAG: Code.FCONST, Kind.SHORT: Code.SCONST, Kind.WORD: Code.CONST,
           Kind.COMMON: Code.CONST}  # fmt: skip
_FIRST = {Kind.FLAG: Code.FFIRST, Kind.SHORT: Code.SFIRST, Kind.WORD: Code.WFIRST}
_SUM = {Kind.FLAG: Code.FSUM, Kind.SHORT: Code.SSUM, Kind.WORD: Code.WSUM}
_SPREAD = {Kind.FLAG: Code.SPREADF, Kind.SHORT: Code.SPREADS, Kind.WORD: Code.SPREADW}
_MONTHLY = {Code.SIGNAL, Code.MONTH, Code.PERIOD}
_SEEN = {Op.SIGNAL: Code.SIGNAL, Op.MONTH: Code.MONTH, Op.PERIOD: Code.PERIOD, Op.SIZE: Code.SIZE}


@dataclass(frozen=True)
class Step:
    """One instruction on values: what it writes is numbered as the step is.

    `code` is None for a column of state when the month begins. `drawn` says that luck is in it.
    """

    id: int
    code: Code | None
    kind: Kind
    args: tuple[int, ...]
    imms: tuple[int, int, int]
    monthly: bool
    drawn: bool
    low: int
    high: int
    label: str
    state: int = -1


@final
@dataclass
class Lowered:
    """The steps of a graph, made as they are asked for.

    stateful: of a program that keeps its state between months.
    """

    graph: AbstractGraph
    stateful: bool = False
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._shared = shared(self.graph)
        self._made: dict[tuple[object, ...], int] = {}
        self._of: dict[tuple[int, Kind], int] = {}

    def kind(self, value: int) -> Kind:
        """The kind of row that a value of the graph is made in."""
        node = self.graph.nodes[value]
        if self._shared[value]:
            return Kind.COMMON
        if (node.low, node.high) in ((0, 0), (0, 1), (1, 1)):
            return Kind.FLAG
        return Kind.SHORT if _fits(node) else Kind.WORD

    def get(self, value: int, kind: Kind | None = None) -> int:
        """The step that has a value of the graph in a row of this kind, or of its own."""
        kind = kind or self.kind(value)
        key = (value, kind)
        if key not in self._of:
            self._of[key] = self._get(value, kind)
        return self._of[key]

    def step(
        self,
        code: Code | None,
        kind: Kind,
        args: tuple[int, ...],
        like: Node,
        imms: tuple[int, int, int] = (0, 0, 0),
        bounds: tuple[int, int] | None = None,
    ) -> int:
        """Add a step, or find the same one again."""
        state = like.state if code is None else -1
        key = (code, kind, args, imms, state, code in DRAWS and like.monthly)
        if key not in self._made:
            given = [self.steps[a] for a in args]
            own = code is None or code in DRAWS or code in _MONTHLY
            low, high = bounds or (like.low, like.high)
            self._made[key] = len(self.steps)
            self.steps.append(
                Step(
                    len(self.steps), code, kind, args, imms,
                    (own and like.monthly) or any(s.monthly for s in given),
                    code in DRAWS or any(s.drawn for s in given),
                    low, high, like.label, state,
                )
            )  # fmt: skip
        return self._made[key]

    def _get(self, value: int, kind: Kind) -> int:
        node = self.graph.nodes[value]
        if node.op is Op.CONST:
            number = node.low
            return self.step(_CONSTS[kind], kind, (), node, (number, 0, 0))
        own = self.kind(value)
        if own is not kind:
            return self._converted(node, self.get(value, own), own, kind)
        if node.state >= 0:
            return self.step(None, kind, (), node)
        match kind:
            case Kind.COMMON:
                return self._common(node)
            case Kind.FLAG:
                return self._flag(node)
            case Kind.SHORT:
                return self._short(node)
            case Kind.WORD:
                return self._word(node)

    def _converted(self, node: Node, step: int, own: Kind, kind: Kind) -> int:
        if own is Kind.COMMON:
            return self.step(_SPREAD[kind], kind, (step,), node)
        match own, kind:
            case Kind.FLAG, Kind.SHORT:
                return self.step(Code.SSELECTI, kind, (step,), node, (1, 0, 0))
            case Kind.FLAG, Kind.WORD:
                return self.step(Code.UNPACK, kind, (step,), node)
            case Kind.SHORT, Kind.WORD:
                return self.step(Code.WIDEN, kind, (step,), node)
            case Kind.WORD, Kind.SHORT:
                return self.step(Code.NARROW, kind, (step,), node)
        raise AssertionError(f"{node} cannot be had as {kind}")

    def _common(self, node: Node) -> int:
        """The same for a whole community: words, of which there is one a community."""
        if node.op in _SEEN:
            return self.step(_SEEN[node.op], Kind.COMMON, (), node, node.imms)
        if node.op in (Op.FIRST, Op.SUM, Op.MEAN, Op.CUT):
            return self._of_lanes(node)
        args = tuple(self.get(a, Kind.COMMON) for a in node.args)
        return self._on_words(node, args, Kind.COMMON)

    def _of_lanes(self, node: Node) -> int:
        """Something of a community that its citizens make up."""
        (value,) = node.args
        own = self.kind(value)
        inner = self.graph.nodes[value]
        if node.op is Op.FIRST and inner.op is Op.DRAW:
            return self.step(Code.CDRAW, Kind.COMMON, (), inner, inner.imms)
        if own is Kind.COMMON:
            there = self.get(value)
            if node.op is Op.MEAN:
                return self._term(there, node, Kind.COMMON, node.imms[0], 0, 0)
            if node.op is Op.SUM:
                size = self.step(Code.SIZE, Kind.COMMON, (), node, bounds=(1, 1024))
                return self.step(Code.MUL, Kind.COMMON, (there, size), node)
            if node.op is Op.FIRST:
                return there
            own = Kind.WORD
        if node.op is Op.CUT:
            return self.step(Code.CUT, Kind.COMMON, (self.get(value, Kind.WORD),), node, node.imms)
        there = self.get(value, own)
        if node.op is Op.FIRST:
            return self.step(_FIRST[own], Kind.COMMON, (there,), node)
        low, high = self.graph.bounds(value)
        wide = (min(low * 1024, low), max(high * 1024, high))
        total = self.step(_SUM[own], Kind.COMMON, (there,), node, bounds=wide)
        if node.op is Op.SUM:
            return total
        return self.step(Code.SHARE, Kind.COMMON, (total,), node, (node.imms[0], 0, 0))

    def _term(self, step: int, node: Node, kind: Kind, i: int, j: int, k: int) -> int:
        return self.step(Code.TERM, kind, (step,), node, (i, j, k))

    def _short_term(self, step: int, node: Node, i: int, j: int, k: int) -> int:
        """floor((a * i + k) / 2**j) of shorts.

        The shift is always by 16, or 20, which compilers do fast, so the factor grows instead. By
        16 that fits 32 bits because the result fits 16.
        """
        if j == 0:
            return self.step(Code.SMULADD, Kind.SHORT, (step,), node, (i, 0, k))
        code, shift = (Code.STERM, 16) if j <= 16 else (Code.STERM20, 20)
        grown = 1 << (shift - j)
        return self.step(code, Kind.SHORT, (step,), node, (i * grown, 0, k * grown))

    def _part(self, code: Code, kind: Kind, args: tuple[int, ...], node: Node, i: int = 0) -> int:
        """A step on the way to a value, which may be anything that its row holds."""
        ends = (SHORT_LOW, SHORT_HIGH) if kind is Kind.SHORT else (LOWEST, HIGHEST)
        return self.step(code, kind, args, node, (i, 0, 0), ends)

    def _on_words(self, node: Node, args: tuple[int, ...], kind: Kind) -> int:
        """An operation on words, of lanes or of communities; yes is 1 and no is 0."""
        i, j, _ = node.imms
        match node.op:
            case Op.ADDI:
                return self._term(args[0], node, kind, 1, 0, i)
            case Op.RSUBI:
                return self._term(args[0], node, kind, -1, 0, i)
            case Op.NOT:
                return self._term(args[0], node, kind, -1, 0, 1)
            case Op.MULI:
                return self._term(args[0], node, kind, i, 0, 0)
            case Op.SHLI:
                return self._term(args[0], node, kind, 1 << i, 0, 0)
            case Op.SHRI:
                return self._term(args[0], node, kind, 1, i, 0)
            case Op.MULADDI:
                product = self._part(Code.TERM, kind, args[:1], node, i)
                return self.step(Code.ADD, kind, (product, args[1]), node)
            case Op.ANDNOT:
                return self.step(Code.LT, kind, (args[1], args[0]), node)
            case Op.LE:
                less = self._part(Code.LT, kind, (args[1], args[0]), node)
                return self._term(less, node, kind, -1, 0, 1)
            case Op.GEI:
                less = self._part(Code.LTI, kind, args, node, i)
                return self._term(less, node, kind, -1, 0, 1)
            case Op.MASK:
                return self.step(Code.MUL, kind, args, node)
            case Op.SELECTI:
                return self._term(args[0], node, kind, i - j, 0, j)
            case Op.SELECT:
                # Words wrap, so the way over their difference is right even where that is not.
                apart = self._part(Code.SUB, kind, (args[1], args[2]), node)
                moved = self._part(Code.MUL, kind, (args[0], apart), node)
                return self.step(Code.ADD, kind, (args[2], moved), node)
        return self.step(_WORDS[node.op], kind, args, node, node.imms)

    def _flag(self, node: Node) -> int:
        """Yes or no for each citizen."""
        if node.op in _NEGATED:
            return self._not(self._compared(node, _NEGATED[node.op], node.op is Op.LE), node)
        if node.op in _COMPARED:
            return self._compared(node, node.op, False)
        match node.op:
            case Op.CHANCEI | Op.CHANCE2 | Op.CHANCE | Op.DECIDE:
                return self._luck(node)
            case Op.ROTATE:
                one, step = node.args
                both = (self.get(one, Kind.FLAG), self.get(step, Kind.COMMON))
                return self.step(Code.ROTATE, Kind.FLAG, both, node)
        if node.op in _FLAGS and all(self._is_flag(a) for a in node.args):
            args = tuple(self.get(a, Kind.FLAG) for a in node.args)
            return self.step(_FLAGS[node.op], Kind.FLAG, args, node)
        if node.op is Op.RSUBI and node.imms[0] == 1:
            return self._not(self.get(node.args[0], Kind.FLAG), node)
        if node.op is Op.SHRI or all(self._is_short(a) for a in node.args):
            made = self._short(node)
            return self._not(self.step(Code.SLTI, Kind.FLAG, (made,), node, (1, 0, 0)), node)
        return self.step(Code.PACK, Kind.FLAG, (self._word(node),), node)

    def _not(self, step: int, node: Node) -> int:
        return self.step(Code.FNOT, Kind.FLAG, (step,), node)

    def _compared(self, node: Node, op: Op, swapped: bool) -> int:
        values = node.args[::-1] if swapped else node.args
        imms = (node.imms[0], 0, 0) if op in (Op.LTI, Op.EQI) else (0, 0, 0)
        if len(values) == 2 and all(self._is_flag(a) for a in values):
            one, other = (self.get(a, Kind.FLAG) for a in values)
            if op is Op.LT:
                return self.step(Code.FANDNOT, Kind.FLAG, (other, one), node)
            return self._not(self.step(Code.FXOR, Kind.FLAG, (one, other), node), node)
        if all(self._is_short(a) for a in values):
            args = tuple(self.get(a, Kind.SHORT) for a in values)
            return self.step(_COMPARED[op], Kind.FLAG, args, node, imms)
        args = tuple(self.get(a, Kind.WORD) for a in values)
        word = self.step(_WORDS[op], Kind.WORD, args, node, imms)
        return self.step(Code.PACK, Kind.FLAG, (word,), node)

    def _luck(self, node: Node) -> int:
        i, j, k = node.imms
        match node.op:
            case Op.CHANCEI:
                return self.step(Code.CHANCEI, Kind.FLAG, (), node, (i, j, k))
            case Op.CHANCE2:
                args = (self.get(node.args[0], Kind.FLAG),)
                return self.step(Code.CHANCE2, Kind.FLAG, args, node, (i, j, k))
            case Op.CHANCE:
                args = (self.get(node.args[0], Kind.WORD),)
                return self.step(Code.CHANCE, Kind.FLAG, args, node, (i, j, 0))
        utility = node.args[0]
        if self._is_short(utility):
            short = self.get(utility, Kind.SHORT)
        else:
            ends = (-FARTHEST, FARTHEST - 1)
            word = self.step(
                Code.CLAMP, Kind.WORD, (self.get(utility, Kind.WORD),), node, (*ends, 0), ends
            )
            short = self.step(Code.NARROW, Kind.SHORT, (word,), node, bounds=ends)
        # What birth knows is looked up then, unless it would be anew each month.
        if self.stateful or self.steps[short].monthly:
            return self.step(Code.DECIDE, Kind.FLAG, (short,), node, (i, 1, 0))
        likely = self.step(Code.SLIKELY, Kind.SHORT, (short,), node, bounds=(SHORT_LOW, SHORT_HIGH))
        return self.step(Code.DECIDED, Kind.FLAG, (short, likely), node, (i, 1, 0))

    def _short(self, node: Node) -> int:
        """A number of 16 bits for each citizen."""
        i, j, k = node.imms
        if node.op is Op.PICK:
            if k >= MANY and self.graph.known(node.args[0]) == 0:
                return self.step(Code.LOOKUP, Kind.SHORT, (), node, (i, j, k))
            row = self.get(node.args[0], Kind.WORD)
            return self.step(Code.PICK, Kind.SHORT, (row,), node, (i, j, k))
        if node.op is Op.ADD:
            for one, other in (node.args, node.args[::-1]):
                inner = self.graph.nodes[one]
                if inner.op is Op.SELECTI and inner.imms[1] == 0 and self._is_short(other):
                    both = (self.get(inner.args[0], Kind.FLAG), self.get(other, Kind.SHORT))
                    return self.step(Code.SADDIF, Kind.SHORT, both, node, (inner.imms[0], 0, 0))
        if node.op is Op.SHRI:
            inner = self.graph.nodes[node.args[0]]
            if i == 12 and inner.op is Op.MUL and all(self._is_short(a) for a in inner.args):
                args = tuple(self.get(a, Kind.SHORT) for a in inner.args)
                return self.step(Code.SMUL12, Kind.SHORT, args, node)
        if node.op in (Op.SELECT, Op.SELECTI, Op.MASK):
            test = self.get(node.args[0], Kind.FLAG)
            others = node.args[1:]
            if all(self._is_short(a) for a in others):
                args = (test, *(self.get(a, Kind.SHORT) for a in others))
                code = {Op.SELECT: Code.SSELECT, Op.SELECTI: Code.SSELECTI, Op.MASK: Code.SMASK}
                return self.step(code[node.op], Kind.SHORT, args, node, node.imms)
        elif (
            node.op not in (Op.MUL, Op.MULADDI)
            and all(self._is_short(a) for a in node.args)
            and self._shifts_fast(node)
        ):
            args = tuple(self.get(a, Kind.SHORT) for a in node.args)
            return self._on_shorts(node, args)
        word = self._word(node)
        return self.step(Code.NARROW, Kind.SHORT, (word,), node)

    def _shifts_fast(self, node: Node) -> bool:
        """Whether a shift is one that shorts have: at most 16, or 20 where 32 bits hold that."""
        i, j, k = node.imms
        if node.op is Op.SHRI:
            return i <= 16
        if node.op is not Op.TERM or j <= 16:
            return True
        grown = 1 << max(20 - j, 0)
        ends = (x * i + k for x in self.graph.bounds(node.args[0]))
        return j <= 20 and all(LOWEST <= x * grown <= HIGHEST for x in ends)

    def _on_shorts(self, node: Node, args: tuple[int, ...]) -> int:
        i, j, k = node.imms
        match node.op:
            case Op.RSUBI:
                return self._short_term(args[0], node, -1, 0, i)
            case Op.MULI:
                return self._short_term(args[0], node, i, 0, 0)
            case Op.SHLI:
                return self._short_term(args[0], node, 1 << i, 0, 0)
            case Op.SHRI:
                return self._short_term(args[0], node, 1, i, 0)
            case Op.TERM:
                return self._short_term(args[0], node, i, j, k)
            case Op.CLAMP:
                ends = (max(i, SHORT_LOW), min(j, SHORT_HIGH), 0)
                return self.step(Code.SCLAMP, Kind.SHORT, args, node, ends)
        return self.step(_SHORTS[node.op], Kind.SHORT, args, node, node.imms)

    def _word(self, node: Node) -> int:
        """A number of 32 bits for each citizen."""
        if node.op is Op.DRAW:
            return self.step(Code.DRAW, Kind.WORD, (), node, node.imms)
        if node.op is Op.PICK:
            return self.step(Code.WIDEN, Kind.WORD, (self._short(node),), node)
        args = tuple(self.get(a, Kind.WORD) for a in node.args)
        return self._on_words(node, args, Kind.WORD)

    def _is_flag(self, value: int) -> bool:
        node = self.graph.nodes[value]
        return node.low >= 0 and node.high <= 1

    def _is_short(self, value: int) -> bool:
        return _fits(self.graph.nodes[value])


def _fits(node: Node) -> bool:
    return node.low >= SHORT_LOW and node.high <= SHORT_HIGH


def encoded(step: Step) -> int:
    """The number of a step's code, with the mark of commons where it works on those."""
    assert step.code is not None
    word = SIGNATURES[step.code].writes == "w"
    return int(step.code) + (COMMON if word and step.kind is Kind.COMMON else 0)
