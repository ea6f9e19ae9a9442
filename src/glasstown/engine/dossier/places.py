"""Tells of tiers, registers and appeals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

from glasstown.engine.dossier.model import Entry, Fact
from glasstown.engine.dossier.reader import Reader, label
from glasstown.engine.reference.events import (
    Entered,
    Event,
    Extended,
    Filed,
    Heard,
    Left,
    Placed,
)
from glasstown.scheme.words import listed, months

_LEFT = {
    "leave": "what it takes to leave it holds",
    "at_most": "the longest stay is over",
    "appeal": "the appeal was upheld",
}


@final
class Places:
    """Where the schemes put a citizen in one month."""

    def __init__(self, reader: Reader, events: Sequence[Event]) -> None:
        self._reader = reader
        self._events = events

    def tell(self) -> Iterator[Entry]:
        """Appeals heard, tiers, registers, appeals filed, in the order of the month."""
        for event in self._events:
            match event:
                case Heard():
                    yield self._heard(event)
                case Placed() if self._reader.sees_tier(event.scheme):
                    yield self._placed(event)
                case Entered() if self._reader.sees_register(event.scheme, event.register):
                    yield self._entered(event)
                case Extended() if self._reader.sees_register(event.scheme, event.register):
                    yield self._extended(event)
                case Left() if self._reader.sees_register(event.scheme, event.register):
                    yield self._left(event)
                case Filed():
                    yield self._filed(event)

    def _placed(self, event: Placed) -> Entry:
        tiers = tuple(self._reader.scheme(event.scheme).tiers)
        up = tiers.index(event.after) > tiers.index(event.before)
        way = "up" if up else "down"
        text = f"{event.scheme}: {way} from {label(event.before)} to {label(event.after)}"
        if event.held_down and self._reader.sees_reasons(event.scheme):
            rules = [r for r in event.held_down if self._reader.sees_rule(event.scheme, r)]
            text += f", held there by {listed(map(label, rules))}" if rules else ""
        facts = {"scheme": event.scheme, "before": event.before, "after": event.after}
        return Entry("tier", text, facts=facts)

    def _entered(self, event: Entered) -> Entry:
        text = f"put on {self._register(event.scheme, event.register)}"
        if event.least > 1:
            text += f", for {months(event.least)} at least"
        facts = {"scheme": event.scheme, "register": event.register, "change": "entered"}
        if self._reader.as_citizen:
            return Entry("register", text, facts=facts)
        if event.wrong:
            text += ", wrongly: it rests on a wrong record"
        return Entry("register", text, facts={**facts, "wrong": event.wrong})

    def _extended(self, event: Extended) -> Entry:
        where = self._register(event.scheme, event.register)
        text = f"the least stay on {where} grows to {months(event.least)}"
        facts = {"scheme": event.scheme, "register": event.register, "change": "extended"}
        return Entry("register", text, facts=facts)

    def _left(self, event: Left) -> Entry:
        where = self._register(event.scheme, event.register)
        text = f"off {where} after {months(event.months)}: {_LEFT[event.why]}"
        facts = {
            "scheme": event.scheme,
            "register": event.register,
            "change": "left",
            "why": event.why,
        }
        return Entry("register", text, facts=facts)

    def _filed(self, event: Filed) -> Entry:
        matter = self._matter(event.scheme, event.deduction, event.entries)
        text = f"filed with {event.scheme}{matter}, to be heard in month {event.hearing}"
        facts: dict[str, Fact] = {
            "scheme": event.scheme,
            "appeal": "filed",
            "hearing": event.hearing,
        }
        return Entry("appeal", text, facts=facts)

    def _heard(self, event: Heard) -> Entry:
        matter = self._matter(event.scheme, event.deduction, event.entries)
        outcome = "upheld" if event.upheld else "turned down"
        text = f"{outcome} by {event.scheme}{matter}"
        if event.upheld and event.deduction and self._reader.sees_score(event.scheme):
            text += f": {self._reader.points(event.scheme, event.restored)} points given back"
        facts: dict[str, Fact] = {"scheme": event.scheme, "appeal": outcome}
        if self._reader.as_citizen:
            return Entry("appeal", text, facts=facts)
        if event.upheld != event.wrong:
            text += (
                ", though the records were right" if event.upheld else ", though a record was wrong"
            )
        return Entry("appeal", text, facts={**facts, "wrong": event.wrong})

    def _matter(self, scheme: str, deduction: int, entries: tuple[str, ...]) -> str:
        """What an appeal is against."""
        against = []
        if deduction and self._reader.sees_score(scheme):
            # Of the sum lost the citizen sees only what is left when all else is added.
            told = self._reader.sees_rules(scheme)
            points = f"{self._reader.points(scheme, deduction)} points" if told else "points"
            against.append(f"the loss of {points}")
        against += [
            f"the entry on {label(entry)}"
            for entry in entries
            if self._reader.sees_register(scheme, entry)
        ]
        return f" against {listed(against)}" if against else ""

    def _register(self, scheme: str, register: str) -> str:
        return f"the register {label(register)} of {scheme}"
