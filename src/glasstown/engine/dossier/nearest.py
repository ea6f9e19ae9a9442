"""The nearest change of a citizen's own record that would have altered how the citizen was treated.

Nothing is inferred from the rules: each change is made by itself, and the life lived again with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, final

from glasstown.engine.dossier.asked import Treatment
from glasstown.engine.dossier.otherwise import NEVER, SURE, Amendment, Otherwise, purpose_of
from glasstown.engine.dossier.reader import Reader, label
from glasstown.engine.reference.events import Chose, Entered, Event, Sensed
from glasstown.scheme.words import number

KINDS = (
    "wrong record struck",
    "record struck",
    "record made",
    "act left undone",
    "act done",
    "points",
)
"""The kinds of change, in the order in which those of one month are tried."""

HELD = (
    "Held as it was: the citizen's traits and luck, what everybody else did, what the community "
    "saw and came to (its shares, mean score, ranks and beliefs, this citizen's part among them), "
    "and the nation's signals. Lived again with the change: everything else in this citizen's life "
    "from that month on."
)
"""What a change leaves as it was."""

BACK = 36
"""How many months before the treatment are looked at, where nothing else is said."""

MOST_POINTS = 1000
"""More points than this are not tried."""

RULE = (
    "Each single record and act of the month and of those before it is tried, as far back as is "
    f"asked for ({BACK} months where nothing is). The nearest of each kind is the latest; the "
    "smallest of all is one record or one act, and of several the latest. Points are whole, given "
    "as a month begins: the month itself, or one in which a register was entered on which the "
    "citizen still was. The fewest are told; none, where neither all the way up the range nor all "
    "the way down would have altered the treatment."
)
"""How the nearest change is chosen."""


@final
@dataclass(frozen=True)
class Change:
    """One change with which the treatment would have been another.

    kind: one of `KINDS`; of: the action, `SENSOR/ACTION` or `SENSOR/REGISTER`, or the scheme whose
    score is meant; points: for points, how many more; says: the change in words.
    """

    kind: str
    month: int
    of: str
    says: str
    points: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON-ready data."""
        found = {"kind": self.kind, "month": self.month, "of": self.of, "says": self.says}
        return {**found, "points": self.points} if self.kind == "points" else found


@final
@dataclass(frozen=True)
class Nearest:
    """What would have altered one treatment: for each kind of change the nearest, the best first.

    back: how many months before it were looked at; lived: how many lives were lived to find them.
    """

    citizen: int
    treatment: Treatment
    changes: tuple[Change, ...]
    back: int
    lived: int

    @property
    def smallest(self) -> Change | None:
        """The smallest change that would have altered the treatment; None where no single one."""
        return self.changes[0] if self.changes else None

    def text(self) -> str:
        """The changes as plain text for a terminal."""
        from glasstown.engine.dossier.nearest_text import text

        return text(self)

    def to_dict(self) -> dict[str, Any]:
        """The changes as JSON-ready data."""
        return {
            "citizen": self.citizen,
            **self.treatment.to_dict(),
            "changes": [change.to_dict() for change in self.changes],
            "back": self.back,
            "lived": self.lived,
            "held": HELD,
            "rule": RULE,
        }


def nearest(life: Otherwise, treatment: Treatment, reader: Reader, back: int = BACK) -> Nearest:
    """Live the citizen again with each single change, until the nearest of each kind is found.

    back: how many months before the treatment are looked at.
    """
    first = max(0, treatment.month - back)
    search = _Search(life, treatment, reader, first)
    found: dict[str, Change] = {}
    for month in range(treatment.month, first - 1, -1):
        for kind, amendment, change in search.candidates(month):
            if kind not in found and search.alters(amendment):
                found[kind] = change
        if len(found) == len(KINDS) - 1:
            break
    points = search.points()
    ordered = sorted(found.values(), key=lambda change: (-change.month, KINDS.index(change.kind)))
    changes = (*ordered, *([points] if points is not None else []))
    return Nearest(life.citizen, treatment, changes, treatment.month - first, search.lived)


