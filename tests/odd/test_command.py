"""`glasstown odd` as a user meets it, and its page in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.browsing import Opened
from tests.cli.commands import done, failed, put_files
from tests.report.made import SHAPES

import glasstown as gt
from glasstown.report import odd


def test_it_prints_markdown(tmp_path: Path) -> None:
    said = done("odd", "unictown-campus", at=tmp_path)
    assert said == odd(gt.load_world("unictown-campus"))
    assert done("odd", "unictown-campus", "--format", "md", at=tmp_path) == said


def test_it_writes_a_file_over_an_old_one(tmp_path: Path) -> None:
    here = put_files(tmp_path)
    (here / "odd.md").write_text("old")
    assert done("odd", "small.yaml", "--out", "odd.md", at=here) == "odd.md is written.\n"
    text = (here / "odd.md").read_text(encoding="utf-8")
    assert text.startswith("# ODD+D protocol: A village that counts points\n")
    assert "\nglasstown run small.yaml\n" in text
    done("odd", "small.yaml", "--out", "page.html", at=here)
    done("odd", "small.yaml", "--out", "page", "--format", "html", at=here)
    page = (here / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert (here / "page").read_text(encoding="utf-8") == page


def test_what_is_wrong_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    said = failed("odd", "unictwon-campus", "--out", "odd.md", at=tmp_path)
    assert "did you mean: unictown-campus" in said
    said = failed("odd", "unictown-campus", "--out", "no/odd.md", at=tmp_path)
    assert "no/odd.md: the file cannot be written: no such file or directory" in said
    assert list(tmp_path.iterdir()) == []
    assert "Invalid value for '--format'" in failed("odd", "x", "--format", "pdf", at=tmp_path)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("shape", ["campus", "hostile", "nothing"])
def test_everybody_can_read_the_page(opened: Opened, shape: str, width: int) -> None:
    page = odd(SHAPES[shape](), "html")
    shown = opened.page(page, width, "dark" if width == 360 else "light")
    found = Axe().run(shown)
    assert found.violations_count == 0, found.generate_report()
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
