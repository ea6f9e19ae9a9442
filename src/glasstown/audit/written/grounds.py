"""What the rules, registers and consequences of a scheme rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from glasstown.audit.finding import Step
from glasstown.audit.written.sheet import Sheet
from glasstown.expr import Call, Expr, names_called, walk
from glasstown.expr.field import Expression
from glasstown.expr.guess import guess
from glasstown.expr.types import Quantity, YesNo
from glasstown.scheme.formulas import OWN_CHOICES, OWN_NAMES
from glasstown.scheme.reads import seen

OTHERS = "mean(score)"
"""The ground that a rule rests on when it counts the scores of the people around."""


@final
@dataclass(frozen=True)
class Ground:
    """What a rule or register rests on: an action, a condition or a trait, and who reports it.

    context: where the record comes from, as the scheme says it; "" where it does not.
    """

    name: str
    sensor: str | None
    context: str
    steps: tuple[Step, ...]


def grounds_of_rule(sheet: Sheet, name: str) -> tuple[Ground, ...]:
    """What a rule rests on: what it counts, and what its formulas name."""
    rule = sheet.scheme.rules[name]
    path = ("rules", name)
    found = []
    for field, action in (("when", rule.when), ("missed", rule.missed)):
        if action is not None:
            found.append(_recorded(sheet, action, rule.seen_by, rule.context, (*path, field)))
    exprs: list[tuple[tuple[str, ...], Expr, YesNo | Quantity]] = [
        ((*path, "if"), rule.only_if.expr, YesNo())
    ]
    if isinstance(rule.points, Expression):
        exprs.append(((*path, "points"), rule.points.expr, Quantity()))
    for at, expr, want in exprs:
        found += named_in(sheet, expr, want, rule.context, at)
    return tuple(found)


def grounds_of_register(sheet: Sheet, name: str) -> tuple[Ground, ...]:
    """What a register's entry rests on, but for the score and other registers."""
    register = sheet.scheme.registers[name]
    context = ""
    steps: tuple[Step, ...] = ()
    if register.seen_by is not None:
        context = sheet.scheme.sensors[register.seen_by].context
        steps = (sheet.part("sensors", register.seen_by),)
    named = named_in(sheet, register.enter.expr, YesNo(), context, ("registers", name, "enter"))
    if not steps:
        return tuple(named)
    return tuple(
        Ground(found.name, register.seen_by, context, (*steps, *found.steps)) for found in named
    )


def _recorded(
    sheet: Sheet, action: str, sensor: str | None, context: str, path: tuple[str, ...]
) -> Ground:
    steps = [sheet.step(path, sheet.doing(action))]
    if sensor is not None and sensor in sheet.scheme.sensors:
        context = context or sheet.scheme.sensors[sensor].context
        steps.append(sheet.part("sensors", sensor))
    return Ground(action, sensor, context, tuple(steps))


def named_in(
    sheet: Sheet, expr: Expr, want: YesNo | Quantity, context: str, path: tuple[str, ...]
) -> list[Ground]:
    """The traits, conditions and records that a formula names."""
    found = []
    for part in walk(expr):
        if isinstance(part, Call) and part.function == "seen":
            action, sensor = seen(sheet.scheme, part)
            found.append(_recorded(sheet, action, sensor or None, context, path))
        elif isinstance(part, Call) and part.function == "mean":
            found.append(
                Ground(OTHERS, None, context, (sheet.step(path, "the scores of those around"),))
            )
    named = [
        *guess(expr, want, OWN_NAMES, OWN_CHOICES).names,
        *names_called(expr, "months"),
    ]
    for name in dict.fromkeys(named):
        found.append(Ground(name, None, context, (sheet.step(path, sheet.called(name)),)))
    return found
