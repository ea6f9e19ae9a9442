"""What a trait can be: its kind, the names of its values, and who is drawn before whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Literal, TypeAlias

from glasstown.nation.model import YES_NO, Nation, Place, Row, Trait

Kind: TypeAlias = Literal["yesno", "choice", "number"]

WAYS = ("share", "values", "numbers", "range", "normal", "given")
"""The ways to draw a trait, of which a trait has one."""

ELSE = "else"
"""The row of a conditional table for every combination that has no row of its own."""


def ways(trait: Trait) -> tuple[str, ...]:
    """The ways of drawing that a trait declares; exactly one when it is in order."""
    here = {way: getattr(trait, way) is not None for way in WAYS}
    here["given"] = bool(trait.given) or trait.table is not None
    return tuple(way for way in WAYS if here[way])


def kind_of(trait: Trait) -> Kind | None:
    """A trait's kind; of a conditional table, the kind of its first row. None if none is told."""
    shown: Trait | Row | None = trait
    if trait.table is not None:
        shown = next(iter(trait.table.values()), None)
    if shown is None:
        return None
    if shown.share is not None:
        return "yesno"
    if shown.values is not None:
        return "choice"
    if shown.numbers is not None or trait.range is not None or trait.normal is not None:
        return "number"
    return None


def numbers_of(trait: Trait) -> tuple[int, ...]:
    """The whole numbers that a trait's values stand for, in the order they are drawn in.

    Yes or no is 0 or 1, a choice its place from 0. Numbers are in units of 1 / scale, in declared
    order; those of a conditional table's rows together, from the lowest up.
    """
    if trait.range is not None:
        return tuple(range(trait.range.low, trait.range.high + 1))
    if trait.normal is not None:
        return tuple(range(trait.normal.low, trait.normal.high + 1))
    if trait.numbers is not None:
        return tuple(trait.numbers)
    if kind_of(trait) == "number":
        rows = (trait.table or {}).values()
        return tuple(sorted({number for row in rows for number in row.numbers or ()}))
    return tuple(range(len(labels_of(trait))))


def labels_of(trait: Trait) -> tuple[str, ...]:
    """The names of a trait's values, in the order they are drawn in."""
    kind = kind_of(trait)
    if kind == "yesno":
        return YES_NO
    if kind == "number":
        return tuple(str(number) for number in numbers_of(trait))
    if trait.values is not None:
        return tuple(trait.values)
    first = next(iter((trait.table or {}).values()), Row())
    return tuple(first.values or ())


def places_of(nation: Nation) -> dict[str, Mapping[str, Place]]:
    """The declared kinds of community and regions, as `kind` and `region`."""
    both: dict[str, Mapping[str, Place]] = {
        "kind": nation.communities.kinds,
        "region": nation.regions,
    }
    return {name: places for name, places in both.items() if places}


def order_of_drawing(nation: Nation) -> tuple[str, ...]:
    """Every trait, `kind` and `region` first, in the order they are drawn in.

    Traits of communities come before those of citizens; the traits of a joint stand together, in
    the joint's order, at the place of the first of them.
    """
    order = list(places_of(nation))
    order += [name for name, trait in nation.traits.items() if trait.of == "community"]
    joint_of = {name: joint for joint in nation.joints.values() for name in joint.traits}
    for name, trait in nation.traits.items():
        if trait.of == "citizen" and name not in order:
            together = joint_of[name].traits if name in joint_of else (name,)
            order += [each for each in together if each in nation.traits and each not in order]
    return tuple(order)


def combination(text: str) -> tuple[str, ...]:
    """The values that a row of a table or a share of a margin is named by."""
    return tuple(part.strip() for part in text.split(","))


def combinations(labels: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Every combination of values, in the order of rows: the last fastest."""
    return product(*labels)
