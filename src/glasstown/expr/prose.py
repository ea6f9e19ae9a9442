"""An expression in plain English."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from glasstown.expr.fold import OPPOSITE, constant
from glasstown.expr.number import number_text
from glasstown.expr.text import text
from glasstown.expr.tree import (
    And,
    Binary,
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

_SAID: dict[CompareOp, str] = {
    "==": "is",
    "!=": "is not",
    "<": "is under",
    "<=": "is at most",
    ">": "is over",
    ">=": "is at least",
}
_TURNED: dict[CompareOp, CompareOp] = {
    "==": "==",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}
_SIGNS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
_VERB = re.compile(r" (is|are|was|were|can|may|must|will|has been|have been|has|have) ")
_NEGATED = {
    "has been": "has not been",
    "have been": "have not been",
    "has": "does not have",
    "have": "do not have",
}


def prose(expr: Expr, words: Mapping[str, str]) -> str:
    """Say an expression in plain English.

    ``words`` gives the phrase for a name ("score": "the score"; "member": "the citizen is a
    member"), for a value or a symbol, and for a function, with its arguments as {0}, {1} ("on":
    "the citizen is on the register {0}"). "not member" gives the phrase for the opposite where
    it cannot be had by a plain "not". A name without a phrase is said as it is spelt.
    """
    return _Speaker(words).say(expr)


@dataclass(frozen=True)
class _Speaker:
    words: Mapping[str, str]

    def say(self, expr: Expr) -> str:
        return self._clause(expr, 0)[0] if self._holds(expr) else self._value(expr)

    def _holds(self, expr: Expr) -> bool:
        """Whether it is said as a clause, which holds or does not."""
        match expr:
            case Compare() | And() | Or() | Not():
                return True
            case Name(name):
                return _VERB.search(self._name(name)) is not None
            case IfElse(_, then, otherwise):
                return self._holds(then) or self._holds(otherwise)
            case Call(function):
                return function == "between" or _VERB.search(self._call(expr)) is not None
        return False

    def _clause(self, expr: Expr, nested: int) -> tuple[str, bool]:
        """Say a clause; also whether it has parts, and needs commas around it."""
        match expr:
            case And() | Or():
                return self._junction(expr, nested)
            case Not(arg):
                return self._opposite(arg, nested)
            case Compare():
                if said := self._truth(expr, nested):
                    return said
                subject, predicate = self._comparison(expr)
                return f"{subject} {predicate}", False
            case IfElse(test, then, otherwise):
                parts = [self._clause(part, 2)[0] for part in (then, test, otherwise)]
                choice = f"{parts[0]} if {parts[1]}, otherwise {parts[2]}"
                return f"({choice})" if nested else choice, True
        return self._value(expr, bare=True), False

    def _opposite(self, expr: Expr, nested: int) -> tuple[str, bool]:
        match expr:
            case Yes(value):
                return self._clause(Yes(not value), nested)
            case Not(arg):
                return self._clause(arg, nested)
            case Compare(op, left, right):
                return self._clause(Compare(OPPOSITE[op], left, right), nested)
            case And(args):
                return self._clause(Or(tuple(Not(arg) for arg in args)), nested)
            case Or(args):
                return self._clause(And(tuple(Not(arg) for arg in args)), nested)
            case Name() | Call():
                key = f"not {expr.name if isinstance(expr, Name) else expr.function}"
                if key in self.words:
                    args = expr.args if isinstance(expr, Call) else ()
                    return self._filled(self.words[key], args), False
        said, parts = self._clause(expr, nested)
        if not parts and (verb := _VERB.search(said)):
            no = _NEGATED.get(verb[1], f"{verb[1]} not")
            return f"{said[: verb.start()]} {no} {said[verb.end() :]}", False
        return (f"it is not so that {said}" if parts else f"not {said}"), parts

    def _junction(self, expr: And | Or, nested: int) -> tuple[str, bool]:
        """Join clauses, saying a subject once for all comparisons of it that follow each other."""
        word = "and" if isinstance(expr, And) else "or"
        groups: list[tuple[str, list[str]]] = []
        commas = False
        for arg in expr.args:
            compare = _inside_not(arg)
            if isinstance(compare, Compare) and not self._truth(compare, nested):
                subject, predicate = self._comparison(compare)
                if groups and groups[-1][0] == subject:
                    groups[-1][1].append(predicate)
                else:
                    groups.append((subject, [predicate]))
            else:
                said, parts = self._clause(arg, nested + 1)
                groups.append(("", [said]))
                commas = commas or parts
        said_groups = [_predicated(subject, predicates, word) for subject, predicates in groups]
        if len(groups) == 1:
            return said_groups[0], True
        commas = commas or any(len(predicates) > 1 for _, predicates in groups)
        joined = _listed(said_groups, word, commas)
        if nested == 0:
            return joined, True
        if nested == 1 and not commas and word == "or":
            return f"either {joined}", True
        if nested == 1 and not commas and len(groups) == 2:
            return f"both {joined}", True
        return f"({joined})", True

    def _truth(self, expr: Compare, nested: int) -> tuple[str, bool] | None:
        """Say ``member == yes`` as the clause it is."""
        for side, other in ((expr.left, expr.right), (expr.right, expr.left)):
            if isinstance(side, Yes) and expr.op in ("==", "!=") and self._holds(other):
                same = side.value is (expr.op == "==")
                return self._clause(other, nested) if same else self._opposite(other, nested)
        return None

    def _comparison(self, expr: Compare) -> tuple[str, str]:
        left, op, right = expr.left, expr.op, expr.right
        if constant(left) is not None and constant(right) is None:
            left, op, right = right, _TURNED[op], left
        return self._side(left), f"{_SAID[op]} {self._side(right)}"

    def _value(self, expr: Expr, bare: bool = False) -> str:
        """Say a quantity or a value; a clause, unless ``bare``, counts 1 or 0."""
        if not bare and self._holds(expr):
            return f"1 if {self._clause(expr, 2)[0]}, otherwise 0"
        match expr:
            case Number(value):
                return number_text(value)
            case Yes(value):
                return "yes" if value else "no"
            case Name(name):
                return self._name(name)
            case Call():
                return self._call(expr)
            case Negate(arg):
                return f"minus {self._operand(arg)}"
            case Binary("*", left, right) if self._holds(right) and not self._holds(left):
                return f"{self._operand(left)} if {self._clause(right, 2)[0]}, otherwise 0"
            case Binary("*", left, right) if self._holds(left) and not self._holds(right):
                return f"{self._operand(right)} if {self._clause(left, 2)[0]}, otherwise 0"
            case Binary(op, left, right):
                return f"{self._operand(left)} {_SIGNS[op]} {self._operand(right)}"
            case IfElse(test, then, otherwise):
                said = self._side(then), self._clause(test, 2)[0], self._side(otherwise)
                return f"{said[0]} if {said[1]}, otherwise {said[2]}"
        return text(expr)

    def _side(self, expr: Expr) -> str:
        said = self._value(expr)
        return f"({said})" if self._holds(expr) or isinstance(expr, IfElse) else said

    def _operand(self, expr: Expr) -> str:
        said = self._value(expr)
        simple = isinstance(expr, Number | Yes | Name | Call) and not self._holds(expr)
        return said if simple else f"({said})"

    def _name(self, name: str) -> str:
        return self.words.get(name) or name.replace("_", " ").replace(".", " ")

    def _call(self, expr: Call) -> str:
        args = [self._operand(arg) for arg in expr.args]
        if template := self.words.get(expr.function):
            return self._filled(template, expr.args)
        listed = _listed(args, "and", commas=False)
        match expr.function, args:
            case "min", [_, _, *_]:
                return f"the {'smaller' if len(args) == 2 else 'smallest'} of {listed}"
            case "max", [_, _, *_]:
                return f"the {'larger' if len(args) == 2 else 'largest'} of {listed}"
            case "abs", [only]:
                return f"the absolute value of {only}"
            case "between", [value, low, high]:
                return f"{value} is between {low} and {high}"
        function = self._name(expr.function)
        return f"{function} of {listed}" if args else function

    def _filled(self, template: str, args: tuple[Expr, ...]) -> str:
        def argument(place: re.Match[str]) -> str:
            number = int(place[1])
            return self._operand(args[number]) if number < len(args) else place[0]

        return re.sub(r"\{(\d)\}", argument, template)


def _inside_not(expr: Expr) -> Expr:
    """Return a denied comparison as the opposite one."""
    if isinstance(expr, Not) and isinstance(expr.arg, Compare):
        return Compare(OPPOSITE[expr.arg.op], expr.arg.left, expr.arg.right)
    return expr


def _predicated(subject: str, predicates: list[str], word: str) -> str:
    rest = [predicate.removeprefix("is ") for predicate in predicates[1:]]
    said = _listed([predicates[0], *rest], word, commas=False)
    return f"{subject} {said}" if subject else said


def _listed(parts: list[str], word: str, commas: bool) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])}{',' if commas else ''} {word} {parts[-1]}"
