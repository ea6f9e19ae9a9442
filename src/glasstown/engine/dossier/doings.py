"""Tells what a citizen did, what sensors made of it, and which rules fired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import final

from glasstown.engine.dossier.model import Entry, Fact
from glasstown.engine.dossier.reader import (
    Reader,
    chance_text,
    citizen_text,
    is_routine,
    label,
)
from glasstown.engine.reference.events import Became, Chose, Event, RuleFired, Sensed, Utility
from glasstown.luck import LOG_ODDS
from glasstown.scheme.model import Rule
from glasstown.scheme.words import months

_RECORDED = ("hit", "false alarm", "mistaken")
_LEAST_SHOWN = LOG_ODDS // 20


@final
class Doings:
    """The actions of one month, with what followed from each."""

    def __init__(self, reader: Reader, events: Sequence[Event]) -> None:
        self._reader = reader
        self._sensed = [event for event in events if isinstance(event, Sensed)]
        self._fired = [event for event in events if isinstance(event, RuleFired)]
        self._chosen = [event for event in events if isinstance(event, Chose)]
        self._became = [event for event in events if isinstance(event, Became)]
        self._told: set[int] = set()

    def tell(self) -> Iterator[Entry]:
        """Actions, wrong records, rules that fired for another cause, and states that changed."""
        for chose in self._chosen:
            yield self._action(chose)
        if not self._reader.as_citizen:
            for sensed in self._sensed:
                if sensed.grounds or sensed.verdict in ("false alarm", "mistaken"):
                    yield self._record(sensed)
        for number, fired in enumerate(self._fired):
            if number not in self._told and self._shows(fired):
                yield self._rule(fired)
        for became in self._became:
            begins = "begins" if became.began else "ends"
            yield Entry(
                "state",
                f"{label(became.condition)} {begins}",
                facts={"condition": became.condition, "began": became.began},
            )

    def _action(self, chose: Chose) -> Entry:
        doing = self._reader.words.doing(chose.action)
        facts: dict[str, Fact] = {"action": chose.action, "done": chose.done}
        if self._reader.as_citizen:
            kind = "did" if chose.done else "did not"
            return Entry(kind, doing, facts=facts, minor=not chose.done)
        facts["chance"] = chose.chance / 2**30
        facts["would"], facts["held"] = chose.would, chose.held
        why = f" ({chance_text(chose.chance)} likely{_parts(chose.utility)})"
        if not chose.done:
            silent = bool(chose.would)
            kind = "kept from" if silent else "did not"
            more = ", but for fear and the pull of the score" if silent else ""
            return Entry(kind, f"{doing}{more}{why}", facts=facts, minor=not silent)
        against = ", against this citizen's own view" if chose.held is False else ""
        details = [
            line
            for sensed in self._sensed
            if not sensed.grounds and sensed.of == chose.action
            for line in self._made_of_it(sensed)
        ]
        return Entry("did", f"{doing}{against}{why}", tuple(details), facts)

    def _made_of_it(self, sensed: Sensed) -> Iterator[str]:
        """What a sensor made of something done; its wrong records are told by themselves."""
        sensor = label(sensed.sensor)
        match sensed.verdict:
            case "hit":
                yield f"the {sensor} recorded it{self._then(sensed)}"
            case "miss":
                yield f"the {sensor} missed it"
            case "unwatched":
                yield f"the {sensor} does not watch this citizen"
            case "stray":
                yield f"the {sensor} put it down to {citizen_text(sensed.other or 0)}"

    def _record(self, sensed: Sensed) -> Entry:
        sensor = f"the {label(sensed.sensor)}"
        what = self._reader.words.doing(sensed.of)
        if sensed.grounds:
            what = f"what leads to the register {label(sensed.of)}"
        then = self._then(sensed)
        match sensed.verdict:
            case "false alarm":
                text = f"{sensor} recorded {what}, which did not happen{then}"
            case "mistaken":
                whose = citizen_text(sensed.other or 0)
                text = f"{sensor} put {what} of {whose} down to this citizen{then}"
            case "hit":
                text = f"{sensor} recorded {what}{then}"
            case "stray":
                whose = citizen_text(sensed.other or 0)
                text = f"{sensor} put {what} down to {whose}"
            case "miss":
                text = f"{sensor} missed {what}"
            case _:
                text = f"{sensor} does not look for {what} here"
        wrong = sensed.verdict in ("false alarm", "mistaken")
        facts: dict[str, Fact] = {
            "scheme": sensed.scheme,
            "sensor": sensed.sensor,
            "of": sensed.of,
            "verdict": sensed.verdict,
            "other": sensed.other,
            "arrives": sensed.arrives,
        }
        minor = sensed.verdict in ("unwatched", "uncovered")
        return Entry("wrongly" if wrong else "sensor", text, facts=facts, minor=minor)

    def _then(self, sensed: Sensed) -> str:
        """What followed from a record: the rules that fired on it, or when it will arrive."""
        if sensed.arrives > sensed.month:
            return f", which arrives in month {sensed.arrives}"
        said = []
        for number, fired in enumerate(self._fired):
            rule = self._rule_of(fired)
            reads = (fired.scheme, rule.when, rule.seen_by)
            if number in self._told or reads != (sensed.scheme, sensed.of, sensed.sensor):
                continue
            if sensed.verdict in _RECORDED and not sensed.grounds:
                self._told.add(number)
                said.append(f"{label(fired.rule)}{self._effect(fired)}")
        return f": {', '.join(said)}" if said else ""

    def _rule(self, fired: RuleFired) -> Entry:
        rule, reader = self._rule_of(fired), self._reader
        late = ""
        if rule.when is not None and not reader.as_citizen:
            delay = reader.scheme(fired.scheme).sensors[rule.seen_by or ""].delay
            late = f" (recorded in month {fired.month - delay})" if delay else ""
            late += " on a wrong record" if fired.wrong else ""
        facts: dict[str, Fact] = {"scheme": fired.scheme, "rule": fired.rule}
        if reader.sees_score(fired.scheme):
            facts["points"] = fired.points / reader.scale(fired.scheme)
        if not reader.as_citizen:
            facts["wrong"] = fired.wrong
        text = f"{label(fired.rule)}{self._effect(fired)}{late}{self._missed(rule)}"
        return Entry("rule", text, facts=facts, minor=is_routine(rule))

    def _missed(self, rule: Rule) -> str:
        if rule.missed is None:
            return ""
        span = months(rule.each or 1).removeprefix("a ")
        return f", for no {self._reader.words.doing(rule.missed)} on record in the last {span}"

    def _effect(self, fired: RuleFired) -> str:
        """What a rule did: its points, whether a cap cut them, where it put the citizen."""
        reader, rule = self._reader, self._rule_of(fired)
        parts = []
        if rule.points is not None and reader.sees_score(fired.scheme):
            points = f" {reader.signed(fired.scheme, fired.points)}"
            if fired.points != fired.full:
                points += f" of {reader.signed(fired.scheme, fired.full)}, for the cap is reached"
            parts.append(points)
        if fired.sent_to is not None and reader.sees_tier(fired.scheme):
            lasts = months(rule.lasts or 1)
            parts.append(f" straight to {label(fired.sent_to)} for {lasts}")
        return ",".join(parts)

    def _shows(self, fired: RuleFired) -> bool:
        return self._reader.sees_rule(fired.scheme, fired.rule) and bool(self._effect(fired))

    def _rule_of(self, fired: RuleFired) -> Rule:
        return self._reader.scheme(fired.scheme).rules[fired.rule]


def _parts(utility: Utility | None) -> str:
    """What moved the citizen, in log-odds; what is next to nothing is left out."""
    if utility is None:
        return ""
    named = (
        ("taste", utility.taste),
        ("what others do", utility.norm),
        ("the score's pull", utility.pull),
        ("fear", utility.fear),
    )
    said = [f"{name} {part / LOG_ODDS:+.2f}" for name, part in named if abs(part) >= _LEAST_SHOWN]
    return f": {', '.join(said)}" if said else ""
