"""Whether what a model cites is there, and what it leaves without a source.

It knows any model made of `Cited` parts, and nothing of what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from pydantic import BaseModel

from glasstown.errors import Problem, nearest, shown
from glasstown.files.cited import Cited, Source
from glasstown.files.document import Document, Path, path_text
from glasstown.files.exact import decimal_text
from glasstown.files.phrases import Best, Cap, Outcome
from glasstown.files.quantities import Span

_OWN = frozenset(Cited.model_fields)
_NO_SIZES = ("each",)
"""Numbers that say what is meant, and are not more or less of something: they need no sweep."""


@dataclass(frozen=True)
class Part:
    """A part of a model that can cite, and where it stands."""

    path: Path
    cited: Cited


def parts(model: BaseModel, path: Path = ()) -> Iterator[Part]:
    """Every part that can cite, the outermost first, and of those that the model sets."""
    if isinstance(model, Cited):
        yield Part(path, model)
    for name, field in type(model).model_fields.items():
        if name not in model.model_fields_set:
            continue
        value, at = getattr(model, name), (*path, field.alias or name)
        if isinstance(value, BaseModel):
            yield from parts(value, at)
        elif isinstance(value, Mapping):
            for key, inner in value.items():
                if isinstance(inner, BaseModel):
                    yield from parts(inner, (*at, str(key)))


def citation_problems(
    model: BaseModel,
    sources: Mapping[str, Source],
    at: Document,
    beside: Mapping[Path, Mapping[str, Fraction]] = MappingProxyType({}),
) -> Iterator[Problem]:
    """Everything wrong with what the parts of a model cite and sweep.

    sources: what may be cited; beside: for a part's path, numbers that lie elsewhere and that it
    may sweep, by the names it gives them.
    """
    for part in parts(model):
        yield from _sources(part, sources, at)
        yield from _sweeps(part, beside.get(part.path, {}), at)


def uncited(model: BaseModel) -> list[Path]:
    """The parts that have neither a source nor an assumption, and do not lie in one that has.

    Invariant I8: a number has a source or is called an assumption.
    """
    covered: list[Path] = []
    bare: list[Path] = []
    for part in parts(model):
        within = any(part.path[: len(path)] == path for path in covered)
        if part.cited.source or part.cited.assumption:
            covered.append(part.path)
        elif not within:
            bare.append(part.path)
    return bare


def unswept(model: BaseModel) -> list[Path]:
    """The parts that are called assumptions, set numbers, and give no range to sweep."""
    return [
        part.path
        for part in parts(model)
        if part.cited.assumption
        and not part.cited.sweep
        and any(_is_set(part.cited, path) for path, value in _named(part.cited).items() if value)
    ]


def _is_set(part: BaseModel, path: Path) -> bool:
    """Whether a part says a number itself, and it is more than a yes or no."""
    for own, field in type(part).model_fields.items():
        if path[0] == (field.alias or own) and own not in _NO_SIZES:
            return own in part.model_fields_set and not isinstance(getattr(part, own), bool)
    return False


def _sources(part: Part, sources: Mapping[str, Source], at: Document) -> Iterator[Problem]:
    cited = part.cited.source
    for name in (cited,) if isinstance(cited, str) else cited:
        if name in sources:
            continue
        yield at.problem(
            *part.path,
            "source",
            what=f"`{path_text(part.path)}` cites {shown(name)}, which is not among the sources",
            why=f"the sources are {', '.join(sources)}" if sources else "no source is declared",
            remedy="cite one of `sources:`, or declare it there with a title and an address",
            nearest=nearest(name, sources),
        )


def _sweeps(part: Part, beside: Mapping[str, Fraction], at: Document) -> Iterator[Problem]:
    if not at.values:
        return  # no file: a change made in passing may well leave a range, or remove its number
    own = {path_text(path): value for path, value in _named(part.cited).items()}
    known = {**own, **beside}
    for name, (low, high) in part.cited.sweep.items():
        path = (*part.path, "sweep", name)
        where = path_text(part.path)
        if name not in known:
            listed = ", ".join(known)
            yield at.problem(
                *path,
                what=f"{shown(name)} is no number of `{where}` that could be swept",
                why=f"those that can be are {listed}" if listed else "it has no numbers",
                remedy="name one of its fields",
                nearest=nearest(name, known),
            )
            continue
        if low > high:
            yield at.problem(
                *path,
                what=f"the sweep of `{where}.{name}` begins at {_n(low)} and ends at {_n(high)}",
                remedy="write the lowest value first",
            )
            continue
        value = known[name]
        if value is not None and not low <= value <= high:
            yield at.problem(
                *path,
                what=f"`{where}.{name}` is {_n(value)}, and its sweep goes from {_n(low)} to "
                f"{_n(high)}",
                why="the value in use is one of those worth trying; a share of 5% is 0.05 here",
                remedy="widen the sweep",
            )


def _named(part: BaseModel, path: Path = ()) -> dict[Path, Fraction | None]:
    """The numbers of a part, yes and no among them; None for one that is not set or is several."""
    found: dict[Path, Fraction | None] = {}
    for own, field in type(part).model_fields.items():
        if own in _OWN:
            continue
        found |= _numbers(getattr(part, own), (*path, field.alias or own), str(field.annotation))
    return found


def _numbers(value: object, path: Path, annotation: str) -> dict[Path, Fraction | None]:
    match value:
        case bool() | int() | Fraction():
            return {path: Fraction(value)}
        case Span(low, high):
            return {path: low if low == high else None}
        case Cap(points):
            return {path: points}
        case Outcome(percent=Fraction() as percent):
            return {path: percent}
        case Best(share):
            return {path: share}
        case BaseModel():
            return _named(value, path)
        case Mapping():
            inner: dict[Path, Fraction | None] = {}
            for key, held in value.items():
                inner |= _numbers(held, (*path, str(key)), "")
            return inner
        case None if "Fraction" in annotation or "int" in annotation:
            return {path: None}
    return {}


def _n(number: Fraction) -> str:
    return decimal_text(number) if (number * 10**9).denominator == 1 else f"{float(number):.9g}"
