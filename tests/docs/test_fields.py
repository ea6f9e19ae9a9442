"""docs/reference/files.md says every field, form of value and limit, as the code does."""

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Annotated, Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from tests.docs.pages import FILES_PAGE, spans, tables

from glasstown import conduct, nation, scheme, world
from glasstown.audit import yardstick
from glasstown.audit.yardstick import Yardstick
from glasstown.conduct import check as conduct_check
from glasstown.conduct.load import MOST_FILES
from glasstown.conduct.model import Conduct
from glasstown.expr.field import Formula
from glasstown.files import (
    BadValue,
    Best,
    Cap,
    Cited,
    FileName,
    HalfLife,
    Model,
    Months,
    Name,
    Number,
    Outcome,
    Percent,
    Period,
    Rate,
    compose,
    read,
    read_text,
    scalar,
)
from glasstown.files.exact import Phrase, Quantity
from glasstown.files.quantities import MOST_MONTHS
from glasstown.nation import findings
from glasstown.nation.model import Nation
from glasstown.scheme import check as scheme_check
from glasstown.scheme import check_lists, check_score
from glasstown.scheme.award import Award
from glasstown.scheme.model import Scheme
from glasstown.world import check as world_check
from glasstown.world.model import WorldFile

TEXT = FILES_PAGE.read_text(encoding="utf-8")
FIELDS = tables(FILES_PAGE, "fields")
VALUES = tables(FILES_PAGE, "values")
LIMITS = tables(FILES_PAGE, "limits")
EXPRESSIONS = import_module("glasstown.expr.parse")
ROOTS = (Scheme, Nation, Conduct, WorldFile, Yardstick)


def quantity(annotation: Any) -> Quantity:
    """How a kind of value is read and written."""
    if isinstance(annotation, type) and issubclass(annotation, Phrase):
        return annotation.quantity()
    return next(one for one in annotation.__metadata__ if isinstance(one, Quantity))


def known_by(annotation: Any) -> Any:
    """What a kind of value is recognised by in an annotation."""
    return annotation if isinstance(annotation, type) else quantity(annotation)


FORMS = {
    "name": Name,
    "file_name": FileName,
    "number": Number,
    "share": Percent,
    "points": Award,
    "span": Months,
    "half_life": HalfLife,
    "period": Period,
    "cap": Cap,
    "rate": Rate,
    "outcome": Outcome,
    "quota": Best,
}
"""The table of each kind of value, by the name in `<!-- values: NAME -->`."""

HEADINGS = {name: name.replace("_", " ") for name in FORMS} | {
    "span": "span of time",
    "half_life": "span of time",
}
ANCHORS = {known_by(kind): HEADINGS[name].replace(" ", "-") for name, kind in FORMS.items()}
"""Where links to a kind of value lead."""


def leaves(annotation: Any) -> Iterator[Any]:
    """The kinds of value that an annotation is made of."""
    if annotation is Formula or isinstance(annotation, Quantity):
        yield annotation
    elif get_origin(annotation) is Annotated:
        found = [one for one in annotation.__metadata__ if isinstance(one, Quantity)]
        yield from found or leaves(get_args(annotation)[0])
    elif get_origin(annotation) is Literal:
        yield annotation
    elif isinstance(annotation, type) and not get_args(annotation):
        if annotation is not type(None):
            yield annotation
    else:
        inner = [one for one in get_args(annotation) if one is not Ellipsis]
        if get_origin(annotation) is dict and inner[0] is str:
            inner = inner[1:]  # what the names are, the table says in its own words
        for one in inner:
            yield from leaves(one)


def kinds_of(model: type[BaseModel], field: str) -> list[Any]:
    """The kinds of value that a field takes."""
    info = model.model_fields[field]
    if any(isinstance(one, Quantity) for one in info.metadata):
        return [one for one in info.metadata if isinstance(one, Quantity)]
    if Formula.__metadata__[0] in info.metadata:
        return [Formula]
    return list(leaves(info.annotation))


