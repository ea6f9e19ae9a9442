"""The reading of an expression's text into tokens, refusing whatever the language has not.

Python's parser comes after this one, and so meets only names, numbers, brackets and the
operators of the language, nested no deeper than the limit.
"""

import keyword
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from glasstown.expr.error import ExprError, clip, quote
from glasstown.expr.number import literal, number_text

Kind: TypeAlias = Literal["name", "number", "operator", "unary", "open", "close", "comma", "end"]


@dataclass(frozen=True)
class Token:
    """A piece of the text, of one kind, at a column."""

    kind: Kind
    source: str
    column: int
    value: Fraction = Fraction(0)


_WORD = re.compile(r"[A-Za-z_]\w*(?:[ ]*\.[ ]*[A-Za-z_]\w*)*", re.ASCII)
_NOT_IN = re.compile(r"not +in\b", re.ASCII)
_NUMBER = re.compile(
    r"(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?[\w.]*", re.ASCII
)
_QUOTED = re.compile(r"([A-Za-z]{0,2})('''|\"\"\"|'|\")(.*?)(?:\2|$)", re.ASCII | re.DOTALL)
_PERCENT = re.compile(r"[ ]*%(?![ ]*[\w.(])", re.ASCII)
_LONGEST_NAME = 8
_OPERATORS = ("==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/")
_WORD_OPERATORS = frozenset({"and", "or", "if", "else", "in"})
_PUNCTUATION: dict[str, Kind] = {
    "(": "open", "[": "open", "{": "open", ")": "close", "]": "close", "}": "close", ",": "comma",
}  # fmt: skip

_BITS = ("there are no operators on bits here", "write `and`, `or`, `not`")
_POWERS = ("there are no powers here", "multiply: write `x * 2` for twice x")

# What is refused: why, and what to write instead.
_REFUSED: dict[str, tuple[str, str]] = {
    "...": ("a dot stands only inside a number or a dotted name", "write out what is meant"),
    "===": ("equality is written with two signs", "write `==`"),
    "!==": ("difference is written with two signs", "write `!=`"),
    "**": _POWERS,
    "//": ("division here is exact", "write `/` and a constant"),
    "&&": ("and is a word here", "write `and`"),
    "||": ("or is a word here", "write `or`"),
    "<>": ("difference is written otherwise", "write `!=`"),
    "=>": ("the equals sign comes last", "write `>=`"),
    "=<": ("the equals sign comes last", "write `<=`"),
    "<<": _BITS,
    ">>": _BITS,
    ":=": ("nothing is given a value here", "use `==` to compare"),
    "->": ("there are no arrows here", "write `a if test else b`"),
    "!": ("not is a word here", "write `not`"),
    "&": _BITS,
    "|": _BITS,
    "^": _BITS,
    "~": _BITS,
    "%": ("there are no remainders here", "write a percentage as a decimal: `0.95` for 95%"),
    "=": ("one equals sign gives a value, two compare", "use `==` to compare"),
    "?": ("a choice between two is made with words", "write `a if test else b`"),
    ":": ("a choice between two is made with words", "write `a if test else b`"),
    ";": ("there is one expression, and nothing after it", "join two tests with `and`"),
    "#": ("a comment stands outside the expression", "put the comment on a line of its own"),
    "@": ("the language has no such operator", "use `+ - * /` or a comparison"),
    ".": ("a dot stands only inside a number or a dotted name", "remove the dot"),
    "≥": ("signs are plain ASCII", "write `>=`"),
    "≤": ("signs are plain ASCII", "write `<=`"),
    "≠": ("signs are plain ASCII", "write `!=`"),
    "×": ("signs are plain ASCII", "write `*`"),
    "÷": ("signs are plain ASCII", "write `/`"),
    "−": ("signs are plain ASCII", "write `-`"),
    "–": ("signs are plain ASCII", "write `-`"),
    "\u00a0": ("a no-break space looks like a space and is none", "type a plain space"),
}

_SIGN = re.compile(
    "|".join(map(re.escape, sorted((*_REFUSED, *_OPERATORS), key=len, reverse=True)))
)

_COMPREHENSION = (
    "there are no loops or comprehensions here",
    "write out each case, joined with `or`",
)
_WORDS: dict[str, tuple[str, str]] = {
    "lambda": ("no functions are made here", "use a function from the list, such as `min`"),
    "for": _COMPREHENSION,
    "while": _COMPREHENSION,
    "async": ("an expression waits for nothing", "remove the word"),
    "await": ("an expression waits for nothing", "remove the word"),
    "yield": ("an expression yields nothing", "remove the word"),
    "is": ("sameness is written with two equals signs", "use `==`"),
    "None": ("every quantity has a value here", "compare with a value it can have"),
}


