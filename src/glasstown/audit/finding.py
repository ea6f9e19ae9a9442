"""What an audit found: a verdict, a sentence, the figures, and the way that leads there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import final

from glasstown.errors import Place


class Verdict(StrEnum):
    """What came of a question. Never a bare pass: what was not found was looked for somewhere."""

    FOUND = "found"
    NOT_FOUND = "not found"
    CANNOT_TELL = "cannot tell"


class Weight(StrEnum):
    """How much a finding weighs: a prohibition or a right, a harm, or something to know."""

    GRAVE = "grave"
    SERIOUS = "serious"
    NOTABLE = "notable"


@final
@dataclass(frozen=True)
class Step:
    """One step on the way from a record to what befalls a citizen.

    path: as in the scheme's file, `rules.cheating.points`; says: what stands there, in words;
    place: where, if the scheme came from a file.
    """

    path: str
    says: str
    place: Place = Place("")  # noqa: RUF009 -- frozen


@final
@dataclass(frozen=True)
class Figure:
    """A number with what it is of.

    name: what it says, such as `refused a plane ticket, minority`; value: in `unit`;
    low and high: the ends of its interval, None for what is exact; of: how the interval was made,
    or what the number was counted from.
    """

    name: str
    value: float
    unit: str = ""
    low: float | None = None
    high: float | None = None
    of: str = ""


@final
@dataclass(frozen=True)
class Finding:
    """One thing found, or that could not be told.

    says: a sentence that can be quoted by itself; steps: the way that leads there; remedy: the
    change that would remove it; lives: numbers of citizens who show it; open: what this finding
    leaves open, beside what its probe can never show.
    """

    says: str
    verdict: Verdict = Verdict.FOUND
    weight: Weight = Weight.SERIOUS
    steps: tuple[Step, ...] = ()
    figures: tuple[Figure, ...] = ()
    remedy: str = ""
    lives: tuple[int, ...] = ()
    open: str = ""
