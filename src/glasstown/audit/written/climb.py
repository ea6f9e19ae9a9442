"""Whether somebody who does everything right can leave a tier, and how long it takes.

A citizen of one kind (for whom each condition of the rules that nobody can change holds, or does
not) does all that gains points and nothing that costs any. What befalls everybody of that kind
still does. If that life leaves the tier, there is a way out, and its months are told. If not even
a life without caps leaves it, there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import final

import numpy as np

from glasstown.audit.written.may import Known, Truths, truths
from glasstown.audit.written.reach import (
    Gain,
    fade_of,
    gains_of,
    in_steps,
    score_at,
    tier_numbers,
)
from glasstown.audit.written.sheet import Sheet
from glasstown.expr import And, Call, Compare, Expr, IfElse, Name, Not, Or, Yes, names, walk
from glasstown.scheme.model import Rule

LONGEST = 120
"""Months after which somebody is held not to leave: ten years."""

MOST_OPEN = 8
"""How many conditions of the rules are tried each way."""

OWN = ("score", "tier", "month")


@final
@dataclass(frozen=True)
class Climb:
    """How somebody of one kind leaves a tier upward.

    kind: the conditions that hold or do not, for whom; months: after how many, None if never
    within ten years; shut: whether it is certain that there is no way.
    """

    tier: str
    kind: Mapping[Expr, bool]
    months: int | None
    shut: bool


def climbs(sheet: Sheet) -> Iterator[Climb]:
    """For each reachable tier but the highest, and each kind of citizen, the way out of it."""
    reached = sheet.reach
    if reached is None or len(sheet.scheme.tiers) < 2:
        return
    numbers = tier_numbers(sheet.scheme)
    for kind in kinds(sheet):
        for number, name in list(enumerate(sheet.scheme.tiers))[:-1]:
            inside = np.flatnonzero((numbers == number) & reached.scores)
            if inside.size:
                yield _out(sheet, name, number, int(inside[0]), kind)


def kinds(sheet: Sheet) -> Iterator[dict[Expr, bool]]:
    """Each way in which what a citizen cannot change may hold for the rules, or not."""
    conditions: dict[Expr, None] = {}
    for rule in sheet.scheme.rules.values():
        if not rule.at_start:
            conditions |= dict.fromkeys(_open(rule.only_if.expr))
            if rule.seen_by in sheet.scheme.sensors:
                conditions |= dict.fromkeys(_open(sheet.scheme.sensors[rule.seen_by].watches.expr))
    tried = [expr for expr in conditions if not names(expr) & sheet.changing][:MOST_OPEN]
    for way in product((True, False), repeat=len(tried)):
        yield dict(zip(tried, way, strict=True))


def _out(sheet: Sheet, tier: str, number: int, start: int, kind: Mapping[Expr, bool]) -> Climb:
    months = _months(sheet, number, start, kind, capped=True)
    shut = months is None and _months(sheet, number, start, kind, capped=False) is None
    return Climb(tier, kind, months, shut)


def _months(
    sheet: Sheet, number: int, start: int, kind: Mapping[Expr, bool], *, capped: bool
) -> int | None:
    score = sheet.scheme.score
    assert score is not None
    numbers, faded = tier_numbers(sheet.scheme), fade_of(score)
    tiers = tuple(sheet.scheme.tiers)
    used = dict.fromkeys(sheet.scheme.rules, 0)
    at, last = start, len(numbers) - 1
    for month in range(LONGEST):
        here = score_at(score, at)
        tier = int(numbers[at])
        known = Known((here, here), tiers, (tier, tier), kind, sheet.numbers)
        total = 0
        for name, rule in sheet.scheme.rules.items():
            if rule.at_start or not _in_time(rule, month):
                continue
            for given in gains_of(rule, score, sheet.numbers)[:1]:
                points = _best(rule, given, _may(sheet, rule, known))
                if capped and rule.at_most is not None:
                    cap = in_steps(score, abs(rule.at_most.points))
                    if rule.at_most.months and month % rule.at_most.months == 0:
                        used[name] = 0
                    points = max(-(cap - used[name]), min(points, cap - used[name]))
                    used[name] += abs(points)
                total += points
        at = int(faded[min(max(at + total, 0), last)])
        if numbers[at] > number:
            return month + 1
    return None


def _in_time(rule: Rule, month: int) -> bool:
    """Whether a rule of a period may fire this month."""
    return rule.each is None or (month + 1) % rule.each == 0


def _may(sheet: Sheet, rule: Rule, known: Known) -> Truths:
    """Whether a rule may fire for somebody: always, never, or as the citizen does."""
    held = truths(rule.only_if.expr, known)
    watched: Truths = frozenset((True,))
    if rule.seen_by in sheet.scheme.sensors:
        watched = truths(sheet.scheme.sensors[rule.seen_by].watches.expr, known)
    if True not in held or True not in watched:
        return frozenset((False,))
    chosen = rule.when is not None or rule.missed is not None
    sure = held == watched == frozenset((True,)) and not chosen
    return frozenset((True,)) if sure else frozenset((True, False))


def _best(rule: Rule, given: Gain, may: Truths) -> int:
    """The most that a rule can bring somebody who does everything right."""
    _, most = given
    if True not in may:
        return 0
    if may == frozenset((True,)):
        return most  # it befalls whoever is of this kind, and they may be lucky in how much
    return max(0, most)


def _open(expr: Expr) -> list[Expr]:
    """The conditions of a formula that are not of the scheme's own making."""
    match expr:
        case Yes():
            return []
        case Not(arg):
            return _open(arg)
        case And(args) | Or(args):
            return [found for arg in args for found in _open(arg)]
        case IfElse(test, then, otherwise):
            return [found for part in (test, then, otherwise) for found in _open(part)]
        case Call(function):
            return [] if function in ("on", "months_on", "seen", "months") else [expr]
    own = any(isinstance(part, Name) and part.name in OWN for part in walk(expr))
    lasting = any(isinstance(part, Call) for part in walk(expr))
    is_condition = isinstance(expr, Name | Compare)
    return [expr] if is_condition and not own and not lasting else []
