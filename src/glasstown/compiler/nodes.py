"""What a plan is made of: values, columns of state, and what is done with them.

Values are built once and shared; what is known before any citizen is looked at is folded away.
A value whose bounds leave 32 bits is refused when it is built, so no sum in a run can wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from glasstown.compiler.ops import Op
from glasstown.luck import purpose

LOWEST, HIGHEST = -(2**31), 2**31 - 1


class TooWide(Exception):
    """A value that would not fit 32 bits: what it is and the bounds it could reach."""

    def __init__(self, what: str, low: int, high: int) -> None:
        super().__init__(f"{what} could reach {low if -low > high else high:,}")
        self.what, self.low, self.high = what, low, high


class SharedLuck(Exception):
    """Two purposes of one world that have the same number, so that their luck would be one."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} share their luck")
        self.one, self.other = one, other


@dataclass(frozen=True)
class Node:
    """One value: an operation on earlier values."""

    id: int
    op: Op
    args: tuple[int, ...]
    imms: tuple[int, int, int]
    low: int
    high: int
    monthly: bool
    label: str
    state: int = -1

    @property
    def known(self) -> bool:
        """Whether it is one number for every citizen and month."""
        return self.low == self.high


@dataclass
class State:
    """A column of state carried from month to month: at birth, and each month's new value."""

    name: str
    low: int
    high: int
    birth: int
    load: int
    new: int = -1


@dataclass
class Effect:
    """What is counted of a value: by measure and cell, or in a histogram."""

    op: Op
    args: tuple[int, ...]
    imms: tuple[int, int, int]
    at_birth: bool
    label: str


@dataclass
class AbstractGraph:
    """The values, states and effects of a world, and the tables that instructions read.

    `AbstractArithmetic` adds sums, and `Graph` conditions and luck.
    """

    nodes: list[Node] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    tables: list[int] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)
    purposes: dict[int, str] = field(default_factory=dict)
    label: str = ""
    _shared: dict[tuple[object, ...], int] = field(default_factory=dict)
    _tables: dict[tuple[int, ...], int] = field(default_factory=dict)

    def node(
        self,
        op: Op,
        args: Sequence[int],
        low: int,
        high: int,
        imms: tuple[int, int, int] = (0, 0, 0),
        monthly: bool = False,
        state: int = -1,
    ) -> int:
        """Add a value, or find the same one again; its bounds must fit 32 bits."""
        self.must_fit(low, high)
        if low == high and op is not Op.CONST and state < 0:
            return self.const(low)
        key = (op, tuple(args), imms, state, monthly)
        found = self._shared.get(key)
        if found is not None:
            return found
        monthly = monthly or any(self.nodes[a].monthly for a in args)
        node = Node(len(self.nodes), op, tuple(args), imms, low, high, monthly, self.label, state)
        self.nodes.append(node)
        self._shared[key] = node.id
        return node.id

    def must_fit(self, low: int, high: int) -> None:
        """Refuse bounds that leave 32 bits.

        Raises:
            TooWide: they do.
        """
        if low < LOWEST or high > HIGHEST:
            raise TooWide(self.label, low, high)

    def bounds(self, a: int) -> tuple[int, int]:
        """The least and greatest whole number the value can be."""
        return self.nodes[a].low, self.nodes[a].high

    def known(self, a: int) -> int | None:
        """The value, where it is one number for everyone, else None."""
        node = self.nodes[a]
        return node.low if node.known else None

    def const(self, value: int) -> int:
        """The number itself."""
        return self.node(Op.CONST, (), value, value, (value, 0, 0))

    def table(self, numbers: Sequence[int]) -> int:
        """Where the numbers lie among the tables; the same numbers lie there once."""
        key = tuple(numbers)
        if key not in self._tables:
            self._tables[key] = len(self.tables)
            self.tables.extend(key)
        return self._tables[key]

    def purpose(self, name: str) -> int:
        """The signed 32-bit number of a purpose.

        Raises:
            SharedLuck: another purpose of this world has the same number.
        """
        number = purpose(name)
        if self.purposes.setdefault(number, name) != name:
            raise SharedLuck(self.purposes[number], name)
        return number - 2**32 if number >= 2**31 else number

    def state(self, name: str, low: int, high: int, birth: int) -> int:
        """Declare a column of state; the result is its value when the month begins."""
        index = len(self.states)
        load = self.node(Op.STATE, (), low, high, monthly=True, state=index)
        self.states.append(State(name, low, high, birth, load))
        return load

    def carry(self, load: int, new: int) -> None:
        """Set what a column of state becomes at the month's end."""
        state = self.states[self.nodes[load].state]
        state.new = new
        low, high = self.bounds(new)
        birth = self.bounds(state.birth)
        if low < state.low or high > state.high or birth[0] < state.low or birth[1] > state.high:
            raise TooWide(state.name, min(low, birth[0]), max(high, birth[1]))

    def signal(self, name: str, low: int, high: int) -> int:
        """A national signal by name: a number that is the same for everyone in a month."""
        if name not in self.signals:
            self.signals.append(name)
        index = self.signals.index(name)
        return self.node(Op.SIGNAL, (), low, high, (index, 0, 0), monthly=True)

    def effect(
        self,
        op: Op,
        args: tuple[int, ...],
        imms: tuple[int, int, int],
        at_birth: bool = False,
    ) -> None:
        """Count a value, each month or at birth."""
        self.effects.append(Effect(op, args, imms, at_birth, self.label))
