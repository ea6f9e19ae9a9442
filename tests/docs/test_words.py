"""The documentation's words: plain ones, and none that claim too much."""

import re
from pathlib import Path

import pytest
from tests.cli.commands import ROOT
from tests.docs.pages import PAGES, prose

NEVER = re.compile(
    r"\b(un|de)?bias(ed)?\b|\b(un)?fair(ly|ness)?\b|\bprov(es|en)\b|\bsimply\b|\bjust\b"
    r"|\bobviously\b|\bof course\b",
    re.IGNORECASE,
)


SOURCES = re.compile(r"^\*Sources\.\*.*$", re.MULTILINE)
"""Titles of works are their authors' words."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_words_are_ours(page: Path) -> None:
    found = [match.group() for match in NEVER.finditer(SOURCES.sub("", prose(page)))]
    assert found == [], "say what was assessed and what was found"


def test_every_page_has_one_title() -> None:
    for page in PAGES:
        titles = re.findall(r"^# .+$", prose(page), re.MULTILINE)
        assert len(titles) == 1, page
