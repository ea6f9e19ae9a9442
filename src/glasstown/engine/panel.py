"""Citizens' own values, month by month: the part of each in what the ledger counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import TRAIT, columns_of, emit_shown
from glasstown.engine import machine
from glasstown.engine.columns import KINDS, lanes
from glasstown.engine.execute import Compiled, compiled, execute, planned_world, processors
from glasstown.engine.lives import Lives, State
from glasstown.errors import Place, Problem, RunProblem, nearest, shown
from glasstown.world.world import World

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

SPAN = 8
"""Wards that a thread lives at a time."""

_TYPES = (np.bool_, np.int8, np.int16, np.int32, np.int32)

Values = NDArray[Any]


@final
@dataclass(frozen=True, eq=False)
class Panel:
    """Some citizens of one world, each with what it was and what it did, month by month.

    citizens: their numbers, int64; of: by measure, citizens x months, in the ledger's units; born:
    by score, what it was at birth; traits: by name, the index of each citizen's label, or the
    number of a trait that is one.
    """

    world: World
    citizens: NDArray[np.int64]
    of: Mapping[str, Values]
    born: Mapping[str, Values]
    traits: Mapping[str, Values]

    def __len__(self) -> int:
        return len(self.citizens)

    def __getitem__(self, measure: str) -> Values:
        """A measure of each citizen in each month.

        Raises:
            KeyError: it was not asked for.
        """
        return self.of[measure]

    def total(self, measure: str) -> NDArray[np.int64]:
        """A measure of each citizen over all months."""
        return np.asarray(self.of[measure].sum(axis=1, dtype=np.int64))

    def ever(self, measure: str) -> NDArray[np.bool_]:
        """Whether a measure of a citizen was ever other than 0."""
        return np.asarray(self.of[measure].any(axis=1))

    def labels(self, trait: str) -> NDArray[np.str_]:
        """A trait of each citizen in words: `yes`, `low`, `32`."""
        table = next(t for t in self.world.trait_tables if t.name == trait)
        values = self.traits[trait]
        if table.kind == "number":
            return np.asarray(values.astype(str))
        return np.asarray(np.array(table.labels)[values.astype(int)])

    @property
    def communities(self) -> NDArray[np.int64]:
        """The number of each citizen's community."""
        return self.citizens // self.world.layout.size


