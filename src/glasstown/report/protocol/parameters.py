"""Every parameter of a world's files: value, unit, what it rests on, and the range to sweep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from pydantic import BaseModel

from glasstown.files import Cited
from glasstown.files.exact import decimal_text, percent_text
from glasstown.nation.model import Trait
from glasstown.report import words
from glasstown.report.protocol.bases import NONE, Bases, models
from glasstown.report.protocol.units import AROUND, FORMULA, MONTHLY, UNITS
from glasstown.scheme.model import Scheme, Sensor
from glasstown.world import World

Path = tuple[str, ...]

DEFAULT = "the model's default"
"""What a number rests on that no file sets."""


@final
@dataclass(frozen=True)
class Parameter:
    """A number, formula or choice that a file sets or leaves at its default.

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
    """A value as a file would write it, with the parts that it lies in, the outermost first.

    default: it is what holds where a file says nothing.
    """

    path: Path
    value: str
    unit: str
    within: tuple[tuple[Path, Cited], ...]
    default: bool


def parameters(world: World, bases: Bases) -> tuple[Parameter, ...]:
    """Every parameter of a world's files, in their order, also where a file leaves the default.

    It does not matter whether a file says what is the default anyway.
    """
    found: list[Parameter] = []
    for name, model in models(world):
        for leaf in _leaves(model, (), (), ""):
            ends = _swept(leaf)
            basis = bases.of(name, _basis(leaf))
            if leaf.default and ends is None:
                basis = DEFAULT if basis == NONE else f"{DEFAULT}; its part on {basis}"
            found.append(
                Parameter(
                    words.tidy(".".join((name, *leaf.path))),
                    leaf.value,
                    leaf.unit,
                    basis,
                    "" if ends is None else _ends(ends, leaf),
                )
            )
    return tuple(found)


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
    outer = within
    for name, field in type(model).model_fields.items():
        within = (*outer, *_beside(model, name))
        alias = field.alias or name
        value, at = getattr(model, name), (*path, alias)
        default = not field.is_required() and value == field.get_default()
        unit = units.get(name, "")
        unit = around if unit == AROUND else unit
        if isinstance(value, BaseModel):
            yield from _leaves(value, at, within, unit or around)
        elif isinstance(value, Mapping):
            said = {str(key): inner for key, inner in dumped[alias].items()}
            for key, inner in value.items():
                if isinstance(inner, BaseModel):
                    yield from _leaves(inner, (*at, str(key)), within, around)
                elif unit:
                    yield _Leaf((*at, str(key)), _value(said[str(key)]), unit, within, False)
        elif isinstance(value, tuple) and any(isinstance(inner, BaseModel) for inner in value):
            for place, inner in enumerate(value):
                yield from _leaves(inner, (*path, f"{alias}[{place + 1}]"), within, around)
        elif unit and value is None:
            if isinstance(model, Cited) and alias in model.sweep:
                yield _Leaf(at, "not set", unit, within, default)
        elif unit and not (default and _tells_nothing(model, name, unit)):
            yield _Leaf(at, _value(dumped[alias]), unit, within, default)


def _beside(model: BaseModel, name: str) -> Iterator[tuple[Path, Cited]]:
    """What a score cites holds for the floors of its tiers too, which stand beside it."""
    if isinstance(model, Scheme) and name in ("tiers", "tier_margin") and model.score is not None:
        yield (), model.score


def _tells_nothing(model: BaseModel, name: str, unit: str) -> bool:
    """Whether a default says nothing: for everybody, whole numbers, each citizen apart."""
    return unit == FORMULA or (type(model), name) in ((Trait, "scale"), (Sensor, "covers_by"))


def _swept(leaf: _Leaf) -> tuple[Fraction, Fraction] | None:
    """The range to sweep that some part around a value gives it."""
    for path, cited in leaf.within:
        name = ".".join(leaf.path[len(path) :])
        if name in cited.sweep:
            return cited.sweep[name]
    return None


def _basis(leaf: _Leaf) -> Cited | None:
    """The innermost part around a value that says what it rests on."""
    for _, cited in reversed(leaf.within):
        if cited.source or cited.assumption:
            return cited
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
