"""The shares that each trait is drawn with, as exact fractions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from glasstown.errors import FileProblems, Place, Problem
from glasstown.nation import joint as joints
from glasstown.nation.labels import (
    ELSE,
    Kind,
    combination,
    combinations,
    kind_of,
    labels_of,
    numbers_of,
    order_of_drawing,
    places_of,
)
from glasstown.nation.model import Nation, Row, Trait
from glasstown.nation.normal import normal_shares


@dataclass(frozen=True)
class TraitShares:
    """What is asked for of one trait.

    name, kind, labels, numbers, scale, ordered, of, given: as in `TraitTable`; rows: for each
    combination of the values of `given` (the last fastest), the share of each label, adding to
    1; uniform: instead, the lowest and highest of a range in which all are as likely; joint: the
    name of the joint it is drawn in, or "".
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    numbers: tuple[int, ...]
    scale: int
    ordered: bool
    of: Literal["citizen", "community"]
    given: tuple[str, ...]
    rows: tuple[tuple[Fraction, ...], ...]
    uniform: tuple[int, int] | None = None
    joint: str = ""


def asked(nation: Nation) -> tuple[TraitShares, ...]:
    """The shares that a nation asks for, trait by trait in the order of drawing.

    nation: one in which `problems` finds nothing. A joint's traits have the shares of its raked
    table, each given those before it.

    Raises:
        FileProblems: a joint's margins cannot be met.
    """
    found = _of_places(nation) | _of_joints(nation)
    for name in order_of_drawing(nation):
        if name not in found:
            trait = nation.traits[name]
            found[name] = _plain(name, trait, tuple(_rows(trait, found)))
    return tuple(found[name] for name in order_of_drawing(nation))


def _of_places(nation: Nation) -> dict[str, TraitShares]:
    return {
        name: TraitShares(
            name=name,
            kind="choice",
            labels=tuple(places),
            numbers=tuple(range(len(places))),
            scale=1,
            ordered=False,
            of="community",
            given=(),
            rows=(tuple(place.share for place in places.values()),),
        )
        for name, places in places_of(nation).items()
    }


def _of_joints(nation: Nation) -> dict[str, TraitShares]:
    found = {}
    for name, joint in nation.joints.items():
        table = joints.table_of(nation, joint)
        result = joints.raked(table)
        if result.miss is not None:
            what = f"joint `{name}`: its margins cannot all be met"
            raise FileProblems(Problem(Place(""), what, remedy="check the nation's file"))
        for place, rows in enumerate(joints.conditionals(table, result.cells)):
            trait = joint.traits[place]
            given = joint.traits[:place]
            found[trait] = _plain(trait, nation.traits[trait], tuple(rows), given, name)
    return found


def _plain(
    name: str,
    trait: Trait,
    rows: tuple[tuple[Fraction, ...], ...],
    given: tuple[str, ...] | None = None,
    joint: str = "",
) -> TraitShares:
    kind = kind_of(trait)
    assert kind is not None
    return TraitShares(
        name=name,
        kind=kind,
        labels=labels_of(trait),
        numbers=numbers_of(trait),
        scale=trait.scale,
        ordered=trait.ordered,
        of=trait.of,
        given=trait.given if given is None else given,
        rows=rows,
        uniform=(trait.range.low, trait.range.high) if trait.range else None,
        joint=joint,
    )


def _rows(trait: Trait, earlier: Mapping[str, TraitShares]) -> Iterator[tuple[Fraction, ...]]:
    """The rows of a trait outside joints; `earlier` are the traits drawn before it."""
    if trait.table is not None:
        by_values = {combination(key): row for key, row in trait.table.items()}
        for values in combinations([earlier[name].labels for name in trait.given]):
            yield _row(trait, by_values.get(values) or by_values[(ELSE,)])
    elif trait.normal is not None:
        normal = trait.normal
        shares = normal_shares(normal.mean, normal.sd, normal.low, normal.high)
        assert shares is not None
        yield shares
    elif trait.numbers is not None:
        yield tuple(trait.numbers.values())
    elif trait.range is None:
        yield joints.marginal(trait)


def _row(trait: Trait, row: Row) -> tuple[Fraction, ...]:
    if row.share is not None:
        return (1 - row.share, row.share)
    if row.values is not None:
        return tuple(row.values[label] for label in labels_of(trait))
    numbers = row.numbers or {}
    return tuple(numbers.get(number, Fraction(0)) for number in numbers_of(trait))
