"""Which way a figure points, and the actions it is of, for sentences that quote it."""

from __future__ import annotations

from glasstown.audit.inside.estimate import Estimate
from glasstown.scheme.words import Words, capital
from glasstown.world.world import World


def away(estimate: Estimate) -> int:
    """On which side of nought a whole interval lies: 1, -1, or 0 where it does not."""
    if estimate.low > 0:
        return 1
    return -1 if estimate.high < 0 else 0


def negative(estimate: Estimate) -> Estimate:
    """The same amount with the other sign."""
    return Estimate(-estimate.value, -estimate.high, -estimate.low, estimate.n, estimate.of)


def doing(world: World, action: str) -> str:
    """An action or occasion as a sentence begins with it: `Volunteering`."""
    words = Words({name: said for s in world.schemes for name, said in s.words.items()})
    return capital(words.doing(action)).removesuffix(".")
