"""Mistaken and hostile schemes: everything told at once, at its line, with what to do."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasstown.conduct.load import merged
from glasstown.errors import FileProblems
from glasstown.files import json_schema, load, read_text, read_yaml
from glasstown.scheme import (
    STARTER,
    Scheme,
    explain,
    formula_problems,
    load_scheme,
    names,
    problems,
)
from glasstown.scheme.check import MOST
from tests.scheme.cases import REWRITE, Case, read_cases, rewrite
from tests.scheme.hostile import mangled

STARTED = read_yaml(STARTER)
FAULTS = Path(__file__).with_name("faults.txt")
BASE = """
scheme: x
score: {range: [350, 800], start: 550}
sensors: {records: {}, camera: {}}
rules: {paper: {when: publish_paper, seen_by: records, points: +5}}
tiers: {low: 350, good: 600}
registers: {bad: {enter: months(debt) >= 3}}
consequences: {fly: {occasion: buy_ticket, for: on(bad), outcome: refuse}}
"""


def report(written: str) -> str:
    """What is said of a scheme laid over the base; lines are those of what was laid over."""
    document = merged(read_text(BASE, "base.yaml"), read_text(written, "x.yaml"))
    try:
        return str(FileProblems(problems(load(Scheme, document), document)))
    except FileProblems as error:
        return str(error)


if REWRITE:
    rewrite(FAULTS, report)


@pytest.mark.parametrize("case", read_cases(FAULTS), ids=lambda case: case.name)
def test_what_is_said(case: Case) -> None:
    assert report(case.written) == case.report


@pytest.mark.parametrize("section", MOST)
def test_too_many(section: str) -> None:
    entries: dict[str, Any] = {
        "sensors": {},
        "rules": {"each": "month", "points": 1},
        "registers": {"enter": "debt"},
        "consequences": {"for": "debt", "outcome": "expose"},
    }
    scheme = {"scheme": "x", "score": {"range": [0, 100], "start": 0}}
    many = {f"x{n}": entries.get(section, n) for n in range(MOST[section] + 1)}
    (found,) = problems(Scheme.model_validate({**scheme, section: many}))
    assert found.what == (
        f"the scheme has {MOST[section] + 1} {section}, and may have {MOST[section]}"
    )
    assert found.why == "every citizen carries the state of each of them, every month"
    assert found.remedy.startswith("join those that are alike, or make a second scheme")


def test_without_a_file_the_report_still_names_the_part() -> None:
    scheme = Scheme.model_validate({"scheme": "x", "rules": {"a": {"points": 1}}})
    texts = [problem.text() for problem in problems(scheme)]
    assert texts[0].startswith("the scheme has rules, and no score for them")
    assert texts[1].startswith("nothing says when the rule `a` applies")


def test_a_scheme_said_as_data_and_read_again_is_as_much_in_order() -> None:
    scheme = load(Scheme, read_yaml(STARTER))
    plain = scheme.model_dump(mode="json", exclude_defaults=True)
    again = Scheme.model_validate(plain)
    assert again == scheme
    assert problems(again) == []


def test_for_everybody_survives_being_said_as_data() -> None:
    consequence = {"occasion": "fly", "for": "yes", "outcome": "require visa"}
    scheme = Scheme.model_validate({"scheme": "x", "consequences": {"a": consequence}})
    assert problems(scheme) == []
    again = Scheme.model_validate(scheme.model_dump(mode="json", exclude_defaults=True))
    assert problems(again) == []


def test_the_schema_holds_for_what_loads() -> None:
    schema = json_schema(Scheme)
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in names():
        scheme = load_scheme(name)
        jsonschema.validate(scheme.model_dump(mode="json", exclude_defaults=True), schema)


def test_in_a_world_every_name_has_to_mean_something() -> None:
    scheme = load_scheme("defaulters-2018")
    known = {"traits": {}, "conditions": ("unpaid_debt",), "actions": ("pay_debt",)}
    assert formula_problems(scheme, **known) == []
    (found,) = formula_problems(scheme, **{**known, "conditions": ("unpaid_dept",)})
    assert (
        found.what == "`registers.defaulters.enter`: `unpaid_debt` is not the name of a condition"
    )
    assert found.nearest == "unpaid_dept"
    (found,) = formula_problems(scheme, **{**known, "actions": ("pay_debts",)})
    assert found.what.endswith("`pay_debt` is not the name of a action")


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_hostile_values_are_told_and_never_escape(data: st.DataObject) -> None:
    document = mangled(STARTED, data.draw)
    try:
        found = problems(load(Scheme, document), document)
    except FileProblems as error:
        found = list(error.problems)
    for problem in found:
        assert problem.what
        assert all(line.isprintable() for line in problem.text().splitlines())


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_whatever_is_in_order_can_be_explained(data: st.DataObject) -> None:
    document = mangled(STARTED, data.draw)
    try:
        scheme = load(Scheme, document)
    except FileProblems:
        return
    if not problems(scheme):
        assert explain(scheme)
