"""The syntax tree of the expression language: small, frozen, hashable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

CompareOp: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
BinaryOp: TypeAlias = Literal["+", "-", "*", "/"]


@dataclass(frozen=True)
class Number:
    """An exact number; ``-3`` is one too."""

    value: Fraction
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Yes:
    """Yes (True) or no (False)."""

    value: bool
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Name:
    """A name, perhaps dotted (``a.b``): of a quantity, of a choice's value, of a symbol."""

    name: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    """A function of its arguments."""

    function: str
    args: tuple["Expr", ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Not:
    """Yes where the argument is no."""

    arg: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class And:
    """Yes where all of two or more arguments are yes."""

    args: tuple["Expr", ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Or:
    """Yes where any of two or more arguments is yes."""

    args: tuple["Expr", ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Compare:
    """A comparison of two sides."""

    op: CompareOp
    left: "Expr"
    right: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binary:
    """Arithmetic on two sides."""

    op: BinaryOp
    left: "Expr"
    right: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Negate:
    """Minus the argument."""

    arg: "Expr"
    column: int = field(default=0, compare=False)


@dataclass(frozen=True)
class IfElse:
    """``then`` where ``test`` is yes, else ``otherwise``."""

    test: "Expr"
    then: "Expr"
    otherwise: "Expr"
    column: int = field(default=0, compare=False)


Expr: TypeAlias = Number | Yes | Name | Call | Not | And | Or | Compare | Binary | Negate | IfElse


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the expressions directly inside this one, in the order of the fields."""
    match expr:
        case Call() | And() | Or():
            return expr.args
        case Not() | Negate():
            return (expr.arg,)
        case Compare() | Binary():
            return (expr.left, expr.right)
        case IfElse():
            return (expr.test, expr.then, expr.otherwise)
        case Number() | Yes() | Name():
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield the expression and everything inside it, the outermost first."""
    yield expr
    for child in children(expr):
        yield from walk(child)


def names(expr: Expr) -> frozenset[str]:
    """Every name in it, arguments of functions and values of choices included."""
    return frozenset(part.name for part in walk(expr) if isinstance(part, Name))


def calls(expr: Expr) -> frozenset[Call]:
    """Every call of a function in it."""
    return frozenset(part for part in walk(expr) if isinstance(part, Call))


def names_called(expr: Expr, function: str) -> tuple[str, ...]:
    """Return the bare names given to a function, each once, in the order of mention."""
    given = (
        arg.name
        for part in walk(expr)
        if isinstance(part, Call) and part.function == function
        for arg in part.args
        if isinstance(arg, Name)
    )
    return tuple(dict.fromkeys(given))
