"""Phase 2: citizens act."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from glasstown.conduct.model import Action
from glasstown.engine.reference.arithmetic import (
    LOG_ODDS,
    MOST_MONTHS,
    SHARE,
    term,
)
from glasstown.engine.reference.events import Became, Chose, Utility
from glasstown.engine.reference.formulas import Names, condition
from glasstown.engine.reference.names import conduct_names
from glasstown.engine.reference.pull import Ladder, Pulls
from glasstown.engine.reference.state import Citizen, Community
from glasstown.engine.reference.want import tastes
from glasstown.luck import log_odds, logistic, threshold
from glasstown.world.world import World


class Act:
    """Each citizen does, or does not, each of the conduct's actions; conditions follow."""

    def __init__(self, world: World) -> None:
        names = conduct_names(world)
        ladders = []
        if world.conduct.pull.weight:
            scored = (n for n, scheme in enumerate(world.schemes) if scheme.score is not None)
            ladders = [Ladder(world, number) for number in scored]
        self._actions = [
            _Action(name, action, world, names, Pulls(name, action, world, ladders))
            for name, action in world.conduct.actions.items()
        ]
        self._conditions = world.conduct.conditions

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for action in self._actions:
            draws = community.luck.draws(f"conduct/action/{action.name}", t)
            share = signals.get(f"share/{action.name}", community.shares[action.name])
            norm = action.norm(share)
            for citizen, draw in zip(community.citizens, draws, strict=True):
                self._decide(action, citizen, community, norm, draw, t, signals)
        for citizen in community.citizens:
            self._change_conditions(citizen, community, t)

    def _decide(
        self,
        action: _Action,
        citizen: Citizen,
        community: Community,
        norm: int,
        draw: int,
        t: int,
        signals: Mapping[str, int],
    ) -> None:
        today = citizen.today
        may = action.who(today.view)
        utility = action.weigh(citizen, community, norm, t, signals) if may else None
        chance = action.chance(utility)
        done = may and draw < chance
        today.did[action.name] = done
        if action.held is not None:
            today.held[action.name] = action.held(today.view)
            today.would[action.name] = may and draw < action.free_chance(utility)
        if may and citizen.watched:
            community.events.append(
                Chose(
                    t,
                    citizen.number,
                    action.name,
                    done,
                    chance,
                    utility,
                    today.held.get(action.name),
                    today.would.get(action.name),
                )
            )

    def _change_conditions(self, citizen: Citizen, community: Community, t: int) -> None:
        did = citizen.today.did
        for name, condition_ in self._conditions.items():
            months = citizen.conditions[name]
            if months == 0:
                after = 1 if did[condition_.begins] else 0
            else:
                after = 0 if did[condition_.ends] else min(months + 1, MOST_MONTHS)
            citizen.conditions[name] = after
            if citizen.watched and (months == 0) != (after == 0):
                community.events.append(Became(t, citizen.number, name, after > 0))


class _Action:
    """An action, its formulas made into functions."""

    def __init__(self, name: str, action: Action, world: World, names: Names, pulls: Pulls) -> None:
        self.name = name
        self.who = condition(action.who.expr, names)
        self.held = None if action.voices is None else condition(action.voices.expr, names)
        self._taste = tastes(action.taste, names)
        norm = action.norm * world.conduct.norm.weight
        self._norm = term(norm * LOG_ODDS / SHARE) if norm else None
        self._usual = round(usual(action) * SHARE)
        self._fear = term(action.fear * LOG_ODDS / SHARE) if action.fear else None
        self._pulls = pulls
        certain = action.rate in (0, 1)
        self._rate = threshold(action.rate)
        self._base = 0 if certain else log_odds(action.rate)
        self._is_free = not certain and (self._taste is not None or self._norm is not None)
        driven = bool(pulls.rules) or self._fear is not None
        self._is_moved = self._is_free or (driven and not certain)

    def norm(self, share: int) -> int:
        """How last month's share of citizens who did it moves each of them."""
        return self._norm(share - self._usual) if self._norm else 0

    def weigh(
        self,
        citizen: Citizen,
        community: Community,
        norm: int,
        t: int,
        signals: Mapping[str, int],
    ) -> Utility | None:
        """What moves a citizen to the action; None where nothing can, and only the rate counts."""
        if not self._is_moved:
            return None
        taste = self._taste(citizen.today.view) if self._taste else 0
        pull = self._pulls(citizen, community, t, signals)
        fear = self._fear(citizen.fear) if self._fear else 0
        return Utility(self._base, taste, norm, pull, -fear)

    def chance(self, utility: Utility | None) -> int:
        """The chance of the action."""
        return self._rate if utility is None else logistic(utility.free + utility.scheme)

    def free_chance(self, utility: Utility | None) -> int:
        """The chance that it would have without pull and fear."""
        if utility is None or not self._is_free:
            return self._rate
        return logistic(utility.free)


def usual(action: Action) -> Fraction:
    """The share of citizens who do the action, as citizens are used to it."""
    return action.rate if action.usual is None else action.usual
