"""The routes of a scheme: record, rule, score, tier or register, consequence.

A route leads from something about a citizen to something that befalls the citizen. It is there if
the rule's firing can move a score that somebody can have across what the consequence asks for, or
put somebody on the register that it asks for; whether anyone's life takes it is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal, final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Step
from glasstown.audit.written.grounds import (
    Ground,
    grounds_of_register,
    grounds_of_rule,
    named_in,
)
from glasstown.audit.written.may import Known, truths
from glasstown.audit.written.reach import Gain, Reach, gains_of, score_at, tier_numbers
from glasstown.audit.written.sheet import Sheet
from glasstown.expr import (
    And,
    Call,
    Compare,
    Expr,
    IfElse,
    Name,
    Not,
    Or,
    children,
    names_called,
    walk,
)
from glasstown.expr.types import YesNo
from glasstown.scheme.model import Consequence, Register, Rule

GRANTS = ("advance", "discount")
"""Outcomes that somebody gains by; not to get them is a treatment too."""

MOST_OPEN = 6
"""How many conditions of one formula, beside the score, are tried each way."""


@final
@dataclass(frozen=True)
class Route:
    """One way from a ground to a consequence.

    rule, register: what leads there, of which one may be None, or both where the consequence asks
    for the ground itself; lowers: whether the ground's rule takes points (None where no points are
    in it); treatment: whether the consequence is imposed on those it meets, or is a gain withheld
    from them.
    """

    ground: Ground
    rule: str | None
    register: str | None
    consequence: str
    lowers: bool | None
    treatment: Literal["imposed", "withheld"]
    steps: tuple[Step, ...]


def routes(sheet: Sheet) -> tuple[Route, ...]:
    """Every route of a scheme, by consequence and in the order of the file."""
    return tuple(
        route
        for name, consequence in sheet.scheme.consequences.items()
        for route in _to(sheet, name, consequence)
    )


def _to(sheet: Sheet, name: str, consequence: Consequence) -> Iterator[Route]:
    treatment: Literal["imposed", "withheld"]
    treatment = "withheld" if consequence.outcome.kind in GRANTS else "imposed"
    end = sheet.part("consequences", name)
    expr = consequence.applies_to.expr
    for register in _registers(expr):
        for ground, rule, lowers, steps in _onto(sheet, register, set()):
            yield Route(ground, rule, register, name, lowers, treatment, (*steps, end))
    if _asks_for_score(expr) or consequence.best is not None:
        always = consequence.best is not None
        for ground, rule, lowers, steps in _by_score(sheet, expr, always):
            yield Route(ground, rule, None, name, lowers, treatment, (*steps, end))
    for ground in named_in(
        sheet, expr, YesNo(), consequence.context, ("consequences", name, "for")
    ):
        yield Route(ground, None, None, name, None, treatment, (*ground.steps, end))


_Way = tuple[Ground, str | None, bool | None, tuple[Step, ...]]


def _onto(sheet: Sheet, name: str, met: set[str]) -> Iterator[_Way]:
    """The ways onto a register: by what it asks for, by a score, by another register."""
    register: Register | None = sheet.scheme.registers.get(name)
    if register is None or name in met:
        return
    met = met | {name}
    end = sheet.part("registers", name)
    for ground in grounds_of_register(sheet, name):
        yield ground, None, None, (*ground.steps, end)
    for other in _registers(register.enter.expr):
        for ground, rule, lowers, steps in _onto(sheet, other, met):
            yield ground, rule, lowers, (*steps, end)
    if _asks_for_score(register.enter.expr):
        for ground, rule, lowers, steps in _by_score(sheet, register.enter.expr, False):
            yield ground, rule, lowers, (*steps, end)


def _by_score(sheet: Sheet, expr: Expr, always: bool) -> Iterator[_Way]:
    """The ways through the score: rules whose firing can change what a formula amounts to."""
    reached = sheet.reach
    if reached is None:
        return
    masks = tuple(_masks(sheet, expr, reached))
    tiers = list(sheet.scheme.tiers)
    for name, rule in sheet.scheme.rules.items():
        for lowers in (True, False):
            moved = always and _moves(sheet, rule, lowers)
            if moved or _changes(sheet, rule, lowers, masks, reached):
                step = sheet.part("rules", name)
                for ground in grounds_of_rule(sheet, name):
                    yield ground, name, lowers, (*ground.steps, step, sheet.part("score"))
        if rule.straight_to is not None and _by_tier(sheet, expr, tiers.index(rule.straight_to)):
            step = sheet.part("rules", name)
            for ground in grounds_of_rule(sheet, name):
                yield (
                    ground,
                    name,
                    True,
                    (*ground.steps, step, sheet.part("tiers", rule.straight_to)),
                )


def _one_way(sheet: Sheet, rule: Rule, lowers: bool) -> list[Gain]:
    """What a rule may take, or what it may give."""
    assert sheet.scheme.score is not None
    gains = gains_of(rule, sheet.scheme.score, sheet.numbers)
    if rule.log_odds is not None:
        sign = -1 if rule.log_odds < 0 else 1
        gains = ((min(sign, sign * 2**15), max(sign, sign * 2**15)),)
    if lowers:
        return [(least, min(most, -1)) for least, most in gains if least < 0]
    return [(max(least, 1), most) for least, most in gains if most > 0]


def _moves(sheet: Sheet, rule: Rule, lowers: bool) -> bool:
    return bool(_one_way(sheet, rule, lowers))


def _changes(
    sheet: Sheet,
    rule: Rule,
    lowers: bool,
    masks: tuple[NDArray[np.bool_], ...],
    reached: Reach,
) -> bool:
    """Whether the rule's firing can carry a score that can be reached across a change."""
    for least, most in _one_way(sheet, rule, lowers):
        for mask in masks:
            size = len(mask)
            at = np.flatnonzero(reached.scores)
            near, far = np.clip(at + least, 0, size - 1), np.clip(at + most, 0, size - 1)
            held = np.concatenate([[0], np.cumsum(mask)])
            among = held[far + 1] - held[near]  # of the scores it may be carried to, those held
            own = mask[at]
            if ((among > 0) & ~own).any() or ((among < far - near + 1) & own).any():
                return True
    return False


