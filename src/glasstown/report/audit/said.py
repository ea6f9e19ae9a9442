"""An audit put in words, once for every format: findings in order, places, numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import final

import glasstown
from glasstown.audit import Answer, Audit, Figure, Finding, Step, Verdict, Weight
from glasstown.errors import Place
from glasstown.report.words import count, listed, tidy

_PACKAGE = Path(glasstown.__file__).parent

OPENINGS = {
    Verdict.FOUND: "Found",
    Verdict.CANNOT_TELL: "Cannot be told",
    Verdict.NOT_FOUND: "Not found",
}

LIMITS = (
    (
        "What a verdict is",
        "Found says that the scheme, or the lives lived under it, are as described. Not found says "
        "that nothing of the kind was seen where it was looked for, and no more. Neither is a "
        "court's judgment, nor legal advice.",
    ),
    (
        "What the weight is",
        "Grave is what a law forbids or a right excludes, serious is a harm, notable is something "
        "to know. The probes give it, by rules that their texts state.",
    ),
    (
        "What it was measured by",
        "How grave an act is, how severe a refusal and which contexts belong together is judged in "
        "a file, the yardstick. Each number there has a source or is called an assumption. By "
        "another yardstick the verdicts may differ.",
    ),
)
"""What no audit can show, each with a short name."""


@final
@dataclass(frozen=True)
class Item:
    """A finding, its texts made safe to show, with the probe it is of and what was asked.

    subject, way: of the audit it is from; first: whether it is the first of its probe there.
    """

    answer: Answer
    finding: Finding
    subject: str
    way: str
    first: bool = True


def parts(audit: Audit) -> tuple[Audit, ...]:
    """The audits that one is made of: each scheme's, the world's; or itself alone."""
    return audit.parts or (audit,)


def items(audit: Audit) -> list[Item]:
    """Every finding: what was found before what cannot be told, the weightiest first."""
    every = [
        Item(answer, _tidied(finding), tidy(part.subject), part.way.value)
        for part in parts(audit)
        for answer in part.answers
        for finding in answer.findings
        if finding.verdict is not Verdict.NOT_FOUND
    ]
    verdicts, weights = list(Verdict), list(Weight)
    every.sort(
        key=lambda item: (
            verdicts.index(item.finding.verdict),
            weights.index(item.finding.weight) if item.finding.verdict is Verdict.FOUND else 0,
        )
    )
    seen: set[tuple[str, str]] = set()
    for at, item in enumerate(every):
        key = (item.subject, item.answer.about.name)
        every[at] = replace(item, first=key not in seen)
        seen.add(key)
    return every


def silent(audit: Audit) -> list[tuple[str, Answer]]:
    """The answers that found nothing, each with the subject it is of."""
    return [
        (tidy(part.subject), answer)
        for part in parts(audit)
        for answer in part.answers
        if answer.verdict is Verdict.NOT_FOUND
    ]


def several(audit: Audit) -> bool:
    """Whether it has to be said of each finding what it is of."""
    return len(parts(audit)) > 1


def heading(item: Item) -> str:
    """What a finding is, in a word or two: `Found, grave`."""
    opening = OPENINGS[item.finding.verdict]
    return f"{opening}, {item.finding.weight}" if _weighs(item.finding) else opening


def _weighs(finding: Finding) -> bool:
    return finding.verdict is Verdict.FOUND


def counted(audit: Audit) -> str:
    """How many findings there are, and of which weight."""
    every = items(audit)
    found = [item.finding.weight for item in every if item.finding.verdict is Verdict.FOUND]
    untold = len(every) - len(found)
    quiet = len(silent(audit))
    weights = [f"{found.count(weight)} {weight}" for weight in Weight if weight in found]
    said = _many(len(found), "finding") if found else "Nothing was found"
    said += f": {listed(weights)}." if weights else "."
    if untold:
        said += f" {count(untold)} cannot be told."
    if quiet:
        said += f" {_many(quiet, 'probe')} found nothing." if found or untold else ""
    return said


def measured(audit: Audit) -> Iterator[str]:
    """What was audited, and how, a line for each part."""
    for part in parts(audit):
        saw = f": {tidy(part.saw)}" if part.saw else ""
        yield f"{tidy(part.subject)}, {part.way}{saw}"


def place(where: Place) -> str:
    """A file and line; a file of the library by its way inside the package; "" for nowhere."""
    return str(replace(where, file=file_of(where))) if where.file else ""


def file_of(where: Place) -> str:
    """The file of a place, the same on any machine if it is one of the library's."""
    file = Path(where.file)
    if file.is_absolute() and file.is_relative_to(_PACKAGE):
        return (Path("glasstown") / file.relative_to(_PACKAGE)).as_posix()
    return where.file


def number(value: float) -> str:
    """A number to three figures, or whole."""
    if math.isnan(value):
        return "none"
    if math.isinf(value):
        return "without end"
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    rounded = float(f"{value:.3g}")
    return f"{rounded:.12f}".rstrip("0").rstrip(".")


def amount(figure: Figure) -> str:
    """A figure with its unit: `2 times`."""
    value = number(figure.value)
    return f"{value} {figure.unit}" if figure.unit and math.isfinite(figure.value) else value


def interval(figure: Figure) -> tuple[str, str]:
    """The ends of a figure's interval, both empty where it has none."""
    ends = (figure.low, figure.high)
    if any(end is None or math.isnan(end) for end in ends):
        return "", ""
    return number(float(figure.low or 0)), number(float(figure.high or 0))


def figure_text(figure: Figure) -> str:
    """A figure in a line: `records put down to another: 0.01, from 0 to 0.05 (range tried)`."""
    low, high = interval(figure)
    between = f", from {low} to {high}" if low else ""
    of = f" ({figure.of})" if figure.of else ""
    return f"{figure.name}: {amount(figure)}{between}{of}"


def _tidied(finding: Finding) -> Finding:
    """A finding with nothing invisible in its texts, each on one line."""
    return replace(
        finding,
        says=tidy(finding.says),
        steps=tuple(Step(tidy(s.path), tidy(s.says), s.place) for s in finding.steps),
        figures=tuple(
            replace(f, name=tidy(f.name), unit=tidy(f.unit), of=tidy(f.of)) for f in finding.figures
        ),
        remedy=tidy(finding.remedy),
        open=tidy(finding.open),
    )


def _many(number: int, what: str) -> str:
    return f"{count(number)} {what}" + "s" * (number != 1)
