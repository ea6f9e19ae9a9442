"""Two worlds with the same citizens and luck: what differs, for how many, and for whom most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.estimate import Estimate, of_clusters, over_seeds
from glasstown.engine.contrast import Pair
from glasstown.engine.panel import sample_of
from glasstown.engine.run import Run
from glasstown.report import asked
from glasstown.report.borne import Borne, borne
from glasstown.report.totals import Reading, Totals, readings, totals
from glasstown.world import Difference, World, differences

Step = Callable[[int, int], None]
"""Told how many lives of the nation are done, and how many there are."""

RANKED_BY = (
    "the mean effect, as a share of the standard deviation of the measure among the citizens of "
    "both worlds"
)
"""How measures are ordered."""


@final
@dataclass(frozen=True)
class Row:
    """A measure in both worlds, for one group, in the unit of its effect.

    here, there: means on the worlds' own seed; effect: here less there, with its interval, if there
    is more than one seed or a sample; more, less: how many citizens have more and less of it here,
    on the worlds' own seed.
    """

    by: str
    group: str
    citizens: int
    here: float
    there: float
    effect: Estimate
    more: int
    less: int


@final
@dataclass(frozen=True)
class Effect:
    """What the first world does to one measure: a row for everyone, then one for each group.

    size: the mean effect in standard deviations.
    """

    measure: str
    unit: str
    size: float
    rows: tuple[Row, ...]

    @property
    def moved(self) -> int:
        """How many citizens have another value in the one world than in the other."""
        return self.rows[0].more + self.rows[0].less


@final
@dataclass(frozen=True)
class Comparison:
    """What one world does that another does not, with the same citizens and luck.

    differences: between their files; citizens: how many were lived, of `among`; seeds: the worlds'
    own first; effects: of every measure, the largest first; lost, gained: those citizens to whom
    the first world does most harm and most good, against the second.
    """

    worlds: tuple[World, World]
    differences: tuple[Difference, ...]
    citizens: int
    communities: int
    seeds: tuple[int, ...]
    effects: tuple[Effect, ...]
    lost: tuple[Borne, ...]
    gained: tuple[Borne, ...]

    @property
    def among(self) -> int:
        """How many citizens the nation has."""
        return self.worlds[0].citizens

    @property
    def whole(self) -> bool:
        """Whether every citizen was lived, and not a sample."""
        return self.citizens == self.among

    def interval(self) -> str:
        """How the intervals were made; "" where there are none."""
        if len(self.seeds) > 1:
            return f"Student's, over {len(self.seeds)} seeds"
        if not self.whole:
            return f"of a sample of {self.communities:,} whole communities"
        return ""

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON-ready data."""
        return {
            "worlds": [world.name for world in self.worlds],
            "citizens": self.citizens,
            "among": self.among,
            "months": self.worlds[0].months,
            "seeds": list(self.seeds),
            "interval": self.interval(),
            "differences": [
                {
                    "path": each.path,
                    "first": each.one,
                    "second": each.other,
                    "first_says": each.one_says,
                    "second_says": each.other_says,
                }
                for each in self.differences
            ],
            "effects": [
                {
                    "measure": each.measure,
                    "unit": each.unit,
                    "size": each.size if np.isfinite(each.size) else None,
                    "groups": [row_dict(row) for row in each.rows],
                }
                for each in self.effects
            ],
            "lost": [each.to_dict() for each in self.lost],
            "gained": [each.to_dict() for each in self.gained],
        }


def row_dict(row: Row) -> dict[str, Any]:
    """A row as JSON-ready data; None for what has no value."""
    effect = row.effect
    numbers = {
        "first": row.here,
        "second": row.there,
        "effect": effect.value,
        "low": effect.low,
        "high": effect.high,
    }
    return {
        "by": row.by,
        "group": row.group,
        "citizens": row.citizens,
        **{name: value if np.isfinite(value) else None for name, value in numbers.items()},
        "more": row.more,
        "less": row.less,
    }


