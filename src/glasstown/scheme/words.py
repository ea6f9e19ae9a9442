"""How the names of a scheme are put in sentences.

A scheme may say so itself, under `words`. For the names that the library's nations and conducts
use it is said here. Any other name is put together from its own letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

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
    Quantity,
    Type,
    YesNo,
    constant,
    prose,
    walk,
)
from glasstown.expr.guess import guess
from glasstown.files.exact import decimal_text, percent_text
from glasstown.scheme.formulas import OWN_CHOICES, OWN_NAMES

_DOINGS = {
    "apply_for_job": "applying for a job",
    "borrow": "borrowing money",
    "break_contract": "breaking a contract",
    "buy_course": "buying a course",
    "buy_plane_ticket": "buying a plane ticket",
    "buy_train_ticket": "buying a train ticket",
    "cheat_exam": "cheating in an exam",
    "donate_blood": "giving blood",
    "fall_behind": "falling behind on a loan",
    "file_patent": "filing a patent",
    "open_account": "opening a new credit account",
    "pay_debt": "paying a debt",
    "plagiarise": "plagiarising",
    "praise": "praising the authorities in public",
    "publish_paper": "publishing a paper",
    "rent_flat": "renting a flat",
    "shop": "shopping through the app",
    "speak_critically": "criticising the authorities in public",
    "study_hard": "studying hard",
    "volunteer": "volunteering",
}
"""What people do, and what they want to do."""

_HOLDING = {
    "college": "the citizen has been to college",
    "critical": "the citizen is critical of the authorities",
    "minority": "the citizen belongs to a minority",
    "party_member": "the citizen is a member of the party",
    "student": "the citizen is a student",
    "unpaid_debt": "the citizen has an unpaid debt",
    "urban": "the citizen lives in a town",
}
_DENIED = {
    "not college": "the citizen has not been to college",
    "not minority": "the citizen does not belong to a minority",
    "not urban": "the citizen does not live in a town",
    "not unpaid_debt": "the citizen has no unpaid debt",
}
_MEASURED = {
    "age_band": "the citizen's age band",
    "credit_history": "the length of the citizen's credit history in years",
    "diligence": "the citizen's diligence",
    "income": "the citizen's income",
    "integrity": "the citizen's integrity",
    "sex": "the citizen's sex",
    "sociability": "the citizen's sociability",
}
_OWN = {
    "score": "the score",
    "tier": "the tier",
    "month": "the number of the month",
    "on": "the citizen is on the register {0}",
    "not on": "the citizen is not on the register {0}",
    "months_on": "the number of months on the register {0}",
    "months": "the number of months of {0}",
    "seen": "{0} has been seen",
    "seen by": "{0} has been seen by the {1}",
    "mean": "the average score in the citizen's community",
}
_SYMBOL = "symbol "
_OF_SYMBOLS = ("on", "months_on", "months", "seen")


@dataclass(frozen=True)
class Words:
    """Says names and formulas of one scheme. `given` is the scheme's own `words`."""

    given: Mapping[str, str] = field(default_factory=dict)

    def doing(self, name: str) -> str:
        """An action or occasion as something one does: `publishing a paper`."""
        return self.given.get(name) or _DOINGS.get(name) or gerund(name)

    def holds(self, expr: Expr) -> str:
        """A formula that holds or does not, as a clause."""
        return prose(_marked(expr), self._known(expr, YesNo()))

    def amount(self, expr: Expr) -> str:
        """A formula that is a quantity, in words."""
        inside, low, high = _clamp(expr)
        if low is not None or high is not None:
            ends = [f"at least {number(low)}"] if low is not None else []
            ends += [f"at most {number(high)}"] if high is not None else []
            return f"{self.amount(inside)}, but {' and '.join(ends)}"
        said = prose(_marked(expr), self._known(expr, Quantity()))
        return f"1 if {said}, otherwise 0" if _holds(expr) else said

    def _known(self, expr: Expr, want: Type) -> dict[str, str]:
        guessed = guess(expr, want, OWN_NAMES, OWN_CHOICES)
        words = {}
        for name, kind in guessed.names.items():
            holds = f"the citizen is marked as {plain(name)}"
            words[name] = holds if kind == YesNo() else f"the citizen's {plain(name)}"
        words |= {**_MEASURED, **_HOLDING, **_DENIED, **self.given, **_OWN}
        for call in walk(expr):
            if isinstance(call, Call) and call.function in _OF_SYMBOLS:
                for position, arg in enumerate(call.args):
                    if isinstance(arg, Name):
                        action = call.function == "seen" and position == 0
                        said = self.doing(arg.name) if action else plain(arg.name)
                        words[_SYMBOL + arg.name] = said
        return words


