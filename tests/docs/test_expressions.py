"""docs/reference/expressions.md says every name, function and form of the expression language."""

import pytest
from tests.cli.commands import ROOT
from tests.docs.pages import FILES_PAGE, spans, tables

from glasstown.conduct.formulas import STATES
from glasstown.expr import BUILTINS, parse
from glasstown.files.names import RESERVED
from glasstown.scheme.formulas import OWN_FUNCTIONS, OWN_NAMES

PAGE = ROOT / "docs/reference/expressions.md"
TEXT = PAGE.read_text(encoding="utf-8")
ALLOWED = [written for row in tables(PAGE, "expressions")["allowed"] for written in spans(row[0])]


@pytest.mark.parametrize("written", ALLOWED)
def test_what_can_be_written_is_read(written: str) -> None:
    parse(written)


@pytest.mark.parametrize("function", [*BUILTINS, *OWN_FUNCTIONS])
def test_every_function_is_told(function: str) -> None:
    assert f"`{function}(" in TEXT


@pytest.mark.parametrize("name", [*OWN_NAMES, *STATES])
def test_every_name_is_told(name: str) -> None:
    assert f"| `{name}` |" in TEXT or f"`{name}` |" in TEXT


def test_the_names_that_are_taken_are_told() -> None:
    text = FILES_PAGE.read_text(encoding="utf-8")
    section = " ".join(text.partition("\n### Name\n")[2].split())
    told = section.partition("are taken: ")[2].partition("and Python's own")[0]
    assert set(spans(told)) == RESERVED
