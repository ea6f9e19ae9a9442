"""Checks of sources and assumptions: sources that are listed, sweeps that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from pydantic import BaseModel

from glasstown.errors import nearest
from glasstown.files import Cited, Path
from glasstown.nation.findings import Findings, listed, number_text
from glasstown.nation.model import Nation


def cited_parts(nation: Nation) -> Iterator[tuple[Path, Cited]]:
    """Every part of a nation that can have a source, with its path."""
    yield ("communities",), nation.communities
    for name, place in nation.communities.kinds.items():
        yield ("communities", "kinds", name), place
    for name, place in nation.regions.items():
        yield ("regions", name), place
    for name, trait in nation.traits.items():
        yield ("traits", name), trait
    for name, joint in nation.joints.items():
        yield ("joints", name), joint
        for number, interaction in enumerate(joint.interactions):
            yield ("joints", name, "interactions", number), interaction
        for number, margin in enumerate(joint.margins):
            yield ("joints", name, "margins", number), margin


def uncited(nation: Nation) -> list[Path]:
    """The parts with numbers of their own that have neither a source nor an assumption."""
    return [
        path
        for path, part in cited_parts(nation)
        if _own_numbers(part) and not part.source and not part.assumption
    ]


def unswept(nation: Nation) -> list[Path]:
    """The parts that are called assumptions, and give no range to sweep."""
    return [
        path
        for path, part in cited_parts(nation)
        if _own_numbers(part) and part.assumption and not part.sweep
    ]


def check_cited(nation: Nation, findings: Findings) -> None:
    """Find sources that are not listed, and sweeps of what is not there."""
    for path, part in cited_parts(nation):
        for source in (part.source,) if isinstance(part.source, str) else part.source:
            if source not in nation.sources:
                findings.add(
                    *path,
                    "source",
                    what=f"there is no source `{source}`",
                    why=f"`sources` has {listed(nation.sources) or 'none'}",
                    remedy="add it under `sources`, or call the number an `assumption`",
                    nearest=nearest(source, nation.sources),
                )
        if findings.document is None:
            continue  # no file: a change made in passing may well leave a range
        for field, (low, high) in part.sweep.items():
            _check_sweep(_own_numbers(part), field, low, high, findings, (*path, "sweep", field))


def _check_sweep(
    numbers: Mapping[str, Fraction],
    field: str,
    low: Fraction,
    high: Fraction,
    findings: Findings,
    path: Path,
) -> None:
    if field not in numbers:
        findings.add(
            *path,
            what=f"the sweep of `{field}` leads to no number here",
            remedy="name a number here by its path: `share`, or `values.female`",
            nearest=nearest(field, numbers),
        )
    elif low > high:
        what = f"the sweep of `{field}` ends below where it begins"
        findings.add(*path, what=what, remedy="write the lowest first")
    elif not low <= numbers[field] <= high:
        findings.add(
            *path,
            what=f"`{field}` is {number_text(numbers[field])}, and its sweep goes from "
            f"{number_text(low)} to {number_text(high)}",
            why="the value in use is one of those worth trying; a share of 5% is 0.05 here",
            remedy="widen the sweep",
        )


def _own_numbers(part: Cited) -> dict[str, Fraction]:
    """The numbers that a part sets, by dotted path, but for those of parts that cite themselves."""
    return dict(_numbers(part, ""))


def _numbers(value: object, path: str) -> Iterator[tuple[str, Fraction]]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | Fraction):
        yield path, Fraction(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _numbers(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, BaseModel) and not (path and isinstance(value, Cited)):
        for own, field in type(value).model_fields.items():
            if own in value.model_fields_set and own not in Cited.model_fields:
                name = field.alias or own
                yield from _numbers(getattr(value, own), f"{path}.{name}" if path else name)
