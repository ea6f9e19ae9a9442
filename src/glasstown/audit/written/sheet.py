"""A scheme as it is written: its parts with their lines, and what they can lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import final

from glasstown.audit.finding import Step
from glasstown.audit.written.may import Interval
from glasstown.audit.written.reach import NOTHING, Reach, reach
from glasstown.errors import Place
from glasstown.files import Document
from glasstown.scheme import sentence
from glasstown.scheme.model import Scheme
from glasstown.scheme.reads import actions_read
from glasstown.scheme.words import Words, plain

NO_FILE = Document("", {}, {}, {})


@final
@dataclass(frozen=True)
class Sheet:
    """A scheme, and the document that it was read from, for the lines.

    numbers: within which the quantities lie that its formulas name; others may be anything;
    changing: what a citizen can do something about, such as a debt; the rest stays as it is.

    Each step that leads somewhere is made here, so that all are said alike.
    """

    scheme: Scheme
    document: Document = field(default=NO_FILE)
    numbers: Mapping[str, Interval] = field(default_factory=lambda: NOTHING)
    changing: frozenset[str] = frozenset()

    @cached_property
    def reach(self) -> Reach | None:
        """Which scores can be reached; None where there is no score."""
        return reach(self.scheme, self.numbers)

    def place(self, *path: str) -> Place:
        """Where something stands in the file; nowhere, if the scheme came from none."""
        return self.document.place(*path)

    def part(self, section: str, name: str = "") -> Step:
        """A sensor, rule, register or consequence, the score, the appeals, as a step."""
        path = (section, name) if name else (section,)
        if section == "tiers":
            return self.step(path, f"Whoever is in the tier {name}")
        return self.step(path, sentence(self.scheme, section, name))

    def step(self, path: tuple[str, ...], says: str) -> Step:
        """Anything else of the file as a step, in words of one's own."""
        return Step(".".join(path), says, self.place(*path))

    def doing(self, name: str) -> str:
        """An action or occasion in words: `buying a plane ticket`."""
        return Words(self.scheme.words).doing(name)

    def called(self, name: str) -> str:
        """What a rule rests on, in words: an action as `doing`, a trait or condition by name."""
        return self.doing(name) if name in actions_read(self.scheme) else plain(name)
