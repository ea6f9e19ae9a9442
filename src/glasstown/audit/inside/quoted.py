"""Estimates as they are quoted: in sentences, and as figures of a finding."""

from __future__ import annotations

import math

from glasstown.audit.finding import Figure
from glasstown.audit.inside.estimate import Estimate
from glasstown.scheme.words import Words, capital
from glasstown.world.world import World


def percent(estimate: Estimate) -> str:
    """A share with its interval: `38% (36.2% to 39.9%)`."""
    return _with_interval(estimate, 100, "%")


def number(estimate: Estimate) -> str:
    """A number with its interval: `12.5 (11.9 to 13.1)`."""
    return _with_interval(estimate, 1, "")


def figure(name: str, estimate: Estimate, unit: str = "", of: str = "") -> Figure:
    """An estimate as a figure; of: what it was made of, by default the seeds."""
    ends = (None if math.isnan(end) else end for end in (estimate.low, estimate.high))
    low, high = ends
    return Figure(name, estimate.value, unit, low, high, of or f"{estimate.n} {estimate.of}")


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
    return capital(words_of(world).doing(action)).removesuffix(".")


def words_of(world: World) -> Words:
    """The words of all schemes of a world."""
    return Words({name: said for s in world.schemes for name, said in s.words.items()})


def _with_interval(estimate: Estimate, times: float, unit: str) -> str:
    if math.isnan(estimate.value):
        return "none"
    value = f"{estimate.value * times:.3g}{unit}"
    if math.isnan(estimate.low):
        return value
    return f"{value} ({estimate.low * times:.3g}{unit} to {estimate.high * times:.3g}{unit})"