def compare(
    first: World | Run,
    second: World | Run,
    *,
    measures: Sequence[str] = (),
    by: Sequence[str] | None = None,
    citizens: int | None = None,
    seeds: int = 1,
    step: Step | None = None,
) -> Comparison:
    """Hold two worlds against one another, citizen by citizen.

    measures: names or patterns such as `did.*`, all by default; by: traits to tell citizens apart
    by, those that the first world counts by by default; citizens: about how many, in whole
    communities drawn at random, all by default; seeds: how many, the worlds' own among them.

    Raises:
        GlasstownError: the two are not the same citizens with the same luck, neither has such a
            measure or trait, or a world cannot be run.
    """
    worlds = tuple(each.world if isinstance(each, Run) else each for each in (first, second))
    one, other = worlds
    groups = asked.groups(one) if by is None else asked.traits(one, by)
    every = readings(one, other)
    chosen = asked.measures(every, measures)
    needed = [name for name in every if name in chosen or Borne.counts(name)]
    pair = Pair(first, second, needed, groups)
    wards = np.arange(one.wards) if citizens is None else sample_of(one, citizens)
    numbers = [(one.seed + further) % 2**64 for further in range(seeds)]
    own: Totals | None = None
    means: list[dict[str, NDArray[np.float64]]] = []
    for done, seed in enumerate(numbers):
        # The worlds' own seeds have to be the same: only None has the pair see to that.
        found = totals(pair, None if done == 0 else seed, wards, groups)
        own = own or found
        means.append({name: _means(found, every[name], own.cells) for name in chosen})
        if step is not None:
            step(done + 1, len(numbers))
    assert own is not None
    effects = [_effect(every[name], own, means, one, len(own.citizens)) for name in chosen]
    lost, gained = borne(own, worlds)
    return Comparison(
        (one, other),
        differences(one, other),
        len(own.citizens),
        len(np.unique(own.communities)),
        tuple(numbers),
        tuple(sorted(effects, key=lambda each: -each.size)),
        lost,
        gained,
    )


def _effect(
    reading: Reading,
    own: Totals,
    means: Sequence[Mapping[str, NDArray[np.float64]]],
    world: World,
    lived: int,
) -> Effect:
    here, there = own.here[reading.measure], own.there[reading.measure]
    effect = reading.effect(here, there)
    rows = []
    for place, (by, group) in enumerate(own.cells):
        inside = own.inside(by, group)
        count = int(inside.sum())
        value = over_seeds([each[reading.measure][place] for each in means])
        if len(means) == 1 and lived < world.citizens:
            value = _of_sample(own, inside, reading.scaled(effect), world)
        mean_here, mean_there = (
            float(reading.scaled(reading.whole(column, side))[inside].mean()) if count else np.nan
            for side, column in enumerate((here, there))
        )
        more, less = (int((sign[inside]).sum()) for sign in (effect > 0, effect < 0))
        rows.append(Row(by, group, count, mean_here, mean_there, value, more, less))
    both = np.concatenate([reading.whole(here, 0), reading.whole(there, 1)])
    spread, mean = float(both.std()), abs(float(effect.mean()))
    size = mean / spread if spread else 0.0 if mean == 0 else np.inf
    return Effect(reading.measure, reading.unit, size, tuple(rows))


def _of_sample(
    own: Totals, inside: NDArray[np.bool_], effect: NDArray[np.float64], world: World
) -> Estimate:
    """The mean effect of a group, from a sample of communities."""
    at = np.unique(own.communities, return_inverse=True)[1]
    sums = np.bincount(at, weights=np.where(inside, effect, 0.0))
    return of_clusters(sums, np.bincount(at, weights=inside), world.communities)


def _means(
    found: Totals, reading: Reading, cells: Sequence[tuple[str, str]]
) -> NDArray[np.float64]:
    """The mean effect of each cell; nan where there is nobody."""
    here, there = found.here[reading.measure], found.there[reading.measure]
    effect = reading.scaled(reading.effect(here, there))
    inside = [effect[found.inside(*cell)] for cell in cells]
    return np.array([own.mean() if own.size else np.nan for own in inside])