def called(model: type[BaseModel]) -> str:
    """The name of a model's table. A yardstick's parts say that they are: it has occasions too."""
    own = model.__module__ == yardstick.model.__name__ and model is not Yardstick
    return f"Yardstick{model.__name__}" if own else model.__name__


def models() -> dict[str, type[BaseModel]]:
    """Every model that is a part of a file, by name."""
    found: dict[str, type[BaseModel]] = {"Cited": Cited}
    waiting: list[type[BaseModel]] = list(ROOTS)
    while waiting:
        model = waiting.pop()
        if called(model) in found:
            assert found[called(model)] is model
            continue
        found[called(model)] = model
        for field in model.model_fields:
            for kind in kinds_of(model, field):
                if isinstance(kind, type) and issubclass(kind, BaseModel):
                    waiting.append(kind)
    return found


MODELS = models()


def own_fields(model: type[BaseModel]) -> dict[str, str]:
    """A model's fields by the names they have in files, but for those that every part has."""
    skip = set() if model is Cited else set(Cited.model_fields) & set(model.model_fields)
    if not issubclass(model, Cited):
        skip = set()
    return {
        (info.alias or name): name for name, info in model.model_fields.items() if name not in skip
    }


def test_the_walk_finds_the_models() -> None:
    every = {
        called(part)
        for module in (scheme.model, nation.model, conduct.model, world.model, yardstick.model)
        for part in vars(module).values()
        if isinstance(part, type) and issubclass(part, Model) and part is not Model
    }
    assert every <= set(MODELS)


def test_every_model_has_a_table() -> None:
    assert set(FIELDS) == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_every_field_is_told(name: str) -> None:
    told = [spans(row[0])[0] for row in FIELDS[name]]
    assert told == list(own_fields(MODELS[name])), "the fields, in the order of the model"


@pytest.mark.parametrize("name", MODELS)
def test_every_default_is_told(name: str) -> None:
    model = MODELS[name]
    rows = {spans(row[0])[0]: row for row in FIELDS[name]}
    blank = model.model_construct()
    dumped = blank.model_dump(mode="json", by_alias=True, warnings=False)
    for alias, field in own_fields(model).items():
        default = rows[alias][2]
        info = model.model_fields[field]
        value = dumped.get(alias)
        if info.is_required():
            assert default == "required", f"{name}.{alias} is {default}"
        elif value in (None, "", [], {}, ()) or isinstance(value, dict):
            assert default == ("as below" if isinstance(value, dict) and value else "none"), (
                f"{name}.{alias} is {default}"
            )
        else:
            said = ("yes" if value else "no") if isinstance(value, bool) else value
            assert default == f"`{said}`", f"{name}.{alias} is {default}, not `{said}`"


@pytest.mark.parametrize("name", MODELS)
def test_every_kind_of_value_is_told(name: str) -> None:
    model = MODELS[name]
    rows = {spans(row[0])[0]: row for row in FIELDS[name]}
    for alias, field in own_fields(model).items():
        cell = rows[alias][1]
        for kind in kinds_of(model, field):
            for wanted in words_of(kind):
                assert wanted in cell, f"{name}.{alias} takes {wanted}, and the table says {cell}"


def words_of(kind: Any) -> list[str]:
    """What a table says of a kind of value."""
    if kind is Formula:
        return ["[formula](#formula)"]
    if kind in ANCHORS:
        return [f"(#{ANCHORS[kind]})"]
    if get_origin(kind) is Literal:
        return [f"`{one}`" for one in get_args(kind)]
    if kind is bool:
        return ["yes or no"]
    if kind is int:
        return ["whole number"]
    if kind is str:
        return ["text"]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return ["](#"]
    return []


