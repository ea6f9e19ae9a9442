"""A document that does not fit its model: every problem, at its line, in words of the file."""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal

import jsonschema
import pytest
import yaml
from pydantic import Field, model_validator

from glasstown.errors import FileProblems, Problem
from glasstown.files import (
    BadValue,
    Cap,
    FileName,
    Model,
    Months,
    Name,
    Outcome,
    Percent,
    Points,
    PointsRange,
    json_schema,
    load,
    read_text,
)


class ByGroup(Model):
    """A share that differs by group."""

    by: Name
    rates: dict[str, Percent]
    otherwise: Percent = Field(alias="else")


class Rule(Model):
    """A rule."""

    when: Name
    points: Points
    at_most: Cap | None = None
    only_if: str = Field(default="", alias="if")
    detects: Percent | ByGroup | None = None
    kind: Literal["once", "always"] = "always"
    active: bool = True
    order: Annotated[int, Field(ge=1, le=10)] = 1
    weights: tuple[int, ...] = ()
    share: float = 0.0
    level: Decimal = Decimal(0)

    @model_validator(mode="after")
    def _check(self) -> "Rule":  # noqa: N804
        if self.points == 13:
            raise BadValue("13 is unlucky", remedy="take 12", at=("points",))
        if self.points == 14:
            raise BadValue("rule 14 is odd")
        if self.points == 15:
            raise ValueError("in bare words")
        return self


class Circle(Model):
    shape: Literal["circle"]
    radius: Points


class Square(Model):
    shape: Literal["square"]
    side: Points
    circle: Points = Field(default=0)


class Scheme(Model):
    """A scheme."""

    scheme: FileName
    rules: dict[Name, Rule] = {}
    outcome: Outcome = Outcome("refuse")
    ranges: list[PointsRange] = []
    shapes: list[Annotated[Circle | Square, Field(discriminator="shape")]] = []
    numbers: dict[int, Percent] = {}
    source: str | tuple[str, ...] = ()
    few: Annotated[list[str], Field(min_length=1, max_length=2)] = ["a"]
    word: Annotated[str, Field(max_length=5)] = ""
    delay: Months | Literal["never"] = 0
    pair: tuple[Points, Points] = (0, 1)
    parent: "Scheme | None" = None


def problems_of(text: str, model: type[Model] = Scheme) -> list[Problem]:
    with pytest.raises(FileProblems) as caught:
        load(model, read_text(text, "x.yaml"))
    return list(caught.value.problems)


def only(text: str, model: type[Model] = Scheme) -> Problem:
    problems = problems_of(text, model)
    assert len(problems) == 1, [problem.text() for problem in problems]
    return problems[0]


GOOD = """\
scheme: unictown-2019
rules:
  cheating:
    when: cheat_exam
    points: -40
    at_most: 36 a year
    if: student
    detects: {by: sex, rates: {a: 5%}, else: 1%}
    share: 0.5
    level: 0.1
  paper: {when: publish, points: +12, detects: 95%, active: no, weights: [1, 2]}
numbers: {18: 10%, 19: 90%}
"""


def test_a_document_becomes_a_model_and_comes_back() -> None:
    scheme = load(Scheme, read_text(GOOD, "x.yaml"))
    assert scheme.rules["paper"].active is False
    assert scheme.rules["paper"].weights == (1, 2)
    assert scheme.rules["cheating"].only_if == "student"
    assert scheme.numbers[18] * 10 == 1
    dumped = yaml.safe_dump(scheme.model_dump(mode="json"))
    assert load(Scheme, read_text(dumped, "y.yaml")) == scheme


def test_a_missing_name() -> None:
    problem = only("scheme: x\nrules:\n  cheating:\n    when: y\n")
    assert problem.text() == (
        "x.yaml:3: `rules.cheating` has no `points`\n    do: add a line such as `points: +12`"
    )
    assert only("rules: {}").what == "the file has no `scheme`"


def test_an_unknown_name_and_the_nearest() -> None:
    problem = only("scheme: x\nrules:\n  cheating:\n    when: y\n    ponits: 1\n")
    assert (problem.where.line, problem.what, problem.nearest) == (
        5,
        "unknown name `ponits` in `rules.cheating`",
        "points",
    )
    assert problem.why.startswith("known here are when, points, at_most, if, detects")
    assert only("scheme: x\nrulse: {}").nearest == "rules"
    assert only("scheme: x\nzzz: {}").nearest == ""


def test_the_names_are_those_of_the_model_that_is_there() -> None:
    text = "scheme: x\nrules: {a: {when: y, points: 1, detects: {by: s, rates: {}, esle: 0}}}"
    problem = only(text)
    assert problem.what == "unknown name `esle` in `rules.a.detects`"
    assert problem.nearest == "else"
    assert only("scheme: x\nparent: {scheme: y, rulse: {}}").nearest == "rules"