@final
class _Search:
    """The changes that are tried, and whether one alters the treatment."""

    def __init__(self, life: Otherwise, treatment: Treatment, reader: Reader, first: int) -> None:
        self._life, self._treatment, self._reader = life, treatment, reader
        self._first = first
        self.lived = 0

    def alters(self, amendment: Amendment) -> bool:
        """Whether the treatment is another with a change."""
        self.lived += 1
        return self._treatment.is_altered(self._life.month(amendment, self._treatment.month))

    def candidates(self, month: int) -> Iterator[tuple[str, Amendment, Change]]:
        """Each record and act of a month that could be changed."""
        events = self._life.months[month]
        for make in (self._struck, self._made, self._acts):
            for kind, amendment, of, says in make(month, events):
                yield kind, amendment, Change(kind, month, of, says)

    def points(self) -> Change | None:
        """The fewest whole points, more or less, with which the treatment is another."""
        scheme, _ = self._treatment.consequence
        index = [s.scheme for s in self._life.world.schemes].index(scheme)
        score = self._life.world.schemes[index].score
        if score is None:
            return None
        scale = self._reader.scale(scheme)
        width = min(MOST_POINTS, int(score.range[1] - score.range[0]))

        def tried(month: int, points: int) -> bool:
            return self.alters(Amendment(month, points=(index, points * scale)))

        # Where neither end of the range would do, nothing between is tried.
        at = [(m, sign) for m in self._months(index) for sign in (1, -1) if tried(m, sign * width)]
        for size in range(1, width + 1):
            for month, sign in at:
                if tried(month, sign * size):
                    return self._in_points(scheme, month, sign * size)
        return None

    def _in_points(self, scheme: str, month: int, points: int) -> Change:
        more, size = "more" if points > 0 else "fewer", number(Fraction(abs(points)))
        word = "point" if abs(points) == 1 else "points"
        says = f"with {size} {word} {more} in {scheme} as month {month} begins"
        return Change("points", month, scheme, says, points)

    def _months(self, scheme: int) -> list[int]:
        """The month of the treatment, and those in which its registers were entered."""
        until = self._treatment.month
        on = self._life.on_registers(scheme, until)
        name = self._life.world.schemes[scheme].scheme
        entered = {
            month
            for month in range(self._first, until)
            for event in self._life.months[month]
            if isinstance(event, Entered) and event.scheme == name and event.register in on
            if until - month <= on[event.register]
        }
        return [until, *sorted(entered, reverse=True)]

    def _struck(self, month: int, events: Sequence[Event]) -> Iterator[_Candidate]:
        """Records that were made, and might not have been; the wrong ones first."""
        made: dict[str, list[Sensed]] = {}
        for event in events:
            if isinstance(event, Sensed) and event.verdict in ("hit", "false alarm", "mistaken"):
                made.setdefault(purpose_of(event), []).append(event)
        for wrong in (True, False):
            for purpose, those in made.items():
                if all(each.verdict != "hit" for each in those) is not wrong:
                    continue
                kind = "wrong record struck" if wrong else "record struck"
                amendment = Amendment(month, {purpose: NEVER}, f"stray/{purpose}")
                says = f"without {'the wrong' if wrong else 'the'} record of {self._what(those[0])}"
                yield kind, amendment, self._of(those[0]), f"{says}, in month {month}"

    def _made(self, month: int, events: Sequence[Event]) -> Iterator[_Candidate]:
        """Deeds that a sensor looked for and missed, or wrote to somebody else's name."""
        for event in events:
            if isinstance(event, Sensed) and event.verdict in ("miss", "stray"):
                purpose = purpose_of(event)
                amendment = Amendment(month, {purpose: SURE, f"{purpose}/mistaken": NEVER})
                says = f"with a record of {self._what(event)}, which it missed"
                if event.verdict == "stray":
                    says = f"with the record of {self._what(event)} that went to another's name"
                yield "record made", amendment, self._of(event), f"{says}, in month {month}"

    def _acts(self, month: int, events: Sequence[Event]) -> Iterator[_Candidate]:
        """Acts that were done and might not have been, and the other way round."""
        chosen = [event for event in events if isinstance(event, Chose)]
        for done, kind, lead in (
            (True, "act left undone", "without"),
            (False, "act done", "with"),
        ):
            for event in chosen:
                if event.done is done and (done or event.chance):
                    draw = NEVER if done else SURE
                    amendment = Amendment(month, {f"conduct/action/{event.action}": draw})
                    says = f"{lead} {self._reader.words.doing(event.action)} in month {month}"
                    yield kind, amendment, event.action, says

    def _what(self, sensed: Sensed) -> str:
        what = self._reader.words.doing(sensed.of)
        if sensed.grounds:
            what = f"what leads to the register {label(sensed.of)}"
        return f"{what} by the {label(sensed.sensor)}"

    def _of(self, sensed: Sensed) -> str:
        return f"{sensed.sensor}/{sensed.of}"


_Candidate = tuple[str, Amendment, str, str]
