"""What the audit of a run found, as its report shows it: each finding with its picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import final

from glasstown.audit import About, Audit, Verdict, Weight
from glasstown.audit import Figure as Number
from glasstown.report import words
from glasstown.report.audit import said
from glasstown.report.panel import Dots, Figure, Mark, Panel, Row
from glasstown.report.table import Column, Table, Value
from glasstown.report.view import View, view

INSIDE = "The bar around a dot is its 95% interval over the seeds."
WRITTEN = "The bar around a dot is the range that was tried, as the table says of each figure."

MOST_ROWS = 12
"""Rows of one picture: of more, half are the lowest and half the highest; the table has all."""

MOST_PANELS = 3
"""Panels of one picture: those with most rows; the table has all."""


@final
@dataclass(frozen=True)
class Case:
    """A finding as the page wants it.

    steps: the way there: path, place and what stands there; said: further texts by name; drawn:
    its picture and table, None without figures.
    """

    key: str
    heading: str
    about: About
    of: str
    says: str
    steps: tuple[tuple[str, str, str], ...]
    said: tuple[tuple[str, str], ...]
    drawn: View | None


@final
@dataclass(frozen=True)
class Audited:
    """The audit as the page wants it.

    counted: how much was found; facts: how it was made; found: by weight; untold: what cannot be
    told; quiet: what was looked at where nothing was found: subject, question, what was looked at.
    """

    counted: str
    facts: tuple[tuple[str, str], ...]
    found: tuple[tuple[str, tuple[Case, ...]], ...]
    untold: tuple[Case, ...]
    quiet: tuple[tuple[str, About, str], ...]
    questions: tuple[About, ...]
    limits: tuple[tuple[str, str], ...]
    several: bool


def audited(audit: Audit, sampled: str) -> Audited:
    """The audit, its findings in order of weight.

    sampled: what a sample of citizens means for the intervals; "" where all were lived.
    """
    every = [(at, item, _case(at, item)) for at, item in enumerate(said.items(audit), 1)]
    found = [(item, case) for _, item, case in every if item.finding.verdict is Verdict.FOUND]
    weighed = groupby(found, key=lambda pair: pair[0].finding.weight)
    return Audited(
        said.counted(audit),
        tuple(_facts(audit, sampled)),
        tuple((_weight(weight), tuple(case for _, case in its)) for weight, its in weighed),
        tuple(c for _, item, c in every if item.finding.verdict is not Verdict.FOUND),
        tuple(
            (subject, answer.about, answer.looked or answer.about.asks)
            for subject, answer in said.silent(audit)
        ),
        tuple({answer.about.name: answer.about for answer in audit.answers}.values()),
        said.LIMITS,
        said.several(audit),
    )


def _weight(weight: Weight) -> str:
    return {
        Weight.GRAVE: "Grave: what a law forbids or a right excludes",
        Weight.SERIOUS: "Serious: a harm",
        Weight.NOTABLE: "Notable: something to know",
    }[weight]


def _facts(audit: Audit, sampled: str) -> Iterator[tuple[str, str]]:
    for part in said.parts(audit):
        subject = words.tidy(getattr(part.of, "title", "") or part.subject)
        looked = f": {words.tidy(part.saw)}" if part.saw else ""
        yield words.first(part.way.value), f"{subject}{looked}"
    if audit.by is not None:
        title, about = words.tidy(audit.by.title), words.tidy(audit.by.about)
        named = f"{words.tidy(audit.yardstick)}: {title}" if title else audit.yardstick
        yield "Yardstick", f"{named}. {about}" if about else named
    if sampled:
        yield "A sample", sampled


def _case(at: int, item: said.Item) -> Case:
    finding = item.finding
    says = {
        "To remove it": words.first(finding.remedy) * (finding.verdict is Verdict.FOUND),
        "Left open": words.first(finding.open),
        "Citizens who show it": ", ".join(f"{life:,}" for life in finding.lives),
        "Cannot be shown": item.answer.about.cannot * item.first,
    }
    return Case(
        f"finding-{at}",
        said.heading(item),
        item.answer.about,
        f"{item.subject} {item.way}",
        finding.says,
        tuple((step.path, said.place(step.place), step.says) for step in finding.steps),
        tuple((name, text) for name, text in says.items() if text),
        _drawn(at, item),
    )


def _drawn(at: int, item: said.Item) -> View | None:
    """The figures of a finding: those with intervals in a picture, all in a table."""
    figures = item.finding.figures
    if not figures:
        return None
    name = item.answer.about.name
    table = Table(
        f"finding-{at}.{name}",
        f"Figures of finding {at}: {item.answer.about.title}",
        (Column("figure", "text"), Column("value", "figure"), Column("unit", "text"),
         Column("from", "figure"), Column("to", "figure"), Column("of", "text")),
        tuple(_row(figure) for figure in figures),
    )  # fmt: skip
    inside = item.way == "from inside"
    made = Figure(f"finding-{at}", "", "", "", tuple(_panels(figures)), (table,))
    return view(made, INSIDE if inside else WRITTEN)


def _row(figure: Number) -> tuple[Value, ...]:
    low, high = (_ended(end) for end in (figure.low, figure.high))
    return (figure.name, _ended(figure.value), figure.unit, low, high, figure.of)


def _ended(value: float | None) -> Value:
    """A number; words for what is none, and nothing where there is no end."""
    if value is None:
        return ""
    return value if math.isfinite(value) else said.number(value)


def _panels(figures: tuple[Number, ...]) -> Iterator[Panel]:
    """Dots with intervals, those of one kind and unit on one scale."""
    kinds: dict[tuple[str, str], list[tuple[str, Number]]] = {}
    for figure in figures:
        ends = (figure.value, figure.low, figure.high)
        if any(end is None or not math.isfinite(end) for end in ends):
            continue
        kind, _, rest = figure.name.partition(", ")
        kinds.setdefault((kind if rest else "", figure.unit), []).append((rest or kind, figure))
    for (kind, unit), several in _gathered(kinds):
        shown = _ends(several)
        rows = tuple(Row(name, said.amount(figure), (_mark(figure),)) for name, figure in shown)
        if any(row.marks[0] and row.marks[0].interval for row in rows):
            title = words.first(kind) or ("Figures" if len(several) > 1 else "Figure")
            title += f" ({unit})" if unit else ""
            if len(shown) < len(several):
                half = MOST_ROWS // 2
                title += f": the {half} lowest and the {half} highest of {len(several):,}"
            yield Dots(title, "number", (("", rows),))


_Kinds = dict[tuple[str, str], list[tuple[str, Number]]]


def _gathered(kinds: _Kinds) -> list[tuple[tuple[str, str], list[tuple[str, Number]]]]:
    """Kinds of one figure put together by their unit; the largest few, in their order."""
    merged: _Kinds = {}
    for (kind, unit), several in kinds.items():
        alone = kind and len(several) == 1
        rows = [(figure.name, figure) for _, figure in several] if alone else several
        merged.setdefault(("" if alone else kind, unit), []).extend(rows)
    largest = sorted(merged, key=lambda key: -len(merged[key]))[:MOST_PANELS]
    return [(key, several) for key, several in merged.items() if key in largest]


def _ends(several: list[tuple[str, Number]]) -> list[tuple[str, Number]]:
    """The lowest of many and the highest, from low to high; all of few, as they are given."""
    if len(several) <= MOST_ROWS:
        return several
    ranked = sorted(range(len(several)), key=lambda at: several[at][1].value)
    half = MOST_ROWS // 2
    return [several[at] for at in (*ranked[:half], *ranked[-half:])]


def _mark(figure: Number) -> Mark:
    low, high = float(figure.low or 0), float(figure.high or 0)
    return Mark(figure.value, (low, high) if low < high else None)
