"""Checks of single traits: one way of drawing each, shares that sum, numbers that fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from glasstown.nation.findings import (
    LARGEST_NUMBER,
    MOST_CHOICES,
    MOST_NUMBERS,
    Findings,
)
from glasstown.nation.labels import WAYS, kind_of, ways
from glasstown.nation.model import Nation, Row, Trait
from glasstown.nation.normal import normal_shares

_OWN = {
    "kind": ("the kind of a citizen's community", "communities.kinds"),
    "region": ("the region of a citizen's community", "regions"),
}


def check_traits(nation: Nation, findings: Findings) -> frozenset[str]:
    """Find what is wrong with each trait by itself; return the names of those in order.

    What a trait is conditional on is left to `check_given`.
    """
    sound = set()
    for name, trait in nation.traits.items():
        before = len(findings.problems)
        if name in _OWN:
            what, where = _OWN[name]
            findings.add(
                "traits",
                name,
                what=f"a trait cannot be called `{name}`: that is {what}",
                remedy=f"choose another name, or declare it under `{where}`",
            )
        _check_way(name, trait, findings)
        if len(findings.problems) == before:
            sound.add(name)
    return frozenset(sound)


def _check_way(name: str, trait: Trait, findings: Findings) -> None:
    path = ("traits", name)
    found = ways(trait)
    if len(found) != 1:
        told = f"is drawn in {len(found)} ways: {' and '.join(found)}"
        findings.add(
            *path,
            what=f"trait `{name}` {told if found else 'does not say how it is drawn'}",
            why=f"a trait has exactly one of {', '.join(WAYS[:-1])}, or given with table",
            remedy="keep one of them" if found else "add `share: 50%`, for instance",
        )
        return
    if trait.values is not None:
        _check_values(trait.values, findings, *path, "values")
    if trait.numbers is not None:
        _check_numbers(trait.numbers, findings, *path, "numbers")
        findings.whole(trait.numbers.values(), *path, "numbers")
    if trait.range is not None:
        _check_span(trait.range.low, trait.range.high, findings, *path, "range")
    if trait.normal is not None:
        _check_normal(trait, findings, *path, "normal")
    if found == ("given",):
        _check_table(name, trait, findings)
    kind = kind_of(trait)
    if trait.ordered and kind not in (None, "choice"):
        what = f"trait `{name}` is no choice, and has no order to declare"
        findings.add(*path, "ordered", what=what, remedy="delete `ordered`")
    if trait.scale != 1 and kind not in (None, "number"):
        what = f"trait `{name}` is no number, and has no scale"
        findings.add(*path, "scale", what=what, remedy="delete `scale`")


def _check_values(values: Mapping[str, Fraction], findings: Findings, *path: str | int) -> None:
    if not values:
        findings.add(*path, what="there are no values", remedy="write `value: 50%` for each")
    elif findings.at_most(len(values), MOST_CHOICES, "values", *path):
        findings.whole(values.values(), *path)


def _check_numbers(numbers: Iterable[int], findings: Findings, *path: str | int) -> None:
    numbers = list(numbers)
    if not numbers:
        findings.add(*path, what="there are no numbers", remedy="write `0: 50%` for each")
    findings.at_most(len(numbers), MOST_NUMBERS, "numbers", *path)
    for number in numbers:
        if abs(number) > LARGEST_NUMBER:
            findings.add(
                *path,
                str(number),
                what=f"{number:,} does not lie within -{LARGEST_NUMBER:,} to {LARGEST_NUMBER:,}",
                remedy="count in a larger unit",
            )


def _check_span(low: int, high: int, findings: Findings, *path: str | int) -> bool:
    """Check the lowest and highest whole number of a range; say whether they are in order."""
    for name, number in (("low", low), ("high", high)):
        if abs(number) > LARGEST_NUMBER:
            findings.add(
                *path,
                name,
                what=f"{number:,} does not lie within -{LARGEST_NUMBER:,} to {LARGEST_NUMBER:,}",
                remedy="count in a larger unit",
            )
            return False
    if low > high:
        what = f"`low` is {low:,} and `high` is below it, {high:,}"
        findings.add(*path, what=what, remedy="write the lowest as `low`")
    return low <= high


def _check_normal(trait: Trait, findings: Findings, *path: str | int) -> None:
    normal = trait.normal
    assert normal is not None
    in_order = _check_span(normal.low, normal.high, findings, *path)
    if normal.sd <= 0:
        findings.add(
            *path,
            "sd",
            what="a standard deviation is above 0",
            remedy="write `sd: 1` or more; for a single value use `numbers`",
        )
        return
    count = normal.high - normal.low + 1
    if not in_order:
        return
    if count > MOST_NUMBERS:
        findings.add(
            *path,
            what=f"from {normal.low:,} to {normal.high:,} are {count:,} numbers, "
            f"and at most {MOST_NUMBERS:,} are taken",
            remedy="count in a larger unit: divide all four numbers, and `scale`, alike",
        )
    elif normal_shares(normal.mean, normal.sd, normal.low, normal.high) is None:
        findings.add(
            *path,
            what=f"nothing of this distribution lies from {normal.low:,} to {normal.high:,}",
            why=f"its mean is {float(normal.mean):g} and its sd {float(normal.sd):g}",
            remedy="move `low` and `high` to where the mean is",
        )


def _check_table(name: str, trait: Trait, findings: Findings) -> None:
    """Check the rows of a conditional table, but not what they are named by."""
    path = ("traits", name)
    if not trait.given or trait.table is None:
        has, lacks = ("table", "given") if trait.table is not None else ("given", "table")
        findings.add(
            *path,
            what=f"trait `{name}` has `{has}`, and no `{lacks}`",
            why="a conditional trait names earlier traits, and has a row for each combination",
            remedy="add `given: [student]` and `table: {yes: ..., no: ...}`, for instance",
        )
        return
    if not trait.table:
        findings.add(*path, "table", what="the table is empty", remedy="add a row")
        return
    first = next(iter(trait.table.values()))
    for key, row in trait.table.items():
        _check_row(row, first, findings, *path, "table", key)
    if kind_of(trait) == "number":
        numbers = {number for row in trait.table.values() for number in row.numbers or ()}
        findings.at_most(len(numbers), MOST_NUMBERS, "numbers in its rows", *path, "table")


def _check_row(row: Row, first: Row, findings: Findings, *path: str | int) -> None:
    has = tuple(way for way in ("share", "values", "numbers") if getattr(row, way) is not None)
    if len(has) != 1:
        what = f"the row has {' and '.join(has)}" if has else "the row says nothing"
        remedy = "give it exactly one of share, values, numbers"
        findings.add(*path, what=what, remedy=remedy)
        return
    if getattr(first, has[0]) is None:
        findings.add(
            *path,
            what=f"the row has {has[0]}, and the first row has not",
            remedy="write all rows of a table alike",
        )
        return
    if row.numbers is not None:
        _check_numbers(row.numbers, findings, *path, "numbers")
        findings.whole(row.numbers.values(), *path, "numbers")
    if row.values is not None:
        _check_values(row.values, findings, *path, "values")
        differ = set(row.values) ^ set(first.values or ())
        if differ:
            findings.add(
                *path,
                "values",
                what=f"the rows do not name the same values: {', '.join(sorted(differ))}",
                remedy="name every value in every row, with 0% where nobody has it",
            )
