"""Where citizens stand, how they move, and how long they stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.spells import Waits, spells
from glasstown.engine.panel import Panel
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import plain
from glasstown.world.world import World

YEAR = 12


def year_of(world: World) -> int:
    """The months over which moves are looked at: a year, or what the run has of it."""
    return min(YEAR, world.months - 1)


def tiered(world: World) -> tuple[Scheme, ...]:
    """The schemes of a world in which there are tiers to move between."""
    return tuple(s for s in world.schemes if s.score is not None and len(s.tiers) > 1)


def tier_measures(scheme: Scheme) -> tuple[str, ...]:
    """The measures of a scheme's tiers, from the lowest up."""
    return tuple(f"{scheme.scheme}.tier.{tier}" for tier in scheme.tiers)


def standing_of(panel: Panel, scheme: Scheme) -> NDArray[np.int64]:
    """The number of the tier that each citizen stands in: citizens x months."""
    held = [panel.of[name] != 0 for name in tier_measures(scheme)]
    return np.asarray(np.argmax(held, axis=0), np.int64)


def moves(panel: Panel, scheme: Scheme) -> NDArray[np.int64]:
    """How many moved from each tier to each over the last year: from x to."""
    standing, count = standing_of(panel, scheme), len(scheme.tiers)
    first, last = standing[:, -1 - year_of(panel.world)], standing[:, -1]
    return np.bincount(first * count + last, minlength=count**2).reshape(count, count)


@final
@dataclass(frozen=True)
class Place:
    """Where citizens may be held: the lowest tier of a scheme, or a register.

    tier: whether it is a tier.
    """

    scheme: Scheme
    name: str
    tier: bool

    @property
    def key(self) -> str:
        """The place in the names of figures."""
        return f"{self.scheme.scheme}.{'tier' if self.tier else 'on'}.{self.name}"

    @property
    def who(self) -> str:
        """Those who are there, in words."""
        if self.tier:
            return f"in the lowest tier {plain(self.name)} of {plain(self.scheme.scheme)}"
        return f"put on the register {plain(self.name)}"

    def stayed(self, year: str) -> str:
        """That they stayed so long, in words."""
        if self.tier:
            return f"were not above it once in the {year} that followed"
        return f"were still on it after {year}"

    def stays(self, panel: Panel, mask: NDArray[np.bool_]) -> Waits:
        """Of those of some citizens who were there, the months until they left.

        Of a tier: those who stood there a year before the end. Of a register: each entry.
        """
        rows = np.flatnonzero(mask)
        if not self.tier:
            return spells(panel.of[self.key][rows] != 0).waits(panel.world.months)
        year = year_of(panel.world)
        above = standing_of(panel, self.scheme)[rows, -1 - year :] != 0
        there = ~above[:, 0]
        left = above[there].any(axis=1)
        months = np.where(left, above[there].argmax(axis=1), year)
        return Waits.of(months, ~left, panel.world.months)


def places_of(world: World) -> Iterator[Place]:
    """Every place of a world where citizens may be held."""
    for scheme in world.schemes:
        if scheme in tiered(world):
            yield Place(scheme, next(iter(scheme.tiers)), True)
        for register in scheme.registers:
            yield Place(scheme, register, False)


def shares(waits: Waits, world: World, at: str) -> dict[str, float]:
    """Of stays, the share that lasts longer than a year, and of how many that is seen."""
    known, longer = waits.known(year_of(world))
    return {
        f"held|{at}": 1 - waits.within(year_of(world)).value,
        f"known|{at}": float(known),
        f"longer|{at}": float(longer),
    }
