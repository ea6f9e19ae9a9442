"""Every parameter of a world's files: value, unit, what it rests on, and the range to sweep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, final

from pydantic import BaseModel

from glasstown.files import Cited
from glasstown.files.exact import decimal_text, percent_text
from glasstown.nation.model import Trait
from glasstown.report import words
from glasstown.report.protocol.bases import Bases, models
from glasstown.report.protocol.units import AROUND, FORMULA, MONTHLY, UNITS
from glasstown.scheme.model import Scheme
from glasstown.world import World

Path = tuple[str, ...]


@final
@dataclass(frozen=True)
class Parameter:
    """A number, formula or choice that a file sets.

    path: as `--set` takes it, the file's name first; basis: the numbers of what it rests on.
    """

    path: str
    value: str
    unit: str
    basis: str
    sweep: str = ""


@final
@dataclass(frozen=True)
class _Leaf:
    """A value as a file would write it, with the parts that it lies in, the outermost first."""

    path: Path
    value: str
    unit: str
    within: tuple[tuple[Path, Cited], ...]


def parameters(world: World, bases: Bases) -> tuple[Parameter, ...]:
    """The parameters that the files set, in the files' order, and those that only have a sweep."""
    found: list[Parameter] = []
    for name, model in models(world):
        leaves = list(_leaves(model, (), (), ""))
        sweeps = _sweeps(model)
        for leaf in leaves:
            ends = sweeps.pop(".".join(leaf.path), None)
            found.append(
                Parameter(
                    ".".join((name, *leaf.path)),
                    leaf.value,
                    leaf.unit,
                    bases.of(name, _basis(model, leaf)),
                    "" if ends is None else _ends(ends, leaf),
                )
            )
        for path, ends in sweeps.items():
            swept = f"{decimal_text(ends[0])} to {decimal_text(ends[1])}"
            found.append(Parameter(f"{name}.{path}", "not set: the default", "", "", swept))
    return tuple(replace(one, path=words.tidy(one.path)) for one in found)


def defaults(world: World) -> tuple[tuple[str, str, str, str], ...]:
    """What holds where a file sets nothing: part, field, value and unit, of the parts there are."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for _, model in models(world):
        for part in _models(model):
            dumped = part.model_dump(mode="json", by_alias=True)
            for field, unit in UNITS.get(type(part), {}).items():
                alias = type(part).model_fields[field].alias or field
                empty = dumped[alias] in (None, {}, "")
                if field in part.model_fields_set or empty or isinstance(part, Trait):
                    continue
                key = (type(part).__name__.lower(), alias)
                found[key] = (_value(dumped[alias]), unit)
    return tuple((*key, *said) for key, said in found.items())


def _leaves(
    model: BaseModel, path: Path, within: tuple[tuple[Path, Cited], ...], around: str
) -> Iterator[_Leaf]:
    if isinstance(model, Cited):
        within = (*within, (path, model))
    if isinstance(model, Trait):
        unit = model.unit or "1"
        around = unit if model.scale == 1 else f"1/{model.scale} of: {unit}"
    units = UNITS.get(type(model), {})
    dumped = model.model_dump(mode="json", by_alias=True)
    for name, field in type(model).model_fields.items():
        if name not in model.model_fields_set:
            continue
        alias = field.alias or name
        value, at = getattr(model, name), (*path, alias)
        if isinstance(value, BaseModel):
            yield from _leaves(value, at, within, units.get(name, around))
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if isinstance(inner, BaseModel):
                    yield from _leaves(inner, (*at, str(key)), within, around)
                elif name in units:
                    said = {str(k): v for k, v in dumped[alias].items()}[str(key)]
                    unit = around if units[name] == AROUND else units[name]
                    yield _Leaf((*at, str(key)), _value(said), unit, within)
        elif isinstance(value, tuple) and any(isinstance(inner, BaseModel) for inner in value):
            for place, inner in enumerate(value):
                yield from _leaves(inner, (*path, f"{alias}[{place + 1}]"), within, around)
        elif name in units and value is not None:
            unit = around if units[name] == AROUND else units[name]
            yield _Leaf(at, _value(dumped[alias]), unit, within)


def _models(model: BaseModel) -> Iterator[BaseModel]:
    """A model and every part of it, those left at their default too."""
    yield model
    for name in type(model).model_fields:
        value = getattr(model, name)
        several: Any = (value,)
        if isinstance(value, Mapping):
            several = value.values()
        elif isinstance(value, tuple):
            several = value
        for inner in several:
            if isinstance(inner, BaseModel):
                yield from _models(inner)


def _sweeps(model: BaseModel) -> dict[str, tuple[Fraction, Fraction]]:
    """The ranges to sweep of a file's numbers, by path."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    seen: set[Path] = set()
    for leaf in _leaves(model, (), (), ""):
        for path, cited in leaf.within:
            if path in seen:
                continue
            seen.add(path)
            for name, ends in cited.sweep.items():
                # A score's sweep may name the floors of the tiers, which stand beside it.
                beside = path == ("score",) and name.startswith("tiers.")
                found[name if beside else ".".join((*path, name))] = ends
    return found


def _basis(model: BaseModel, leaf: _Leaf) -> Cited | None:
    """The innermost part around a value that says what it rests on."""
    for _, cited in reversed(leaf.within):
        if cited.source or cited.assumption:
            return cited
    if isinstance(model, Scheme) and leaf.path[0] in ("tiers", "tier_margin"):
        return model.score  # what a score cites holds for the floors of its tiers too
    return None


def _ends(ends: tuple[Fraction, Fraction], leaf: _Leaf) -> str:
    low, high = ends
    if leaf.unit == MONTHLY:
        return f"{percent_text(low)} to {percent_text(high)} a month"
    if "%" in leaf.value and leaf.unit != FORMULA:
        return f"{percent_text(low)} to {percent_text(high)}"
    return f"{decimal_text(low)} to {decimal_text(high)}"


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case list() | tuple():
            return " to ".join(_value(inner) for inner in value)
    return words.tidy(str(value))
