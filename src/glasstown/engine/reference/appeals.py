"""Appeals: heard before the tiers are given, filed when all is placed (phase 5, steps 1 and 4)."""

from __future__ import annotations

from glasstown.engine.reference.events import Filed, Heard, Left
from glasstown.engine.reference.state import Account, Appeal, Citizen, Community, TodayIn
from glasstown.engine.reference.worth import scale_of
from glasstown.luck import threshold
from glasstown.world.world import World


class Appealing:
    """One scheme's appeals."""

    def __init__(self, world: World, number: int) -> None:
        scheme = world.schemes[number]
        self._number, self._name = number, scheme.scheme
        self._appeals = scheme.appeals
        self._scale = None if scheme.score is None else scale_of(scheme)

    def hear(self, community: Community, t: int) -> None:
        """Hear the appeals whose time has come."""
        if self._appeals is None:
            return
        draws = community.luck.draws(f"{self._name}/appeal/upheld", t)
        chances = self._appeals.upheld
        for citizen, draw in zip(community.citizens, draws, strict=True):
            account, today = citizen.accounts[self._number], citizen.today.schemes[self._number]
            appeal = account.appeal
            if appeal is None:
                continue
            account.wait -= 1
            if account.wait > 0:
                continue
            account.appeal = None
            today.heard = True
            today.upheld = draw < threshold(chances.wrong if appeal.wrong else chances.right)
            self._decide(citizen, account, today, community, appeal, t)

    def _decide(
        self,
        citizen: Citizen,
        account: Account,
        today: TodayIn,
        community: Community,
        appeal: Appeal,
        t: int,
    ) -> None:
        before = account.score
        if today.upheld and self._scale is not None:
            account.score = self._scale.reach(account.score + appeal.deduction)
        if citizen.watched:
            community.events.append(
                Heard(
                    t, citizen.number, self._name, today.upheld, appeal.deduction,
                    account.score - before, appeal.entries, appeal.wrong,
                )
            )  # fmt: skip
        if not today.upheld:
            return
        for name in appeal.entries:
            stay = account.registers[name]
            if stay.months == 0:
                continue
            if citizen.watched:
                community.events.append(
                    Left(t, citizen.number, self._name, name, "appeal", stay.months)
                )
            stay.months, stay.wrong = 0, False
            today.left.add(name)

    def file(self, community: Community, t: int) -> None:
        """File appeals against what this month brought."""
        if self._appeals is None:
            return
        draws = community.luck.draws(f"{self._name}/appeal/filed", t)
        filed = threshold(self._appeals.filed)
        for citizen, draw in zip(community.citizens, draws, strict=True):
            account, today = citizen.accounts[self._number], citizen.today.schemes[self._number]
            cause = today.deduction > 0 or bool(today.entered)
            if account.appeal is not None or not cause or draw >= filed:
                continue
            wrongly = any(fired.wrong and fired.points < 0 for fired in today.fired.values())
            wrong = wrongly or any(today.entered.values())
            account.appeal = Appeal(today.deduction, tuple(today.entered), wrong)
            account.wait = self._appeals.heard_after
            today.appealed = True
            if citizen.watched:
                community.events.append(
                    Filed(
                        t, citizen.number, self._name, today.deduction, tuple(today.entered),
                        wrong, t + account.wait,
                    )
                )  # fmt: skip
