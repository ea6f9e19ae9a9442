"""An audit as Markdown, and as a page that everybody can read, on paper too."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe

from glasstown.report.audit import written
from tests.audit.made import BOTH, EVERY, HARM
from tests.browsing import Opened


def test_the_markdown_has_the_findings_the_silence_and_the_questions() -> None:
    text = written(BOTH, "md")
    heads = re.findall(r"^#+ .*", text, re.MULTILINE)
    assert heads[:6] == [
        "# Audit of world",
        "## Found, grave: Title of large, one as written",
        "## Found, serious: Title of lived, world from inside",
        "## Found, notable: Title of small, one as written",
        "## Cannot be told: Title of large, one as written",
        "## Nothing found",
    ]
    assert "| share | 0.123 | 0.1 | 0.2 | 8 seeds |" in text
    assert "| Title of quiet (`quiet`) | one | 3 rules |" in text
    assert "*To remove it.* Take out `rules.a`." in text
    assert "[A law](https://example.org/law_%281%29), Article 1" in text


def test_markdown_of_a_stranger_means_nothing() -> None:
    text = written(HARM, "md")
    assert "<script" not in re.sub(r"\\<", "", text)
    assert not re.search(r"(?<!\\)\[x", text)
    assert "\u202e" not in text
    for line in text.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (3, 6)


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:

        self.tags.append(tag)
        self.ids += [value for key, value in attrs if key == "id" and value]
        self.links += [value for key, value in attrs if key == "href" and value]


@pytest.mark.parametrize("name", EVERY)
def test_the_page_holds_together(name: str) -> None:
    page = _Page(written(EVERY[name], "html"))
    assert not {"script", "img", "iframe", "link"} & set(page.tags)
    assert len(set(page.ids)) == len(page.ids)
    for link in page.links:
        assert link[1:] in page.ids or link.startswith(("data:text/csv", "https://example.org/"))


def test_the_page_has_every_figure_as_csv() -> None:
    (address,) = [link for link in _Page(written(BOTH, "html")).links if link.startswith("data:")]
    rows = list(csv.DictReader(io.StringIO(unquote(address.partition(",")[2]))))
    assert [row["figure"] for row in rows] == ["share", "stay", "ratio", "citizens", "n"]
    assert (rows[0]["value"], rows[0]["low"], rows[1]["low"]) == ("0.12345", "0.1", "")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", EVERY)
def test_everybody_can_read_the_page(opened: Opened, name: str, width: int) -> None:
    for scheme in ("light", "dark"):
        shown = opened.page(written(EVERY[name], "html"), width, scheme)
        shown.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        found = Axe().run(shown)
        assert found.violations_count == 0, found.generate_report()
        assert shown.evaluate("document.documentElement.scrollWidth") <= width


def test_the_page_can_be_printed_with_all_that_is_folded(opened: Opened) -> None:
    shown = opened.page(written(BOTH, "html"))
    shown.emulate_media(media="print")
    hidden = shown.evaluate(
        "[...document.querySelectorAll('table, details dl')]"
        ".filter(e => !e.getBoundingClientRect().height).length"
    )
    assert hidden == 0
