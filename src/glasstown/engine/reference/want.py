"""Phase 1: occasions arise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from glasstown.conduct.model import Occasion
from glasstown.engine.reference.arithmetic import LOG_ODDS
from glasstown.engine.reference.events import Wanted
from glasstown.engine.reference.formulas import Amount, Names, added, amount, condition
from glasstown.engine.reference.names import conduct_names, conduct_view
from glasstown.engine.reference.state import Community, Today, TodayIn
from glasstown.expr.field import formula
from glasstown.luck import log_odds, logistic, threshold
from glasstown.world.world import World


def tastes(taste: Mapping[str, Fraction], names: Names) -> Amount | None:
    """The sum of a taste's formulas, each times its coefficient, in log-odds; None without any."""
    parts = [
        amount(formula(written).expr, names, LOG_ODDS, coefficient)
        for written, coefficient in taste.items()
    ]
    return reduce(added, parts) if parts else None


class Want:
    """Each citizen wants, or does not, each of the conduct's occasions."""

    def __init__(self, world: World) -> None:
        self._world = world
        names = conduct_names(world)
        self._occasions = [
            _Occasion(name, occasion, names) for name, occasion in world.conduct.occasions.items()
        ]

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for citizen in community.citizens:
            schemes = [TodayIn(standing_before=account.standing) for account in citizen.accounts]
            citizen.today = Today(conduct_view(self._world, citizen, t), schemes)
        for occasion in self._occasions:
            draws = community.luck.draws(f"conduct/occasion/{occasion.name}", t)
            for citizen, draw in zip(community.citizens, draws, strict=True):
                view = citizen.today.view
                wants = occasion.who(view) and draw < occasion.chance(view)
                citizen.today.wants[occasion.name] = wants
                if wants and citizen.watched:
                    community.events.append(Wanted(t, citizen.number, occasion.name))


class _Occasion:
    def __init__(self, name: str, occasion: Occasion, names: Names) -> None:
        self.name = name
        self.who = condition(occasion.who.expr, names)
        taste = tastes(occasion.taste, names)
        if taste is None:
            bare = threshold(occasion.rate)
            self.chance: Amount = lambda view: bare
        else:
            base = log_odds(occasion.rate)
            self.chance = lambda view: logistic(base + taste(view))