def _masks(sheet: Sheet, expr: Expr, reached: Reach) -> Iterator[NDArray[np.bool_]]:
    """For each way its other conditions may be: at which scores a formula holds."""
    score = sheet.scheme.score
    assert score is not None
    open_ = [part for part in _conditions(expr) if not _asks_for_score(part)][:MOST_OPEN]
    numbers = tier_numbers(sheet.scheme)
    names = tuple(sheet.scheme.tiers)
    by_tier = not any(part == Name("score") for part in walk(expr))
    for way in product((True, False), repeat=len(open_)):
        facts = dict(zip(open_, way, strict=True))
        if by_tier:
            held = [
                True in truths(expr, Known(tiers=names, tier=(tier, tier), facts=facts))
                for tier in range(max(len(names), 1))
            ]
            yield np.array(held)[numbers]
        else:
            yield np.array(
                [
                    True in truths(expr, Known((at, at), names, (int(tier), int(tier)), facts))
                    for at, tier in ((score_at(score, s), numbers[s]) for s in range(len(numbers)))
                ]
            )


def _by_tier(sheet: Sheet, expr: Expr, tier: int) -> bool:
    """Whether standing in this tier rather than a higher one can change a formula."""
    names = tuple(sheet.scheme.tiers)
    there = truths(expr, Known(tiers=names, tier=(tier, tier)))
    above = [truths(expr, Known(tiers=names, tier=(t, t))) for t in range(tier + 1, len(names))]
    return any(higher != there for higher in above)


def _conditions(expr: Expr) -> list[Expr]:
    """The parts of a formula that hold or do not, and are not made of such parts."""
    match expr:
        case And(args) | Or(args):
            return list(dict.fromkeys(found for arg in args for found in _conditions(arg)))
        case Not(arg):
            return _conditions(arg)
        case IfElse(test, then, otherwise):
            parts = (test, then, otherwise)
            return list(dict.fromkeys(found for part in parts for found in _conditions(part)))
        case Name() | Call() | Compare():
            return [expr]
    return []


def _registers(expr: Expr) -> tuple[str, ...]:
    """The registers that a formula asks for."""
    return tuple(dict.fromkeys([*names_called(expr, "on"), *names_called(expr, "months_on")]))


def _asks_for_score(expr: Expr) -> bool:
    """Whether a formula names the citizen's own score or tier."""
    return any(isinstance(part, Name) and part.name in ("score", "tier") for part in _own(expr))


def _own(expr: Expr) -> Iterator[Expr]:
    """The parts of a formula that are not arguments of a call such as `mean(score)`."""
    if isinstance(expr, Call) and expr.function == "mean":
        return
    yield expr
    for part in children(expr):
        yield from _own(part)
