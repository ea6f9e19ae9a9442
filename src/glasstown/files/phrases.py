"""Short phrases with a meaning: caps, rates, outcomes, the best so-and-so many."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias, final, get_args

from glasstown.errors import nearest
from glasstown.files.bad_value import BadValue, given
from glasstown.files.exact import (
    AMOUNT,
    DECIMALS,
    PERCENTAGE,
    Phrase,
    Quantity,
    bounded,
    decimal_text,
    number_in,
    percent_text,
)
from glasstown.files.names import read_name
from glasstown.files.quantities import MOST_MONTHS, read_number, read_percent

_SPANS = {"month": 1, "quarter": 3, "year": 12}
_CAP = re.compile(r"(\S+) (?:(ever)|an? ([a-z]+)|every ([0-9]{1,4}) months)")
_CAP_REMEDY = "write how many points in what time, such as `36 a year`, or `50 ever`"
_RATE = re.compile(r"(.*?)(?: an? ([a-z]+))?")
_RATE_REMEDY = "write how likely it is, such as `20% a month`, or how often, such as `2 a year`"

OutcomeKind: TypeAlias = Literal["refuse", "discount", "advance", "expose", "require"]
Body: TypeAlias = Literal["community", "nation"]

_OUTCOMES = {
    "refuse": "refuse",
    "discount": "discount 20%",
    "advance": "advance",
    "expose": "expose",
    "require": "require deposit",
}


@final
@dataclass(frozen=True)
class Cap(Phrase):
    """The most points something can bring, within so many months; months None: ever."""

    points: Fraction
    months: int | None

    @classmethod
    def quantity(cls) -> Quantity:
        """Return how a cap is read, written and described."""
        return Quantity(read_cap, cap_text, _CAP_SCHEMA)


@final
@dataclass(frozen=True)
class Outcome(Phrase):
    """What happens to somebody on an occasion.

    kind: which of the five; percent: how much is let off, for a discount only; what: the name of
    what is asked for, for a requirement only.
    """

    kind: OutcomeKind
    percent: Fraction | None = None
    what: str | None = None

    @classmethod
    def quantity(cls) -> Quantity:
        """Return how an outcome is read, written and described."""
        return Quantity(read_outcome, outcome_text, _OUTCOME_SCHEMA)


@final
@dataclass(frozen=True)
class Best(Phrase):
    """A quota by rank: the best share of a community or of the nation."""

    share: Fraction
    of: Body

    @classmethod
    def quantity(cls) -> Quantity:
        """Return how a quota is read, written and described."""
        return Quantity(read_best, best_text, _BEST_SCHEMA)


def read_cap(value: object) -> Cap:
    """Read a cap: `36 a year`, `10 a month`, `20 a quarter`, `50 ever`. Raises BadValue.

    `30 every 6 months` serves for other spans. The points are how many at most, without a sign.
    """
    if isinstance(value, Cap):
        value = cap_text(Cap(read_number(value.points), value.months))
    found = _CAP.fullmatch(value.strip()) if isinstance(value, str) else None
    points = number_in(found[1]) if found else None
    if found is None or points is None:
        plain = number_in(value)
        what = f"{given(value)} does not say in what time" if plain is not None else ""
        raise BadValue(what or f"{given(value)} is not a cap", remedy=_CAP_REMEDY)
    if points < 0:
        what = f"{given(value)} is less than nothing"
        raise BadValue(what, why="a cap is without a sign: how many at most", remedy=_CAP_REMEDY)
    points = bounded(points, value)
    if found[2]:
        return Cap(points, None)
    months = int(found[4]) if found[4] else _span(found[3], value, _CAP_REMEDY)
    if not 1 <= months <= MOST_MONTHS:
        what = f"{given(value)} is not within 1 to {MOST_MONTHS} months"
        raise BadValue(what, remedy=_CAP_REMEDY)
    return Cap(points, months)


def read_rate(value: object) -> Fraction:
    """Read a chance per month: `20% a month`, `20%`, `3% a year`, `2 a year`. Raises BadValue.

    What is said for a quarter or a year is spread evenly over its months, so `3% a year` is
    exactly 1/400 a month (and, compounded, a little less than 3% by the year's end).
    """
    if isinstance(value, Fraction):
        # Already a chance per month, perhaps a twelfth of something written.
        if not 0 <= value <= 1:
            raise BadValue(f"{given(value)} is not a chance from 0 to 1", remedy=_RATE_REMEDY)
        return bounded(value * 12, value) / 12
    found = _RATE.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or found[2] is None:
        return read_percent(value)
    months = _span(found[2], value, _RATE_REMEDY)
    amount = number_in(found[1].removesuffix("%").rstrip())
    if amount is None:
        raise BadValue(f"{given(value)} is not a rate", remedy=_RATE_REMEDY)
    if found[1].endswith("%"):
        amount /= 100
    if amount < 0:
        raise BadValue(f"{given(value)} is less than never", remedy=_RATE_REMEDY)
    if amount > months:
        what = f"{given(value)} is more than once a month"
        raise BadValue(what, why="a thing happens at most once a month", remedy=_RATE_REMEDY)
    return bounded(amount, value) / months


def read_outcome(value: object) -> Outcome:
    """Read an outcome: `refuse`, `discount 20%`, `advance`, `expose`, `require deposit`.

    Raises BadValue, with the nearest right verb.
    """
    if isinstance(value, Outcome):
        percent = None if value.percent is None else read_percent(value.percent)
        value = outcome_text(Outcome(value.kind, percent, value.what))
    if not isinstance(value, str):
        raise BadValue(f"{given(value)} is not an outcome", remedy=_outcomes())
    verb, _, rest = value.strip().partition(" ")
    kind = next((kind for kind in get_args(OutcomeKind) if kind == verb), None)
    if kind is None:
        close = nearest(verb, _OUTCOMES)
        raise BadValue(
            f"{given(value)} is not an outcome",
            remedy=_outcomes(),
            nearest=f"{close} {rest}".strip() if rest else _OUTCOMES.get(close, ""),
        )
    if kind == "discount":
        if not rest:
            raise BadValue("`discount` does not say how much", remedy="write `discount 20%`")
        return Outcome(kind, percent=read_percent(rest))
    if kind == "require":
        if not rest:
            raise BadValue("`require` does not say what", remedy="write `require deposit`")
        return Outcome(kind, what=read_name(rest))
    if rest:
        raise BadValue(f"{given(value)} has more than `{kind}` takes", remedy=f"write `{kind}`")
    return Outcome(kind)


def read_best(value: object) -> Best:
    """Read a quota by rank: `10% of community`, `5% of nation`. Raises BadValue."""
    if isinstance(value, Best):
        value = best_text(Best(read_percent(value.share), value.of))
    remedy = "write `10% of community` or `5% of nation`"
    share, of, body = value.strip().partition(" of ") if isinstance(value, str) else ("", "", "")
    if not of:
        raise BadValue(f"{given(value)} is not a quota", remedy=remedy)
    for known in get_args(Body):
        if body == known:
            return Best(read_percent(share), known)
    close = nearest(body, get_args(Body))
    what = f"{given(value)} is neither of the community nor of the nation"
    raise BadValue(what, remedy=remedy, nearest=f"{share} of {close}" if close else "")


def cap_text(cap: Cap) -> str:
    """Write a cap: `36 a year`."""
    points = decimal_text(cap.points)
    if cap.months is None:
        return f"{points} ever"
    word = next((word for word, months in _SPANS.items() if months == cap.months), "")
    return f"{points} a {word}" if word else f"{points} every {cap.months} months"


def rate_text(rate: Fraction) -> str:
    """Write a chance per month: `20% a month`; by the year where that is the exact way."""
    if (rate * 10**DECIMALS).denominator == 1:
        return f"{percent_text(rate)} a month"
    yearly = rate * 12
    return f"{percent_text(yearly)} a year" if yearly < 1 else f"{decimal_text(yearly)} a year"


def outcome_text(outcome: Outcome) -> str:
    """Write an outcome: `discount 20%`."""
    more = outcome.what or ""
    if outcome.percent is not None:
        more = percent_text(outcome.percent)
    return f"{outcome.kind} {more}".strip()


def best_text(best: Best) -> str:
    """Write a quota by rank: `10% of community`."""
    return f"{percent_text(best.share)} of {best.of}"


def _span(word: str, value: object, remedy: str) -> int:
    if word in _SPANS:
        return _SPANS[word]
    what = f"{given(value)} is not by the month, quarter or year"
    raise BadValue(what, remedy=remedy, nearest=nearest(word, _SPANS))


def _outcomes() -> str:
    *first, last = (f"`{example}`" for example in _OUTCOMES.values())
    return f"write {', '.join(first)} or {last}"


_CAP_SCHEMA = {
    "description": "The most points within a time, or ever.",
    "type": "string",
    "pattern": f"^{AMOUNT} (ever|an? (month|quarter|year)|every [0-9]{{1,4}} months)$",
    "examples": ["36 a year", "10 a month", "20 a quarter", "50 ever"],
}
_OUTCOME_SCHEMA = {
    "description": "What happens: refused, a discount, served first, exposed, or asked for more.",
    "type": "string",
    "pattern": f"^(refuse|discount {PERCENTAGE}|advance|expose|require [a-z][a-z0-9_]{{0,47}})$",
    "examples": list(_OUTCOMES.values()),
}
_BEST_SCHEMA = {
    "description": "A quota by rank, of the community or of the nation.",
    "type": "string",
    "pattern": f"^{PERCENTAGE} of (community|nation)$",
    "examples": ["10% of community", "5% of nation"],
}

Rate: TypeAlias = Annotated[
    Fraction,
    Quantity(
        read_rate,
        rate_text,
        {
            "description": "A chance per month; what is said by the year is spread evenly.",
            "anyOf": [
                {
                    "type": "string",
                    "pattern": f"^({PERCENTAGE}|({AMOUNT}|{PERCENTAGE}) an? (month|quarter|year))$",
                },
                {"type": "number", "minimum": 0, "maximum": 1},
            ],
            "examples": ["20% a month", "20%", "3% a year", "2 a year"],
        },
    ),
]
"""A chance per month in [0, 1], exact: at most nine decimals by the year."""
