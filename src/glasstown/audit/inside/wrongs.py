"""What a scheme does against citizens, and whether what it rests on was ever right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.panel import Panel
from glasstown.expr import names_called
from glasstown.expr.field import Expression
from glasstown.scheme.model import Rule, Scheme
from glasstown.scheme.words import Words, plain
from glasstown.world.world import World

Held = NDArray[np.bool_]
"""Whether something holds: citizens x months."""

_OUTCOMES = {"refused": "refuse", "required": "require"}


@final
@dataclass(frozen=True)
class Harm:
    """Something done against citizens.

    measure: in the ledger; whom: to complete "Of the citizens ..."; schemes: whose records it may
    rest on; fall: the scheme whose deduction has to come with it, "" where none has to.
    """

    measure: str
    whom: str
    schemes: tuple[Scheme, ...]
    fall: str = ""

    def befell(self, panel: Panel) -> Held:
        """In which months it befell each citizen."""
        found = np.asarray(panel.of[self.measure] != 0)
        if not self.fall:
            return found
        scheme = self.schemes[0]
        taken = np.zeros_like(found)
        for name in taking_rules(scheme):
            taken |= _against(panel, scheme, name)
        return np.asarray(found & taken)


@final
@dataclass(frozen=True, eq=False)
class Against:
    """What is recorded against citizens: in which months something right, something wrong."""

    right: Held
    wrong: Held

    @property
    def innocent(self) -> Held:
        """In which months something was recorded against a citizen so far, and all of it wrong."""
        so_far = np.logical_or.accumulate
        return np.asarray(so_far(self.wrong, axis=1) & ~so_far(self.right, axis=1))


def harms_of(world: World) -> tuple[Harm, ...]:
    """Everything that a world's schemes do against citizens and that rests on records."""
    return tuple(harm for harm in _harms(world) if any(map(reads_records, harm.schemes)))


def reads_records(scheme: Scheme) -> bool:
    """Whether a scheme records anything against citizens."""
    return bool(taking_rules(scheme) or recorded_registers(scheme))


def recorded_registers(scheme: Scheme) -> tuple[str, ...]:
    """The registers whose entries rest on records."""
    return tuple(
        name
        for name, register in scheme.registers.items()
        if register.seen_by is not None or names_called(register.enter.expr, "seen")
    )


def taking_rules(scheme: Scheme) -> tuple[str, ...]:
    """The rules that may take points from a citizen for what was recorded, or send to a tier."""
    return tuple(
        name
        for name, rule in scheme.rules.items()
        if rule.when is not None and (rule.straight_to is not None or _may_take(rule))
    )


def measures_against(scheme: Scheme) -> Iterator[str]:
    """The measures that tell what a scheme records against citizens."""
    for name in taking_rules(scheme):
        yield from (f"{scheme.scheme}.fired.{name}", f"{scheme.scheme}.wrong.{name}")
        if scheme.rules[name].points is not None:
            yield f"{scheme.scheme}.points.{name}"
    for name in recorded_registers(scheme):
        yield from (f"{scheme.scheme}.entered.{name}", f"{scheme.scheme}.wrongly_on.{name}")


def against(panel: Panel, schemes: tuple[Scheme, ...]) -> Against:
    """What schemes have recorded against citizens, month by month."""
    shape = (len(panel), panel.world.months)
    right, wrong = np.zeros(shape, bool), np.zeros(shape, bool)
    for scheme in schemes:
        for name in taking_rules(scheme):
            told = _against(panel, scheme, name)
            false = panel.of[f"{scheme.scheme}.wrong.{name}"] != 0
            right |= told & ~false
            wrong |= told & false
        for name in recorded_registers(scheme):
            entered = panel.of[f"{scheme.scheme}.entered.{name}"] != 0
            false = panel.of[f"{scheme.scheme}.wrongly_on.{name}"] != 0
            right |= entered & ~false
            wrong |= entered & false
    return Against(right, wrong)


def _harms(world: World) -> Iterator[Harm]:
    words = Words({name: said for s in world.schemes for name, said in s.words.items()})
    for measure in world.measures:
        kind, _, occasion = measure.partition(".")
        if kind in _OUTCOMES and f"wanted.{occasion}" in world.measures:
            done = "refused" if kind == "refused" else "asked for more"
            schemes = tuple(s for s in world.schemes if _does(s, occasion, _OUTCOMES[kind]))
            yield Harm(measure, f"{done} when {words.doing(occasion)}", schemes)
    for scheme in world.schemes:
        for register in recorded_registers(scheme):
            on = f"{scheme.scheme}.on.{register}"
            yield Harm(on, f"put on the register {plain(register)}", (scheme,))
        if f"{scheme.scheme}.exposed" in world.measures:
            yield Harm(f"{scheme.scheme}.exposed", "exposed", (scheme,))
        fell = f"{scheme.scheme}.fell"
        if fell in world.measures and taking_rules(scheme):
            whom = f"sent to a lower tier of {plain(scheme.scheme)} by a deduction"
            yield Harm(fell, whom, (scheme,), scheme.scheme)


def _does(scheme: Scheme, occasion: str, kind: str) -> bool:
    return any(
        c.occasion == occasion and c.outcome.kind == kind for c in scheme.consequences.values()
    )


def _may_take(rule: Rule) -> bool:
    return rule.points is not None and (isinstance(rule.points, Expression) or rule.points.low < 0)


def _against(panel: Panel, scheme: Scheme, name: str) -> Held:
    """In which months a rule took points from a citizen, or sent the citizen to a tier."""
    rule = scheme.rules[name]
    if rule.straight_to is not None:
        return np.asarray(panel.of[f"{scheme.scheme}.fired.{name}"] != 0)
    return np.asarray(panel.of[f"{scheme.scheme}.points.{name}"] < 0)
