"""What a scheme does against a citizen: a deduction, an entry, a refusal, a naming in public."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.panel import Panel
from glasstown.world.world import World

_OCCASION = ("refused", "unmet")
_OF_SCHEME = ("points", "entered", "exposed")


def harm_measures(world: World) -> tuple[str, ...]:
    """The measures of a world that tell of harm."""
    named = {scheme.scheme for scheme in world.schemes}
    found = []
    for measure in world.measures:
        first, *rest = measure.split(".")
        if first in _OCCASION or (first in named and rest[0] in _OF_SCHEME):
            found.append(measure)
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