@pytest.mark.parametrize("name", MODELS)
def test_who_can_cite_is_told(name: str) -> None:
    before = TEXT.partition(f"<!-- fields: {name} -->")[0].rpartition("\n#")[2]
    says = "[cites](#citing)" in before
    assert says == (issubclass(MODELS[name], Cited) and name != "Cited")


# --- values ---------------------------------------------------------------------------------


def test_every_kind_of_value_has_a_table() -> None:
    used = {
        kind
        for model in MODELS.values()
        for field in model.model_fields
        for kind in kinds_of(model, field)
        if isinstance(kind, Quantity) or (isinstance(kind, type) and issubclass(kind, Phrase))
    }
    assert used <= set(ANCHORS), "a form of value that tests/docs/test_fields.py does not know"
    assert set(VALUES) == set(FORMS)
    for heading in HEADINGS.values():
        assert f"\n### {heading.capitalize()}\n" in TEXT, heading


def value_of(written: str) -> Any:
    """What a file makes of a value, as it would be written after `name: `."""
    return read_text(f"value: {written}", "a table").data["value"]


@pytest.mark.parametrize("name", FORMS)
def test_what_can_be_written_is_read(name: str) -> None:
    form = quantity(FORMS[name])
    for row in VALUES[name]:
        for written in spans(row[0]):
            if row[1] == "refused":
                with pytest.raises(BadValue):
                    form.parse(value_of(written))
                continue
            value = form.parse(value_of(written))
            said = form.write(value)
            kept = str(said) if not isinstance(said, list) else f"[{', '.join(said)}]"
            assert row[1] == f"`{kept}`", f"{written} is kept as {kept}"


@pytest.mark.parametrize("name", FORMS)
def test_every_form_is_told(name: str) -> None:
    form = quantity(FORMS[name])
    told = [form.parse(value_of(w)) for r in VALUES[name] if r[1] != "refused" for w in spans(r[0])]
    for example in form.schema["examples"]:
        assert form.parse(example) in told, f"{example} is a form of {name}"
    assert any(row[1] == "refused" for row in VALUES[name])


# --- limits ---------------------------------------------------------------------------------


def test_every_limit_is_told() -> None:
    limits = {
        "bytes": read.MOST_BYTES,
        "nodes": compose.MOST_NODES,
        "deep": compose.DEEPEST,
        "characters": scalar.MOST_CHARACTERS,
        "digits": scalar.MOST_DIGITS,
        "months": MOST_MONTHS,
        "formula": EXPRESSIONS.CHARACTERS,
        "formula_parts": EXPRESSIONS.NODES,
        "formula_deep": EXPRESSIONS.DEPTH,
        **scheme_check.MOST,
        "steps": check_score.MOST_STEPS,
        "steps_to_a_point": check_score.MOST_STEPS_TO_A_POINT,
        "delay": check_lists.LONGEST_DELAY,
        "needs_means": check_lists.MOST_MEANS,
        "traits": findings.MOST_TRAITS,
        "choices": findings.MOST_CHOICES,
        "numbers": findings.MOST_NUMBERS,
        "number": findings.LARGEST_NUMBER,
        "cells": findings.MOST_CELLS,
        "joints": findings.MOST_JOINTS,
        "interactions": findings.MOST_INTERACTIONS,
        "margins": findings.MOST_MARGINS,
        "odds": findings.LARGEST_ODDS,
        **conduct_check.MOST,
        "log_odds": conduct_check.MOST_LOG_ODDS,
        "worth": conduct_check.MOST_WORTH,
        "steepest": conduct_check.STEEPEST_NORM,
        "files": MOST_FILES,
        "schemes": world_check.MOST_SCHEMES,
        "groups": world_check.MOST_CELLS,
    }
    told = " ".join(f"{row[0]} {row[1]}" for rows in LIMITS.values() for row in rows)
    numbers = {number.replace(",", "") for number in re.findall(r"\d[\d,]*", told)}
    missing = {name: limit for name, limit in limits.items() if str(limit) not in numbers}
    assert missing == {}
