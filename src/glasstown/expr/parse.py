"""From text to syntax tree, through Python's own parser and a whitelist."""

import ast
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Never

from glasstown.expr.error import ExprError, quote
from glasstown.expr.grammar import DEPTH, check_order, too_deep
from glasstown.expr.number import within
from glasstown.expr.tokens import Token, tokens
from glasstown.expr.tree import (
    And,
    Binary,
    BinaryOp,
    Call,
    Compare,
    CompareOp,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Number,
    Or,
    Yes,
)

CHARACTERS = 2000
NODES = 500

_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_COMPARE: dict[type[ast.cmpop], CompareOp] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_BINARY: dict[type[ast.operator], BinaryOp] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


def parse(value: object) -> Expr:
    """Read an expression, or raise ``ExprError``.

    Besides text it takes what YAML makes of a bare scalar: ``bool``, ``int``, ``Decimal``; and
    ``Fraction``.
    """
    match value:
        case str():
            return _parse_text(value)
        case bool():
            return Yes(value)
        case int() | Decimal() | Fraction():
            return Number(within(value, _shown(value)))
        case None:
            what = "the expression is empty"
        case float():
            what = "the number is not exact"
        case _:
            what = f"a {type(value).__name__} is not an expression"
    raise ExprError(what, "an expression is one line of text", "write for instance `score >= 640`")


def _shown(value: int | Decimal | Fraction) -> str:
    # Python refuses to print an integer of thousands of digits.
    if not isinstance(value, Decimal) and max(abs(value.numerator), value.denominator) > 10**30:
        return "given here"
    return quote(str(value))


def _parse_text(text: str) -> Expr:
    if len(text) > CHARACTERS:
        raise ExprError(
            f"the expression is {len(text):,} characters long",
            f"at most {CHARACTERS:,} are read",
            "split it into several rules",
        )
    found = tokens(text)
    check_order(found)
    # Only tokens of the language remain; any blank between them is now one plain space or more.
    offset = found[0].column
    source = text[offset : found[-1].column].translate({9: " ", 10: " ", 13: " "})
    try:
        tree = ast.parse(source, mode="eval")
    except (RecursionError, MemoryError):
        raise too_deep() from None
    except (SyntaxError, ValueError) as error:
        raise _unreadable(found, offset + max(0, (getattr(error, "offset", 0) or 1) - 1)) from None
    return _Builder({token.column: token for token in found}, offset).build(tree.body, 1)


def _unreadable(found: list[Token], column: int) -> ExprError:
    for word, other in (("if", "else"), ("else", "if")):
        alone = [token for token in found if token.source == word]
        if len(alone) > sum(token.source == other for token in found):
            return ExprError(
                f"there is an `{word}` without its `{other}`",
                "a choice between two has both, and says what holds otherwise",
                "write `a if test else b`",
                column=alone[-1].column,
            )
    return ExprError(
        "the expression cannot be read",
        "its parts are in no order that has a meaning",
        "add brackets, or split it into several rules",
        column=column,
    )


