"""Names that are not where they are looked for: what is said of them."""

from collections.abc import Iterable

from glasstown.errors import nearest
from glasstown.expr.error import ExprError, quote
from glasstown.expr.tree import Call, Expr, Name
from glasstown.expr.types import BUILTINS, Choice, Scope

_SHORT = 8


def listing(label: str, names: Iterable[str], short: bool = False) -> str:
    """List names after a label; a list too long is cut, or with ``short`` left out."""
    listed = list(names)
    if not listed or (short and len(listed) > _SHORT):
        return ""
    cut = ", …" if len(listed) > _SHORT else ""
    return f"{label}: {', '.join(f'`{name}`' for name in listed[:_SHORT])}{cut}"


def owner(expr: Expr, scope: Scope) -> str | None:
    """Return the first choice in scope that has this bare name among its values."""
    if not isinstance(expr, Name) or expr.name in scope.names:
        return None
    for name, kind in scope.names.items():
        if isinstance(kind, Choice) and expr.name in kind.values:
            return name
    return None


def is_unknown(expr: Expr, scope: Scope) -> bool:
    """Whether it is a bare name of nothing in scope, and no value of a choice either."""
    return isinstance(expr, Name) and expr.name not in scope.names and owner(expr, scope) is None


def missing_name(expr: Name, scope: Scope) -> ExprError:
    """Say what is wrong with a name that is not in scope."""
    if signature := scope.signature(expr.name):
        return ExprError(
            f"{quote(expr.name)} is a function",
            "a function is written with its arguments",
            f"write `{signature.usage(expr.name)}`",
            column=expr.column,
        )
    if choice := owner(expr, scope):
        return ExprError(
            f"{quote(expr.name)} is a value of `{choice}`, and stands alone",
            "a value of a choice is only compared with that choice",
            f"write `{choice} == {expr.name}`",
            column=expr.column,
        )
    return ExprError(
        f"there is no {quote(expr.name)} here",
        listing("names here", scope.names, short=True),
        "write a name that is in scope, or declare this one",
        nearest(expr.name, scope.names),
        expr.column,
    )


def missing_function(expr: Call, scope: Scope) -> ExprError:
    """Say what is wrong with a function that is not in scope."""
    if expr.function in scope.names:
        return ExprError(
            f"{quote(expr.function)} is not a function",
            "it is a name, and takes no arguments",
            f"write `{expr.function}` without brackets",
            column=expr.column,
        )
    functions = {**BUILTINS, **scope.functions}
    return ExprError(
        f"there is no function {quote(expr.function)}",
        listing("functions here", functions, short=True),
        "write one of the functions in scope",
        nearest(expr.function, functions),
        expr.column,
    )
