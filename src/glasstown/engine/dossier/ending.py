"""Tells what a life came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from glasstown.engine.dossier.model import Month
from glasstown.engine.dossier.reader import Reader, label, means_text, share_text, times_text
from glasstown.engine.reference.events import Believed, Event, Sensed, Treated
from glasstown.engine.reference.state import Citizen
from glasstown.scheme.words import listed, months

_COUNTED = (
    ("refused", "refused"),
    ("put ahead", "put ahead of others"),
    ("discount", "given a discount"),
    ("exposed", "named in public"),
)


def closing(
    reader: Reader, events: Sequence[Event], told: Sequence[Month], citizen: Citizen
) -> Iterator[str]:
    """What the months came to, and how things stand at their end."""
    yield from _treatment(reader, events, told)
    if not reader.as_citizen:
        yield from _sensors(events)
    for scheme, account in zip(reader.world.schemes, citizen.accounts, strict=True):
        name = scheme.scheme
        said = []
        if scheme.tiers and reader.sees_tier(name):
            said.append(f"in tier {label(list(scheme.tiers)[account.standing])}")
        for register, stay in account.registers.items():
            if stay.months and reader.sees_register(name, register):
                wrongly = ", wrongly" if stay.wrong and not reader.as_citizen else ""
                long = months(stay.months)
                said.append(f"on the register {label(register)} for {long}{wrongly}")
        if said:
            yield f"At the end, {name}: {listed(said)}."
    if not reader.as_citizen:
        means, fear = means_text(citizen.means), share_text(citizen.fear)
        yield f"At the end, means {means} and fear {fear}."
        yield from _beliefs(events)


def _treatment(reader: Reader, events: Sequence[Event], told: Sequence[Month]) -> Iterator[str]:
    counts = Counter(entry.kind for month in told for entry in month.entries)
    said = []
    for kind, words in _COUNTED:
        if counts[kind]:
            said.append(f"{words} {times_text(counts[kind])}")
            wrongly = sum(isinstance(e, Treated) and e.refused_wrongly for e in events)
            if kind == "refused" and wrongly and not reader.as_citizen:
                said[-1] += f" ({times_text(wrongly)} wrongly)"
    unmet = sum(isinstance(event, Treated) and event.unmet for event in events)
    if unmet:
        said.append(f"asked {times_text(unmet)} for more than was at hand")
    if said:
        yield f"In all: {listed(said)}."


def _sensors(events: Sequence[Event]) -> Iterator[str]:
    verdicts = Counter(e.verdict for e in events if isinstance(e, Sensed) and not e.grounds)
    right, missed = verdicts["hit"], verdicts["miss"]
    away, wrong = verdicts["stray"], verdicts["false alarm"] + verdicts["mistaken"]
    said = []
    if right or missed or away:
        said.append(f"recorded {right:,} of this citizen's deeds and missed {missed:,}")
    if away:
        said.append(f"put {away:,} down to somebody else")
    if wrong:
        said.append(f"recorded {wrong:,} that were not this citizen's")
    if said:
        yield f"The sensors {listed(said)}."


def _beliefs(events: Sequence[Event]) -> Iterator[str]:
    """What the community came to believe of rules that are not told."""
    first: dict[tuple[str, str], int] = {}
    last: dict[tuple[str, str], int] = {}
    for event in events:
        if isinstance(event, Believed):
            first.setdefault((event.scheme, event.rule), event.before)
            last[event.scheme, event.rule] = event.after
    said = [
        f"{label(rule)} {share_text(first[scheme, rule])} to {share_text(last[scheme, rule])}"
        for scheme, rule in first
    ]
    if said:
        yield f"How far the community believes in rules that it is not told: {listed(said)}."
