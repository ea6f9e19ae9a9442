"""Mistaken and hostile conducts: everything told at once, at its line, with what to do."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.conduct import STARTER, Conduct, problems
from glasstown.conduct.check import MOST
from glasstown.conduct.load import merged
from glasstown.errors import FileProblems
from glasstown.files import load, read_text, read_yaml
from tests.scheme.cases import REWRITE, Case, read_cases, rewrite
from tests.scheme.hostile import mangled

STARTED = read_yaml(STARTER)
FAULTS = Path(__file__).with_name("faults.txt")
BASE = """
conduct: x
actions: {read: {rate: 10%}, write: {rate: 10%}, borrow: {rate: 1%}, pay_back: {rate: 9%}}
occasions: {fly: {rate: 5%}}
conditions: {debt: {begins: borrow, ends: pay_back}}
"""


def report(written: str) -> str:
    """What is said of a conduct laid over the base; lines are those of what was laid over."""
    document = merged(read_text(BASE, "base.yaml"), read_text(written, "x.yaml"))
    try:
        return str(FileProblems(problems(load(Conduct, document), document)))
    except FileProblems as error:
        return str(error)


if REWRITE:
    rewrite(FAULTS, report)


@pytest.mark.parametrize("case", read_cases(FAULTS), ids=lambda case: case.name)
def test_what_is_said(case: Case) -> None:
    assert report(case.written) == case.report


@pytest.mark.parametrize("section", MOST)
def test_too_many(section: str) -> None:
    actions = {f"a{n}": {"rate": "1%"} for n in range(2)}
    entry = {"conditions": {"begins": "a0", "ends": "a1"}}.get(section, {"rate": "1%"})
    many = {f"x{n}": entry for n in range(MOST[section] + 1)}
    conduct = Conduct.model_validate({"conduct": "x", "actions": actions, section: many})
    (found,) = problems(conduct)
    assert found.what == (
        f"the conduct has {MOST[section] + 1} {section}, and may have {MOST[section]}"
    )
    assert found.why == "every citizen decides on each of them, every month"
    assert found.remedy == "join those that are alike"


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_hostile_values_are_told_and_never_escape(data: st.DataObject) -> None:
    document = mangled(STARTED, data.draw)
    try:
        found = problems(load(Conduct, document), document)
    except FileProblems as error:
        found = list(error.problems)
    for problem in found:
        assert problem.what
        assert all(line.isprintable() for line in problem.text().splitlines())
