"""Registers: who enters, who stays and who leaves (phase 5, step 3)."""

from __future__ import annotations

from glasstown.engine.reference.arithmetic import MOST_MONTHS
from glasstown.engine.reference.events import Entered, Exit, Extended, Left
from glasstown.engine.reference.formulas import Names, condition, reads
from glasstown.engine.reference.names import records_read, scheme_names
from glasstown.engine.reference.sense import grounds_key, source_key
from glasstown.engine.reference.state import Citizen, Community, Record, Stay, TodayIn
from glasstown.scheme.model import Register, Scheme
from glasstown.world.world import World


class Keeping:
    """One scheme keeps its registers."""

    def __init__(self, world: World, number: int) -> None:
        scheme = world.schemes[number]
        names = scheme_names(world, scheme)
        self._registers = [
            _Register(number, scheme, name, register, names)
            for name, register in scheme.registers.items()
        ]

    def keep(self, community: Community, t: int) -> None:
        """Citizens enter, stay or leave; formulas see the registers as before any of it."""
        for citizen in community.citizens:
            for register in self._registers:
                register.keep(citizen, community, t)


class _Register:
    """One register."""

    def __init__(
        self, number: int, scheme: Scheme, name: str, register: Register, names: Names
    ) -> None:
        self._number, self._scheme, self._name = number, scheme.scheme, name
        self._model = register
        self._enter = condition(register.enter.expr, names)
        self._leave = condition(register.leave.expr, names)
        extend = register.extend
        self._extend = None if extend is None else condition(extend.only_if.expr, names)
        read = reads(register.enter.expr, names)
        self._records = [
            source_key(sensor, action)
            for (sensor, action), keys in records_read(scheme).items()
            if read.intersection(keys)
        ]

    def keep(self, citizen: Citizen, community: Community, t: int) -> None:
        """Have one citizen enter, stay or leave."""
        stay = citizen.accounts[self._number].registers[self._name]
        today = citizen.today.schemes[self._number]
        if stay.months > 0:
            self._go_on(citizen, community, t, stay, today)
        elif self._name not in today.left:
            self._let_in(citizen, community, t, stay, today)

    def _let_in(
        self, citizen: Citizen, community: Community, t: int, stay: Stay, today: TodayIn
    ) -> None:
        entry = self._entry(today)
        if not entry.made:
            return
        stay.months, stay.least, stay.wrong = 1, self._model.at_least, entry.wrong
        today.entered[self._name] = entry.wrong
        if citizen.watched:
            community.events.append(
                Entered(t, citizen.number, self._scheme, self._name, entry.wrong, stay.least)
            )

    def _entry(self, today: TodayIn) -> Record:
        if self._model.seen_by is not None:
            return today.records[grounds_key(self._name)]
        wrong = any(today.records[key].wrong for key in self._records)
        return Record(self._enter(today.view), wrong)

    def _go_on(
        self, citizen: Citizen, community: Community, t: int, stay: Stay, today: TodayIn
    ) -> None:
        if self._extend is not None and self._extend(today.view):
            self._lengthen(citizen, community, t, stay)
        most = self._model.at_most
        served = stay.months >= stay.least and self._leave(today.view)
        if served or (most is not None and stay.months >= most):
            if citizen.watched:
                why: Exit = "leave" if served else "at_most"
                community.events.append(
                    Left(t, citizen.number, self._scheme, self._name, why, stay.months)
                )
            stay.months, stay.wrong = 0, False
            today.left.add(self._name)
        else:
            stay.months = min(stay.months + 1, MOST_MONTHS)

    def _lengthen(self, citizen: Citizen, community: Community, t: int, stay: Stay) -> None:
        extend = self._model.extend
        assert extend is not None
        limit = MOST_MONTHS if extend.at_most is None else extend.at_most
        before, stay.least = stay.least, min(stay.least + extend.by, limit)
        if citizen.watched and stay.least != before:
            community.events.append(
                Extended(t, citizen.number, self._scheme, self._name, stay.least)
            )
