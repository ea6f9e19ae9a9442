"""An audit as text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from glasstown.audit import Audit, Verdict
from glasstown.report.audit import said
from glasstown.report.words import first, tidy

NARROWEST, WIDEST = 40, 100
MOST_FIGURES = 12
"""Figures of a finding that are shown; the other formats have all."""

_INDENT, _DEEPER = "  ", "      "


def text(audit: Audit, width: int = WIDEST) -> str:
    """What was found, by weight; then a line for each probe that found nothing."""
    width = max(NARROWEST, min(width, WIDEST))
    return "\n".join(line.rstrip() for line in _lines(audit, width))


def _lines(audit: Audit, width: int) -> Iterator[str]:
    what = f"Audit of {tidy(audit.subject)}, measured by the yardstick {tidy(audit.yardstick)}"
    yield from wrap(what, width)
    if audit.saw or audit.parts:
        yield from _filled(audit.saw, width, _INDENT)
        for part in said.measured(audit):
            yield from _filled(part, width, _INDENT)
    yield from wrap(said.counted(audit), width)
    several = said.several(audit)
    told: set[tuple[str, str, str]] = set()
    for item in said.items(audit):
        yield ""
        yield from _finding(item, several, width, told)
    quiet = said.silent(audit)
    if quiet:
        yield ""
        yield "Nothing found, where this was looked at"
        for subject, answer in quiet:
            of = f" in {subject}" if several else ""
            looked = tidy(answer.looked) or first(answer.about.asks)
            yield from _filled(f"{answer.about.name}{of}: {looked}", width, _INDENT)


def _finding(
    item: said.Item, several: bool, width: int, told: set[tuple[str, str, str]]
) -> Iterator[str]:
    """A finding. told: what was said of steps so far, which is not said again."""
    finding, about = item.finding, item.answer.about
    of = f", {item.subject} {item.way}" if several else ""
    yield from wrap(f"{said.heading(item).upper()}: {about.title} ({about.name}{of})", width)
    yield from _filled(finding.says, width, _INDENT)
    if finding.steps:
        yield f"{_INDENT}The way there"
    for step in finding.steps:
        where = said.place(step.place)
        yield f"{_INDENT * 2}{step.path}" + (f"  {where}" if where else "")
        if (key := (item.subject, step.path, step.says)) not in told:
            yield from _filled(step.says, width, _DEEPER)
            told.add(key)
    if finding.figures:
        yield f"{_INDENT}Figures"
    for figure in finding.figures[:MOST_FIGURES]:
        yield from _filled(said.figure_text(figure), width, _INDENT * 2)
    if (more := len(finding.figures) - MOST_FIGURES) > 0:
        yield f"{_INDENT * 2}and {more} more, which the other formats have"
    if finding.lives:
        lives = ", ".join(str(life) for life in finding.lives)
        yield from _filled(f"Citizens who show it: {lives}", width, _INDENT)
    if finding.remedy and finding.verdict is Verdict.FOUND:
        yield from _filled(f"To remove it: {finding.remedy}", width, _INDENT)
    if finding.open:
        yield from _filled(f"Left open: {finding.open}", width, _INDENT)
    if item.first:
        yield from _filled(f"Cannot be shown: {about.cannot}", width, _INDENT)


def _filled(words: str, width: int, indent: str) -> list[str]:
    return wrap(
        words,
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
