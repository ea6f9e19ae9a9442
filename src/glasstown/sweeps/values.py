"""One value of a varied path: what a file would say there, and the number or word it stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias, final

from glasstown.files import Best, Cap, Outcome
from glasstown.files.exact import decimal_text, number_in
from glasstown.files.phrases import best_text, cap_text, outcome_text
from glasstown.files.quantities import Span

Plain: TypeAlias = bool | Fraction | str | None
"""What a value is in a table: a number, yes or no, a word; None where an entry is removed."""


@final
@dataclass(frozen=True)
class Value:
    """A value to set: `given` as a file would say it, ready for JSON; `plain` as a table has it."""

    given: Any
    plain: Plain

    def text(self) -> str:
        """The value for people, as a file would say it."""
        return text(self.given)


@final
@dataclass(frozen=True)
class Held:
    """A number that a world holds, and how another is put in its place.

    whole: whether only whole numbers fit; points: whether it is points, kept to a score's step.
    """

    number: Fraction
    put: Callable[[Fraction], Any]
    whole: bool = False
    points: bool = False

    def value(self, number: Fraction) -> Value:
        """The value that sets this number."""
        given = self.put(number)
        return Value(given, given if isinstance(given, bool) else number)


def held_number(value: Any) -> Held | None:
    """The number in what a world holds, within a phrase too: 75 in `75 a year`; None if none."""
    match value:
        case bool():
            return Held(Fraction(value), lambda number: number >= Fraction(1, 2), whole=True)
        case int():
            return Held(Fraction(value), _number, whole=True)
        case Fraction():
            return Held(value, _number)
        case Span(low, high) if low == high:
            return Held(low, _number, points=True)
        case Cap(points):
            return Held(points, lambda n: cap_text(replace(value, points=n)), points=True)
        case Outcome(percent=Fraction() as percent):
            return Held(percent, lambda n: outcome_text(replace(value, percent=n)))
        case Best(share):
            return Held(share, lambda n: best_text(replace(value, share=n)))
    return None


def value_of(given: Any) -> Value:
    """A value as somebody wrote it: a number, a share in percent, yes or no, a word, nothing."""
    if given is None or isinstance(given, bool):
        return Value(given, given)
    number = number_in(given)
    if number is None and isinstance(given, str) and given.strip().endswith("%"):
        share = number_in(given.strip().removesuffix("%").rstrip())
        number = None if share is None else share / 100
        return Value(given.strip(), given.strip() if number is None else number)
    if number is not None and not isinstance(given, str):
        return Value(_number(number), number)
    given = _json(given)
    return Value(given, number if number is not None else text(given))


def text(given: Any) -> str:
    """A value of a file on one line."""
    match given:
        case None:
            return "null"
        case bool():
            return "yes" if given else "no"
        case dict():
            return "{" + ", ".join(f"{key}: {text(inner)}" for key, inner in given.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(text(inner) for inner in given) + "]"
    return str(given)


def plain_text(plain: Plain) -> str:
    """A table's value for people."""
    return str(_number(plain)) if isinstance(plain, Fraction) else text(plain)


def _number(number: Fraction) -> int | str:
    """A number as a file would hold it, exactly; one of more than nine decimals as a float says."""
    if number.denominator == 1:
        return number.numerator
    return decimal_text(number) if (number * 10**9).denominator == 1 else repr(float(number))


def _json(given: Any) -> Any:
    """A written value with its exact numbers as texts."""
    if isinstance(given, dict):
        return {str(key): _json(inner) for key, inner in given.items()}
    if isinstance(given, list | tuple):
        return [_json(inner) for inner in given]
    if given is None or isinstance(given, str | bool | int):
        return given
    number = number_in(given)
    return str(given) if number is None else _number(number)
