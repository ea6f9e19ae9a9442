"""Hypothesis strategies for syntax trees, and an evaluator that is nothing but obvious."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from glasstown.expr import (
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

QUANTITIES = ("age", "score", "a.b")
TRUTHS = ("member", "poor")
COMPARE = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])

numbers = st.builds(
    lambda n, places: Number(Fraction(n, 10**places)),
    st.integers(-(10**9), 10**9) | st.integers(-3, 3),
    st.integers(0, 9),
)


def any_tree() -> st.SearchStrategy[Expr]:
    """Trees of every shape, whether or not they mean anything."""
    leaves = numbers | st.builds(Yes, st.booleans()) | st.builds(Name, st.sampled_from(QUANTITIES))

    def grow(inner: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return (
            st.builds(Call, st.sampled_from(["min", "on", "x.y"]), st.just(()) | several)
            | st.builds(Not, inner)
            | st.builds(And, several)
            | st.builds(Or, several)
            | st.builds(Compare, COMPARE, inner, inner)
            | st.builds(Binary, st.sampled_from("+-*/"), inner, inner)
            | st.builds(Negate, inner)
            | st.builds(IfElse, inner, inner, inner)
        )

    return st.recursive(leaves, grow, max_leaves=12)


@st.composite
def sound_tree(draw: st.DrawFn, truth: bool, depth: int = 4) -> Expr:
    """Trees that check finds nothing wrong with: yes or no if ``truth``, else a quantity."""

    def quantity() -> Expr:
        return draw(sound_tree(draw(st.integers(0, 4)) == 0, depth - 1))

    def holds() -> Expr:
        return draw(sound_tree(True, depth - 1))

    several = range(draw(st.integers(2, 3)))
    if not depth:
        if truth:
            return draw(st.builds(Yes, st.booleans()) | st.builds(Name, st.sampled_from(TRUTHS)))
        return draw(numbers | st.builds(Name, st.sampled_from(QUANTITIES)))
    if truth:
        match draw(st.sampled_from(["leaf", "not", "and", "or", "compare", "between", "if"])):
            case "not":
                return Not(holds())
            case "and":
                return And(tuple(holds() for _ in several))
            case "or":
                return Or(tuple(holds() for _ in several))
            case "compare":
                return Compare(draw(COMPARE), quantity(), quantity())
            case "between":
                return Call("between", (quantity(), quantity(), quantity()))
            case "if":
                return IfElse(holds(), holds(), holds())
        return draw(sound_tree(True, 0))
    match draw(st.sampled_from(["leaf", "sum", "product", "quotient", "negate", "call", "if"])):
        case "sum":
            return Binary(draw(st.sampled_from("+-")), quantity(), quantity())
        case "product":
            either = [quantity(), draw(numbers) if draw(st.booleans()) else holds()]
            return Binary("*", *draw(st.permutations(either)))
        case "quotient":
            return Binary("/", quantity(), draw(numbers.filter(lambda n: n.value != 0)))
        case "negate":
            return Negate(quantity())
        case "call":
            function = draw(st.sampled_from(["min", "max", "abs"]))
            args = [quantity() for _ in (several if function != "abs" else range(1))]
            return Call(function, tuple(args))
        case "if":
            return IfElse(holds(), quantity(), quantity())
    return draw(sound_tree(False, 0))


def worth(expr: Expr, world: Mapping[str, Fraction]) -> Fraction:
    """What an expression amounts to, yes being 1 and no 0."""

    def of(part: Expr) -> Fraction:
        return worth(part, world)

    match expr:
        case Number(value) | Yes(value):
            return Fraction(value)
        case Name(name):
            return world[name]
        case Not(arg):
            return Fraction(of(arg) == 0)
        case And(args):
            return Fraction(all(of(arg) != 0 for arg in args))
        case Or(args):
            return Fraction(any(of(arg) != 0 for arg in args))
        case Compare(op, left, right):
            a, b = of(left), of(right)
            holds = {"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b}
            return Fraction(holds.get(op, a >= b))
        case Binary("+", left, right):
            return of(left) + of(right)
        case Binary("-", left, right):
            return of(left) - of(right)
        case Binary("*", left, right):
            return of(left) * of(right)
        case Binary("/", left, right):
            return of(left) / of(right)
        case Negate(arg):
            return -of(arg)
        case IfElse(test, then, otherwise):
            return of(then) if of(test) else of(otherwise)
        case Call("min", args):
            return min(of(arg) for arg in args)
        case Call("max", args):
            return max(of(arg) for arg in args)
        case Call("abs", (arg,)):
            return abs(of(arg))
        case Call("between", (value, low, high)):
            return Fraction(of(low) <= of(value) <= of(high))
    raise AssertionError(expr)
