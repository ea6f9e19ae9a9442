"""Phase 5: appeals are heard, tiers and registers follow, appeals are filed."""

from __future__ import annotations

from collections.abc import Mapping

from glasstown.engine.reference.appeals import Appealing
from glasstown.engine.reference.cuts import rank_cuts
from glasstown.engine.reference.events import Placed
from glasstown.engine.reference.names import add_registers, add_standing
from glasstown.engine.reference.registers import Keeping
from glasstown.engine.reference.state import Citizen, Community
from glasstown.engine.reference.worth import scale_of
from glasstown.world.world import World


class Place:
    """Each scheme gives each citizen a tier, and puts citizens on registers and off them."""

    def __init__(self, world: World) -> None:
        self._schemes = [_Placing(world, number) for number in range(len(world.schemes))]

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for scheme in self._schemes:
            scheme.place(community, t)


class _Placing:
    """One scheme's tiers, registers, appeals and ranks."""

    def __init__(self, world: World, number: int) -> None:
        self._scheme = scheme = world.schemes[number]
        self._number, self._name = number, scheme.scheme
        self._appeals = Appealing(world, number)
        self._registers = Keeping(world, number)
        self._tiers = tuple(scheme.tiers)
        self._scale = None if scheme.score is None else scale_of(scheme)
        self._limits = {
            name: self._tiers.index(rule.straight_to)
            for name, rule in scheme.rules.items()
            if rule.straight_to is not None
        }

    def place(self, community: Community, t: int) -> None:
        """The four steps of the phase, then the community's rank cuts."""
        self._appeals.hear(community, t)
        for citizen in community.citizens:
            self._give_tier(citizen, community, t)
            view = citizen.today.schemes[self._number].view
            add_standing(view, citizen.accounts[self._number])
            add_registers(view, citizen.accounts[self._number])
        self._registers.keep(community, t)
        self._appeals.file(community, t)
        community.cuts[self._number] = rank_cuts(community, self._number, self._scheme)

    def _give_tier(self, citizen: Citizen, community: Community, t: int) -> None:
        if self._scale is None or not self._tiers:
            return
        account = citizen.accounts[self._number]
        up = self._scale.tier(account.score)
        down = self._scale.tier_within_margin(account.score)
        account.tier = min(max(account.tier, up), down)
        held = {name: n for name, n in self._limits.items() if account.held[name] > 0}
        before, account.standing = account.standing, min(account.tier, *held.values(), account.tier)
        for name in self._limits:
            account.held[name] = max(0, account.held[name] - 1)
        if citizen.watched and before != account.standing:
            low = tuple(n for n, limit in held.items() if limit < account.tier)
            community.events.append(
                Placed(
                    t, citizen.number, self._name,
                    self._tiers[before], self._tiers[account.standing], low,
                )
            )  # fmt: skip
