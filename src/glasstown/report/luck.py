"""The same citizens with the same luck, with a run's schemes and without: what each has more of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.panel import Panel, Panels, sample_of
from glasstown.report.reading import ALL, Group
from glasstown.world.world import World

if TYPE_CHECKING:
    from glasstown.engine.run import Run

MOST = 40_000
"""About how many citizens are lived again at most, where nothing else is said."""

WARDS = 24
"""Wards lived at a time, so that memory does not grow with the nation."""

LASTING = ("means", "fear")
"""What a citizen has at a month's end; of all else there is so much in a month."""

Counts = NDArray[np.int64]
Told = Callable[[int, int], None]


@final
@dataclass(frozen=True, eq=False)
class Luck:
    """Some citizens of a run, each with the schemes and without, in one number a measure.

    run: the run they are of; asked: the run that was asked about, which has another nation only
    where that is coupled and too large to be lived again; here and there: by measure, what each
    citizen had over all months with the schemes and without, or at the end of `LASTING` and scores;
    labels: by trait, each citizen's label.
    """

    run: Run
    asked: Run
    citizens: Counts
    here: Mapping[str, Counts]
    there: Mapping[str, Counts]
    labels: Mapping[str, NDArray[np.str_]]

    @property
    def world(self) -> World:
        """The world they live in."""
        return self.run.world

    @property
    def whole(self) -> bool:
        """Whether they are all the citizens of the run that was asked about."""
        return self.run is self.asked and len(self.citizens) == self.world.citizens

    def effect(self, measure: str) -> Counts:
        """What each citizen has more of a measure with the schemes than without."""
        there = self.there.get(measure)
        return self.here[measure] if there is None else self.here[measure] - there

    def total(self, *measures: str) -> Counts:
        """Several measures of each citizen together, with the schemes."""
        return sum((self.here[m] for m in measures), np.zeros(len(self.citizens), np.int64))

    def named(self, start: str) -> tuple[str, ...]:
        """The measures whose name begins so."""
        return tuple(measure for measure in self.here if measure.startswith(start))

    def mask(self, group: Group) -> NDArray[np.bool_]:
        """Which of the citizens are in a group that is told apart by traits."""
        if group == ALL:
            return np.ones(len(self.citizens), bool)
        parts = [part.strip() for part in group.by.split("*")]
        values = group.key.split(", ") if len(parts) > 1 else [group.key]
        together = [self.labels[part] == value for part, value in zip(parts, values, strict=True)]
        return np.asarray(np.logical_and.reduce(together))

    @cached_property
    def communities(self) -> Counts:
        """For each citizen, the place of the community among those that are here."""
        numbers = self.citizens // self.world.layout.size
        return np.asarray(np.unique(numbers, return_inverse=True)[1], dtype=np.int64)


def unscored(world: World) -> World:
    """The same nation and conduct under no scheme at all."""
    return world.without(*(scheme.scheme for scheme in world.schemes))


def live(run: Run, most: int = MOST, told: Told | None = None) -> Luck:
    """Live a run's citizens again with its schemes and without, in a sample if there are many.

    most: about how many citizens; told: how much is done, and how much there is to do.
    A sample is of whole communities of the run. Where citizens meet the nation even without a
    scheme, the signals of that world would take a run of the whole: then a smaller nation is run
    in its place.

    Raises:
        GlasstownError: the world cannot be run.
    """
    world, asked = run.world, run
    other = unscored(world)
    if world.citizens > most and other.coupled:
        from glasstown.engine.run import run as run_world

        wards = max(2, -(-most // world.layout.seats))
        world = replace(world, citizens=min(world.citizens, wards * world.layout.seats))
        run, other = run_world(world), unscored(world)
    traits = _traits(world)
    pair = Panels(world, _read(world), traits), Panels(other, _read(other), traits)
    known = pair[0].in_order(run.signals.by_month()) if world.coupled else pair[0].signals()
    signals = known, pair[1].signals()
    numbers = sample_of(world, most)
    chunks = np.array_split(numbers, max(1, -(-len(numbers) // WARDS)))
    parts = []
    for done, chunk in enumerate(chunks, 1):
        here, there = (
            panels.panel(None, chunk, its) for panels, its in zip(pair, signals, strict=True)
        )
        labels = {trait: here.labels(trait) for trait in traits}
        parts.append(Luck(run, asked, here.citizens, _summed(here), _summed(there), labels))
        if told is not None:
            told(done, len(chunks))
    return _joined(parts)


def _read(world: World) -> list[str]:
    """The measures that are wanted: all that befalls a citizen alone."""
    return [name for name in world.measures if name != "citizens"]


def _traits(world: World) -> list[str]:
    """The traits that a world counts by, alone or crossed."""
    named = {table.name for table in world.trait_tables}
    parts = [part.strip() for by in world.by for part in by.split("*")]
    return list(dict.fromkeys(part for part in parts if part in named))


def _summed(panel: Panel) -> dict[str, Counts]:
    return {
        name: panel[name][:, -1].astype(np.int64)
        if name in LASTING or name.endswith(".score")
        else panel.total(name)
        for name in panel.of
    }


def _joined(parts: list[Luck]) -> Luck:
    first = parts[0]

    def joined(name: str) -> dict[str, Any]:
        return {
            key: np.concatenate([getattr(part, name)[key] for part in parts])
            for key in getattr(first, name)
        }

    return Luck(
        first.run,
        first.asked,
        np.concatenate([part.citizens for part in parts]),
        joined("here"),
        joined("there"),
        joined("labels"),
    )
