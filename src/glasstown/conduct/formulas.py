"""The formulas of a conduct: where each stands, and what it may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from glasstown.conduct.model import Action, Conduct, Occasion
from glasstown.expr import (
    Expr,
    ExprError,
    Name,
    Quantity,
    Scope,
    Signature,
    Symbols,
    Type,
    YesNo,
    names_called,
    parse,
    walk,
)
from glasstown.expr.guess import guess
from glasstown.files import Path

STATES: Mapping[str, Type] = {
    "means": Quantity(),
    "fear": Quantity(),
    "listed": YesNo(),
    "refused": YesNo(),
    "exposed": YesNo(),
    "above_start": Quantity(),
    "month": Quantity(),
}
"""What a citizen's formulas may name beside traits and conditions."""


@dataclass(frozen=True)
class Use:
    """One formula of a conduct: where it stands, and what it must amount to."""

    path: Path
    expr: Expr
    want: Type


def uses(conduct: Conduct) -> Iterator[Use]:
    """Every formula of a conduct that can be read, in the order of the model."""
    for name, action in conduct.actions.items():
        path = ("actions", name)
        yield Use((*path, "who"), action.who.expr, YesNo())
        yield from _tastes(path, action)
        if action.voices is not None:
            yield Use((*path, "voices"), action.voices.expr, YesNo())
    for name, occasion in conduct.occasions.items():
        path = ("occasions", name)
        yield Use((*path, "who"), occasion.who.expr, YesNo())
        yield from _tastes(path, occasion)


def unreadable(conduct: Conduct) -> Iterator[tuple[Path, ExprError]]:
    """The tastes whose names are no formulas, and why."""
    for section in ("actions", "occasions"):
        for name, part in getattr(conduct, section).items():
            for key in part.taste:
                try:
                    parse(key)
                except ExprError as error:
                    yield (section, name, "taste", key), error


def scope(conduct: Conduct, traits: Mapping[str, Type]) -> Scope:
    """What the formulas of a conduct may name on citizens with these traits."""
    conditions = tuple(conduct.conditions)
    names = {**traits, **dict.fromkeys(conditions, YesNo()), **STATES}
    months = Signature((Symbols("condition", conditions),), Quantity())
    return Scope(names, {"months": months})


def free_names(conduct: Conduct) -> dict[str, list[Path]]:
    """The names that a nation must give a meaning to, and where.

    A name that is only compared with another, as `adult` in `age_band >= adult`, is taken for a
    value and left out.
    """
    found: dict[str, list[Path]] = {}
    own = own_names(conduct)
    for use in uses(conduct):
        known = guess(use.expr, use.want, own).names
        asked = names_called(use.expr, "months")
        for part in walk(use.expr):
            if isinstance(part, Name) and part.name in known and part.name not in asked:
                paths = found.setdefault(part.name, [])
                if use.path not in paths:
                    paths.append(use.path)
    return found


def own_names(conduct: Conduct) -> Iterable[str]:
    """The names in formulas that the conduct itself gives a meaning to."""
    return (*STATES, *conduct.conditions)


def _tastes(path: Path, part: Action | Occasion) -> Iterator[Use]:
    for key in part.taste:
        with suppress(ExprError):  # told by `unreadable`
            yield Use((*path, "taste", key), parse(key), Quantity())
