"""An audit as Markdown, for an issue, a wiki or a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glasstown import __version__
from glasstown.audit import About, Audit, Figure, Reference, Verdict
from glasstown.report.audit import said
from glasstown.report.frame import link
from glasstown.report.words import first, tidy

_SPECIAL = re.compile(r"([\\*_\[\]<>|#&~$])")


def text(audit: Audit) -> str:
    """The audit as Markdown, its findings as sections by weight."""
    return "\n\n".join(_blocks(audit))


def plain(words: str) -> str:
    """A text that means nothing more in Markdown than it says; what is in backticks stays so."""
    parts = tidy(words).split("`")
    if len(parts) % 2 == 0:  # one backtick too many: none of them is meant
        parts = ["'".join(parts)]
    return "".join(
        f"`{part}`" if at % 2 and part else _SPECIAL.sub(r"\\\1", part)
        for at, part in enumerate(parts)
    )


def about(of: About) -> Iterator[str]:
    """What a probe says of itself: the question, why, how, what it cannot show, its sources."""
    yield f"**{plain(of.asks)}**"
    yield plain(of.matters)
    yield f"*How it is answered.* {plain(of.computed)}"
    yield f"*What it cannot show.* {plain(of.cannot)}"
    if of.sources:
        yield "*Sources.* " + "; ".join(map(_source, of.sources)) + "."


def _blocks(audit: Audit) -> Iterator[str]:
    yield f"# Audit of {plain(audit.subject)}"
    said_of = [f"measured by the yardstick `{tidy(audit.yardstick)}`", *said.measured(audit)]
    if audit.saw:
        said_of.insert(1, audit.saw)
    yield "\n".join(f"- {plain(first(line))}" for line in said_of)
    yield f"**{said.counted(audit)}**"
    several = said.several(audit)
    for item in said.items(audit):
        yield from _finding(item, several)
    quiet = said.silent(audit)
    if quiet:
        yield "## Nothing found"
        of = " | of" if several else ""
        lines = [f"| probe{of} | what was looked at |", f"|---{'|---' if several else ''}|---|"]
        for subject, answer in quiet:
            own = f" | {plain(subject)}" if several else ""
            looked = plain(answer.looked or answer.about.asks)
            lines.append(f"| {plain(answer.about.title)} (`{answer.about.name}`){own} | {looked} |")
        yield "\n".join(lines)
    yield "## The questions"
    for of_probe in {answer.about.name: answer.about for answer in audit.answers}.values():
        yield f"### {plain(of_probe.title)} (`{of_probe.name}`)"
        yield from about(of_probe)
    yield "## What this cannot show"
    yield "\n".join(f"- **{name}.** {words}" for name, words in said.LIMITS)
    yield f"Made by Glasstown {__version__}."


def _finding(item: said.Item, several: bool) -> Iterator[str]:
    finding = item.finding
    of = f", {plain(item.subject)} {item.way}" if several else ""
    yield f"## {said.heading(item)}: {plain(item.answer.about.title)}{of}"
    yield plain(finding.says)
    if finding.steps:
        yield "\n".join(
            f"{at}. `{step.path}`" + _at(said.place(step.place)) + f"  \n   {plain(step.says)}"
            for at, step in enumerate(finding.steps, 1)
        )
    if finding.figures:
        rows = ["| figure | value | from | to | of |", "|---|--:|--:|--:|---|"]
        yield "\n".join([*rows, *map(_row, finding.figures)])
    if finding.lives:
        yield f"*Citizens who show it.* {', '.join(map(str, finding.lives))}."
    if finding.remedy and finding.verdict is Verdict.FOUND:
        yield f"*To remove it.* {plain(first(finding.remedy))}."
    if finding.open:
        yield f"*Left open.* {plain(first(finding.open))}."
    if item.first:
        yield f"*Cannot be shown.* {plain(item.answer.about.cannot)}"


def _at(place: str) -> str:
    return f" ({plain(place)})" if place else ""


def _row(figure: Figure) -> str:
    low, high = said.interval(figure)
    cells = [plain(figure.name), plain(said.amount(figure)), low, high, plain(figure.of)]
    return f"| {' | '.join(cells)} |"


def _source(source: Reference) -> str:
    title = plain(source.title)
    if link(source.url):
        title = f"[{title}]({source.url.replace('(', '%28').replace(')', '%29')})"
    return f"{title}, {plain(source.where)}" if source.where else title
