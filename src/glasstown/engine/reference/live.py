"""The month, and lives made of months."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from glasstown.engine.reference.act import Act, usual
from glasstown.engine.reference.arithmetic import SHARE, share_of
from glasstown.engine.reference.birth import Birth
from glasstown.engine.reference.count import Count, Counts
from glasstown.engine.reference.cuts import cut
from glasstown.engine.reference.events import Event
from glasstown.engine.reference.learn import Learn
from glasstown.engine.reference.place import Place
from glasstown.engine.reference.score import Score
from glasstown.engine.reference.sense import Sense
from glasstown.engine.reference.state import Citizen, Community
from glasstown.engine.reference.surroundings import Surroundings
from glasstown.engine.reference.treat import Treat
from glasstown.engine.reference.want import Want
from glasstown.engine.reference.worth import scale_of
from glasstown.world.world import World

MONTH = (
    Want,  # 1  occasions arise
    Act,  # 2  citizens act
    Sense,  # 3  sensors see, miss, and see wrongly
    Score,  # 4  rules fire, scores move and fade
    Place,  # 5  tiers, registers, appeals
    Treat,  # 6  consequences meet occasions
    Learn,  # 7  means, fear, norms, beliefs
)  #         8  and the ledger counts
"""The phases of a month, in order; `Count` is the eighth."""

Signals: TypeAlias = Sequence[Mapping[str, int]]
"""The national signals used in each month.

A cut stands under `cut/SCHEME/CONSEQUENCE`, in steps of the score; a share of the nation under
`share/ACTION`, in 4096ths.
"""


@dataclass(frozen=True)
class Life:
    """What came of living some communities.

    `counts[month][measure][cell]` is in the order of `World.measures` and `World.cells`;
    `communities` are as the last month left them; `events` are those of the watched citizens, in
    the order in which they happened.
    """

    counts: list[Counts]
    communities: list[Community]
    events: tuple[Event, ...]

    @property
    def citizens(self) -> list[Citizen]:
        """The citizens of the communities, as the last month left them."""
        return [citizen for community in self.communities for citizen in community.citizens]


@dataclass(frozen=True)
class Outcome:
    """What came of a whole nation: the ledger's counts, and the signals of a coupled world."""

    counts: list[Counts]
    signals: list[dict[str, int]]


def live(
    world: World,
    communities: Iterable[int],
    signals: Signals | None = None,
    watch: Collection[int] = (),
) -> Life:
    """Live some communities of a world through all its months.

    watch: the citizens whose events are told. signals: those of the whole nation's run, for a
    world that is coupled.

    Raises:
        ValueError: the world is coupled, and the signals do not cover its months.
    """
    return Steps(world).live(communities, signals, watch)


def run(world: World) -> Outcome:
    """Live a whole nation, month by month, with its national signals where it is coupled."""
    steps = Steps(world)
    communities = [steps.birth(number) for number in range(world.communities)]
    now = _signals_at_birth(world, communities)
    counts, signals = [], []
    for t in range(world.months):
        counts.append(steps.count.nothing())
        for community in communities:
            steps.month(community, t, now)
            steps.count(community, counts[t])
        signals.append(now)
        now = _signals(world, communities)
    return Outcome(counts, signals if world.coupled else [])


class Steps:
    """The steps of a world's lives, its formulas made into functions, for any of its communities.

    Methods raise `ValueError` where the world is coupled, and the signals do not cover its months.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self.birth = Birth(world)
        self._phases = tuple(phase(world) for phase in MONTH)
        self.count = Count(world)

    def month(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live month `t` of a community."""
        for phase in self._phases:
            phase(community, t, signals)

    def live(
        self,
        communities: Iterable[int],
        signals: Signals | None = None,
        watch: Collection[int] = (),
    ) -> Life:
        """Live some communities through all months: see `live`."""
        monthly = self._signals(signals)
        counts = [self.count.nothing() for _ in monthly]
        lived = []
        for number in communities:
            community = self.birth(number, watch)
            for t, now in enumerate(monthly):
                self.month(community, t, now)
                self.count(community, counts[t])
            lived.append(community)
        events = tuple(event for community in lived for event in community.events)
        return Life(counts, lived, events)

    def surroundings(self, number: int, signals: Signals | None = None) -> Surroundings:
        """Live a community, and keep what its citizens met of one another."""
        community = self.birth(number)
        at_birth, months = community.met, []
        for t, now in enumerate(self._signals(signals)):
            community.met = {}
            self.month(community, t, now)
            months.append(community.met)
        return Surroundings(at_birth, tuple(months))

    def live_one(
        self, citizen: int, surroundings: Surroundings, signals: Signals | None = None
    ) -> Community:
        """Live and watch one citizen alone, by what the community's citizens met of one another."""
        number, seat = self._world.layout.community(citizen)
        community = self.birth(number, (citizen,), (seat,), surroundings.at_birth)
        for t, now in enumerate(self._signals(signals)):
            community.told = surroundings.months[t]
            self.month(community, t, now)
        return community

    def _signals(self, signals: Signals | None) -> Signals:
        """The signals of every month, which are nothing in an uncoupled world."""
        months = self._world.months
        if not self._world.coupled:
            return [{}] * months
        if signals is None or len(signals) < months:
            raise ValueError("a coupled world needs the national signals of every month: see run()")
        return signals[:months]


def _signals_at_birth(world: World, communities: list[Community]) -> dict[str, int]:
    shares = {
        f"share/{name}": round(usual(action) * SHARE)
        for name, action in world.conduct.actions.items()
        if world.norm_is_national and action.norm
    }
    return shares | _cuts(world, communities)


def _signals(world: World, communities: list[Community]) -> dict[str, int]:
    """Next month's signals, from the end of this one."""
    citizens = [citizen for community in communities for citizen in community.citizens]
    shares = {
        f"share/{name}": share_of(
            sum(citizen.today.did[name] for citizen in citizens), len(citizens)
        )
        for name, action in world.conduct.actions.items()
        if world.norm_is_national and action.norm
    }
    return shares | _cuts(world, communities)


def _cuts(world: World, communities: list[Community]) -> dict[str, int]:
    found = {}
    for number, scheme in enumerate(world.schemes):
        for name, consequence in scheme.consequences.items():
            if consequence.best is not None and consequence.best.of == "nation":
                scores = [
                    citizen.accounts[number].score
                    for community in communities
                    for citizen in community.citizens
                ]
                share, low = consequence.best.share, scale_of(scheme).low
                found[f"cut/{scheme.scheme}/{name}"] = cut(scores, share, low)
    return found