RULE = "scheme: x\nrules:\n  a:\n    when: b\n    points: 1\n    "


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        (RULE + "active: 1", 6, "`rules.a.active`: `1` is not yes or no", "write yes or no"),
        (RULE + "active: on", 6, "`rules.a.active`: `on` is not yes or no", "write yes or no"),
        (RULE + "order: yes", 6, "`rules.a.order`: `yes` is not a whole number", "write a num"),
        (RULE + "order: 1.5", 6, "`rules.a.order`: `1.5` is not a whole number", "write a num"),
        (RULE + "order: '1'", 6, "`rules.a.order`: `1` is not a whole number", "write a num"),
        (RULE + "order: 0", 6, "`rules.a.order`: `0` is not at least 1", "write a number of at"),
        (RULE + "order: 11", 6, "`rules.a.order`: `11` is not at most 10", "write a number of at"),
        (RULE + "if: 12", 6, "`rules.a.if`: `12` is not text", "put it in quotes"),
        (RULE + "if: [a]", 6, "`rules.a.if`: a list of 1 is not text", "put it in quotes"),
        (RULE + "share: x", 6, "`rules.a.share`: `x` is not a number", "write a number"),
        (RULE + "level: x", 6, "`rules.a.level`: `x` is not a number", "write a number"),
        (RULE + "weights: 3", 6, "`rules.a.weights`: `3` is not a list", "write [first, second]"),
        (
            RULE + "weights:\n    - 3\n    - x",
            8,
            "`rules.a.weights[2]`: `x` is not a whole number",
            "write a num",
        ),
        (
            RULE + "at_most:\n      36",
            7,
            "`rules.a.at_most`: `36` does not say in what",
            "write how",
        ),
        (RULE + "detects: 140%", 6, "`rules.a.detects`: `140%` is more than 100%", "write a per"),
        (RULE + "detects: [a]", 6, "`rules.a.detects`: a list of 1 is not", "write"),
        (RULE + "kind: {}", 6, "`rules.a.kind`: a mapping is not one of the words", "write one of"),
        ("scheme: x\nrules: 3", 2, "`rules`: `3` is not a mapping", "write `name: value`"),
        ("scheme: x\nrules: [a]", 2, "`rules`: a list of 1 is not a mapping", "write `name:"),
        ("scheme: x\nrules: {a: b}", 2, "`rules.a`: `b` is not a mapping", "write `name:"),
        ("scheme:", 1, "`scheme` is left empty", "rename it"),
        ("scheme: x\nrules:", 2, "`rules` is left empty", "write `name: value`"),
        ("scheme: x\nranges:\n- 1\n- [3, 1]", 4, "`ranges[2]`: the range begins at 3", "write the"),
        (
            "scheme: x\nshapes: [{radius: 3}]",
            2,
            "`shapes[1]`: this does not say its `shape`",
            "add",
        ),
        ("scheme: x\nnumbers: {x: 1%}", 2, "`x` is not a whole number", "write a number"),
        ("scheme: x\nfew: []", 2, "`few`: this holds too few: 0", ""),
        ("scheme: x\nfew: [a, b, c]", 2, "`few`: this holds too many: 3", ""),
        ("scheme: x\nword: abcdef", 2, "`word`: `abcdef` is too long", ""),
        ("scheme: x\nsource: 3", 2, "`source`: `3` is not text", "put it in quotes"),
        ("scheme: x\nsource: [a, 3]", 2, "`source[2]`: `3` is not text", "put it in quotes"),
        ("scheme: x\ndelay: soon", 2, "`delay`: `soon` is not a span of time", "write a span"),
        ("scheme: x\npair: [1, x]", 2, "`pair[2]`: `x` is not a number of points", "write points"),
    ],
)
def test_what_does_not_fit(text: str, line: int, what: str, remedy: str) -> None:
    problem = only(text)
    assert problem.where.line == line
    assert problem.what.startswith(what)
    assert problem.remedy.startswith(remedy)


def test_a_word_that_is_not_known() -> None:
    problem = only(RULE + "kind: onse")
    assert problem.what == "`rules.a.kind`: `onse` is not one of the words known here"
    assert problem.nearest == "once"
    assert problem.remedy == "write one of `once`, `always`"


def test_a_name_that_is_no_name_is_told_at_its_own_line() -> None:
    problem = only("scheme: x\nrules:\n\n  Bad-Name:\n    when: y\n    points: 1\n")
    assert problem.where.line == 4
    assert problem.what == "`Bad-Name` is not a name"
    assert problem.nearest == "bad_name"


