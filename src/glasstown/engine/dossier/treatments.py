"""Tells how a citizen was treated, and what it left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

from glasstown.engine.dossier.model import Entry, Fact
from glasstown.engine.dossier.reader import NO_REASON, Reader, label, means_text, share_text
from glasstown.engine.reference.events import Event, Exposed, Learned, Treated
from glasstown.files.exact import percent_text
from glasstown.scheme.words import listed

_MUCH_FEAR = 205
"""A twentieth of all the fear there is."""

_MUCH_MEANS = 16
"""A unit of worth."""


@final
class Treatments:
    """How one month treated a citizen."""

    def __init__(self, reader: Reader, events: Sequence[Event]) -> None:
        self._reader = reader
        self._events = events

    def tell(self) -> Iterator[Entry]:
        """Occasions that were wanted, exposure, and what the month left behind."""
        for event in self._events:
            match event:
                case Treated():
                    yield from self._treated(event)
                case Exposed():
                    facts = {"scheme": event.scheme}
                    why = NO_REASON
                    if self._reader.sees_reasons(event.scheme):
                        why = f"because {self._reader.why(event.scheme, event.consequence)}"
                    text = f"named in public by {event.scheme}, {why}"
                    yield Entry("exposed", text, facts=facts)
                case Learned() if not self._reader.as_citizen:
                    yield self._learned(event)

    def _treated(self, event: Treated) -> Iterator[Entry]:
        doing = self._reader.words.doing(event.occasion)
        facts: dict[str, Fact] = {"occasion": event.occasion}
        if event.refused:
            facts["by"] = self._named(event, "refuse")
            text = f"{doing}{self._because(self._of_kind(event, 'refuse'))}"
            if not self._reader.as_citizen:
                facts["wrong"] = event.refused_wrongly
                if event.refused_wrongly:
                    text += ", wrongly: the entry there rests on a wrong record"
            yield Entry("refused", text, facts=facts)
            return
        if event.required:
            yield self._required(event, doing, facts)
        if event.advanced:
            why = self._because(self._of_kind(event, "advance"))
            by = self._named(event, "advance")
            yield Entry("put ahead", f"{doing}{why}", facts={**facts, "by": by})
        if event.discount:
            given = self._of_kind(event, "discount")
            percents = [self._reader.scheme(s).consequences[c].outcome.percent for s, c in given]
            percent = max(percent for percent in percents if percent is not None)
            text = f"{percent_text(percent)} off {doing}{self._because(given)}"
            by = self._named(event, "discount")
            yield Entry("discount", text, facts={**facts, "by": by})
        if not (event.required or event.advanced or event.discount):
            yield Entry("served", doing, facts=facts, minor=True)

    def _required(self, event: Treated, doing: str, facts: dict[str, Fact]) -> Entry:
        asked = self._of_kind(event, "require")
        whats = {
            label(self._reader.scheme(s).consequences[c].outcome.what or "something"): None
            for s, c in asked
        }
        met = "which could not be met" if event.unmet else "met"
        text = f"{listed(whats)} for {doing}, {met}{self._because(asked)}"
        by = self._named(event, "require")
        return Entry("asked", text, facts={**facts, "met": not event.unmet, "by": by})

    def _learned(self, event: Learned) -> Entry:
        means = f"means {means_text(event.means_before)} to {means_text(event.means)}"
        fear = f"fear {share_text(event.fear_before)} to {share_text(event.fear)}"
        changed = []
        if means_text(event.means_before) != means_text(event.means):
            changed.append(means)
        if share_text(event.fear_before) != share_text(event.fear):
            changed.append(fear)
        facts: dict[str, Fact] = {
            "means": event.means / 16,
            "fear": event.fear / 4096,
            "harmed_by": list(event.harmed_by),
        }
        much = (
            event.fear - event.fear_before >= _MUCH_FEAR
            or abs(event.means - event.means_before) >= _MUCH_MEANS
        )
        return Entry("after", listed(changed) or f"{means}, {fear}", facts=facts, minor=not much)

    def _because(self, consequences: Sequence[tuple[str, str]]) -> str:
        """Why, as far as it is told."""
        told = [
            f"{self._reader.why(scheme, name)} ({scheme})"
            for scheme, name in consequences
            if self._reader.sees_reasons(scheme)
        ]
        return f", because {'; '.join(told)}" if told else f" ({NO_REASON})"

    def _named(self, event: Treated, kind: str) -> list[str]:
        """The consequences that had a part in it, as far as it is told."""
        named = self._of_kind(event, kind)
        return [f"{s}/{c}" for s, c in named if self._reader.sees_reasons(s)]

    def _of_kind(self, event: Treated, kind: str) -> list[tuple[str, str]]:
        return [
            (scheme, name)
            for scheme, name in event.by
            if self._reader.scheme(scheme).consequences[name].outcome.kind == kind
        ]
