"""What is kept of a community from month to month, and within one month.

Names of the fields are those of `docs/reference/month.md`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from glasstown.engine.reference.events import Event
from glasstown.engine.reference.luck import Luck


class Record(NamedTuple):
    """What a sensor wrote down of a citizen, or did not."""

    made: bool = False
    wrong: bool = False


@dataclass(slots=True)
class Stay:
    """A citizen's place on a register; 0 months is not being on it."""

    months: int = 0
    least: int = 0
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """What an appeal is about: how much was deducted, which registers were entered."""

    deduction: int
    entries: tuple[str, ...]
    wrong: bool


class Fired(NamedTuple):
    """A rule that fired: the points it brought, in steps, and whether its record was wrong."""

    points: int
    wrong: bool


@dataclass(slots=True)
class Treatment:
    """What became of an occasion in a month."""

    wanted: bool = False
    refused: bool = False
    refused_wrongly: bool = False
    required: bool = False
    unmet: bool = False
    advanced: bool = False
    discount: bool = False
    gain: int = 0


@dataclass(slots=True)
class TodayIn:
    """What happens to a citizen in one scheme in one month."""

    view: dict[str, int] = field(default_factory=dict)
    records: dict[str, Record] = field(default_factory=dict)
    fired: dict[str, Fired] = field(default_factory=dict)
    deduction: int = 0
    entered: dict[str, bool] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    appealed: bool = False
    heard: bool = False
    upheld: bool = False
    standing_before: int = 0
    harmed: bool = False
    exposed: bool = False


@dataclass(slots=True)
class Today:
    """What happens to a citizen in one month."""

    view: dict[str, int]
    schemes: list[TodayIn]
    wants: dict[str, bool] = field(default_factory=dict)
    did: dict[str, bool] = field(default_factory=dict)
    held: dict[str, bool] = field(default_factory=dict)
    would: dict[str, bool] = field(default_factory=dict)
    treated: dict[str, Treatment] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """What one scheme keeps on one citizen.

    `on_the_way` holds, for each sensor and action with a delay, the records that have not
    arrived yet, the oldest first.
    """

    covered: dict[str, bool] = field(default_factory=dict)
    score: int = 0
    tier: int = 0
    standing: int = 0
    used: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    arrived: dict[str, bool] = field(default_factory=dict)
    on_the_way: dict[str, deque[Record]] = field(default_factory=dict)
    registers: dict[str, Stay] = field(default_factory=dict)
    appeal: Appeal | None = None
    wait: int = 0


@dataclass(slots=True)
class Citizen:
    """A citizen: who, and how things stand."""

    number: int
    seat: int
    traits: dict[str, int]
    conditions: dict[str, int]
    accounts: list[Account]
    means: int = 0
    fear: int = 0
    listed: bool = False
    refused: bool = False
    exposed: bool = False
    watched: bool = False
    today: Today = field(default_factory=lambda: Today({}, []))


@dataclass(slots=True)
class Community:
    """A community of `size` citizens, of whom all are lived or only some, and what they share.

    `shares` is last month's share of each action; `belief`, `mean_score` and `cuts` are kept by
    scheme, in the world's order, and then by rule or consequence. `met` is what this month's
    citizens met of one another, under the names of `Surroundings`, and `told` is the same, known
    beforehand, where not all of them are lived.
    """

    number: int
    size: int
    citizens: list[Citizen]
    luck: Luck
    shares: dict[str, int] = field(default_factory=dict)
    belief: list[dict[str, int]] = field(default_factory=list)
    mean_score: list[int] = field(default_factory=list)
    cuts: list[dict[str, int]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    told: Mapping[str, int] | None = None

    def common(self, name: str, reckon: Callable[[], int]) -> int:
        """What the citizens meet of one another: as told, or else reckoned from all of them."""
        if self.told is not None:
            return self.told[name]
        self.met[name] = value = reckon()
        return value