def plain(name: str) -> str:
    """A name with spaces: `court_list` is `court list`."""
    return name.replace("_", " ")


def gerund(name: str) -> str:
    """A name that begins with a verb, as something one does: `pay_fine` is `paying fine`."""
    verb, *rest = name.split("_")
    if verb.endswith("ie"):
        verb = verb[:-2] + "y"
    elif re.search(r"[^eyo]e$", verb):
        verb = verb[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdgmnprt]", verb):
        verb += verb[-1]
    return " ".join([f"{verb}ing", *rest])


def number(value: Fraction) -> str:
    """A number, with commas between thousands."""
    text = decimal_text(abs(value))
    whole, point, behind = text.partition(".")
    return f"{'-' if value < 0 else ''}{int(whole):,}{point}{behind}"


def percent(share: Fraction) -> str:
    """A share as a percentage."""
    return percent_text(share)


def months(count: int) -> str:
    """A span of time: `a month`, `2 years`, `7 months`."""
    if count % 12 == 0 and count:
        return "a year" if count == 12 else f"{count // 12} years"
    return "a month" if count == 1 else f"{count} months"


def listed(parts: Iterable[str], word: str = "and") -> str:
    """Several things in a row: `a, b and c`."""
    several = list(parts)
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} {word} {several[-1]}"


def capital(sentence: str) -> str:
    """A sentence with its first letter large and a full stop at its end."""
    text = sentence.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _holds(expr: Expr) -> bool:
    """Whether a formula is said as something that holds or does not."""
    match expr:
        case Compare() | And() | Or() | Not():
            return True
        case Call(function):
            return function in ("on", "seen", "between")
        case Name(name):
            return name in _HOLDING
    return False


def _clamp(expr: Expr) -> tuple[Expr, Fraction | None, Fraction | None]:
    """Read `max(low, min(high, e))`, in whatever order or half of it, as e between two limits."""
    limits: dict[str, Fraction] = {}
    inside = expr
    for _ in range(2):
        for function in {"max", "min"} - limits.keys():
            limit, rest = _limited(inside, function)
            if limit is not None and rest is not None:
                limits[function], inside = limit, rest
                break
    return inside, limits.get("max"), limits.get("min")


def _limited(expr: Expr, function: str) -> tuple[Fraction | None, Expr | None]:
    match expr:
        case Call(name, (first, second)) if name == function:
            for limit, rest in ((first, second), (second, first)):
                value = constant(limit)
                if value is not None and constant(rest) is None:
                    return value, rest
    return None, None


def _marked(expr: Expr) -> Expr:
    """The formula with each register, condition or action told apart from a name alone.

    `unpaid_debt` by itself holds or does not; in `months(unpaid_debt)` it is a thing.
    """
    match expr:
        case Call(function, args):
            symbol = function in _OF_SYMBOLS
            marked = tuple(
                Name(_SYMBOL + arg.name, arg.column)
                if symbol and isinstance(arg, Name)
                else _marked(arg)
                for arg in args
            )
            by = function == "seen" and len(args) == 2
            return replace(expr, function="seen by" if by else function, args=marked)
        case Not(arg) | Negate(arg):
            return replace(expr, arg=_marked(arg))
        case And(args) | Or(args):
            return replace(expr, args=tuple(_marked(arg) for arg in args))
        case Compare(_, left, right) | Binary(_, left, right):
            return replace(expr, left=_marked(left), right=_marked(right))
        case IfElse(test, then, otherwise):
            return replace(
                expr, test=_marked(test), then=_marked(then), otherwise=_marked(otherwise)
            )
    return expr
