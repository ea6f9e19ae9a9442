"""Two worlds with the same citizens and the same luck, citizen by citizen.

Luck is a function of who, when and what for, so whatever differs between the two is caused by what
differs between the worlds: for each citizen alone, and not only on average.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.panel import Panel, Panels, sample_of
from glasstown.engine.run import Run
from glasstown.errors import Place, Problem, RunProblem
from glasstown.world.world import World

if TYPE_CHECKING:
    from glasstown.engine.panel import Values


@final
@dataclass(frozen=True, eq=False)
class Contrast:
    """Some citizens in one world and in another, with the same luck.

    An effect is what the first world does that the other does not: its value less the other's.
    """

    here: Panel
    there: Panel

    def __repr__(self) -> str:
        one, other = self.here.world.name, self.there.world.name
        return f"Contrast({one} against {other}: {len(self.citizens):,} citizens)"

    @property
    def citizens(self) -> NDArray[np.int64]:
        """The numbers of the citizens, int64."""
        return self.here.citizens

    @property
    def whole(self) -> bool:
        """Whether every citizen of the nation is there, and not a sample."""
        return len(self.citizens) == self.here.world.citizens

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of either world; one that a world does not have is 0 there."""
        return tuple(dict.fromkeys([*self.here.of, *self.there.of]))

    def values(self, measure: str) -> tuple[Values, Values]:
        """A measure here and there, each citizens x months.

        Raises:
            KeyError: neither world has it.
        """
        if measure not in self.measures:
            raise KeyError(measure)
        none = np.zeros((len(self.citizens), self.here.world.months), np.int8)
        return self.here.of.get(measure, none), self.there.of.get(measure, none)

    def effect(self, measure: str) -> NDArray[np.int64]:
        """What each citizen has more of a measure here than there, over all months."""
        one, other = self.values(measure)
        return np.asarray(one.sum(axis=1, dtype=np.int64) - other.sum(axis=1, dtype=np.int64))

    def at_end(self, measure: str) -> NDArray[np.int64]:
        """What each citizen has more of a measure here than there, in the last month."""
        one, other = self.values(measure)
        return one[:, -1].astype(np.int64) - other[:, -1].astype(np.int64)

    def moved(self, measure: str) -> NDArray[np.bool_]:
        """Whose measure differs in any month."""
        one, other = self.values(measure)
        return np.asarray((one != other).any(axis=1))


@final
class Pair:
    """Two worlds of the same citizens: compiled once, and held against one another on any seed.

    measures, by: as in `contrast`.

    Raises:
        RunProblem: the two do not have the same citizens, or neither has such a measure or trait.
        FileProblems: a world cannot be run.
    """

    def __init__(
        self,
        world: World | Run,
        other: World | Run,
        measures: Sequence[str] | None = None,
        by: Sequence[str] | None = None,
    ) -> None:
        self.worlds = _world(world), _world(other)
        _require_same(*self.worlds)
        first, second = self.worlds
        wanted = None if measures is None else set(measures)
        known = {*first.measures, *second.measures}
        if wanted is not None and not wanted <= known:
            Panels(first, [name for name in measures or () if name not in known])  # which says so
        self._made = []
        for each, asked in ((first, world), (second, other)):
            own = [m for m in each.measures if wanted is None or m in wanted]
            traits = [t.name for t in each.trait_tables] if by is None else list(by)
            self._made.append((Panels(each, own, traits), asked))
        self._told: tuple[int | None, list[NDArray[np.int32]]] | None = None

    def contrast(self, seed: int | None = None, wards: NDArray[np.int64] | None = None) -> Contrast:
        """Hold them against one another on a seed.

        seed: for both, the worlds' own by default; wards: those to live, all by default.

        Raises:
            RunProblem: no seed is given, and the worlds' own differ.
        """
        if seed is None:
            _require_same(*self.worlds, with_seeds=True)
        if self._told is None or self._told[0] != seed:
            self._told = seed, [_signals(made, asked, seed) for made, asked in self._made]
        signals = self._told[1]
        panels = [
            made.panel(seed, wards, own) for (made, _), own in zip(self._made, signals, strict=True)
        ]
        return Contrast(*panels)


def contrast(
    world: World | Run,
    other: World | Run,
    *,
    measures: Sequence[str] | None = None,
    by: Sequence[str] | None = None,
    citizens: int | None = None,
    seed: int | None = None,
) -> Contrast:
    """Live the same citizens in two worlds, and hold the one against the other.

    world, other: worlds or runs, of the same nation; `world.without("rules.cheating")` makes the
    other; measures: those of the ledger that are wanted, all by default; by: traits that are
    wanted, all by default; citizens: about how many, in whole communities drawn at random, all by
    default; seed: for both, the worlds' own by default, which must be the same.

    Raises:
        RunProblem: the two are not the same citizens with the same luck, or neither world has such
            a measure.
        FileProblems: a world cannot be run.
    """
    _require_same(_world(world), _world(other), with_seeds=seed is None)
    pair = Pair(world, other, measures, by)
    return pair.contrast(seed, None if citizens is None else sample_of(pair.worlds[0], citizens))


def _signals(made: Panels, asked: World | Run, seed: int | None) -> NDArray[np.int32]:
    """The national signals: those of the run, where it was lived on this seed."""
    if isinstance(asked, Run) and made.world.coupled and seed in (None, made.world.seed):
        return made.in_order(asked.signals.by_month())
    return made.signals(seed)


def _world(given: World | Run) -> World:
    return given.world if isinstance(given, Run) else given


def _require_same(one: World, other: World, with_seeds: bool = False) -> None:
    differ = [
        name
        for name, a, b in (
            ("nations", one.nation, other.nation),
            ("sizes", one.citizens, other.citizens),
            ("lengths", one.months, other.months),
            ("seeds", with_seeds and one.seed, with_seeds and other.seed),
        )
        if a != b
    ]
    if differ:
        raise RunProblem(
            Problem(
                Place(f"worlds {one.name} and {other.name}"),
                f"the two have different {' and '.join(differ)}",
                why="only where citizens and luck are the same is a difference caused by the rules",
                remedy="run both on the same nation, citizens, months and seed",
            )
        )
