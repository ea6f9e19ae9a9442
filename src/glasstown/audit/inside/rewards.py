"""What schemes reward, and where citizens stand toward the reward month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.panel import Panel
from glasstown.expr import names
from glasstown.files import Span
from glasstown.scheme.model import Rule, Scheme
from glasstown.scheme.reads import actions_read, conditions_read, free_names
from glasstown.world.world import World


@final
@dataclass(frozen=True)
class Reward:
    """An action that a rule rewards, by points for it or by a deduction for going without.

    points, cap and floors are in steps of the score; floors: of the tiers above the lowest;
    cap: the most points in a period of so many months, None for ever.
    """

    action: str
    scheme: str
    rule: str
    points: int
    floors: tuple[int, ...]
    cap: int | None = None
    period: int | None = None

    @property
    def name(self) -> str:
        """`unictown-2019.volunteering`."""
        return f"{self.scheme}.{self.rule}"

    @property
    def measures(self) -> tuple[str, ...]:
        """What has to be read to know where citizens stand."""
        return (f"{self.scheme}.score", f"{self.scheme}.points.{self.rule}")


def rewards_of(world: World) -> tuple[Reward, ...]:
    """Every reward of a world's schemes; of points by a formula nothing is known beforehand."""
    return tuple(
        found
        for scheme in world.schemes
        for name, rule in scheme.rules.items()
        if (found := _reward(scheme, name, rule)) is not None
    )


def actions_of(rewards: Sequence[Reward]) -> list[str]:
    """The actions that are rewarded, each once."""
    return list(dict.fromkeys(reward.action for reward in rewards))


def unrewarded(world: World) -> tuple[str, ...]:
    """Actions that no rule and no register reads, that voice no view, and that nobody fears.

    Where fear holds an action back, less of it is not done in exchange for what is rewarded.
    """
    read: set[str] = set()
    for scheme in world.schemes:
        read.update(actions_read(scheme))
        for name in (*conditions_read(scheme), *free_names(scheme)):
            condition = world.conduct.conditions.get(name)
            if condition is not None:
                read.update((condition.begins, condition.ends))
    return tuple(
        name
        for name, action in world.conduct.actions.items()
        if action.voices is None and not action.fear and name not in read
    )


def ended_by(world: World) -> dict[str, str]:
    """By action that only those in a condition do, and that ends it: the condition."""
    actions = world.conduct.actions
    return {
        condition.ends: name
        for name, condition in world.conduct.conditions.items()
        if name in names(actions[condition.ends].who.expr)
    }


def extra_acts(here: Panel, free: Panel, rewards: Sequence[Reward]) -> NDArray[np.int64]:
    """How much more each citizen does here of all that is rewarded, over all months."""
    found = np.zeros(len(here), np.int64)
    for action in actions_of(rewards):
        found += here.total(f"did.{action}") - free.total(f"did.{action}")
    return found


def scores_before(panel: Panel, scheme: str) -> NDArray[np.int64]:
    """The score of each citizen as each month begins, in steps: citizens x months."""
    name = f"{scheme}.score"
    born = panel.born[name][:, None]
    return np.concatenate([born, panel[name][:, :-1]], axis=1).astype(np.int64)


def within_reach(panel: Panel, reward: Reward) -> NDArray[np.bool_]:
    """Whether the points of one act would lift each citizen into a tier, at each month's start."""
    score = scores_before(panel, reward.scheme)
    found = np.zeros(score.shape, bool)
    for floor in reward.floors:
        found |= (score < floor) & (score + reward.points >= floor)
    return found


def at_the_top(panel: Panel, reward: Reward) -> NDArray[np.bool_]:
    """Whether each citizen's score is that of the highest tier, at each month's start."""
    return scores_before(panel, reward.scheme) >= max(reward.floors)


def used_up(panel: Panel, reward: Reward) -> NDArray[np.bool_]:
    """Whether each citizen has used up the cap of a reward as each month begins."""
    points = np.abs(panel[f"{reward.scheme}.points.{reward.rule}"].astype(np.int64))
    found = np.zeros(points.shape, bool)
    used = np.zeros(len(points), np.int64)
    for month in range(points.shape[1]):
        if reward.period is not None and month % reward.period == 0:
            used[:] = 0
        found[:, month] = used >= (reward.cap or 0)
        used += points[:, month]
    return found


def _reward(scheme: Scheme, name: str, rule: Rule) -> Reward | None:
    action, award = rule.when or rule.missed, rule.points
    if scheme.score is None or action is None or not isinstance(award, Span):
        return None
    scale = 1 / scheme.score.kept_to
    points = int((award.low + award.high) / 2 * scale)
    if (points if rule.when else -points) <= 0:
        return None
    floors = sorted(round(floor * scale) for floor in scheme.tiers.values())[1:]
    cap = rule.at_most if rule.when else None
    return Reward(
        action,
        scheme.scheme,
        name,
        abs(points),
        tuple(floors),
        None if cap is None else round(cap.points * scale),
        None if cap is None else cap.months,
    )
