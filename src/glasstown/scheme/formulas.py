"""The formulas of a scheme: where each stands, and what it may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from glasstown.expr import Choice, Quantity, Scope, Signature, Symbols, Type, YesNo
from glasstown.expr.field import Expression
from glasstown.files import Path
from glasstown.scheme.model import Scheme

OWN_NAMES = ("score", "tier", "month")
"""The names that a scheme itself gives to formulas, where it has them."""

OWN_CHOICES = ("tier",)
"""Those of them that are one of several values."""

OWN_FUNCTIONS = ("on", "months_on", "seen", "months", "mean")
"""The functions that formulas of a scheme may call, beside the builtin ones."""


@dataclass(frozen=True)
class Use:
    """One formula of a scheme.

    path: where it stands; want: what it must amount to; at_start: whether it is asked at birth,
    when there are only traits; sees: whether it may call `seen()`.
    """

    path: Path
    formula: Expression
    want: Type
    at_start: bool = False
    sees: bool = False


def uses(scheme: Scheme) -> Iterator[Use]:
    """Every formula of a scheme, in the order of the model."""
    for name, sensor in scheme.sensors.items():
        yield Use(("sensors", name, "watches"), sensor.watches, YesNo())
    for name, rule in scheme.rules.items():
        path = ("rules", name)
        sees = not rule.at_start
        yield Use((*path, "if"), rule.only_if, YesNo(), rule.at_start, sees)
        if isinstance(rule.points, Expression):
            yield Use((*path, "points"), rule.points, Quantity(), rule.at_start, sees)
    for name, register in scheme.registers.items():
        path = ("registers", name)
        yield Use((*path, "enter"), register.enter, YesNo(), sees=register.seen_by is None)
        yield Use((*path, "leave"), register.leave, YesNo(), sees=True)
        if register.extend is not None:
            yield Use((*path, "extend", "if"), register.extend.only_if, YesNo(), sees=True)
    for name, consequence in scheme.consequences.items():
        yield Use(("consequences", name, "for"), consequence.applies_to, YesNo())


def scope(
    scheme: Scheme,
    extra: Mapping[str, Type],
    conditions: Iterable[str],
    actions: Iterable[str],
    *,
    at_start: bool = False,
    sees: bool = True,
) -> Scope:
    """What a formula of this scheme may name on citizens with these traits.

    extra: the traits and their types; conditions and actions: the conduct's; at_start and sees: as
    in `Use`. `seen()` takes an action and, if several sensors read it, the sensor.
    """
    if at_start:
        return Scope(dict(extra))
    lasting = tuple(conditions)
    names: dict[str, Type] = {**extra, **dict.fromkeys(lasting, YesNo()), "month": Quantity()}
    functions = {"months": Signature((Symbols("condition", lasting),), Quantity())}
    if scheme.score is not None:
        names["score"] = Quantity()
        functions["mean"] = Signature((Symbols("score", ("score",)),), Quantity())
        if scheme.tiers:
            names["tier"] = Choice(tuple(scheme.tiers), ordered=True)
    registers = Symbols("register", tuple(scheme.registers))
    functions["on"] = Signature((registers,), YesNo())
    functions["months_on"] = Signature((registers,), Quantity())
    if sees:
        seen = Symbols("action", (*actions, *scheme.sensors))
        functions["seen"] = Signature((seen,), YesNo(), repeats=True)
    return Scope(names, functions)
