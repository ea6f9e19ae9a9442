"""The canonical text of an expression: as few brackets as the grammar allows."""

from glasstown.expr.number import number_text, representable
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
    Number,
    Or,
    Yes,
)

# How tightly each kind binds, as in Python.
_IF, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _UNARY, _ATOM = range(9)


def text(expr: Expr) -> str:
    """Write an expression so that ``parse(text(expr)) == expr``."""
    match expr:
        case Number(value):
            return number_text(value)
        case Yes(value):
            return "yes" if value else "no"
        case Name(name):
            return name
        case Call(function, args):
            return f"{function}({', '.join(text(arg) for arg in args)})"
        case Not(arg):
            return f"not {_within(arg, _NOT)}"
        case And(args):
            return " and ".join(_within(arg, _NOT) for arg in args)
        case Or(args):
            return " or ".join(_within(arg, _AND) for arg in args)
        case Compare(op, left, right):
            return f"{_within(left, _SUM)} {op} {_within(right, _SUM)}"
        case Binary(op, left, right):
            own = _binding(expr)
            return f"{_within(left, own)} {op} {_within(right, own + 1)}"
        case Negate(Number(value)) if value >= 0:
            return f"-+{_within(expr.arg, _UNARY)}"  # -3 alone would be a number
        case Negate(arg):
            return f"-{_within(arg, _UNARY)}"
        case IfElse(test, then, otherwise):
            return f"{_within(then, _OR)} if {_within(test, _OR)} else {_within(otherwise, _IF)}"


def _within(expr: Expr, tightest: int) -> str:
    """Write a part, in brackets where it binds more loosely than its place asks."""
    inside = text(expr)
    return inside if _binding(expr) >= tightest else f"({inside})"


def _binding(expr: Expr) -> int:
    match expr:
        case Number(value):
            if not representable(value):
                return _PRODUCT
            return _UNARY if value < 0 else _ATOM
        case Yes() | Name() | Call():
            return _ATOM
        case Negate():
            return _UNARY
        case Binary(op):
            return _PRODUCT if op in ("*", "/") else _SUM
        case Compare():
            return _COMPARE
        case Not():
            return _NOT
        case And():
            return _AND
        case Or():
            return _OR
        case IfElse():
            return _IF
