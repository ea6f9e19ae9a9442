"""Phase 7: means, fear, norms and beliefs follow from what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glasstown.engine.reference.arithmetic import MEANS, SHARE, clamp, faded, share_of
from glasstown.engine.reference.cuts import mean_score
from glasstown.engine.reference.events import Believed, Learned
from glasstown.engine.reference.pull import is_disclosed, pulls
from glasstown.engine.reference.state import Citizen, Community
from glasstown.luck import monthly_fade
from glasstown.world.world import World

_MOST_CASES = 16


class Learn:
    """Citizens and communities are changed by the month."""

    def __init__(self, world: World) -> None:
        conduct = world.conduct
        self._explains = [scheme.discloses.reasons for scheme in world.schemes]
        self._names = [scheme.scheme for scheme in world.schemes]
        self._scored = [n for n, scheme in enumerate(world.schemes) if scheme.score is not None]
        self._actions = tuple(conduct.actions)
        self._means_fade = monthly_fade(conduct.means.half_life)
        self._means_limit = round(conduct.means.limit * MEANS)
        fear = conduct.fear
        self._own = round(fear.own * SHARE)
        self._own_unexplained = min(SHARE, round(fear.own * fear.unexplained * SHARE))
        self._seen = round(fear.seen * SHARE)
        self._seen_unexplained = min(SHARE, round(fear.seen * fear.unexplained * SHARE))
        self._fear_fades = round(fear.fades * SHARE)
        self._learns = round(conduct.belief.learns * 256)
        self._forgets = round(conduct.belief.forgets * SHARE)
        self._secret = [
            (number, name)
            for number, scheme in enumerate(world.schemes)
            for name, rule in scheme.rules.items()
            if pulls(scheme, rule) and not is_disclosed(scheme, rule)
        ]

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for citizen in community.citizens:
            self._find_harm(citizen)
        explained = _share(community, "harmed/explained", self._is_harmed_explained)
        unexplained = _share(community, "harmed/unexplained", self._is_harmed_unexplained)
        seen = self._seen * explained // SHARE + self._seen_unexplained * unexplained // SHARE
        for citizen in community.citizens:
            self._change(citizen, seen, community, t)
        for action in self._actions:
            community.shares[action] = _share(community, f"share/{action}", _did(action))
        for number in self._scored:
            community.mean_score[number] = mean_score(community, number, self._names[number])
        for number, rule in self._secret:
            self._believe(community, number, rule, t)

    def _find_harm(self, citizen: Citizen) -> None:
        """A refusal, an unmet requirement and exposure were noted when they happened."""
        for today in citizen.today.schemes:
            today.harmed = today.harmed or today.deduction > 0 or bool(today.entered)

    def _is_harmed_explained(self, citizen: Citizen) -> bool:
        return self._harmed(citizen, True)

    def _is_harmed_unexplained(self, citizen: Citizen) -> bool:
        return self._harmed(citizen, False)

    def _harmed(self, citizen: Citizen, explained: bool) -> bool:
        return any(
            today.harmed and explains is explained
            for today, explains in zip(citizen.today.schemes, self._explains, strict=True)
        )

    def _change(self, citizen: Citizen, seen: int, community: Community, t: int) -> None:
        treated = citizen.today.treated.values()
        means_before, fear_before = citizen.means, citizen.fear
        gains = sum(treatment.gain for treatment in treated)
        means = citizen.means - faded(citizen.means, self._means_fade) + gains
        citizen.means = clamp(means, -self._means_limit, self._means_limit)
        own = 0
        if self._harmed(citizen, False):
            own = self._own_unexplained
        elif self._harmed(citizen, True):
            own = self._own
        shock = min(SHARE, own + seen)
        fear = citizen.fear - citizen.fear * self._fear_fades // SHARE
        citizen.fear = fear + (SHARE - fear) * shock // SHARE
        citizen.listed = any(
            stay.months > 0 for account in citizen.accounts for stay in account.registers.values()
        )
        citizen.refused = any(treatment.refused or treatment.unmet for treatment in treated)
        citizen.exposed = any(today.exposed for today in citizen.today.schemes)
        if citizen.watched:
            harmed_by = tuple(
                name
                for name, today in zip(self._names, citizen.today.schemes, strict=True)
                if today.harmed
            )
            community.events.append(
                Learned(
                    t, citizen.number, means_before, citizen.means,
                    fear_before, citizen.fear, harmed_by,
                )
            )  # fmt: skip

    def _believe(self, community: Community, number: int, rule: str, t: int) -> None:
        def fired(citizen: Citizen) -> bool:
            return rule in citizen.today.schemes[number].fired

        cases = _cases(community, f"cases/{self._names[number]}/{rule}", fired)
        before = community.belief[number][rule]
        learned = (SHARE - before) * min(cases, _MOST_CASES) * self._learns // 4096
        forgotten = before * self._forgets // SHARE
        after = clamp(before + learned - forgotten, 0, SHARE)
        community.belief[number][rule] = after
        if before != after:
            community.events.extend(
                Believed(t, citizen.number, self._names[number], rule, before, after)
                for citizen in community.citizens
                if citizen.watched
            )


def _did(action: str) -> Callable[[Citizen], bool]:
    return lambda citizen: citizen.today.did[action]


def _cases(community: Community, name: str, holds: Callable[[Citizen], bool]) -> int:
    """How many citizens of the community something holds for."""
    return community.common(name, lambda: sum(map(holds, community.citizens)))


def _share(community: Community, name: str, holds: Callable[[Citizen], bool]) -> int:
    """The share of the community's citizens that something holds for."""

    def reckon() -> int:
        return share_of(sum(map(holds, community.citizens)), community.size)

    return community.common(name, reckon)
