"""What each citizen has of each measure, in two worlds: months added up, or the last alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.contrast import Contrast, Pair
from glasstown.records import EVERYONE
from glasstown.sweeps.outcomes import outcome
from glasstown.world import World

AT_ONCE = 1_000_000
"""Citizen-months that are held in memory at a time."""

Whole = NDArray[np.int64]


@final
@dataclass(frozen=True)
class Reading:
    """How a measure is read of a citizen, in either world.

    at_end: in the last month, and not added up; per: how many of its units make one, in the first
    world and in the second; times: how much of `unit` one is.
    """

    measure: str
    at_end: bool
    per: tuple[int, int]
    times: int
    unit: str

    def whole(self, column: Whole, side: int) -> Whole:
        """A column of the first world (side 0) or the second, both in the same small unit."""
        return column * self.per[1 - side]

    def effect(self, here: Whole, there: Whole) -> Whole:
        """What each citizen has more of here than there, exact, in the same small unit."""
        return self.whole(here, 0) - self.whole(there, 1)

    def scaled(self, column: Whole) -> NDArray[np.float64]:
        """Small units as the unit that is shown."""
        return column * self.times / (self.per[0] * self.per[1])


@final
@dataclass(frozen=True, eq=False)
class Totals:
    """Some citizens on one seed: what each has of each measure, here and there.

    labels: by trait, the group of each citizen; cells: everyone, then the groups of each trait.
    """

    citizens: NDArray[np.int64]
    communities: NDArray[np.int64]
    labels: Mapping[str, NDArray[np.str_]]
    cells: tuple[tuple[str, str], ...]
    here: Mapping[str, Whole]
    there: Mapping[str, Whole]
    readings: Mapping[str, Reading]

    def inside(self, by: str, group: str) -> NDArray[np.bool_]:
        """Who is in a group."""
        if by == EVERYONE:
            return np.ones(len(self.citizens), bool)
        return np.asarray(self.labels[by] == group)


def readings(one: World, other: World) -> dict[str, Reading]:
    """How every measure of either world is read, by name."""
    found = {}
    for measure in dict.fromkeys([*one.measures, *other.measures]):
        if measure == "citizens":
            continue
        its = [outcome(w, measure) for w in (one, other) if measure in w.measures]
        # A measure that a world does not have is nought there, in whatever unit.
        units = tuple(
            (outcome(w, measure) if measure in w.measures else its[0]).units(
                w if measure in w.measures else (one, other)[measure not in one.measures]
            )
            for w in (one, other)
        )
        times, unit = 100, "times, by 100 citizens"
        if its[0].unit != "share":
            times, unit = 1, "points" if its[0].unit == "points" else "units of worth"
        elif measure == "fear":
            unit = "% of all fear"
        elif its[0].at_end:
            unit = "of 100 citizens"
        unit += ", at the end" if its[0].at_end else ""
        if its[0].unit == "points" and not its[0].at_end:
            unit += ", in all"
        found[measure] = Reading(measure, its[0].at_end, (units[0], units[1]), times, unit)
    return found


def totals(pair: Pair, seed: int | None, wards: NDArray[np.int64], by: Sequence[str]) -> Totals:
    """Live some wards of both worlds on a seed, few at a time, and keep what each citizen has."""
    one, other = pair.worlds
    every = readings(one, other)
    per_ward = one.layout.seats * one.months
    parts = max(1, -(-len(wards) * per_ward // AT_ONCE))
    found = [
        _reduced(pair.contrast(seed, some), every, by)
        for some in np.array_split(wards, min(parts, max(len(wards), 1)))
    ]
    tables = {table.name: table.labels for table in one.trait_tables}
    cells = [(EVERYONE, EVERYONE), *((name, label) for name in by for label in tables[name])]
    measures = found[0].here
    return Totals(
        np.concatenate([part.citizens for part in found]),
        np.concatenate([part.communities for part in found]),
        {name: np.concatenate([part.labels[name] for part in found]) for name in by},
        tuple(cells),
        {name: np.concatenate([part.here[name] for part in found]) for name in measures},
        {name: np.concatenate([part.there[name] for part in found]) for name in measures},
        every,
    )


def _reduced(contrast: Contrast, every: Mapping[str, Reading], by: Sequence[str]) -> Totals:
    sides: tuple[dict[str, Whole], dict[str, Whole]] = {}, {}
    for name in contrast.measures:
        for side, grid in zip(sides, contrast.values(name), strict=True):
            if every[name].at_end:
                side[name] = grid[:, -1].astype(np.int64)
            else:
                side[name] = grid.sum(axis=1, dtype=np.int64)
    labels = {name: contrast.here.labels(name) for name in by}
    return Totals(contrast.citizens, contrast.here.communities, labels, (), *sides, every)
