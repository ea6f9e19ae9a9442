"""Lives a citizen again, and tells what befell the citizen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, final

from glasstown.engine.dossier.asked import asked_of, treatments
from glasstown.engine.dossier.doings import Doings
from glasstown.engine.dossier.ending import closing
from glasstown.engine.dossier.model import Dossier, Month
from glasstown.engine.dossier.nearest import BACK, Nearest, nearest
from glasstown.engine.dossier.otherwise import Otherwise
from glasstown.engine.dossier.places import Places
from glasstown.engine.dossier.reader import Reader, label
from glasstown.engine.dossier.scores import accounts, changes
from glasstown.engine.dossier.surroundings import Neighbourhoods
from glasstown.engine.dossier.treatments import Treatments
from glasstown.engine.reference import Steps
from glasstown.engine.reference.events import Born, Event
from glasstown.engine.reference.state import Citizen
from glasstown.errors import GlasstownError, Place, Problem, shown
from glasstown.scheme.words import listed, number
from glasstown.world.world import World

if TYPE_CHECKING:
    from glasstown.records import Signals


def dossier(
    world: World,
    citizen: int,
    signals: Signals | Sequence[Mapping[str, int]] | None = None,
    month: int | None = None,
    as_citizen: bool = False,
) -> Dossier:
    """The dossier of a citizen of a world.

    signals: the national signals of the world's run, if it is coupled. month: that month alone,
    from 0, with all that is too small to be told otherwise. as_citizen: only what the schemes
    disclose to the citizen.

    Raises:
        GlasstownError: there is no such citizen or month, or signals are missing.
    """
    _check(world, citizen, month)
    return Teller(world, signals).dossier(citizen, month, as_citizen)


@final
class Teller:
    """Tells the dossiers of one world, and makes but once what all of them need.

    signals: as in `dossier`.

    Raises:
        GlasstownError: signals are missing.
    """

    def __init__(
        self,
        world: World,
        signals: Signals | Sequence[Mapping[str, int]] | None = None,
    ) -> None:
        if world.coupled and signals is None:
            raise _mistake(
                "this world's citizens meet the whole nation, and its national signals are missing",
                "run the world, and ask the run for the dossier: run.citizen(n).dossier()",
            )
        self._world = world
        self._signals = _by_month(signals)
        self._steps = Steps(world)
        self._neighbourhoods = Neighbourhoods(world, self._steps, self._signals)
        self._readers = {of: Reader(world, as_citizen=of) for of in (False, True)}

    def dossier(self, citizen: int, month: int | None = None, as_citizen: bool = False) -> Dossier:
        """The dossier of a citizen: see `dossier`.

        Raises:
            GlasstownError: there is no such citizen or month.
        """
        world = self._world
        _check(world, citizen, month)
        number, seat = world.layout.community(citizen)
        community = self._steps.live_one(citizen, self._neighbourhoods.of(number), self._signals)
        (lived,), events = community.citizens, community.events
        reader = self._readers[as_citizen]
        months = [_month(reader, t, found) for t, found in enumerate(_by_months(world, events))]
        months = [months[0], *(_news(*pair) for pair in pairwise(months))]
        return Dossier(
            world=world.name,
            title=world.title or world.name,
            citizen=citizen,
            community=number,
            seat=seat,
            seats=community.size,
            as_citizen=as_citizen,
            month=month,
            about=tuple(_about(world, lived)),
            opening=tuple(_opening(reader, events, lived)),
            months=tuple(months if month is None else months[month : month + 1]),
            accounts=tuple(accounts(reader, events, months)) if month is None else (),
            closing=tuple(closing(reader, events, months, lived)) if month is None else (),
        )

    def nearest_change(
        self, citizen: int, month: int, consequence: str, back: int = BACK
    ) -> Nearest:
        """The nearest changes that would have altered a treatment: see `nearest`.

        consequence: its name, with its scheme's before it where several have one of that name;
        back: how many months before are looked at.

        Raises:
            GlasstownError: there is no such citizen, month or consequence, or it did nothing to
                the citizen then, and withheld nothing.
        """
        _check(self._world, citizen, month)
        life, reader = self._otherwise(citizen), self._readers[False]
        found = list(treatments(self._world, life.months, reader))
        asked = asked_of(self._world, found, citizen, month, consequence)
        return nearest(life, asked, reader, back)

    def nearest_changes(self, citizen: int, month: int | None = None) -> tuple[Nearest, ...]:
        """The same of the last treatment by each consequence, or of all those of one month.

        Raises:
            GlasstownError: there is no such citizen or month.
        """
        _check(self._world, citizen, month)
        life, reader = self._otherwise(citizen), self._readers[False]
        found = list(treatments(self._world, life.months, reader))
        last = {each.consequence: each for each in found}.values()
        wanted = last if month is None else [each for each in found if each.month == month]
        ordered = sorted(wanted, key=lambda each: each.month)
        return tuple(nearest(life, each, reader) for each in ordered)

    def _otherwise(self, citizen: int) -> Otherwise:
        number, _ = self._world.layout.community(citizen)
        signals = self._steps.monthly(self._signals)
        surroundings = self._neighbourhoods.of(number)
        return Otherwise(self._world, self._steps, citizen, surroundings, signals)


def _check(world: World, citizen: int, month: int | None) -> None:
    if not 0 <= citizen < world.citizens:
        raise _mistake(
            f"there is no citizen {shown(citizen)}",
            f"citizens are numbered from 0 to {world.citizens - 1:,}",
        )
    if month is not None and not 0 <= month < world.months:
        raise _mistake(
            f"there is no month {shown(month)}",
            f"months are numbered from 0 to {world.months - 1}",
        )


def _mistake(what: str, remedy: str) -> GlasstownError:
    return GlasstownError(Problem(Place(""), what, remedy=remedy))


def _by_month(
    signals: Signals | Sequence[Mapping[str, int]] | None,
) -> Sequence[Mapping[str, int]] | None:
    if signals is None or isinstance(signals, Sequence):
        return signals
    return signals.by_month()


def _by_months(world: World, events: Sequence[Event]) -> list[list[Event]]:
    """The events of each month, without those of birth."""
    found: list[list[Event]] = [[] for _ in range(world.months)]
    for event in events:
        if not isinstance(event, Born):
            found[event.month].append(event)
    return found


def _month(reader: Reader, t: int, events: Sequence[Event]) -> Month:
    tellers = (Doings(reader, events), Places(reader, events), Treatments(reader, events))
    entries = tuple(entry for teller in tellers for entry in teller.tell())
    return Month(t, tuple(changes(reader, events)), entries)


def _news(before: Month, month: Month) -> Month:
    """The month, in which to be still named in public is no news."""
    told = {entry.text for entry in before.entries if entry.kind == "exposed"}
    entries = (replace(e, minor=True) if e.text in told else e for e in month.entries)
    return replace(month, entries=tuple(entries))


def _about(world: World, citizen: Citizen) -> Iterator[tuple[str, str]]:
    """Who the citizen is: each trait and its value."""
    for table in world.trait_tables:
        value = citizen.traits[table.name]
        if table.kind == "number":
            unit = world.nation.traits[table.name].unit
            said = number(Fraction(round(Fraction(100 * value, table.scale)), 100))
            unit = unit.removesuffix("s") if said == "1" else unit
            yield label(table.name), f"{said} {unit}".strip()
        else:
            yield label(table.name), label(table.labels[value])


def _opening(reader: Reader, events: Sequence[Event], citizen: Citizen) -> Iterator[str]:
    """How things stood before the first month."""
    born = {event.scheme: event for event in events if isinstance(event, Born)}
    for scheme, account in zip(reader.world.schemes, citizen.accounts, strict=True):
        name = scheme.scheme
        said = []
        if name in born:
            said.append(_start(reader, born[name]))
        registers = [label(r) for r in scheme.registers if reader.sees_register(name, r)]
        if registers:
            several = "registers" if len(registers) > 1 else "the register"
            said.append(f"keeps {several} {listed(registers)}")
        absent = [label(sensor) for sensor, covered in account.covered.items() if not covered]
        if absent and not reader.as_citizen:
            said.append(f"not within reach of the {listed(absent, 'and the')}")
        if said:
            yield f"{name}: {'; '.join(said)}"


def _start(reader: Reader, born: Born) -> str:
    name = born.scheme
    said = "the score is not told"
    if reader.sees_score(name):
        said = f"starts with {reader.points(name, born.score)} points"
        score = reader.scheme(name).score
        given = [
            f"{label(rule)} {reader.signed(name, worth)}"
            for rule, worth in born.rules
            if reader.sees_rule(name, rule) and score is not None and score.link == "additive"
        ]
        if given:
            said += f" ({', '.join(given)})"
    if born.tier and reader.sees_tier(name):
        said += f", in tier {label(born.tier)}"
    return said
