"""Every figure, table and finding of a run, in the order of a report. Nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from glasstown.report import doings, listed, recorded, standing, treated, voices, within, words
from glasstown.report.panel import Figure, find
from glasstown.report.reading import Reading
from glasstown.report.table import Table

if TYPE_CHECKING:
    from glasstown.engine.run import Run

_CHAPTERS: tuple[Callable[[Reading], Iterator[Figure]], ...] = (
    standing.figures,
    treated.figures,
    listed.figures,
    doings.figures,
    voices.figures,
    within.figures,
    recorded.figures,
)


def figures(run: Run) -> tuple[Figure, ...]:
    """The figures that a run has something for, in order."""
    reading = Reading(run)
    return tuple(figure for chapter in _CHAPTERS for figure in chapter(reading))


def figure(run: Run, name: str) -> Figure:
    """One figure, by its name.

    Raises:
        GlasstownError: the run has no such figure; the nearest is told.
    """
    why = "a run has pictures only of what its world counts"
    return find(figures(run), name, "run", why)


def pictures(run: Run) -> tuple[str, ...]:
    """The names of the pictures that a run has, in the report's order."""
    return tuple(each.name for each in figures(run))


def tables(run: Run) -> dict[str, Table]:
    """The tables of a run's report, by name."""
    return {table.name: table for each in figures(run) for table in each.tables}


def summary(run: Run) -> tuple[str, ...]:
    """The findings of a run, each a sentence that can be quoted by itself."""
    found = (f for each in figures(run) for f in each.findings if f.main)
    said = tuple(text for f in found for text in (f.sentence, f.between) if text)
    return said or (_nothing(run),)


def _nothing(run: Run) -> str:
    citizens, months = words.count(run.world.citizens), words.spell(run.ledger.months)
    return (
        f"{citizens} invented citizens lived {months}, and nothing that a report shows befell them."
    )
