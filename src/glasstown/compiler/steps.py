"""Steps: the instructions that make a graph's values, before they have registers.

A yes or no is a flag, one bit a lane. What is the same for a whole community is a common, worked
out once a community. Every other value is a short where its bounds fit 16 bits, else a word.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from glasstown.compiler.codes import COMMON, DRAWS, SIGNATURES, Code, Kind
from glasstown.compiler.nodes import HIGHEST, LOWEST, AbstractGraph, Node
from glasstown.compiler.ops import Op
from glasstown.compiler.shared import shared

SHORT_LOW, SHORT_HIGH = -(2**15), 2**15 - 1

_CONSTS = {Kind.FLAG: Code.FCONST, Kind.SHORT: Code.SCONST, Kind.WORD: Code.CONST,
           Kind.COMMON: Code.CONST}  # fmt: skip
_SPREAD = {Kind.FLAG: Code.SPREADF, Kind.SHORT: Code.SPREADS, Kind.WORD: Code.SPREADW}
_MONTHLY = {Code.SIGNAL, Code.MONTH, Code.PERIOD}


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

    @property
    def is_byte(self) -> bool:
        """Whether 8 bits hold each of its values."""
        return self.low >= -128 and self.high <= 127


@dataclass
class AbstractLowered(ABC):
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
        return Kind.SHORT if self.is_short(value) else Kind.WORD

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

    def part(self, code: Code, kind: Kind, args: tuple[int, ...], node: Node, i: int = 0) -> int:
        """A step on the way to a value, which may be anything that its row holds."""
        ends = (SHORT_LOW, SHORT_HIGH) if kind is Kind.SHORT else (LOWEST, HIGHEST)
        return self.step(code, kind, args, node, (i, 0, 0), ends)

    def is_flag(self, value: int) -> bool:
        """Whether a value is never but 0 or 1."""
        node = self.graph.nodes[value]
        return node.low >= 0 and node.high <= 1

    def is_short(self, value: int) -> bool:
        """Whether a value fits 16 bits."""
        node = self.graph.nodes[value]
        return node.low >= SHORT_LOW and node.high <= SHORT_HIGH

    @abstractmethod
    def _operation(self, node: Node, kind: Kind) -> int:
        """The step that does a node's operation, in a row of the node's own kind."""

    def _get(self, value: int, kind: Kind) -> int:
        node = self.graph.nodes[value]
        if node.op is Op.CONST:
            return self.step(_CONSTS[kind], kind, (), node, (node.low, 0, 0))
        own = self.kind(value)
        if own is not kind:
            return self._converted(node, self.get(value, own), own, kind)
        if node.state >= 0:
            return self.step(None, kind, (), node)
        return self._operation(node, kind)

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
        raise AssertionError(f"{node} cannot be had as {kind}")


def encoded(step: Step) -> int:
    """The number of a step's code, with the mark of commons where it works on those."""
    assert step.code is not None
    word = SIGNATURES[step.code].writes == "w"
    return int(step.code) + (COMMON if word and step.kind is Kind.COMMON else 0)
