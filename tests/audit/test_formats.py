"""An audit as text, as JSON, and in a notebook."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from glasstown.audit import Answer, Audit, Figure, Finding
from glasstown.report.audit import FORMATS, said, written
from tests.audit.made import BOTH, FIRST, GRAVE, HARM, about

TEXT = """\
Audit of one, measured by the yardstick ordinary
2 findings: 1 grave and 1 notable. 1 cannot be told. 1 probe found nothing.

FOUND, GRAVE: Title of large (large)
  A grave thing.
  The way there
    rules.a  s.yaml:7
      The rule a.
    score  s.yaml:2
      The score.
  Figures
    share: 0.123, from 0.1 to 0.2 (8 seeds)
    stay: without end
    ratio: none
    citizens: 12,345 citizens
  Citizens who show it: 3, 14
  To remove it: take out `rules.a`
  Left open: whether it is used
  Cannot be shown: The limits of large.

FOUND, NOTABLE: Title of small (small)
  A notable thing.
  To remove it: leave it
  Cannot be shown: The limits of small.

CANNOT BE TOLD: Title of large (large)
  Who knows.

Nothing found, where this was looked at
  quiet: 3 rules"""


def test_the_text_says_all_by_weight_and_ends_with_what_was_not_found() -> None:
    assert FIRST.text() == TEXT


def test_the_text_of_several_says_of_each_what_it_is_of() -> None:
    text = BOTH.text()
    assert "the run with digest abc\n  one, as written\n  world, from inside: all 100" in text
    heads = [line for line in text.splitlines() if line.startswith(("FOUND", "CANNOT"))]
    assert heads == [
        "FOUND, GRAVE: Title of large (large, one as written)",
        "FOUND, SERIOUS: Title of lived (lived, world from inside)",
        "FOUND, NOTABLE: Title of small (small, one as written)",
        "CANNOT BE TOLD: Title of large (large, one as written)",
    ]
    assert text.endswith("  quiet in one: 3 rules")


@pytest.mark.parametrize("width", [1, 40, 72, 500])
def test_the_text_keeps_to_a_width(width: int) -> None:
    longest = max(len(line) for line in FIRST.text(width).splitlines())
    assert longest <= max(40, min(width, 100))


def test_a_step_is_said_once_and_many_figures_are_cut() -> None:
    many = Finding("Many.", steps=GRAVE.steps, figures=tuple(Figure(f"n{n}", n) for n in range(20)))
    text = Audit("x", "y", (Answer(about("many"), (GRAVE, many)),)).text()
    assert text.count("The rule a.") == 1
    assert text.count("rules.a  s.yaml:7") == 2
    assert "n11: 11\n    and 8 more" in text
    assert "n12" not in text


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (13, "13"), (0.5, "0.5"), (1234.6, "1,235"), (6e-05, "0.00006"), (-0.3, "-0.3"),
     (0.12345, "0.123"), (99.96, "100"), (math.inf, "without end"), (math.nan, "none")],
)  # fmt: skip
def test_numbers_are_written_for_people(value: float, written: str) -> None:
    assert said.number(value) == written


def test_the_json_holds_all_that_was_found() -> None:
    data = json.loads(written(BOTH, "json"))
    assert data == BOTH.to_dict()
    assert [part["way"] for part in data["parts"]] == ["as written", "from inside"]
    answers = {a["probe"]: a for part in data["parts"] for a in part["answers"]}
    assert answers["quiet"]["verdict"] == "not found"
    assert answers["quiet"]["looked"] == "3 rules"
    grave = answers["large"]["findings"][0]
    assert (grave["weight"], grave["lives"]) == ("grave", [3, 14])
    assert grave["steps"][0] == {
        "path": "rules.a",
        "says": "The rule a.",
        "file": "s.yaml",
        "line": 7,
        "column": 3,
    }
    assert [figure["value"] for figure in grave["figures"]] == [0.12345, None, None, 12345.0]
    assert data["probes"]["large"]["cannot"] == "The limits of large."


def test_a_notebook_shows_a_row_for_each_finding() -> None:
    card = BOTH._repr_html_()
    assert card.count("<tr>") == 1 + 4
    assert "2 findings" not in card
    assert "3 findings: 1 grave, 1 serious and 1 notable." in card
    assert "<script" not in HARM._repr_html_()


def test_an_audit_names_itself_in_a_line() -> None:
    assert repr(FIRST) == "Audit(one by ordinary: 2 of 3 probes found something)"


def test_every_format_is_the_same_for_the_same_audit() -> None:
    for form in FORMATS:
        assert written(BOTH, form) == written(BOTH, form)
        assert written(BOTH, form).endswith("\n")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "json"])
def test_nothing_invisible_of_a_stranger_reaches_a_reader(form: str) -> None:
    answers = tuple(replace(answer, about=about("harm")) for answer in HARM.answers)
    text = written(replace(HARM, answers=answers), form)
    assert "\\u202e" in text
    assert all(character.isprintable() or character in "\n" for character in text)
