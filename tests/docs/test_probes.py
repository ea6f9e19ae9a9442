"""docs/reference/probes.md says of each probe what the probe says of itself.

With GLASSTOWN_DOCS=write the page is written anew; read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tests.cli.commands import ROOT
from tests.docs.test_output import WRITE

from glasstown.audit import Probe
from glasstown.audit.inside import PROBES as INSIDE
from glasstown.audit.written import PROBES as WRITTEN
from glasstown.report.audit import markdown

PAGE = ROOT / "docs/reference/probes.md"

HEAD = """\
# The probes

A probe asks one question of a scheme or of a run, and answers with findings: each a sentence, the
way that leads there, figures, and what would remove it. A finding is *found* or *cannot be told*;
where there is neither, the probe says what it looked at. Nothing here is a court's judgment, nor
legal advice. How to ask: [Audit a scheme](../how-to/audit-a-scheme.md).

This page is made from the probes themselves.

| weight | of a finding that |
|---|---|
| grave | a law forbids, or a right excludes |
| serious | is a harm |
| notable | is something to know |
"""

WAYS = {
    "As written": (
        "These read the scheme's file, and measure it by a [yardstick](files.md#a-yardstick). "
        "Nobody is run.",
        WRITTEN,
    ),
    "From inside": (
        "These live the citizens of a world again, on several seeds, with what is asked about and "
        "without it. Luck is shared, so what differs is caused by what was taken away.",
        INSIDE,
    ),
}


def page() -> str:
    """The page, from each probe's own words."""
    return HEAD + "".join(
        f"\n{block}\n" for way, (says, its) in WAYS.items() for block in section(way, says, its)
    )


def section(way: str, says: str, probes: Iterable[Probe[Any]]) -> Iterator[str]:
    abouts = [probe.about for probe in probes]
    yield f"## {way}"
    yield says
    rows = ["| probe | asks |", "|---|---|"]
    yield "\n".join(
        [*rows, *(f"| [`{of.name}`](#{of.name}) | {markdown.plain(of.asks)} |" for of in abouts)]
    )
    for of in abouts:
        yield f"### `{of.name}`: {markdown.plain(of.title)} {{ #{of.name} }}"
        yield from markdown.about(of)


def test_the_page_says_what_the_probes_say() -> None:
    made = page()
    if WRITE:
        PAGE.write_text(made, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == made, (
        "docs/reference/probes.md is not what the probes say: run this test with "
        "GLASSTOWN_DOCS=write, and read the difference"
    )


def test_every_probe_has_a_name_of_its_own() -> None:
    names = [probe.about.name for probe in (*WRITTEN, *INSIDE)]
    assert len(set(names)) == len(names)