@final
class Panels:
    """Panels of one world: compiled once, and lived again on any seed and any wards.

    measures: of the world, those that are wanted; traits: likewise, by name.

    Raises:
        FileProblems: the world cannot be run.
        RunProblem: the world has no such measure or trait.
    """

    def __init__(self, world: World, measures: Iterable[str], traits: Iterable[str] = ()) -> None:
        self.world = world
        self._measures, self._traits = tuple(dict.fromkeys(measures)), tuple(dict.fromkeys(traits))
        _require(world, "measure", self._measures, world.measures)
        _require(world, "trait", self._traits, [table.name for table in world.trait_tables])
        wanted = {*self._measures, *(TRAIT + name for name in self._traits)}
        self._program, slots = emit_shown(planned_world(world, columns_of(wanted)))
        self._slots = {name: (KINDS.index(kind), at) for name, (kind, at) in slots.items()}
        self._made: Compiled | None = None

    def signals(self, seed: int | None = None) -> NDArray[np.int32]:
        """The national signals of the world on a seed: int32, months x signals.

        Those of a coupled world are found by running it whole; others have none.
        """
        months, count = self.world.months, max(len(self._program.signals), 1)
        if not self.world.coupled:
            return np.zeros((months, count), dtype=np.int32)
        world = self.world if seed is None else replace(self.world, seed=seed)
        self._made = self._made or compiled(self.world)
        outcome = execute(world, made=self._made)
        named = [
            dict(zip(outcome.signal_names, month, strict=True))
            for month in outcome.signals.tolist()
        ]
        return self.in_order(named)

    def in_order(self, by_month: Sequence[Mapping[str, int]]) -> NDArray[np.int32]:
        """Known signals, by name for each month, as `panel` takes them."""
        used = [[month[name] for name in self._program.signals] for month in by_month]
        return np.array(used, dtype=np.int32)

    def panel(
        self,
        seed: int | None = None,
        wards: ArrayLike | None = None,
        signals: NDArray[np.int32] | None = None,
        threads: int | None = None,
    ) -> Panel:
        """Live citizens again and read off what was asked for.

        seed: the world's own by default; wards: numbers of those to live, in ascending order, all
        by default; signals: of each month, if they are known.
        """
        world = self.world if seed is None else replace(self.world, seed=seed)
        lives = Lives(world, self._program)
        if signals is None:
            signals = self.signals(seed)
        numbers = np.arange(world.wards) if wards is None else np.asarray(wards, np.int64)
        seats, layout = world.layout.seats, world.layout
        at = np.arange(seats)
        citizens = (numbers[:, None] * seats + at).reshape(-1)
        there = citizens < world.citizens
        months = world.months
        of = {
            name: np.zeros((len(citizens), months), _TYPES[self._slots[name][0]])
            for name in self._measures
        }
        traits = {
            name: np.zeros(len(citizens), _TYPES[self._slots[TRAIT + name][0]])
            for name in self._traits
        }
        born = {
            name: np.zeros(len(citizens), of[name].dtype) for name in of if name.endswith(".score")
        }

        def live(span: tuple[int, int, int]) -> None:
            first, start, count = span
            state = lives.state(count)
            rows = slice(first * seats, (first + count) * seats)
            none = np.zeros((1, signals.shape[1]), dtype=np.int32)
            lives.live(machine.BIRTH_ONLY, none, 0, 0, state, start, count)
            for name, column in traits.items():
                column[rows] = self._read(state, TRAIT + name, layout.communities, layout.size)
            for name, column in born.items():
                column[rows] = self._read(state, name, layout.communities, layout.size)
            for t in range(months):
                lives.live(machine.ONE_MONTH, signals[t : t + 1], t, 1, state, start, count)
                for name, grid in of.items():
                    grid[rows, t] = self._read(state, name, layout.communities, layout.size)

        with ThreadPoolExecutor(threads or processors()) as pool:
            for _ in pool.map(live, _spans(numbers)):
                pass
        return Panel(
            world,
            citizens[there],
            {name: grid[there] for name, grid in of.items()},
            {name: column[there] for name, column in born.items()},
            {name: column[there] for name, column in traits.items()},
        )

    def _read(self, state: State, name: str, communities: int, size: int) -> Values:
        """A column of state, one value for each seat, ward after ward."""
        kind, at = self._slots[name]
        column = state[kind][:, at]
        if KINDS[kind] == "flags":
            return lanes(column)[:, : communities * size].reshape(-1)
        if KINDS[kind] == "commons":
            return np.repeat(column[:, :communities], size, axis=1).reshape(-1)
        return np.asarray(column[:, : communities * size].reshape(-1))


def sample_of(world: World, citizens: int, seed: int = 0) -> NDArray[np.int64]:
    """Numbers of wards that hold about so many citizens, drawn at random without repeats.

    seed: of the drawing alone. All wards, if the nation is no larger. Communities of one ward are
    no more alike than those of two, so this is a sample of whole communities.
    """
    wanted = max(2, -(-citizens // world.layout.seats))
    if wanted >= world.wards:
        return np.arange(world.wards)
    return np.sort(np.random.default_rng(seed).choice(world.wards, wanted, replace=False))


def _spans(numbers: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Runs of wards that follow one another, of `SPAN` at most: place, first ward, wards."""
    found: list[tuple[int, int, int]] = []
    for place, ward in enumerate(numbers.tolist()):
        if found and found[-1][1] + found[-1][2] == ward and found[-1][2] < SPAN:
            first, start, count = found[-1]
            found[-1] = first, start, count + 1
        else:
            found.append((place, ward, 1))
    return found


def _require(world: World, kind: str, wanted: Sequence[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name not in known:
            raise RunProblem(
                Problem(
                    Place(f"world {world.name}"),
                    f"there is no {kind} {shown(name)}",
                    why=f"it has {', '.join(known)}",
                    remedy=f"name one of its {kind}s",
                    nearest=nearest(name, known),
                )
            )
