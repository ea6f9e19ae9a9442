"""What is to be seen, before it is drawn: panels of lines, bands and dots, and their figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
from glasstown.report import words
from glasstown.report.table import Table

Unit: TypeAlias = Literal["share", "number"]
"""A share, drawn in percent, or any other number."""

Tone: TypeAlias = Literal["plain", "wrong"]
"""What a colour means; `wrong` has one of its own throughout."""


@final
@dataclass(frozen=True)
class Line:
    """A number for each month; None where there is nobody to speak of."""

    label: str
    values: tuple[float | None, ...]
    tone: Tone = "plain"


@final
@dataclass(frozen=True)
class Lines:
    """Lines over the months; from nought, unless the scale is to be fitted to them."""

    title: str
    unit: Unit
    lines: tuple[Line, ...]
    fitted: bool = False

    def alt(self) -> str:
        """The panel in words."""
        said = [f"{line.label}: {_course(line.values, self.unit)}" for line in self.lines]
        return f"Line chart by month. {self.title}. {'; '.join(said)}."


@final
@dataclass(frozen=True)
class Bands:
    """Shares that make a whole, month by month, the first at the bottom."""

    title: str
    lines: tuple[Line, ...]

    def alt(self) -> str:
        """The panel in words."""
        said = [f"{line.label}: {_course(line.values, 'share')}" for line in self.lines]
        return f"Bands that make a whole, by month. {self.title}. {'; '.join(said)}."


@final
@dataclass(frozen=True)
class Mark:
    """A number on a scale, with the range around it, if it has one."""

    value: float
    interval: tuple[float, float] | None = None


@final
@dataclass(frozen=True)
class Row:
    """A row of dots: what it is of, what it says, and a mark for each series (None for none)."""

    label: str
    said: str
    marks: tuple[Mark | None, ...]


@final
@dataclass(frozen=True)
class Dots:
    """Rows of dots under headings, on one scale.

    series: what the marks of a row are, when there are several; everyone: the value that a line
    through all rows shows; stems: a stem from nought to the dot, in place of an interval; fitted:
    the scale need not begin at nought.
    """

    title: str
    unit: Unit
    sections: tuple[tuple[str, tuple[Row, ...]], ...]
    series: tuple[str, ...] = ("",)
    tones: tuple[Tone, ...] = ("plain",)
    everyone: float | None = None
    stems: bool = False
    fitted: bool = False

    def alt(self) -> str:
        """The panel in words."""
        said = [
            f"{heading + ': ' if heading else ''}"
            + ", ".join(f"{row.label} {row.said}" for row in rows)
            for heading, rows in self.sections
        ]
        return f"Dot chart. {self.title}. {'; '.join(said)}."


@final
@dataclass(frozen=True)
class Curved:
    """A curve's name and its points in order: a number below, and what was found there."""

    label: str
    points: tuple[tuple[float, Mark], ...]


@final
@dataclass(frozen=True)
class Curve:
    """Curves over a number that was varied, on a scale fitted to them.

    x: what the number is; written, at: what the world as written gives, and the number it has.
    """

    title: str
    unit: Unit
    x: str
    lines: tuple[Curved, ...]
    written: float | None = None
    at: float | None = None

    @property
    def series(self) -> tuple[str, ...]:
        """The names of the curves."""
        return tuple(line.label for line in self.lines)

    @property
    def tones(self) -> tuple[Tone, ...]:
        """What their colours mean."""
        return tuple("plain" for _ in self.lines)

    def alt(self) -> str:
        """The panel in words."""
        told = [
            f"{line.label}: "
            + ", ".join(f"{said(mark.value, self.unit)} at {x:g}" for x, mark in line.points)
            for line in self.lines
        ]
        return f"Curve chart over {self.x}. {self.title}. {'; '.join(told)}."


Panel: TypeAlias = Lines | Bands | Dots | Curve


@final
@dataclass(frozen=True)
class Finding:
    """A sentence that can be quoted by itself, with its most telling number.

    big, label: the number, and what it is in a few words; between: another sentence, on the widest
    gap between groups; main: whether it belongs at the head of a report.
    """

    big: str
    label: str
    sentence: str
    between: str = ""
    main: bool = True


@final
@dataclass(frozen=True)
class Figure:
    """Panels on one subject, with what they show in a sentence or two, and their tables.

    name: what `picture` calls it; chapter: the part of the report that it belongs to; note: what
    to keep in mind when reading it.
    """

    name: str
    chapter: str
    heading: str
    about: str
    panels: tuple[Panel, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()
    note: str = ""


@final
@dataclass(frozen=True)
class Piece:
    """What a figure shows of one scheme, occasion or action."""

    panels: tuple[Panel, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()
    note: str = ""


def together(
    name: str, chapter: str, heading: str, about: str, pieces: Iterable[Piece], note: str = ""
) -> Iterator[Figure]:
    """A figure of several pieces; none of none."""
    several = list(pieces)
    if not several:
        return
    notes = dict.fromkeys([note, *(piece.note for piece in several)])
    yield Figure(
        name,
        chapter,
        heading,
        about,
        tuple(panel for piece in several for panel in piece.panels),
        tuple(table for piece in several for table in piece.tables),
        tuple(found for piece in several for found in piece.findings),
        " ".join(said for said in notes if said),
    )


def said(value: float | None, unit: Unit) -> str:
    """A value as people read it."""
    return words.percent(value) if unit == "share" else words.number(value)


def _course(values: tuple[float | None, ...], unit: Unit) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return words.NOBODY
    if len(known) == 1:
        return said(known[0], unit)
    course = f"from {said(known[0], unit)} to {said(known[-1], unit)}"
    low, high = min(known), max(known)
    if low < min(known[0], known[-1]) or high > max(known[0], known[-1]):
        course += f" (lowest {said(low, unit)}, highest {said(high, unit)})"
    return course


def find(figures: Iterable[Figure], name: str, whose: str, why: str) -> Figure:
    """One of the figures, by its name; whose: a run or a sweep; why it may lack some.

    Raises:
        GlasstownError: there is none of this name; those there are, and the nearest, are told.
    """
    found = {each.name: each for each in figures}
    if name in found:
        return found[name]
    raise GlasstownError(
        Problem(
            Place(""),
            f"this {whose} has no picture {shown(name)}",
            why=why,
            remedy=f"name one of: {', '.join(found)}",
            nearest=nearest(name, found),
        )
    )