@dataclass
class _Builder:
    """Makes our tree of Python's, counting its nodes."""

    tokens: dict[int, Token]
    offset: int
    nodes: int = field(default=0)

    def build(self, node: ast.expr, depth: int) -> Expr:
        """Make one expression of one node and what is inside it."""
        at = node.col_offset + self.offset
        if depth > DEPTH:
            raise too_deep(at)
        self._count(1, at)
        inner = depth + 1
        match node:
            case ast.Constant(value=bool(value)):
                return Yes(value, at)
            case ast.Constant(value=int() | float()):
                return Number(self.tokens[at].value, at)
            case ast.Name() | ast.Attribute():
                return self._name(self._dotted(node), at)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                self.nodes -= 1
                return self.build(operand, inner)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
                if isinstance(value, bool):
                    return Negate(Yes(value, node.operand.col_offset + self.offset), at)
                return Number(-self.tokens[node.operand.col_offset + self.offset].value, at)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Negate(self.build(operand, inner), at)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.build(operand, inner), at)
            case ast.BoolOp(op=op, values=values):
                args = tuple(self.build(part, inner) for part in values)
                return And(args, at) if isinstance(op, ast.And) else Or(args, at)
            case ast.BinOp(op=sign, left=left, right=right) if type(sign) in _BINARY:
                a, b = self.build(left, inner), self.build(right, inner)
                return Binary(_BINARY[type(sign)], a, b, at)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                then, asked = self.build(body, inner), self.build(test, inner)
                return IfElse(asked, then, self.build(orelse, inner), at)
            case ast.Call(func=ast.Name() | ast.Attribute() as func, args=given, keywords=[]):
                args = tuple(self.build(arg, inner) for arg in given)
                return Call(self._dotted(func), args, at)
            case ast.Compare():
                return self._comparison(node, at, depth)
            case _:
                self._refuse(node, at)

    def _count(self, more: int, column: int) -> None:
        self.nodes += more
        if self.nodes > NODES:
            raise ExprError(
                "the expression has too many parts",
                f"at most {NODES} names, numbers and operators",
                "split it into several rules",
                column=column,
            )

    def _name(self, name: str, at: int) -> Expr:
        return Yes(_YES_NO[name], at) if name in _YES_NO else Name(name, at)

    def _dotted(self, node: ast.expr) -> str:
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            self._refuse(node, node.col_offset + self.offset)
        return ".".join([node.id, *reversed(parts)])

    def _comparison(self, node: ast.Compare, at: int, depth: int) -> Expr:
        """Expand a chain into the pairs it is made of, and ``in`` into equalities."""
        chain = len(node.ops) > 1
        member = any(isinstance(op, ast.In | ast.NotIn) for op in node.ops)
        inner = depth + 1 + chain + member + any(isinstance(op, ast.NotIn) for op in node.ops)
        self._count(chain, at)
        before = self.nodes
        left = self.build(node.left, inner)
        parts: list[Expr] = []
        for op, comparator in zip(node.ops, node.comparators, strict=True):
            size = self.nodes - before
            if parts:  # the middle of a chain stands on both sides
                self._count(1 + size, at)
            if isinstance(op, ast.In | ast.NotIn):
                parts.append(self._membership(left, size, op, comparator, inner))
                if len(parts) < len(node.ops):
                    raise self._list_alone(comparator.col_offset + self.offset)
                break
            before = self.nodes
            right = self.build(comparator, inner)
            parts.append(Compare(_COMPARE[type(op)], left, right, at))
            left = right
        return And(tuple(parts), at) if chain else parts[0]

    def _membership(
        self, left: Expr, size: int, op: ast.cmpop, given: ast.expr, inner: int
    ) -> Expr:
        at = given.col_offset + self.offset
        if not isinstance(given, ast.Tuple | ast.List | ast.Set) or not given.elts:
            raise ExprError(
                "what follows `in` is not a list of values",
                "it is at least one value in brackets, with commas",
                "write `x in (a, b)`, or for one value `x == a`",
                column=at,
            )
        several = len(given.elts) > 1
        self._count(len(given.elts) * several + size * (len(given.elts) - 1), at)
        equal = tuple(
            Compare("==", left, self.build(value, inner), left.column) for value in given.elts
        )
        either = Or(equal, left.column) if several else equal[0]
        if isinstance(op, ast.In):
            return either
        self._count(1, at)
        return Not(either, left.column)

    def _list_alone(self, at: int) -> ExprError:
        return ExprError(
            "a list of values stands where one value is wanted",
            "a list in brackets stands only after `in`, at the end of a comparison",
            "write `x in (a, b)`, or a single value",
            column=at,
        )

    def _refuse(self, node: ast.expr, at: int) -> Never:
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
            raise self._list_alone(at)
        raise ExprError(
            "a part of the expression cannot be read",
            "an expression is made of names, numbers, comparisons, arithmetic and functions",
            "write it in another way",
            column=at,
        )