def test_of_a_union_the_likelier_member_is_spoken_of() -> None:
    text = RULE + "detects: {by: sex, rates: {a: 5, b: 1%}, else: 200%}"
    first, second = problems_of(text)
    assert first.what == "`rules.a.detects.rates.a`: `5` is more than 1, which is 100%"
    assert first.nearest == "5%"
    assert second.what == "`rules.a.detects.else`: `200%` is more than 100%"


def test_a_tagged_union_whose_tag_is_also_a_name() -> None:
    problem = only("scheme: x\nshapes:\n- shape: square\n  circle: x\n  side: 2")
    assert problem.what == "`shapes[1].circle`: `x` is not a number of points"
    assert problem.where.line == 4
    assert only("scheme: x\nshapes: [{shape: square}]").what == "`shapes[1]` has no `side`"
    wrong = only("scheme: x\nshapes: [{shape: squire}]")
    assert wrong.what == "`shapes[1].shape`: `squire` is not one of the words known here"
    assert wrong.nearest == "square"


def test_validators_point_at_a_field() -> None:
    text = RULE.replace("points: 1", "points: 13")
    problem = only(text)
    assert problem.text() == "x.yaml:5: `rules.a.points`: 13 is unlucky\n    do: take 12"
    problem = only(text.replace("13", "14"))
    assert (problem.where.line, problem.what) == (3, "`rules.a`: rule 14 is odd")
    assert only(text.replace("13", "15")).what == "`rules.a`: in bare words"


def test_errors_that_speak_alike_are_understood() -> None:
    class Alike(ValueError):
        what, why, remedy, nearest = "odd", "because", "mend it", "even"

    class Thing(Model):
        a: int = 0

        @model_validator(mode="after")
        def _check(self) -> "Thing":  # noqa: N804
            raise Alike

    problem = only("a: 1", Thing)
    assert (problem.what, problem.why, problem.remedy, problem.nearest) == (
        "odd",
        "because",
        "mend it",
        "even",
    )


def test_everything_is_told_at_once_in_order() -> None:
    text = (
        "schem: x\n"
        "rules:\n"
        "  Bad-Name: {when: y, points: 1}\n"
        "  b: {when: score, points: many, at_most: 36, extra: 1}\n"
        "outcome: refuze\n"
    )
    lines = [problem.where.line for problem in problems_of(text)]
    assert lines == [1, 3, 4, 4, 4, 4, 5]


def test_twenty_thousand_errors_take_little_time() -> None:
    text = "scheme: x\nrules:\n" + "".join(f"  r{n}: {{ponits: x, a: y}}\n" for n in range(3300))
    start = time.perf_counter()
    problems = problems_of(text)
    assert time.perf_counter() - start < 8
    assert len(problems) < 300
    assert problems[0].what.endswith("more things do not fit")
    assert problems[0].where.line is None


def test_python_users_build_the_same() -> None:
    rule = Rule(when="b", points="+12", **{"if": "student"})
    assert rule == Rule(when="b", points=12, only_if="student")
    assert rule != Rule(when="b", points=12)
    with pytest.raises(ValueError, match="frozen"):
        rule.points = 13


# --- what editors are told --------------------------------------------------------------------


def schema_errors(data: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(json_schema(Scheme))
    return [error.message for error in validator.iter_errors(data)]


def test_the_schema_is_sound() -> None:
    schema = json_schema(Scheme)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "$id" not in schema
    assert json_schema(Rule)["title"] == "Rule"
    assert "if" in json_schema(Rule)["properties"]
    assert "only_if" not in json_schema(Rule)["properties"]


@pytest.mark.parametrize(
    "change", [lambda data: data, lambda data: data | {"rules": {"b": _rule(active="no", order=1)}}]
)
def test_the_schema_allows_what_we_allow(change: Callable[[Any], Any]) -> None:
    assert schema_errors(change(yaml.safe_load(GOOD) | {"numbers": {"18": "1%"}})) == []


def _rule(**more: object) -> dict[str, object]:
    return {"when": "y", "points": 1, **more}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"scheme": "X"},
        {"scheme": "x", "rulse": {}},
        {"scheme": "x", "rules": {"Bad-Name": _rule()}},
        {"scheme": "x", "rules": {"a": _rule(ponits=1)}},
        {"scheme": "x", "rules": {"a": _rule(order=0)}},
        {"scheme": "x", "rules": {"a": _rule(active=3)}},
    ],
)
def test_the_schema_refuses_what_we_refuse(data: object) -> None:
    assert schema_errors(data)
