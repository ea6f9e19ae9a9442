"""Formulas to values of the graph, by the rules of `docs/reference/month.md`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from glasstown.compiler.graph import Graph
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
    Or,
    Yes,
    constant,
)

EXACT_FROM = 256
MANTISSA = 1 << 14
MOST_BITS = 30


@dataclass(frozen=True)
class Column:
    """What a name stands for: its value, and how to read it.

    `scale` is how many of the value's whole numbers make one; `labels` are the values of a
    choice, in order.
    """

    node: int
    scale: int = 1
    labels: tuple[str, ...] = ()
    yes_no: bool = False


@dataclass(frozen=True)
class Names:
    """The names and functions that a formula may use."""

    columns: Mapping[str, Column]
    functions: Mapping[str, Callable[..., Column]] = field(default_factory=dict)

    def column(self, expr: Expr) -> Column | None:
        """The column that a name or a call stands for."""
        if isinstance(expr, Name):
            return self.columns.get(expr.name)
        if isinstance(expr, Call) and expr.function in self.functions:
            return self.functions[expr.function](
                *(arg.name for arg in expr.args if isinstance(arg, Name))
            )
        return None


def condition(graph: Graph, expr: Expr, names: Names) -> int:
    """The value, 0 or 1, of a condition."""
    match expr:
        case Yes(value):
            return graph.const(int(value))
        case Not(arg):
            return graph.no(condition(graph, arg, names))
        case And(args):
            return graph.all_of([condition(graph, arg, names) for arg in args])
        case Or(args):
            return graph.any_of([condition(graph, arg, names) for arg in args])
        case Compare():
            return _compare(graph, expr, names)
        case IfElse(test, then, otherwise):
            return graph.select(
                condition(graph, test, names),
                condition(graph, then, names),
                condition(graph, otherwise, names),
            )
        case Call("between", (value, low, high)):
            return graph.both(
                condition(graph, Compare(">=", value, low), names),
                condition(graph, Compare("<=", value, high), names),
            )
    column = names.column(expr)
    if column is None:
        raise KeyError(f"{expr} is no condition in scope")
    return column.node


def is_condition(expr: Expr, names: Names) -> bool:
    """Whether a formula is a condition rather than a quantity."""
    match expr:
        case Yes() | Not() | And() | Or() | Compare() | Call("between"):
            return True
        case IfElse(_, then, otherwise):
            return is_condition(then, names) and is_condition(otherwise, names)
    column = names.column(expr)
    return column is not None and column.yes_no


def quantity(
    graph: Graph, expr: Expr, names: Names, unit: int, factor: Fraction = Fraction(1)
) -> int:
    """The value of a quantity in whole numbers of 1/unit, times a factor."""
    literal = constant(expr)
    if literal is not None:
        return graph.const(round(literal * factor * unit))
    if is_condition(expr, names):
        one = graph.const(round(factor * unit))
        return graph.masked(condition(graph, expr, names), one)
    match expr:
        case Negate(arg):
            return quantity(graph, arg, names, unit, -factor)
        case Binary("+", left, right):
            return graph.add(
                quantity(graph, left, names, unit, factor),
                quantity(graph, right, names, unit, factor),
            )
        case Binary("-", left, right):
            return graph.add(
                quantity(graph, left, names, unit, factor),
                quantity(graph, right, names, unit, -factor),
            )
        case Binary("*", left, right):
            return _product(graph, left, right, names, unit, factor)
        case Binary("/", left, right):
            divisor = constant(right)
            if not divisor:
                raise ZeroDivisionError("a formula divides by nought or by a changing number")
            return quantity(graph, left, names, unit, factor / divisor)
        case IfElse(test, then, otherwise):
            return graph.select(
                condition(graph, test, names),
                quantity(graph, then, names, unit, factor),
                quantity(graph, otherwise, names, unit, factor),
            )
        case Call("min" | "max" as kind, args):
            parts = [quantity(graph, arg, names, unit, factor) for arg in args]
            least = (kind == "min") == (factor >= 0)
            result = parts[0]
            for part in parts[1:]:
                result = graph.minimum(result, part) if least else graph.maximum(result, part)
            return result
        case Call("abs", (arg,)):
            inner = quantity(graph, arg, names, unit, abs(factor))
            size = graph.maximum(inner, graph.sub(graph.const(0), inner))
            return size if factor >= 0 else graph.sub(graph.const(0), size)
    column = names.column(expr)
    if column is None:
        raise KeyError(f"{expr} is no quantity in scope")
    return term(graph, column.node, factor * unit / column.scale)


def _product(
    graph: Graph, left: Expr, right: Expr, names: Names, unit: int, factor: Fraction
) -> int:
    for one, other in ((left, right), (right, left)):
        literal = constant(one)
        if literal is not None:
            return quantity(graph, other, names, unit, factor * literal)
    for one, other in ((left, right), (right, left)):
        if is_condition(one, names):
            return graph.masked(
                condition(graph, one, names), quantity(graph, other, names, unit, factor)
            )
    raise ValueError("a formula multiplies two changing numbers")


def coefficient(factor: Fraction) -> tuple[int, int]:
    """The whole number and the bits of shift that stand for a factor in a term."""
    if factor.denominator == 1 or abs(factor) >= EXACT_FROM:
        return round(factor), 0
    for bits in range(1, MOST_BITS + 1):
        whole = round(factor * 2**bits)
        if abs(whole) >= MANTISSA:
            return whole, bits
    return round(factor * 2**MOST_BITS), MOST_BITS


def term(graph: Graph, value: int, factor: Fraction) -> int:
    """factor * value, rounded as the page on the month says."""
    whole, bits = coefficient(factor)
    known = graph.known(value)
    if known is not None:
        product = whole * known
        return graph.const((product + (1 << (bits - 1))) >> bits if bits else product)
    if whole == 0:
        return graph.const(0)
    if bits == 0:
        return graph.mul(value, graph.const(whole))
    return graph.rounded(value, whole, bits)


def _compare(graph: Graph, expr: Compare, names: Names) -> int:
    left, right = _labelled(graph, expr, names)
    match expr.op:
        case "==":
            return graph.equal(left, right)
        case "!=":
            return graph.no(graph.equal(left, right))
        case "<":
            return graph.less(left, right)
        case ">=":
            return graph.at_least(left, right)
        case ">":
            return graph.less(right, left)
        case "<=":
            return graph.at_least(right, left)


def _labelled(graph: Graph, expr: Compare, names: Names) -> tuple[int, int]:
    columns = [names.column(side) for side in (expr.left, expr.right)]
    for column, other in ((columns[0], expr.right), (columns[1], expr.left)):
        if column is not None and column.labels:
            beside = names.column(other)
            if isinstance(other, Name) and (beside is None or not beside.labels):
                label = graph.const(column.labels.index(other.name))
                return (column.node, label) if column is columns[0] else (label, column.node)
    if columns[0] is not None and columns[1] is not None and columns[0].labels:
        return columns[0].node, columns[1].node
    unit = math.lcm(_exact(expr.left, names), _exact(expr.right, names))
    return (
        quantity(graph, expr.left, names, unit),
        quantity(graph, expr.right, names, unit),
    )


def _exact(expr: Expr, names: Names, factor: Fraction = Fraction(1)) -> int:
    """The least unit in which every part of a quantity is a whole number."""
    literal = constant(expr)
    if literal is not None:
        return (literal * factor).denominator
    if is_condition(expr, names):
        return factor.denominator
    match expr:
        case Negate(arg):
            return _exact(arg, names, factor)
        case Binary("+" | "-", left, right):
            return math.lcm(_exact(left, names, factor), _exact(right, names, factor))
        case Binary("*", left, right):
            for one, other in ((left, right), (right, left)):
                by = constant(one)
                if by is not None:
                    return _exact(other, names, factor * by)
            return math.lcm(_exact(left, names, factor), _exact(right, names, factor))
        case Binary("/", left, right):
            return _exact(left, names, factor / (constant(right) or Fraction(1)))
        case IfElse(_, then, otherwise):
            return math.lcm(_exact(then, names, factor), _exact(otherwise, names, factor))
        case Call("min" | "max" | "abs", args):
            return math.lcm(*(_exact(arg, names, factor) for arg in args))
    column = names.column(expr)
    return (factor / (column.scale if column else 1)).denominator
