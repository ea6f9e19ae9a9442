"""What the free names of a formula must be, as far as the formula itself tells.

Whoever writes a formula may not know the people it will be asked of: `student` is whatever a
nation makes of it. To check everything else in the formula, each free name is given the type that
its use asks for. A name that could be two things is given the one that raises no complaint; the
world, which knows, checks again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from glasstown.expr.fold import constant
from glasstown.expr.tree import (
    And,
    Binary,
    Call,
    Compare,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Or,
    Yes,
)
from glasstown.expr.types import BUILTINS, Choice, Quantity, Type, YesNo


@dataclass(frozen=True)
class Guess:
    """names: the free names, each with a type; values: names that only stand for values."""

    names: dict[str, Type]
    values: frozenset[str]


def guess(expr: Expr, want: Type, own: Iterable[str], own_choices: Iterable[str] = ()) -> Guess:
    """Guess the types of the names in a formula that are not its owner's.

    own: the names that are not free; own_choices: those of them that are choices.
    """
    reader = _Reader(frozenset(own), frozenset(own_choices))
    reader.read(expr, want)
    return reader.result()


@dataclass
class _Reader:
    """Collects how each free name is used, and which two are compared."""

    own: frozenset[str]
    own_choices: frozenset[str]
    kinds: dict[str, Type] = field(default_factory=dict)
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def read(self, expr: Expr, want: Type) -> None:
        match expr:
            case Name(name) if name not in self.own:
                # A yes or no serves as a quantity too, so it is the better guess of the two.
                if want == YesNo() or name not in self.kinds:
                    self.kinds[name] = want
            case Call(function, args):
                named = function not in BUILTINS
                for arg in args:
                    if not (named and isinstance(arg, Name)):
                        self.read(arg, Quantity())
            case Not(arg):
                self.read(arg, YesNo())
            case And(args) | Or(args):
                for arg in args:
                    self.read(arg, YesNo())
            case Compare():
                self._compare(expr)
            case Binary(op, left, right):
                # Of two free names that are multiplied, one may be a yes or no.
                changing = constant(left) is None and constant(right) is None
                side = YesNo() if op == "*" and changing else Quantity()
                for part in (left, right):
                    self.read(part, side if isinstance(part, Name) else Quantity())
            case Negate(arg):
                self.read(arg, Quantity())
            case IfElse(test, then, otherwise):
                self.read(test, YesNo())
                self.read(then, want)
                self.read(otherwise, want)

    def _compare(self, expr: Compare) -> None:
        left, right = expr.left, expr.right
        match left, right:
            case Name(a), Name(b) if {a, b} & self.own_choices:
                pass  # the other is one of its values, or a mistake
            case Name(a), Name(b) if not {a, b} & self.own:
                self.pairs.append((a, b))
            case Name(), Yes():
                self.read(left, YesNo())
            case Yes(), Name():
                self.read(right, YesNo())
            case _:
                self.read(left, Quantity())
                self.read(right, Quantity())

    def result(self) -> Guess:
        names, values = dict(self.kinds), set[str]()
        for group in _connected(self.pairs):
            members = list(dict.fromkeys(name for pair in group for name in pair))
            counts = {name: sum(name in pair for pair in group) for name in members}
            hub = max(members, key=lambda name: counts[name])
            others = [name for name in members if name != hub]
            known = any(name in self.kinds for name in members)
            if others and counts[hub] == len(group) and not known:
                names[hub] = Choice(tuple(others), ordered=True)
                values.update(others)
            else:
                names.update((name, names.get(name, Quantity())) for name in members)
        return Guess(names, frozenset(values))


def _connected(pairs: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Gather the pairs that share names, directly or through others."""
    groups: list[list[tuple[str, str]]] = []
    for pair in pairs:
        near = [group for group in groups if any(set(pair) & set(other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), pair])
    return groups
