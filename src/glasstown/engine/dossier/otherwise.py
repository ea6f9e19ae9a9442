"""One citizen's life with one thing changed, and everybody else's held as it was.

The change is made to what the reference is given, never to what it does: to one draw of luck, to a
record that fell on the citizen from elsewhere, or to a score as a month begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import final

from glasstown.engine.reference import Signals, Steps, Surroundings
from glasstown.engine.reference.events import Born, Event, Sensed
from glasstown.engine.reference.luck import Luck
from glasstown.engine.reference.sense import grounds_key, source_key
from glasstown.engine.reference.state import Community
from glasstown.engine.reference.worth import scale_of
from glasstown.world.world import World

SURE = 0
"""A draw below every chance but that of what cannot be."""

NEVER = 1 << 30
"""A draw that is below no chance."""


@final
@dataclass(frozen=True)
class Amendment:
    """One thing changed in a month of a life.

    draws: by purpose; away: names of the surroundings under which no record is to fall on the
    citizen; points: steps that are added to a score as the month begins, by the scheme's place.
    """

    month: int
    draws: Mapping[str, int] = field(default_factory=dict)
    away: str = ""
    points: tuple[int, int] | None = None


@final
class _Luck(Luck):
    """A citizen's luck, but for some draws of one month."""

    def __init__(self, luck: Luck, amendment: Amendment) -> None:
        self._given, self._amendment = luck, amendment

    def draws(self, name: str, month: int) -> list[int]:
        """Each seat's draw for a purpose in a month: the one that was changed, or as it is."""
        found = self._given.draws(name, month)
        if month != self._amendment.month or name not in self._amendment.draws:
            return found
        return [self._amendment.draws[name]] * len(found)

    def of_community(self, name: str, month: int) -> int:
        """The community's draw, which is never changed."""
        return self._given.of_community(name, month)


@final
class Otherwise:
    """One citizen's life, as it was and with any one thing changed.

    signals: those of each month. What the others of the community did, and what all of it came to
    (`Surroundings`), stays as it was, and so does the nation's.
    """

    def __init__(
        self,
        world: World,
        steps: Steps,
        citizen: int,
        surroundings: Surroundings,
        signals: Signals,
    ) -> None:
        number, seat = world.layout.community(citizen)
        self.world, self.citizen = world, citizen
        self._steps, self._seat = steps, seat
        self._told, self._signals = surroundings.months, signals
        self._scales = [None if s.score is None else scale_of(s) for s in world.schemes]
        community = steps.birth(number, (citizen,), (seat,), surroundings.at_birth)
        self._luck = community.luck
        self._before: list[Community] = []
        self.months: list[Sequence[Event]] = []
        for t in range(world.months):
            community.events = []
            self._before.append(self._copy(community))
            self.months.append(self._month(community, t, None))

    def month(self, amendment: Amendment, until: int) -> Sequence[Event]:
        """What happens in month `until` where something was changed then or before."""
        community = self._copy(self._before[amendment.month])
        community.luck = _Luck(self._luck, amendment)
        if amendment.points is not None:
            self._give(community, *amendment.points)
        for t in range(amendment.month, until):
            self._month(community, t, amendment)
        return self._month(community, until, amendment)

    def on_registers(self, scheme: int, until: int) -> dict[str, int]:
        """The registers of a scheme that the citizen is on as a month begins: months on each."""
        account = self._before[until].citizens[0].accounts[scheme]
        return {name: stay.months for name, stay in account.registers.items() if stay.months}

    def _month(self, community: Community, t: int, amendment: Amendment | None) -> Sequence[Event]:
        told = self._told[t]
        if amendment is not None and amendment.away in told and t == amendment.month:
            told = {**told, amendment.away: told[amendment.away] & ~(1 << self._seat)}
        community.events, community.told = [], told
        self._steps.month(community, t, self._signals[t])
        return [event for event in community.events if not isinstance(event, Born)]

    def _give(self, community: Community, scheme: int, points: int) -> None:
        account, scale = community.citizens[0].accounts[scheme], self._scales[scheme]
        if scale is not None:
            account.score = scale.reach(account.score + points)

    def _copy(self, community: Community) -> Community:
        """The community as it is, for another life to go on from; luck is the same for all."""
        community.told = None
        return deepcopy(community, {id(community.luck): community.luck})


def purpose_of(sensed: Sensed) -> str:
    """The purpose of the draw by which a sensor made a record, or did not."""
    key = grounds_key(sensed.of) if sensed.grounds else source_key(sensed.sensor, sensed.of)
    return f"{sensed.scheme}/{key}"
