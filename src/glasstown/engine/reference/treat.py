"""Phase 6: consequences meet the occasions that were wanted."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from glasstown.engine.reference.arithmetic import MEANS
from glasstown.engine.reference.events import Exposed, Treated
from glasstown.engine.reference.formulas import Names, condition
from glasstown.engine.reference.names import add_registers, scheme_names
from glasstown.engine.reference.pull import cut_of
from glasstown.engine.reference.state import Citizen, Community, Treatment
from glasstown.scheme.model import Consequence, Scheme
from glasstown.world.measures import registers_read
from glasstown.world.world import World


class Treat:
    """Citizens are refused, asked for something, advanced, let off, exposed, or just served."""

    def __init__(self, world: World) -> None:
        everything = [
            _Consequence(number, scheme, name, consequence, scheme_names(world, scheme))
            for number, scheme in enumerate(world.schemes)
            for name, consequence in scheme.consequences.items()
        ]
        self._exposing = [c for c in everything if c.kind == "expose"]
        self._occasions = [
            _Occasion(name, round(occasion.worth * MEANS), everything)
            for name, occasion in world.conduct.occasions.items()
        ]

    def __call__(self, community: Community, t: int, signals: Mapping[str, int]) -> None:
        """Live this phase of month `t`."""
        for citizen in community.citizens:
            for account, today in zip(citizen.accounts, citizen.today.schemes, strict=True):
                add_registers(today.view, account)
            for occasion in self._occasions:
                occasion.treat(citizen, community, t, signals)
            for consequence in self._exposing:
                self._expose(consequence, citizen, community, t, signals)

    def _expose(
        self,
        consequence: _Consequence,
        citizen: Citizen,
        community: Community,
        t: int,
        signals: Mapping[str, int],
    ) -> None:
        occasion = consequence.occasion
        if occasion is not None and not citizen.today.wants[occasion]:
            return
        if not consequence.applies(citizen, community, signals):
            return
        today = citizen.today.schemes[consequence.number]
        today.exposed = today.harmed = True
        if citizen.watched:
            community.events.append(
                Exposed(t, citizen.number, consequence.scheme.scheme, consequence.name)
            )


class _Consequence:
    """One consequence of one scheme."""

    def __init__(
        self, number: int, scheme: Scheme, name: str, consequence: Consequence, names: Names
    ) -> None:
        self.number, self.scheme, self.name = number, scheme, name
        self.kind = consequence.outcome.kind
        self.percent = consequence.outcome.percent or Fraction(0)
        self.occasion = consequence.occasion
        self.needs_means = round(consequence.needs_means * MEANS)
        self._ranked = consequence.best is not None
        self._for = condition(consequence.applies_to.expr, names)
        self._registers = registers_read(consequence)

    def applies(self, citizen: Citizen, community: Community, signals: Mapping[str, int]) -> bool:
        """Whether it applies to the citizen: `for` holds, and with `best`, the rank is reached."""
        if not self._for(citizen.today.schemes[self.number].view):
            return False
        if not self._ranked:
            return True
        cut = cut_of(community, self.number, self.scheme, self.name, signals)
        return citizen.accounts[self.number].score > cut

    def rests_on_a_wrong_entry(self, citizen: Citizen) -> bool:
        """Whether its `for` names a register that the citizen is wrongly on."""
        registers = citizen.accounts[self.number].registers
        return any(registers[name].wrong for name in self._registers)


class _Occasion:
    """One occasion, and the consequences that schemes have for it."""

    def __init__(self, name: str, worth: int, consequences: list[_Consequence]) -> None:
        self._name, self._worth = name, worth
        self._consequences = [c for c in consequences if c.occasion == name and c.kind != "expose"]

    def treat(
        self, citizen: Citizen, community: Community, t: int, signals: Mapping[str, int]
    ) -> None:
        """Find what becomes of the occasion for one citizen."""
        treatment = Treatment(wanted=citizen.today.wants[self._name])
        citizen.today.treated[self._name] = treatment
        if not treatment.wanted:
            return
        applying = [c for c in self._consequences if c.applies(citizen, community, signals)]
        refusing = [c for c in applying if c.kind == "refuse"]
        requiring = [c for c in applying if c.kind == "require"] if not refusing else []
        unmet = [c for c in requiring if citizen.means < c.needs_means]
        treatment.refused = bool(refusing)
        treatment.refused_wrongly = any(c.rests_on_a_wrong_entry(citizen) for c in refusing)
        treatment.required = bool(requiring)
        treatment.unmet = bool(unmet)
        served = not refusing and not unmet
        advancing = [c for c in applying if c.kind == "advance"] if served else []
        discounting = [c for c in applying if c.kind == "discount"] if served else []
        best = max((c.percent for c in discounting), default=Fraction(0))
        treatment.advanced = bool(advancing)
        treatment.discount = best > 0
        for harmful in refusing + unmet:
            citizen.today.schemes[harmful.number].harmed = True
        if refusing or unmet:
            treatment.gain = -self._worth
        else:
            treatment.gain = self._worth * bool(advancing) + round(self._worth * best)
        if citizen.watched:
            discounts = [c for c in discounting if c.percent == best > 0]
            by = refusing + requiring + advancing + discounts
            community.events.append(
                Treated(
                    t, citizen.number, self._name, treatment.refused, treatment.refused_wrongly,
                    treatment.required, treatment.unmet, treatment.advanced, treatment.discount,
                    treatment.gain, tuple((c.scheme.scheme, c.name) for c in by),
                )
            )  # fmt: skip
