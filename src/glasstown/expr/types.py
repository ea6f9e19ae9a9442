"""What a name can stand for, and what is in scope where an expression stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

from glasstown.expr.number import number_text
from glasstown.expr.tree import Call, Expr, IfElse, Name, Number, Yes


@dataclass(frozen=True)
class YesNo:
    """Holds or does not; counts 1 or 0 where a quantity is wanted."""


@dataclass(frozen=True)
class Quantity:
    """A number that differs between citizens and months."""


@dataclass(frozen=True)
class Choice:
    """One of a few named values; if ``ordered``, from the lowest to the highest."""

    values: tuple[str, ...]
    ordered: bool = False


Type: TypeAlias = YesNo | Quantity | Choice


@dataclass(frozen=True)
class Symbols:
    """An argument that is one of a set of names, such as those of the registers.

    ``what`` says in the singular what they are: "register".
    """

    what: str
    names: tuple[str, ...]


Argument: TypeAlias = Literal["quantity", "yesno", "name"] | Symbols
"""An argument: a quantity, a yes or no, the bare name of a quantity in scope, or a symbol."""


@dataclass(frozen=True)
class Signature:
    """What a function takes, and what it gives; with ``repeats`` the last argument may repeat."""

    args: tuple[Argument, ...]
    result: Type
    repeats: bool = False

    def usage(self, function: str) -> str:
        """Show how the function is written."""
        args = [arg.what if isinstance(arg, Symbols) else _ARGUMENTS[arg] for arg in self.args]
        return f"{function}({', '.join([*args, '...'] if self.repeats else args)})"


_ARGUMENTS = {"quantity": "quantity", "yesno": "yes or no", "name": "name of a quantity"}

BUILTINS: Mapping[str, Signature] = MappingProxyType(
    {
        "min": Signature(("quantity", "quantity"), Quantity(), repeats=True),
        "max": Signature(("quantity", "quantity"), Quantity(), repeats=True),
        "abs": Signature(("quantity",), Quantity()),
        "between": Signature(("quantity", "quantity", "quantity"), YesNo()),
    }
)
"""Functions in every scope; ``between(q, low, high)`` includes both ends."""


@dataclass(frozen=True)
class Scope:
    """The names and functions an expression may use; the builtin functions come on their own."""

    names: Mapping[str, Type]
    functions: Mapping[str, Signature] = field(default_factory=dict)

    def signature(self, function: str) -> Signature | None:
        """Return the signature of a function, or None if there is none of that name."""
        return self.functions.get(function) or BUILTINS.get(function)


def value_in(expr: Expr, choice: Choice, scope: Scope) -> str | None:
    """Return the value of ``choice`` that this side of a comparison names, or None.

    A name in scope of the same choice type is that name; any other is looked up among the values.
    """
    match expr:
        case Name(name):
            label = "" if scope.names.get(name) == choice else name
        case Number(value):
            label = number_text(value)
        case Yes(value):
            label = "yes" if value else "no"
        case _:
            return None
    return label if label in choice.values else None


def choice_of(left: Expr, right: Expr, scope: Scope) -> Choice | None:
    """Return the choice type that two compared sides are of, or None where they are quantities."""
    first, second = _declared(left, scope), _declared(right, scope)
    if first is None or second is None or first == second:
        return first or second
    return second if value_in(left, second, scope) else first


def _declared(expr: Expr, scope: Scope) -> Choice | None:
    found: Type | None = None
    match expr:
        case Name(name):
            found = scope.names.get(name)
        case Call(function):
            signature = scope.signature(function)
            found = signature.result if signature else None
        case IfElse(_, then, otherwise):
            found = _declared(then, scope) or _declared(otherwise, scope)
    return found if isinstance(found, Choice) else None
