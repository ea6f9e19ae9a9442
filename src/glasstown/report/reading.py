"""A run's ledger, read as shares and means of named groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, final

from glasstown.records import EVERYONE
from glasstown.report import words
from glasstown.report.share import Share
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import Words, gerund

if TYPE_CHECKING:
    from glasstown.engine.run import Run
    from glasstown.records import Ledger
    from glasstown.world import World

MEANS = 16
"""Units of means to one of worth."""

FEAR = 4096
"""Units of fear to all of it."""


@final
@dataclass(frozen=True)
class Group:
    """Citizens counted together: their cell in the ledger, and what they are called."""

    by: str
    key: str
    heading: str
    label: str


ALL = Group(EVERYONE, EVERYONE, "", "everyone")


@final
class Reading:
    """What a report asks of a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.world: World = run.world
        self.ledger: Ledger = run.ledger

    @cached_property
    def _words(self) -> Words:
        given = {name: said for scheme in self.world.schemes for name, said in scheme.words.items()}
        return Words(given)

    # --- what it is called ------------------------------------------------------------------

    def doing(self, name: str) -> str:
        """An action or an occasion as something one does."""
        return words.tidy(self._words.doing(name))

    def wanting(self, occasion: str) -> str:
        """An occasion likewise; by its name where that seems to be no verb."""
        said = self.doing(occasion)
        return f"“{occasion}”" if said == gerund(occasion) and "_" not in occasion else said

    @property
    def citizens(self) -> str:
        """Whom every count is of: `40,000 invented citizens`."""
        number = self.world.citizens
        return "1 invented citizen" if number == 1 else f"{number:,} invented citizens"

    @property
    def length(self) -> str:
        """For how long: `24 months`."""
        return words.spell(self.ledger.months)

    @property
    def months(self) -> range:
        """The months, from 0."""
        return range(self.ledger.months)

    # --- whom -------------------------------------------------------------------------------

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return tuple(
            ALL
            if by == EVERYONE
            else Group(by, key, f"by {words.grouping(by)}", words.group(by, key))
            for by, key in self.ledger.cells
        )

    def groups(self, apart_from: Scheme | None = None) -> tuple[Group, ...]:
        """Everyone, then each group; none by the tiers of one scheme, if it is to be left out."""
        tier = f"{apart_from.scheme}.tier" if apart_from is not None else ""
        return tuple(group for group in self._groups if tier not in _parts(group.by))

    # --- how many ---------------------------------------------------------------------------

    def counts(self, measure: str) -> bool:
        """Whether the ledger counts this."""
        return measure in self.ledger.measures

    def series(self, measure: str, group: Group = ALL) -> tuple[int, ...]:
        """A measure of a group, month by month."""
        return tuple(self.ledger.series(measure, group.by, group.key).tolist())

    def total(self, measure: str, group: Group = ALL) -> int:
        """A measure of a group over all months."""
        return sum(self.series(measure, group))

    def last(self, measure: str, group: Group = ALL) -> int:
        """A measure of a group in the last month."""
        return self.series(measure, group)[-1]

    def over_all(self, part: str, whole: str, group: Group = ALL) -> Share:
        """A part of a whole, both added up over all months."""
        return Share(self.total(part, group), self.total(whole, group))

    def at_end(self, part: str, whole: str = "citizens", group: Group = ALL) -> Share:
        """A part of a whole in the last month."""
        return Share(self.last(part, group), self.last(whole, group))

    def course(self, part: str, whole: str = "citizens") -> tuple[float | None, ...]:
        """A part of a whole in each month."""
        return tuple(share.value for share in self.shares(part, whole))

    def shares(self, part: str, whole: str = "citizens") -> tuple[Share, ...]:
        """A part of a whole in each month, as counts."""
        pairs = zip(self.series(part), self.series(whole), strict=True)
        return tuple(Share(count, of) for count, of in pairs)

    def mean(self, measure: str, unit: float, group: Group = ALL) -> tuple[float | None, ...]:
        """The mean over a group's citizens in each month, of a measure kept in parts of a unit."""
        pairs = zip(self.series(measure, group), self.series("citizens", group), strict=True)
        return tuple(value / of / unit if of else None for value, of in pairs)

    def scored(self) -> Iterator[Scheme]:
        """The schemes with a score."""
        return (scheme for scheme in self.world.schemes if scheme.score is not None)


def _parts(by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in by.split("*"))


def steps(scheme: Scheme) -> float:
    """How many steps make a point of a scheme's score."""
    return float(1 / scheme.score.kept_to) if scheme.score is not None else 1.0
