"""A real browser that reaches nothing but this machine's files."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

_FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and not os.environ.get("CI"):
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found or "chromium", args=_FLAGS.split()
        )
        yield chromium
        chromium.close()


class Opened:
    """Opens pages from files; whatever else a page asks for is refused, and told."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.asked: list[str] = []
        self.said: list[str] = []

    def page(self, html: str, width: int = 1280, scheme: str = "light") -> Page:
        file = self.folder / "report.html"
        file.write_text(html, encoding="utf-8")
        context = self.browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))

        def only(route: Route) -> None:
            if route.request.url == file.as_uri():
                route.continue_()
            else:
                self.asked.append(route.request.url)
                route.abort()

        context.route("**/*", only)
        page.goto(file.as_uri())
        return page


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    made = Opened(browser, tmp_path)
    yield made
    for context in browser.contexts:
        context.close()
    assert made.asked == []
    assert made.said == []
