"""What the probes of a run from inside look at: its citizens, lived again on several seeds."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.estimate import Estimate, over_seeds
from glasstown.audit.inside.variants import HERE, Variant
from glasstown.audit.probe import Probe
from glasstown.audit.yardstick import Yardstick
from glasstown.engine.contrast import Contrast
from glasstown.engine.panel import Panel, Panels, sample_of
from glasstown.world.world import World

SEEDS = 8
"""On how many seeds a run is lived again, where nothing else is said."""

Figures = Mapping[str, float]
Step = Callable[[int, int], None]
"""Told how many lives of the world are done, and how many there are."""


@final
@dataclass(frozen=True)
class Wanted:
    """What a probe has read of citizens: of which worlds, which measures, which traits."""

    variants: tuple[Variant, ...] = (HERE,)
    measures: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()


@final
@dataclass(frozen=True, eq=False)
class Lives:
    """The same citizens on one seed, in the world and its variants, by name.

    own: whether the seed is the world's own, on which the run was run.
    """

    panels: Mapping[str, Panel]
    own: bool

    @property
    def here(self) -> Panel:
        """The citizens in the world as it is."""
        return self.panels[HERE.name]

    def against(self, variant: Variant) -> Contrast:
        """The world as it is, held against a variant of it."""
        return Contrast(self.here, self.panels[variant.name])


@final
@dataclass(frozen=True, eq=False)
class Inside:
    """A world, what it is measured by, and what each probe read of it.

    read: by probe, one mapping of figures for each seed, the world's own first; kept: by probe,
    what it keeps of the world's own seed beside figures; groups: traits that citizens are told
    apart by; sampled: how many citizens were lived, out of `world.citizens`.
    """

    world: World
    yardstick: Yardstick
    groups: tuple[str, ...]
    seeds: tuple[int, ...]
    sampled: int
    read: Mapping[str, Sequence[Figures]] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether every citizen was lived, and not a sample."""
        return self.sampled == self.world.citizens

    def labels(self, trait: str) -> tuple[str, ...]:
        """The labels of a trait; of one that is a number none, as there is no end of them."""
        table = next(table for table in self.world.trait_tables if table.name == trait)
        return () if table.kind == "number" else table.labels

    def figure(self, probe: Probe[Inside], name: str) -> Estimate:
        """A figure of a probe over the seeds, with its interval; nan where it has no value."""
        return over_seeds(self.each(probe, name))

    def each(self, probe: Probe[Inside], name: str) -> NDArray[np.float64]:
        """A figure of a probe on each seed, the world's own first; nan where it has no value."""
        return np.array([each.get(name, math.nan) for each in self._of(probe)], float)

    def own(self, probe: Probe[Inside], name: str) -> float:
        """A figure of a probe on the world's own seed."""
        return float(self._of(probe)[0][name])

    def was_read(self, probe: Probe[Inside]) -> bool:
        """Whether the world has anything of the kind that a probe asks of."""
        return bool(self._of(probe))

    def _of(self, probe: Probe[Inside]) -> Sequence[Figures]:
        return self.read.get(probe.about.name, ())


class InsideProbe(Probe[Inside]):
    """A question answered by living citizens again."""

    @abstractmethod
    def wanted(self, case: Inside) -> Wanted | None:
        """What has to be read; None where the world has nothing of the kind."""

    @abstractmethod
    def figures(self, case: Inside, lives: Lives) -> Figures:
        """The figures of one seed; the same names for each, nan where one has no value."""

    def keep(self, case: Inside, lives: Lives) -> Any:
        """What to keep of the world's own seed beside figures: counts, and who shows it."""
        return None


def look(
    world: World,
    yardstick: Yardstick,
    probes: Sequence[InsideProbe],
    *,
    groups: Sequence[str] | None = None,
    seeds: int = SEEDS,
    citizens: int | None = None,
    step: Step | None = None,
) -> Inside:
    """Live the world again on several seeds, and have each probe read what it wants.

    groups: traits to tell citizens apart by, those that the world counts by by default; seeds: how
    many, the world's own among them; citizens: about how many, in a sample of whole communities;
    step: told how far it has come. A sample of a coupled world is a smaller nation of its own,
    with national signals of its own: those of the whole would take a run of it for each seed.

    Raises:
        GlasstownError: the world cannot be run, or has no such trait.
    """
    wards = None if citizens is None else sample_of(world, citizens)
    lived = world
    if wards is not None and world.coupled and len(wards) < world.wards:
        lived, wards = replace(world, citizens=len(wards) * world.layout.seats), None
    case = Inside(
        world,
        yardstick,
        tuple(_groups(world) if groups is None else groups),
        tuple(_seeds(world, seeds)),
        _sampled(lived, wards),
    )
    wanted = {p.about.name: (p, w) for p in probes if (w := p.wanted(case)) is not None}
    made = _made(case, lived, [w for _, w in wanted.values()])
    read: dict[str, list[Figures]] = {name: [] for name in wanted}
    kept: dict[str, Any] = {}
    done, total = 0, len(case.seeds) * len(made)
    if step is not None:
        step(done, total)
    for seed in case.seeds:
        panels = {}
        for name, panels_of in made.items():
            panels[name] = panels_of.panel(seed, wards)
            done += 1
            if step is not None:
                step(done, total)
        lives = Lives(panels, seed == world.seed)
        for name, (probe, _) in wanted.items():
            read[name].append(probe.figures(case, lives))
            if lives.own:
                kept[name] = probe.keep(case, lives)
    return replace(case, read=read, kept=kept)


def _made(case: Inside, lived: World, wanted: Iterable[Wanted]) -> dict[str, Panels]:
    """Each variant once, with all that any probe reads of it; a missing measure is left out."""
    variants: dict[str, Variant] = {}
    measures: dict[str, dict[str, None]] = {}
    traits: dict[str, None] = dict.fromkeys(case.groups)
    for each in wanted:
        traits |= dict.fromkeys(each.traits)
        for variant in each.variants:
            variants[variant.name] = variant
            measures.setdefault(variant.name, {}).update(dict.fromkeys(each.measures))
    made = {}
    for name, variant in variants.items():
        world = variant.of(lived)
        there = [measure for measure in measures[name] if measure in world.measures]
        made[name] = Panels(world, there, traits)
    return made


def _groups(world: World) -> list[str]:
    """The traits that a world counts by, alone or crossed."""
    parts = [part.strip() for by in world.by for part in by.split("*")]
    named = {table.name for table in world.trait_tables}
    return list(dict.fromkeys(part for part in parts if part in named))


def _seeds(world: World, count: int) -> Iterable[int]:
    yield world.seed
    yield from ((world.seed + further) % 2**64 for further in range(1, count))


def _sampled(world: World, wards: NDArray[np.int64] | None) -> int:
    if wards is None:
        return world.citizens
    seats = world.layout.seats
    return int(np.minimum(seats, world.citizens - wards * seats).sum())
