"""How severe what befalls citizens is, beside how grave what they did is."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, final

from glasstown.audit.written.evaluation import evaluated
from glasstown.audit.written.grounds import OTHERS, Ground, grounds_of_register, grounds_of_rule
from glasstown.audit.written.may import Known, truths
from glasstown.audit.written.routes import Route
from glasstown.audit.written.treatments import Ranged, ranged, severity
from glasstown.audit.written.written import Written
from glasstown.expr import Call, Name

Times: TypeAlias = "Fraction | float"
"""Severity for each unit of gravity; the float is infinity, for what is no wrong at all."""

NOBODYS_DUE = ("pro-social", "political", "private", "personal", "ties")
"""Kinds of grounds that nobody is owed, so that to leave them undone is no wrong."""

NO_WRONG = Ranged(Fraction(0), Fraction(0), Fraction(0))


@final
@dataclass(frozen=True)
class Pair:
    """Something that citizens answer for, and something that befalls them for it.

    source: the path of the rule, register or consequence where the ground is named; gravity,
    severity: None where the yardstick does not know; lacking: the grounds it does not know;
    undone: that what is answered for is to have left something undone.
    """

    source: str
    consequence: str
    gravity: Ranged | None
    severity: Ranged | None
    lacking: tuple[str, ...]
    undone: bool
    routes: tuple[Route, ...]

    @property
    def times(self) -> tuple[Times, Times, Times]:
        """Severity for each unit of gravity: as declared, and the least and most of the ranges."""
        assert self.gravity is not None
        assert self.severity is not None
        return (
            _over(self.severity.value, self.gravity.value),
            _over(self.severity.low, self.gravity.high),
            _over(self.severity.high, self.gravity.low),
        )


def pairs(case: Written) -> Iterator[Pair]:
    """Each rule that lowers, register, or ground asked for itself, with what each leads to."""
    grouped: dict[tuple[str, str], list[Route]] = {}
    for route in _answering(case):
        grouped.setdefault((_source(route), route.consequence), []).append(route)
    for (source, consequence), routes in grouped.items():
        grounds = _grounds(case, routes[0])
        undone = _undone(case, routes[0])
        known = {g.name: _gravity(case, g, undone) for g in grounds}
        lacking = tuple(name for name, gravity in known.items() if gravity is None)
        yield Pair(
            source,
            consequence,
            _gravest([gravity for gravity in known.values() if gravity is not None]),
            severity(case, consequence),
            lacking,
            undone,
            tuple(routes),
        )


def _answering(case: Written) -> Iterator[Route]:
    """The routes on which citizens are worse off for what they did or are."""
    over_time = set(evaluated(case))
    for route in case.routes:
        if route.rule is not None:
            if route.lowers and route in over_time:
                yield route
        elif route.treatment == "imposed" or _loses(case, route):
            yield route


def _loses(case: Written, route: Route) -> bool:
    """Whether a gain is withheld from whoever the ground holds for, and not from the others."""
    expr = case.scheme.consequences[route.consequence].applies_to.expr
    fact = Call("on", (Name(route.register),)) if route.register else Name(route.ground.name)
    return True not in truths(expr, Known(tiers=tuple(case.scheme.tiers), facts={fact: True}))


def _source(route: Route) -> str:
    if route.rule is not None:
        return f"rules.{route.rule}"
    if route.register is not None:
        return f"registers.{route.register}"
    return f"consequences.{route.consequence}.for"


def _grounds(case: Written, route: Route) -> tuple[Ground, ...]:
    if route.rule is not None:
        return grounds_of_rule(case.sheet, route.rule)
    if route.register is not None:
        return grounds_of_register(case.sheet, route.register) or (route.ground,)
    return (route.ground,)


def _undone(case: Written, route: Route) -> bool:
    return route.rule is not None and case.scheme.rules[route.rule].missed is not None


def _gravity(case: Written, ground: Ground, undone: bool) -> Ranged | None:
    """How grave a ground is; None where the yardstick does not know it."""
    if ground.name == OTHERS:
        return NO_WRONG  # what others did is no wrong of the citizen's own
    known = case.yardstick.grounds.get(ground.name)
    if known is None or (undone and known.kind not in NOBODYS_DUE):
        return None
    return ranged(known, "gravity")


def _gravest(known: list[Ranged]) -> Ranged | None:
    """What speaks most for the scheme where a rule rests on several grounds."""
    return max(known, key=lambda gravity: gravity.value, default=None)


def _over(severe: Fraction, grave: Fraction) -> Times:
    if severe == 0:
        return Fraction(0)
    return severe / grave if grave else math.inf
