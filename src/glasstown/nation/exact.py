"""The shares that tables of thresholds give, exactly: what an endless nation would show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from types import MappingProxyType

from glasstown.luck import ONE
from glasstown.nation.tables import TraitTable

MOST_STATES = 20_000
"""Combinations of traits that are followed; beyond, a share is not told."""


def row_shares(table: TraitTable, row: int) -> tuple[Fraction, ...]:
    """The share of each label in a row, in 2^-30 of a whole."""
    if table.uniform is not None:
        count = len(table.labels)
        starts = [-(-(i << 16) // count) for i in range(count + 1)]
        return tuple(Fraction(b - a, 1 << 16) for a, b in pairwise(starts))
    limits = table.rows[row]
    if table.kind == "yesno":
        return (Fraction(ONE - limits[0], ONE), Fraction(limits[0], ONE))
    return tuple(Fraction(b - a, ONE) for a, b in pairwise((0, *limits, ONE)))


@lru_cache(maxsize=256)
def exact_shares(
    tables: tuple[TraitTable, ...], names: tuple[str, ...]
) -> Mapping[tuple[int, ...], Fraction] | None:
    """The share of citizens with each combination of indices of these traits.

    tables: a nation's, in the order of drawing. Combinations that nobody has are left out. None
    when too many other traits would have to be followed.
    """
    needed = set(names)
    for table in reversed(tables):
        if table.name in needed:
            needed.update(table.given)
    chain = [table for table in tables if table.name in needed]
    states: dict[tuple[int, ...], Fraction] = {(): Fraction(1)}
    kept: tuple[str, ...] = ()
    for number, table in enumerate(chain):
        grown: dict[tuple[int, ...], Fraction] = {}
        for state, share in states.items():
            row = table.row(dict(zip(kept, state, strict=True)))
            for index, part in enumerate(row_shares(table, row)):
                if part:
                    grown[(*state, index)] = share * part
        kept = (*kept, table.name)
        later = {*names}.union(*(each.given for each in chain[number + 1 :]))
        places = [place for place, name in enumerate(kept) if name in later]
        kept = tuple(kept[place] for place in places)
        states = _added(grown, places)
        if len(states) > MOST_STATES:
            return None
    return MappingProxyType(_added(states, [kept.index(name) for name in names]))


def standard_error(
    tables: tuple[TraitTable, ...],
    names: tuple[str, ...],
    values: Mapping[tuple[int, ...], float],
    sizes: Sequence[int],
    of_communities: bool,
) -> float | None:
    """The standard error of a mean over a sample of whole communities.

    The mean is that of `values` of the indices of the traits named (0 where none is told), over
    citizens, or over communities where all the traits are theirs. sizes: of the communities in
    the sample. Citizens of a community are alike in so far as its traits, such as its kind,
    move theirs: that part of the variance shrinks only with the number of communities. None when
    too many traits would have to be followed.
    """
    needed = set(names)
    for table in reversed(tables):
        if table.name in needed:
            needed.update(table.given)
    shared = tuple(t.name for t in tables if t.of == "community" and t.name in needed)
    states = exact_shares(tables, (*shared, *names))
    if states is None:
        return None
    groups: dict[tuple[int, ...], list[float]] = {}
    for state, share in states.items():
        value = values.get(state[len(shared) :], 0.0)
        group = groups.setdefault(state[: len(shared)], [0.0, 0.0, 0.0])
        for power in range(3):
            group[power] += float(share) * value**power
    mean = sum(first for _, first, _ in groups.values())
    between = sum(w * (first / w - mean) ** 2 for w, first, _ in groups.values())
    within = sum(second - first * first / w for w, first, second in groups.values())
    if of_communities:
        return sqrt(max(between + within, 0.0) / len(sizes))
    total = sum(sizes)
    apart = within / total + between * sum(size * size for size in sizes) / total**2
    return sqrt(max(apart, 0.0))


def _added(
    states: dict[tuple[int, ...], Fraction], places: list[int]
) -> dict[tuple[int, ...], Fraction]:
    """The states seen through these places only."""
    found: dict[tuple[int, ...], Fraction] = {}
    for state, share in states.items():
        key = tuple(state[place] for place in places)
        found[key] = found.get(key, Fraction(0)) + share
    return found
