"""Pydantic's errors to problems: where in the file, in plain words, each once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from glasstown.errors import Problem, nearest, shown
from glasstown.files.document import Document, Path, path_text
from glasstown.files.locate import KEY, Spot, locate, names_in
from glasstown.files.wanted import CONTAINERS, example_for, holds_more, wanted

MOST_EXPLAINED = 200
"""How many errors are explained; a file with more is not what its writer thinks it is."""

_ABSENT = "missing"
_UNKNOWN = "extra_forbidden"


@dataclass(frozen=True)
class _Found:
    """One error of pydantic's, and the spot it is about."""

    kind: str
    spot: Spot
    value: object
    context: Mapping[str, Any]
    message: str
    of_key: bool

    @property
    def is_structural(self) -> bool:
        return self.kind in (_ABSENT, _UNKNOWN)


def explain(
    error: ValidationError, model_class: type[BaseModel], document: Document
) -> list[Problem]:
    """Turn all errors of a validation into problems.

    model_class: what was validated; document: its data. Of a union's members only the one that
    comes closest is spoken of; an unknown name close to a missing one is told once.
    """
    found = []
    errors = error.errors(include_url=False)
    for detail in errors[:MOST_EXPLAINED]:
        loc = detail["loc"]
        found.append(
            _Found(
                detail["type"],
                locate(model_class, loc, document),
                detail["input"],
                detail.get("ctx", {}),
                detail["msg"],
                bool(loc) and loc[-1] == KEY,
            )
        )
    problems = _say_all(_choose(found, 0), document)
    if len(errors) > MOST_EXPLAINED:
        more = f"{len(errors) - MOST_EXPLAINED} more things do not fit"
        problems.append(document.problem(what=more, remedy="mend these first"))
    return problems


def _choose(found: list[_Found], level: int) -> list[_Found]:
    """Keep, of each union, the errors of the member that was most likely meant."""
    kept: list[_Found] = []
    unions: dict[Path, dict[str, list[_Found]]] = {}
    for one in found:
        if len(one.spot.branches) <= level:
            kept.append(one)
        else:
            path, tag = one.spot.branches[level]
            unions.setdefault(path, {}).setdefault(tag, []).append(one)
    for path, members in unions.items():
        arms = list(members.values())
        deep = [arm for arm in arms if any(_is_inside(one, path) for one in arm)]
        if deep:
            kept += _choose(min(deep, key=_distance), level + 1)
            continue
        flat = [one for arm in arms for one in _choose(arm, level + 1)]
        alike = [one for one in flat if (one.kind in CONTAINERS) == _is_container(one.value)]
        kept += _one_per_text(alike or flat)
    return kept


def _is_inside(one: _Found, path: Path) -> bool:
    return one.is_structural or len(one.spot.path) > len(path)


def _distance(arm: list[_Found]) -> tuple[int, int]:
    return sum(one.is_structural for one in arm), len(arm)


def _is_container(value: object) -> bool:
    return isinstance(value, dict | list)


def _one_per_text(found: list[_Found]) -> list[_Found]:
    """Keep one error of several members of a union: the first that says most."""
    by_validator = [one for one in found if "error" in one.context]
    return (by_validator or found)[:1]


def _say_all(found: list[_Found], document: Document) -> list[Problem]:
    problems: list[Problem] = []
    hinted: set[tuple[Path, str]] = set()
    for one in found:
        if one.kind == _UNKNOWN:
            problem = _unknown(one, document)
            hinted.add((one.spot.path[:-1], problem.nearest))
            problems.append(problem)
    for one in found:
        if one.kind == _ABSENT and (one.spot.path, one.spot.missing) not in hinted:
            problems.append(_absent(one.spot, document))
        elif not one.is_structural:
            problems.append(_unfit(one, document))
    return problems


def _unknown(one: _Found, document: Document) -> Problem:
    *above, name = one.spot.path
    allowed = names_in(one.spot.model) if one.spot.model else []
    close = nearest(str(name), allowed)
    within = f" in `{path_text(above)}`" if above else ""
    return document.problem(
        *one.spot.path,
        what=f"unknown name {shown(name)}{within}",
        why=f"known here are {', '.join(allowed)}" if allowed else "",
        remedy="correct it, or delete the line",
        nearest=close,
    )


def _absent(spot: Spot, document: Document) -> Problem:
    whole = f"`{path_text(spot.path)}`" if spot.path else "the file"
    if holds_more(spot.field):
        remedy = f"add `{spot.missing}:` with what belongs to it"
    else:
        example = example_for(spot.field)
        line = f"`{spot.missing}: {example or '...'}`"
        remedy = f"add {'a line such as ' if example else ''}{line}"
    what = f"{whole} has no `{spot.missing}`"
    return document.problem(*spot.path, what=what, remedy=remedy)


def _unfit(one: _Found, document: Document) -> Problem:
    bad = wanted(one.kind, one.value, one.context, one.message)
    path = (*one.spot.path, *bad.at)
    if one.of_key or not path:
        what = bad.what
    elif one.value is None:
        what = f"`{path_text(path)}` is left empty"
    else:
        what = f"`{path_text(path)}`: {bad.what}"
    return document.problem(
        *path,
        what=what,
        why=bad.why,
        remedy=bad.remedy,
        nearest=bad.nearest,
        at_value=not one.of_key and one.value is not None and not _is_container(one.value),
    )
