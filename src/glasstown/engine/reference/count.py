"""Phase 8: the ledger counts the month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from glasstown.engine.reference.state import Citizen, Community, Fired
from glasstown.scheme.model import Scheme
from glasstown.world.world import World

Value: TypeAlias = Callable[[Citizen], int]
Counts: TypeAlias = list[list[int]]
"""Whole numbers by measure and cell, in the order of `World.measures` and `World.cells`."""

_NOT = Fired(0, False)


class Count:
    """What the ledger counts of each citizen, and in which cells."""

    def __init__(self, world: World) -> None:
        values = dict(_values(world))
        self._values = [values[measure] for measure in world.measures]
        self._cells = len(world.cells)
        self._places: dict[tuple[tuple[str, int], ...], list[int]] = {}
        for number, cell in enumerate(world.cells):
            self._places.setdefault(cell.where, []).append(number)
        self._groupings = dict.fromkeys(
            tuple(column for column, _ in cell.where) for cell in world.cells
        )
        self._tiers = {f"{s.scheme}.tier": n for n, s in enumerate(world.schemes)}

    def nothing(self) -> Counts:
        """A month's counts, all 0."""
        return [[0] * self._cells for _ in self._values]

    def __call__(self, community: Community, counts: Counts) -> None:
        """Add a community's month to the counts."""
        cells = [self._cells_of(citizen) for citizen in community.citizens]
        for row, value in zip(counts, self._values, strict=True):
            for found, own in zip(map(value, community.citizens), cells, strict=True):
                if found:
                    for cell in own:
                        row[cell] += found

    def _cells_of(self, citizen: Citizen) -> list[int]:
        wheres = (
            tuple((column, self._index(citizen, column)) for column in grouping)
            for grouping in self._groupings
        )
        return [number for where in wheres for number in self._places[where]]

    def _index(self, citizen: Citizen, column: str) -> int:
        if column in self._tiers:
            return citizen.accounts[self._tiers[column]].standing
        return citizen.traits[column]


def _values(world: World) -> Iterator[tuple[str, Value]]:
    """Every measure that there could be, and its value for a citizen."""
    yield "citizens", lambda c: 1
    yield "means", lambda c: c.means
    yield "fear", lambda c: c.fear
    for name in world.conduct.actions:
        yield from _of_action(name)
    for name in world.conduct.conditions:
        yield f"in.{name}", _in_condition(name)
    for name in world.conduct.occasions:
        yield from _of_occasion(name)
    for number, scheme in enumerate(world.schemes):
        for measure, value in _of_scheme(number, scheme):
            yield f"{scheme.scheme}.{measure}", value


def _in_condition(name: str) -> Value:
    return lambda c: c.conditions[name] > 0


def _in_tier(number: int, tier: int) -> Value:
    return lambda c: c.accounts[number].standing == tier


def _of_action(name: str) -> Iterator[tuple[str, Value]]:
    yield f"did.{name}", lambda c: c.today.did[name]
    yield f"held.{name}", lambda c: c.today.held[name]
    yield f"would.{name}", lambda c: c.today.would[name]
    yield f"silenced.{name}", lambda c: c.today.would[name] and not c.today.did[name]


def _of_occasion(name: str) -> Iterator[tuple[str, Value]]:
    yield f"wanted.{name}", lambda c: c.today.wants[name]
    yield f"refused.{name}", lambda c: c.today.treated[name].refused
    yield f"refused_wrongly.{name}", lambda c: c.today.treated[name].refused_wrongly
    yield f"required.{name}", lambda c: c.today.treated[name].required
    yield f"unmet.{name}", lambda c: c.today.treated[name].unmet
    yield f"advanced.{name}", lambda c: c.today.treated[name].advanced
    yield f"discounted.{name}", lambda c: c.today.treated[name].discount


def _of_scheme(number: int, scheme: Scheme) -> Iterator[tuple[str, Value]]:
    yield "score", lambda c: c.accounts[number].score
    for tier, name in enumerate(scheme.tiers):
        yield f"tier.{name}", _in_tier(number, tier)
    yield "rose", lambda c: c.accounts[number].standing > c.today.schemes[number].standing_before
    yield "fell", lambda c: c.accounts[number].standing < c.today.schemes[number].standing_before
    for name in scheme.rules:
        yield from _of_rule(number, name)
    for name in scheme.registers:
        yield from _of_register(number, name)
    yield "exposed", lambda c: c.today.schemes[number].exposed
    yield "appealed", lambda c: c.today.schemes[number].appealed
    yield "heard", lambda c: c.today.schemes[number].heard
    yield "upheld", lambda c: c.today.schemes[number].upheld


def _of_rule(number: int, name: str) -> Iterator[tuple[str, Value]]:
    yield f"fired.{name}", lambda c: name in c.today.schemes[number].fired
    yield f"wrong.{name}", lambda c: c.today.schemes[number].fired.get(name, _NOT).wrong
    yield f"points.{name}", lambda c: c.today.schemes[number].fired.get(name, _NOT).points


def _of_register(number: int, name: str) -> Iterator[tuple[str, Value]]:
    yield f"on.{name}", lambda c: c.accounts[number].registers[name].months > 0
    yield f"entered.{name}", lambda c: name in c.today.schemes[number].entered
    yield f"left.{name}", lambda c: name in c.today.schemes[number].left
    yield f"wrongly_on.{name}", lambda c: c.accounts[number].registers[name].wrong