def tokens(text: str) -> list[Token]:
    """Cut a text into tokens, ending with one of kind ``end``, or raise ``ExprError``."""
    text = re.sub(r"[\t\r\n]", " ", text)
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token, at = _next(text, at, found)
        found.append(token)
    return [*found, Token("end", "", len(text.rstrip()))]


def is_name(text: str) -> bool:
    """Whether expressions can use this as a name: a plain, undotted, unreserved word."""
    return (
        re.fullmatch(r"[A-Za-z]\w*", text, re.ASCII) is not None
        and not keyword.iskeyword(text)
        and text not in ("yes", "no", "true", "false")
    )


def _next(text: str, at: int, before: list[Token]) -> tuple[Token, int]:
    if quoted := _QUOTED.match(text, at):
        raise _string(quoted, at)
    if not_in := _NOT_IN.match(text, at):
        return Token("operator", "not in", at), not_in.end()
    if word := _WORD.match(text, at):
        return _word(word[0], at), word.end()
    if number := _NUMBER.match(text, at):
        value = literal(number[0], at)
        if percent := _PERCENT.match(text, number.end()):
            raise ExprError(
                f"{quote(number[0] + percent[0])} is a percentage",
                "inside an expression numbers are plain decimals",
                f"write `{number_text(value / 100)}`",
                column=at,
            )
        return Token("number", number[0], at, value), number.end()
    if sign := _SIGN.match(text, at):
        if sign[0] in _OPERATORS:
            return Token("operator", sign[0], at), sign.end()
        why, remedy = _REFUSED[sign[0]]
        if sign[0] == "=" and _is_keyword_argument(before):
            why = "a function's arguments are given without names"
            remedy = "leave out the name and the `=` (to compare, use `==`)"
        raise ExprError(f"{_called(sign[0])} is not used here", why, remedy, column=at)
    if kind := _PUNCTUATION.get(text[at]):
        return Token(kind, text[at], at), at + 1
    raise _strange(text, at)


def _word(source: str, at: int) -> Token:
    if source == "not":
        return Token("unary", source, at)
    if source in _WORD_OPERATORS:
        return Token("operator", source, at)
    parts = re.split(r"[ ]*\.[ ]*", source)
    if len(parts) > _LONGEST_NAME:
        raise ExprError(
            f"the dotted name {quote(source)} is too long",
            f"a dotted name has at most {_LONGEST_NAME} parts",
            "shorten it",
            column=at,
        )
    for part in parts:
        if part.startswith("_"):
            raise ExprError(
                f"{quote(source)} is not a name that can be used",
                "a name begins with a letter",
                "leave out the leading underscore",
                column=at,
            )
        if keyword.iskeyword(part) and source not in ("True", "False"):
            why, remedy = _WORDS.get(
                part, ("the word has a meaning of its own in the grammar", "use another name")
            )
            raise ExprError(f"the word {quote(part)} is not used here", why, remedy, column=at)
    return Token("name", source, at)


def _is_keyword_argument(before: list[Token]) -> bool:
    if len(before) < 2 or before[-1].kind != "name":
        return False
    if before[-2].kind == "open":
        return len(before) > 2 and before[-3].kind == "name"
    return before[-2].kind == "comma"


def _called(sign: str) -> str:
    return "a no-break space" if sign == "\u00a0" else quote(sign)


def _string(quoted: re.Match[str], at: int) -> ExprError:
    prefix, _, inside = quoted.groups()
    if prefix.lower() in ("f", "fr", "rf"):
        what, why = "a text with values in it (f-string)", "no texts are composed in an expression"
    else:
        what = f"the quoted text {quote(inside)}" if inside else "an empty text"
        why = "an expression has no texts, only names"
    plain = inside if is_name(inside) else "name"
    return ExprError(
        f"{what} is not used here", why, f"write `{clip(plain)}` without quotes", column=at
    )


def _strange(text: str, at: int) -> ExprError:
    if text[at].isalnum():
        start = end = at
        while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        return ExprError(
            f"{quote(text[start:end])} is not in plain letters",
            "a name is made of a to z, A to Z, digits and `_`",
            "spell it in plain letters",
            column=start,
        )
    return ExprError(
        f"the character {quote(text[at])} is not used here",
        "there are names, numbers, brackets and `+ - * / == != < <= > >= and or not`",
        "remove it",
        column=at,
    )
