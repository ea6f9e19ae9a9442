"""Where every part of a world comes from: a source, or an assumption with its range to sweep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, final

from pydantic import BaseModel

from glasstown.files import Cited, Source, path_text
from glasstown.files.exact import decimal_text
from glasstown.report import words
from glasstown.world import World

_OWN = frozenset(Cited.model_fields)
_LONGEST = 280


class Basis(StrEnum):
    """What a part rests on."""

    SOURCE = "a source alone"
    BOTH = "a source with an assumption"
    ASSUMPTION = "an assumption alone"
    WITHIN = "what the part it lies in rests on"
    NOTHING = "neither"


@final
@dataclass(frozen=True)
class Origin:
    """A part of a file: where it stands, what it says, and what that rests on."""

    path: str
    says: str
    basis: Basis
    sources: tuple[Source, ...]
    assumption: str
    sweep: str
    note: str


@final
@dataclass(frozen=True)
class File:
    """A scheme, nation or conduct with the origins of its parts."""

    kind: str
    name: str
    title: str
    about: str
    origins: tuple[Origin, ...]
    sources: tuple[Source, ...]

    def counts(self) -> dict[Basis, int]:
        """How many parts rest on what."""
        return _counts(self.origins)


def files(world: World) -> tuple[File, ...]:
    """The files of a world, schemes first."""
    made = [_file("scheme", scheme.scheme, scheme) for scheme in world.schemes]
    made.append(_file("nation", world.nation.nation, world.nation))
    made.append(_file("conduct", world.conduct.conduct, world.conduct))
    return tuple(made)


def counted(several: tuple[File, ...]) -> dict[Basis, int]:
    """How many parts of several files rest on what."""
    return _counts(tuple(origin for file in several for origin in file.origins))


def said(counts: Mapping[Basis, int]) -> str:
    """Such counts in a sentence."""
    total = sum(counts.values())
    if not total:
        return "No part of it could cite a source."
    kinds = [
        f"{number:,} ({words.percent(number / total)}) on {basis}"
        for basis, number in counts.items()
        if number
    ]
    return f"Of {'1 part' if total == 1 else f'{total:,} parts'}, {words.listed(kinds)}."


def parts(model: BaseModel, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Cited]]:
    """Every part of a model that can cite, with its path, the outermost first."""
    if isinstance(model, Cited):
        yield path, model
    for name, field in type(model).model_fields.items():
        if name in model.model_fields_set:
            yield from _inside(getattr(model, name), (*path, field.alias or name))


def _inside(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Cited]]:
    if isinstance(value, BaseModel):
        yield from parts(value, path)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _inside(inner, (*path, str(key)))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _inside(inner, (*path, place))


def _file(kind: str, name: str, model: Any) -> File:
    covered: list[tuple[str | int, ...]] = []
    origins = []
    for path, part in parts(model):
        within = any(path[: len(outer)] == outer for outer in covered)
        if part.source or part.assumption:
            covered.append(path)
        origins.append(_origin(path, part, model.sources, within))
    shown = tuple(o for o in origins if o.says or o.basis not in (Basis.NOTHING, Basis.WITHIN))
    return File(
        kind,
        name,
        words.tidy(model.title),
        words.tidy(model.about),
        shown,
        tuple(model.sources.values()),
    )


def _origin(path: Any, part: Cited, known: Mapping[str, Source], within: bool) -> Origin:
    if part.source:
        basis = Basis.BOTH if part.assumption else Basis.SOURCE
    elif part.assumption:
        basis = Basis.ASSUMPTION
    else:
        basis = Basis.WITHIN if within else Basis.NOTHING
    cited = (part.source,) if isinstance(part.source, str) else part.source
    ranges = (
        f"{field} {decimal_text(low)} to {decimal_text(high)}"
        for field, (low, high) in part.sweep.items()
    )
    return Origin(
        words.tidy(path_text(path)),
        _says(part),
        basis,
        tuple(known[name] for name in cited if name in known),
        words.tidy(part.assumption),
        "; ".join(ranges),
        words.tidy(part.note),
    )


def _says(part: Cited) -> str:
    """What a part itself sets, as its file would put it."""
    data = part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    own = {}
    for name, field in type(part).model_fields.items():
        key = field.alias or name
        if name not in _OWN and key in data and not _cites(getattr(part, name)):
            own[key] = data[key]
    return words.short(words.tidy(_text(own)), _LONGEST)


def _cites(value: object) -> bool:
    """Whether a value is, or holds, parts that cite for themselves."""
    if isinstance(value, Mapping):
        return any(isinstance(inner, Cited) for inner in value.values())
    if isinstance(value, tuple):
        return any(isinstance(inner, Cited) for inner in value)
    return isinstance(value, Cited)


def _text(value: Any) -> str:
    match value:
        case dict():
            return "; ".join(f"{key}: {_inner(inner)}" for key, inner in value.items())
        case _:
            return _inner(value)


def _inner(value: Any) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_inner(inner)}" for key, inner in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_inner(inner) for inner in value) + "]"
        case bool():
            return "yes" if value else "no"
    return str(value)


def _counts(origins: tuple[Origin, ...]) -> dict[Basis, int]:
    found = Counter(origin.basis for origin in origins)
    return {basis: found[basis] for basis in Basis}
