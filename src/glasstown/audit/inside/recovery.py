"""How long one deduction is felt, beside the same lives without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.places import year_of
from glasstown.audit.inside.spells import Waits
from glasstown.audit.inside.variants import Variant
from glasstown.audit.inside.wrongs import taking_rules
from glasstown.engine.panel import Panel
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import Words
from glasstown.world.world import World

Ints = NDArray[np.int64]


@final
@dataclass(frozen=True)
class Event:
    """The first deduction by a rule in a citizen's life."""

    scheme: Scheme
    rule: str

    @property
    def key(self) -> str:
        """The event in the names of figures."""
        return f"{self.scheme.scheme}.rules.{self.rule}"

    @property
    def score(self) -> str:
        """The measure of the score that it lowers."""
        return f"{self.scheme.scheme}.score"

    @property
    def points(self) -> str:
        """The measure of the points that it takes."""
        return f"{self.scheme.scheme}.points.{self.rule}"

    @property
    def says(self) -> str:
        """What it is for, in words."""
        done = self.scheme.rules[self.rule].when or self.rule
        return f"a first deduction for {Words(self.scheme.words).doing(done)}"

    @property
    def without(self) -> Variant:
        """The world in which it is never made."""
        return Variant(f"{self.key}.points", f"{self.rule} takes no points", self._spared)

    def _spared(self, world: World) -> World:
        changes: dict[str, Any] = {f"{self.key}.points": 0}
        for name in ("straight_to", "lasts"):
            if getattr(self.scheme.rules[self.rule], name) is not None:
                changes[f"{self.key}.{name}"] = None
        return world.changed(changes)


@final
@dataclass(frozen=True, eq=False)
class Recovery:
    """What came after an event: of those it befell, by row of the panel.

    here, there: months until the score is back where it stood before it, in the world as it is,
    and in the same months where it was never made; at_once, later: points that the citizen had
    less than there, at the end of that month, and a year later where the run lasts so long;
    slow: whether it was a year, and the score not back.
    """

    rows: Ints
    here: Waits
    there: Waits
    at_once: Ints
    later: Ints
    slow: NDArray[np.bool_]


def events_of(world: World) -> Iterator[Event]:
    """Every rule of a world that may take points for what was recorded."""
    for scheme in world.schemes:
        for rule in taking_rules(scheme):
            if scheme.score is not None and scheme.rules[rule].points is not None:
                yield Event(scheme, rule)


def recovery(event: Event, here: Panel, there: Panel) -> Recovery:
    """How long an event is felt; points are in steps of the score."""
    taken = here.of[event.points] < 0
    rows = np.flatnonzero(taken.any(axis=1))
    at = taken[rows].argmax(axis=1)
    months, year = here.world.months, year_of(here.world)
    own, twin = _lives(event, here, rows), _lives(event, there, rows)
    waits, still = _back(own, at, months)
    known = at + year < months
    place = np.arange(len(rows))
    missing = twin - own
    return Recovery(
        rows,
        Waits.of(waits, still, months),
        Waits.of(*_back(twin, at, months), months),
        missing[place, at + 1][known],
        missing[place[known], at[known] + 1 + year],
        np.asarray(waits >= year) & (still | (waits > year)),
    )


def _lives(event: Event, panel: Panel, rows: Ints) -> Ints:
    """Scores at birth and at the end of each month: citizens x (1 + months)."""
    before = panel.born[event.score][rows].astype(np.int64)
    return np.column_stack([before, panel.of[event.score][rows].astype(np.int64)])


def _back(scores: Ints, at: Ints, months: int) -> tuple[Ints, NDArray[np.bool_]]:
    """Months from the event until the score is where it was before, and who never saw it."""
    place = np.arange(len(at))
    before = scores[place, at]
    later = np.arange(months)[None, :] >= at[:, None]
    back = later & (scores[:, 1:] >= before[:, None])
    never = np.asarray(~back.any(axis=1))
    return np.asarray(np.where(never, months - 1 - at, back.argmax(axis=1) - at)), never
