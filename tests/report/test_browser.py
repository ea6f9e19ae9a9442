"""The report in a real browser: for everybody, on any screen, on paper, and alone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browsing import Opened
from tests.report.made import SHAPES, page

_WIDER = """() => {
  const wide = document.documentElement.clientWidth;
  return [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.scroll > table') && !e.closest('.away, .skip, svg'))
    .filter(e => e.getBoundingClientRect().right > wide + 1)
    .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
}"""

_TEXT_OUTSIDE = """() => [...document.querySelectorAll('svg[role=img]')].flatMap(svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const its = text.getBoundingClientRect();
    return its.left < box.left - 1 || its.right > box.right + 1
      || its.top < box.top - 1 || its.bottom > box.bottom + 1;
  }).map(text => text.textContent);
})"""

_SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg[role=img] text')].map(
  text => parseFloat(getComputedStyle(text).fontSize) * text.getCTM().a))"""


def _open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everybody_can_read_it(opened: Opened, width: int, scheme: str) -> None:
    shown = opened.page(page("plain"), width, scheme)
    _open_all(shown)
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("shape", ["campus", "coupled", "hostile", "nothing"])
def test_everybody_can_read_other_shapes(opened: Opened, shape: str) -> None:
    found = Axe().run(opened.page(page(shape), 360, "dark"))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("shape", SHAPES)
def test_it_fits_any_screen(opened: Opened, shape: str) -> None:
    for width in (1280, 360):
        shown = opened.page(page(shape), width)
        _open_all(shown)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width
        assert shown.evaluate(_WIDER) == []
        assert shown.evaluate(_TEXT_OUTSIDE) == []
        if "<svg role" in page(shape):
            assert shown.evaluate(_SMALLEST) >= 10


def test_it_can_be_printed_with_its_tables(opened: Opened) -> None:
    shown = opened.page(page("plain"))
    shown.emulate_media(media="print")
    tables = "[...document.querySelectorAll('table')]"
    hidden = shown.evaluate(f"{tables}.filter(t => !t.getBoundingClientRect().height).length")
    assert hidden == 0
    shown.emulate_media()
    assert shown.pdf(format="A4").count(b"/Type /Page") > 10


def test_the_keyboard_reaches_the_findings_and_the_tables(opened: Opened) -> None:
    shown = opened.page(page("plain"))
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.textContent") == "Skip to the findings"
    shown.keyboard.press("Enter")
    assert shown.url.endswith("#findings")
    summary = shown.locator("#tiers summary").first
    summary.focus()
    shown.keyboard.press("Enter")
    assert shown.locator("#tiers table").first.is_visible()


def test_a_table_can_be_downloaded(opened: Opened) -> None:
    from tests.report.made import run

    from glasstown.report import tables

    shown = opened.page(page("plain"))
    shown.locator("#tiers summary").first.click()
    with shown.expect_download() as download:
        shown.locator("#tiers .download a").first.click()
    assert download.value.suggested_filename == "tiers.app.csv"
    assert (
        download.value.path().read_text(encoding="utf-8") == tables(run("plain"))["tiers.app"].csv()
    )
    opened.asked.clear()


def test_no_script_runs_and_no_text_of_a_stranger_becomes_a_part_of_the_page(
    opened: Opened,
) -> None:
    shown = opened.page(page("hostile"))
    assert (
        shown.evaluate("document.querySelectorAll('script, img, iframe, object, link').length") == 0
    )
    addresses = shown.evaluate("[...document.querySelectorAll('a')].map(a => a.protocol)")
    assert set(addresses) <= {"file:", "data:", "https:"}
    assert "alert(1)" in shown.title()
    assert shown.locator("h1").inner_text().startswith("<script>alert(1)</script>")
