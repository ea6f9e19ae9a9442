"""How the worth of a better score moves a citizen: the `pull` of phase 2."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from glasstown.conduct.model import Action
from glasstown.engine.reference.arithmetic import LOG_ODDS, SHARE, WORTH, clamp, term
from glasstown.engine.reference.state import Citizen, Community
from glasstown.engine.reference.worth import scale_of, stake, worth
from glasstown.files import Span
from glasstown.scheme.model import RateByGroup, Rule, Scheme
from glasstown.world.world import World


def pulls(scheme: Scheme, rule: Rule) -> bool:
    """Whether a rule can pull at an action: it gives or takes points, and not by a formula."""
    acted = rule.when is not None or rule.missed is not None
    return scheme.score is not None and acted and isinstance(rule.points, Span)


def is_disclosed(scheme: Scheme, rule: Rule) -> bool:
    """Whether citizens are told of a rule."""
    return scheme.discloses.rules if rule.disclosed is None else rule.disclosed


class Quota:
    """A consequence for the best by rank: what it is worth to come nearer to them."""

    def __init__(self, name: str, at_stake: int, reach: int) -> None:
        self.name = name
        self._reach = reach
        self._weigh = term(Fraction(at_stake, 2 * reach))

    def gain(self, now: int, then: int) -> int:
        """What moving from one distance above the cut to another is worth."""
        return self._weigh(self._ramp(then) - self._ramp(now))

    def _ramp(self, above: int) -> int:
        return clamp(above + self._reach, 0, 2 * self._reach)


class Ladder:
    """One scheme's score as citizens value it."""

    def __init__(self, world: World, number: int) -> None:
        self.scheme = world.schemes[number]
        self.number = number
        self.scale = scale_of(self.scheme)
        self._worth = worth(world, self.scheme)
        reach = max(1, round(world.conduct.pull.spread * self.scale.steps))
        self._quotas = [
            Quota(name, round(stake(consequence, world.conduct) * WORTH), reach)
            for name, consequence in self.scheme.consequences.items()
            if consequence.best is not None
        ]

    def worth(self, score: int) -> int:
        """`V` of a score within the range."""
        return self._worth[score - self.scale.low]

    def rank(self, now: int, then: int, community: Community, signals: Mapping[str, int]) -> int:
        """`rank`: what coming nearer to the best is worth."""
        total = 0
        for quota in self._quotas:
            cut = cut_of(community, self.number, self.scheme, quota.name, signals)
            total += quota.gain(now - cut, then - cut)
        return total


def cut_of(
    community: Community,
    number: int,
    scheme: Scheme,
    consequence: str,
    signals: Mapping[str, int],
) -> int:
    """The rank cut of a consequence: the nation's for this month, or the community's latest."""
    best = scheme.consequences[consequence].best
    if best is not None and best.of == "nation":
        return signals[f"cut/{scheme.scheme}/{consequence}"]
    return community.cuts[number][consequence]


class Pulls:
    """The rules that pull at one action."""

    def __init__(self, name: str, action: Action, world: World, ladders: list[Ladder]) -> None:
        weight = action.pull * world.conduct.pull.weight
        self.rules = [
            _Pull(ladder, rule_name, rule, weight)
            for ladder in ladders
            for rule_name, rule in ladder.scheme.rules.items()
            if weight and name in (rule.when, rule.missed) and pulls(ladder.scheme, rule)
        ]

    def __call__(
        self, citizen: Citizen, community: Community, t: int, signals: Mapping[str, int]
    ) -> int:
        """The sum of the pulls on a citizen, in log-odds."""
        total = 0
        for rule in self.rules:
            total += rule(citizen, community, t, signals)
        return total


class _Pull:
    """One rule that pulls."""

    def __init__(self, ladder: Ladder, name: str, rule: Rule, weight: Fraction) -> None:
        assert isinstance(rule.points, Span)
        self._ladder, self._name, self._rule = ladder, name, rule
        steps = ladder.scale.steps
        low, high = round(rule.points.low * steps), round(rule.points.high * steps)
        self._points = (low + high) // 2
        self._disclosed = is_disclosed(ladder.scheme, rule)
        self._cap = None if rule.at_most is None else round(rule.at_most.points * steps)
        detects = ladder.scheme.sensors[rule.seen_by or ""].detects
        rate = detects.otherwise if isinstance(detects, RateByGroup) else detects
        self._weigh = term(weight * rate * LOG_ODDS / WORTH)

    def __call__(
        self, citizen: Citizen, community: Community, t: int, signals: Mapping[str, int]
    ) -> int:
        belief = SHARE
        if not self._disclosed:
            belief = community.belief[self._ladder.number][self._name]
        gain = self._gain(citizen, community, t, signals)
        return self._weigh(belief * gain // SHARE)

    def _gain(
        self, citizen: Citizen, community: Community, t: int, signals: Mapping[str, int]
    ) -> int:
        account = citizen.accounts[self._ladder.number]
        now = account.score
        then = self._ladder.scale.reach(now + self._points)
        gain = self._ladder.worth(then) - self._ladder.worth(now)
        if self._rule.missed is not None:
            return -gain
        if self._cap is not None and used(self._rule, account.used[self._name], t) >= self._cap:
            return 0
        return gain + self._ladder.rank(now, then, community, signals)


def used(rule: Rule, before: int, t: int) -> int:
    """What a rule has used of its cap as month `t` begins: nothing where a period starts."""
    cap = rule.at_most
    starts = cap is not None and cap.months is not None and t % cap.months == 0
    return 0 if starts else before
