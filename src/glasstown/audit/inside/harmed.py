"""What a scheme does against a citizen: a deduction, an entry, a refusal, a naming in public."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.panel import Panel
from glasstown.files import Span
from glasstown.scheme.model import Rule
from glasstown.world.world import World

_OCCASION = ("refused.", "unmet.")


def harm_measures(world: World) -> tuple[str, ...]:
    """The measures of a world that tell of harm."""
    found = [measure for measure in world.measures if measure.startswith(_OCCASION)]
    for scheme in world.schemes:
        found += [f"{scheme.scheme}.entered.{name}" for name in scheme.registers]
        found += [
            f"{scheme.scheme}.points.{name}"
            for name, rule in scheme.rules.items()
            if not rule.at_start and _may_take(rule)
        ]
        if f"{scheme.scheme}.exposed" in world.measures:
            found.append(f"{scheme.scheme}.exposed")
    return tuple(found)


def harmed(panel: Panel) -> NDArray[np.bool_]:
    """Whether each citizen met harm in each month: citizens x months.

    It is harm as in the month's phase 7, read off the measures: any points below nought, entry on
    a register, refusal, requirement not met, or being named in public.
    """
    found = np.zeros((len(panel), panel.world.months), bool)
    for measure in harm_measures(panel.world):
        values = panel[measure]
        found |= values < 0 if ".points." in measure else values > 0
    return found


def harmed_before(panel: Panel) -> NDArray[np.bool_]:
    """Whether each citizen had met harm in any month before each: citizens x months."""
    found = np.zeros((len(panel), panel.world.months), bool)
    found[:, 1:] = np.logical_or.accumulate(harmed(panel), axis=1)[:, :-1]
    return found


def _may_take(rule: Rule) -> bool:
    """Whether a rule may take points; of a formula it is not known beforehand."""
    award = rule.points
    return award is not None and not (isinstance(award, Span) and award.low >= 0)
