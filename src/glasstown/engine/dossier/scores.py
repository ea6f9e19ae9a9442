"""How a score came about: month by month, and in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from glasstown.engine.dossier.model import Account, Month, Row, ScoreChange
from glasstown.engine.dossier.reader import NO_REASON, Reader, is_routine, label
from glasstown.engine.reference.events import Born, Event, Heard, RuleFired, Scored
from glasstown.scheme.model import Scheme

FADING = "fading"
CUT_OFF = "beyond the range"
GIVEN_BACK = "given back on appeal"


def changes(reader: Reader, events: Sequence[Event]) -> Iterator[ScoreChange]:
    """How each score that is told changed in a month."""
    for scheme in reader.world.schemes:
        scored = [e for e in events if isinstance(e, Scored) and e.scheme == scheme.scheme]
        if scored and reader.sees_score(scheme.scheme):
            yield _change(reader, scheme.scheme, scored[0], events)


def _change(reader: Reader, scheme: str, scored: Scored, events: Sequence[Event]) -> ScoreChange:
    parts: dict[str, int] = {}
    restored = 0

    def add(cause: str, steps: int, told: bool) -> None:
        name = cause if told else NO_REASON
        parts[name] = parts.get(name, 0) + steps

    for event in events:
        if isinstance(event, RuleFired) and event.scheme == scheme and event.points:
            add(label(event.rule), event.points, reader.sees_rule(scheme, event.rule))
    told = reader.sees_rules(scheme)
    if scored.cut_off:
        add(CUT_OFF, scored.cut_off, told)
    if scored.faded:
        add(FADING, scored.faded, told)
    for event in events:
        if isinstance(event, Heard) and event.scheme == scheme and event.restored:
            restored += event.restored
            add(GIVEN_BACK, event.restored, True)
    scale = reader.scale(scheme)
    rules = reader.scheme(scheme).rules
    usual = {FADING, *(label(name) for name, rule in rules.items() if is_routine(rule))}
    small = abs(sum(parts.values())) < 2 * scale
    return ScoreChange(
        scheme=scheme,
        before=Fraction(scored.before, scale),
        parts=tuple((name, Fraction(steps, scale)) for name, steps in parts.items() if steps),
        after=Fraction(scored.after + restored, scale),
        decimals=decimals(scale),
        quiet=set(parts) <= usual or (set(parts) <= {*usual, NO_REASON} and small),
    )


def accounts(reader: Reader, events: Sequence[Event], months: Sequence[Month]) -> list[Account]:
    """How each score that is told came about: the rules in declared order, then all else."""
    found = []
    for scheme in reader.world.schemes:
        born = [e for e in events if isinstance(e, Born) and e.scheme == scheme.scheme]
        if born and reader.sees_score(scheme.scheme):
            found.append(_account(reader, scheme, born[0], months))
    return found


def _account(reader: Reader, scheme: Scheme, born: Born, months: Sequence[Month]) -> Account:
    name = scheme.scheme
    own = [change for month in months for change in month.scores if change.scheme == name]
    points: dict[str, Fraction] = {}
    times: dict[str, int] = {}
    for change in own:
        for cause, part in change.parts:
            points[cause] = points.get(cause, Fraction(0)) + part
            times[cause] = times.get(cause, 0) + 1
    order = dict.fromkeys(
        [*(label(rule) for rule in scheme.rules), CUT_OFF, FADING, GIVEN_BACK, NO_REASON]
    )
    scale = reader.scale(name)
    start = Fraction(born.score, scale)
    return Account(
        scheme=name,
        start=start,
        rows=tuple(Row(cause, times[cause], points[cause]) for cause in order if cause in points),
        end=own[-1].after if own else start,
        decimals=decimals(scale),
    )


def decimals(scale: int) -> int:
    """How many decimals a score of so many steps to a point is written with."""
    return next(n for n in range(10) if 10**n % scale == 0)
