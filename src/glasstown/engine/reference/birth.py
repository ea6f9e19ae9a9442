"""Birth: who the citizens of a community are, and how things stand before the first month."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from glasstown.engine.reference.act import usual
from glasstown.engine.reference.arithmetic import LOG_ODDS, SHARE
from glasstown.engine.reference.cuts import mean_score, rank_cuts
from glasstown.engine.reference.events import Born
from glasstown.engine.reference.formulas import condition
from glasstown.engine.reference.luck import Luck
from glasstown.engine.reference.names import steps_to_a_point, trait_names
from glasstown.engine.reference.pull import is_disclosed
from glasstown.engine.reference.score import Points
from glasstown.engine.reference.state import Account, Citizen, Community, Stay
from glasstown.engine.reference.worth import scale_of
from glasstown.luck import logistic, threshold
from glasstown.scheme.model import Scheme
from glasstown.world.world import World


class Birth:
    """Makes the communities of a world, as they are at the start of month 0."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tables = world.trait_tables
        self._starts = [
            None if scheme.score is None else _Start(world, scheme) for scheme in world.schemes
        ]

    def __call__(
        self,
        number: int,
        watch: Collection[int] = (),
        seats: Collection[int] | None = None,
        told: Mapping[str, int] | None = None,
    ) -> Community:
        """One community, with those of its citizens watched who are among `watch`.

        seats: those whose citizens are lived, by default all; for some of them alone, `told` is
        what they met of the others at birth.
        """
        world = self._world
        size = world.nation.communities.size
        first, last = number * size, min((number + 1) * size, world.citizens)
        lived = range(last - first) if seats is None else sorted(seats)
        citizens = [
            Citizen(
                number=first + seat,
                seat=seat,
                traits={},
                conditions=dict.fromkeys(world.conduct.conditions, 0),
                accounts=[],
                watched=first + seat in watch,
            )
            for seat in lived
        ]
        at_birth = Luck(world.seed, world.layout, first, lived, months=1)
        community = Community(number, last - first, citizens, at_birth, told=told)
        self._give_traits(community)
        for index, scheme in enumerate(world.schemes):
            self._open_accounts(community, index, scheme)
        self._begin(community)
        community.luck = Luck(world.seed, world.layout, first, lived, world.months)
        return community

    def _give_traits(self, community: Community) -> None:
        indices: list[dict[str, int]] = [{} for _ in community.citizens]
        for table in self._tables:
            draws = self._draws(community, table.purpose, table.of)
            for citizen, here, draw in zip(community.citizens, indices, draws, strict=True):
                here[table.name] = index = table.index(table.row(here), draw)
                citizen.traits[table.name] = table.numbers[index]

    def _open_accounts(self, community: Community, index: int, scheme: Scheme) -> None:
        for citizen in community.citizens:
            citizen.accounts.append(
                Account(
                    used={name: 0 for name, rule in scheme.rules.items() if rule.at_most},
                    held={name: 0 for name, rule in scheme.rules.items() if rule.straight_to},
                    arrived={name: False for name, rule in scheme.rules.items() if rule.missed},
                    registers={name: Stay() for name in scheme.registers},
                )
            )
        for name, sensor in scheme.sensors.items():
            draws = self._draws(community, f"{scheme.scheme}/{name}/covers", sensor.covers_by)
            covers = threshold(sensor.covers)
            for citizen, draw in zip(community.citizens, draws, strict=True):
                citizen.accounts[index].covered[name] = draw < covers
        start = self._starts[index]
        if start is not None:
            start.score(community, index)

    def _draws(self, community: Community, purpose: str, of: str) -> list[int]:
        """The draws of each citizen, or for each the community's."""
        if of == "community":
            return [community.luck.of_community(purpose, 0)] * len(community.citizens)
        return community.luck.draws(purpose, 0)

    def _begin(self, community: Community) -> None:
        """What a community has in common at the start."""
        world = self._world
        for name, action in world.conduct.actions.items():
            community.shares[name] = round(usual(action) * SHARE)
        at_first = round(world.conduct.belief.at_first * SHARE)
        for index, scheme in enumerate(world.schemes):
            community.belief.append(
                {n: at_first for n, rule in scheme.rules.items() if not is_disclosed(scheme, rule)}
            )
            community.mean_score.append(
                0 if scheme.score is None else mean_score(community, index, scheme.scheme)
            )
            community.cuts.append(rank_cuts(community, index, scheme))


class _Start:
    """The first score of one scheme."""

    def __init__(self, world: World, scheme: Scheme) -> None:
        assert scheme.score is not None
        names = trait_names(world)
        self._name, self._model, self._scale = scheme.scheme, scheme.score, scale_of(scheme)
        self._tiers = tuple(scheme.tiers)
        self._start = round(scheme.score.start * steps_to_a_point(scheme))
        self._rules = [
            (
                name,
                condition(rule.only_if.expr, names),
                None if rule.points is None else Points(scheme, name, rule.points, names),
                round((rule.log_odds or Fraction(0)) * LOG_ODDS),
            )
            for name, rule in scheme.rules.items()
            if rule.at_start
        ]

    def score(self, community: Community, index: int) -> None:
        """Give every citizen a first score and tier."""
        found: list[list[tuple[str, int]]] = [[] for _ in community.citizens]
        for name, applies, points, log_odds in self._rules:
            draws = [0] * len(found)
            if points is not None and points.is_drawn:
                draws = community.luck.draws(points.purpose, 0)
            for citizen, given, draw in zip(community.citizens, found, draws, strict=True):
                if applies(citizen.traits):
                    worth = points(citizen.traits, draw) if points is not None else 0
                    given.append((name, log_odds if self._model.link == "logistic" else worth))
        for citizen, given in zip(community.citizens, found, strict=True):
            account = citizen.accounts[index]
            account.score = self._scale.reach(self._sum(sum(worth for _, worth in given)))
            account.tier = account.standing = self._scale.tier(account.score)
            if citizen.watched:
                tier = self._tiers[account.tier] if self._tiers else ""
                community.events.append(
                    Born(0, citizen.number, self._name, account.score, tier, tuple(given))
                )

    def _sum(self, worth: int) -> int:
        if self._model.link == "additive":
            return self._start + worth
        low, high = self._scale.low, self._scale.high
        return low + (((high - low) * (logistic(worth) >> 14) + (1 << 15)) >> 16)
