"""Traits drawn together: the table of a joint, raked to its marginals and margins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import prod

from glasstown.expr import Choice, Expr, Scope, Type, YesNo, names
from glasstown.nation.cells import holds
from glasstown.nation.labels import combination, kind_of, labels_of
from glasstown.nation.model import Joint, Nation, Trait
from glasstown.nation.normal import exact_context
from glasstown.nation.rake import Miss, Target, rake


@dataclass(frozen=True)
class Table:
    """What a joint asks for.

    names, labels: of its traits; marginals: for each, the share of each label, adding to 1;
    interactions: formulas with their odds; margins: for each, the places of its traits in
    `names`, and the shares of combinations of indices. Cells are numbered with the last trait
    fastest.
    """

    names: tuple[str, ...]
    types: tuple[YesNo | Choice, ...]
    labels: tuple[tuple[str, ...], ...]
    marginals: tuple[tuple[Fraction, ...], ...]
    interactions: tuple[tuple[Expr, Fraction], ...]
    margins: tuple[tuple[tuple[int, ...], tuple[tuple[tuple[int, ...], Fraction], ...]], ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many values each trait has."""
        return tuple(len(labels) for labels in self.labels)

    @property
    def scope(self) -> Scope:
        """What the formulas of interactions may name."""
        types: dict[str, Type] = dict(zip(self.names, self.types, strict=True))
        return Scope(types)


@dataclass(frozen=True)
class Raked:
    """A joint's cells, adding to 1, and what could not be met."""

    cells: tuple[Fraction, ...]
    miss: Miss | None


def marginal(trait: Trait) -> tuple[Fraction, ...]:
    """The shares of a yes-or-no trait or a choice without `given`, adding to 1.

    The last takes what the others leave, as it does when a value is drawn.
    """
    if trait.share is not None:
        return (1 - trait.share, trait.share)
    shares = tuple((trait.values or {}).values())
    return (*shares[:-1], max(Fraction(0), 1 - sum(shares[:-1], Fraction(0))))


def scope_type(trait: Trait) -> YesNo | Choice:
    """What a formula takes a yes-or-no trait or a choice for."""
    if kind_of(trait) == "yesno":
        return YesNo()
    return Choice(labels_of(trait), trait.ordered)


def table_of(nation: Nation, joint: Joint) -> Table:
    """A joint as whole numbers and fractions; the joint is in order."""
    traits = [nation.traits[name] for name in joint.traits]
    labels = tuple(labels_of(trait) for trait in traits)
    margins = []
    for margin in joint.margins:
        places = tuple(joint.traits.index(name) for name in margin.traits)
        shares = tuple(
            (
                tuple(labels[p].index(v) for p, v in zip(places, combination(key), strict=True)),
                share,
            )
            for key, share in margin.shares.items()
        )
        margins.append((places, shares))
    return Table(
        names=joint.traits,
        types=tuple(scope_type(trait) for trait in traits),
        labels=labels,
        marginals=tuple(marginal(trait) for trait in traits),
        interactions=tuple((each.cells.expr, each.odds) for each in joint.interactions),
        margins=tuple(margins),
    )


@lru_cache(maxsize=64)
def raked(table: Table) -> Raked:
    """The joint table: independence times the odds of interactions, raked to what is asked.

    Margins come first in `Miss.target`, in declared order; then the traits, the last one first.
    """
    with localcontext(exact_context()):
        marginals = [[_decimal(share) for share in shares] for shares in table.marginals]
        start = [prod(shares, start=Decimal(1)) for shares in product(*marginals)]
        for expr, odds in table.interactions:
            factor = _decimal(odds)
            for cell in _cells_where(table, expr):
                start[cell] *= factor
        targets = [_margin(table, i) for i in range(len(table.margins))]
        # The first trait comes last, so that its own shares are met to the last digit.
        for place in reversed(range(len(table.names))):
            parts = _parts(table, (place,))
            targets.append(Target(tuple(parts.values()), tuple(marginals[place])))
        cells, miss = rake(start, targets)
    exact = tuple(Fraction(cell) for cell in cells)
    total = sum(exact)
    return Raked(tuple(cell / total for cell in exact) if total else exact, miss)


def conditionals(table: Table, cells: tuple[Fraction, ...]) -> list[list[tuple[Fraction, ...]]]:
    """For each trait in turn, its shares for each combination of the traits before it.

    Where a combination has no share of its own, the trait's marginal stands for what is never
    drawn.
    """
    chain = []
    for place, size in enumerate(table.sizes):
        step = prod(table.sizes[place + 1 :])
        masses = [sum(cells[i : i + step], Fraction(0)) for i in range(0, len(cells), step)]
        rows = []
        for first in range(0, len(masses), size):
            row = masses[first : first + size]
            total = sum(row)
            rows.append(tuple(m / total for m in row) if total else table.marginals[place])
        chain.append(rows)
    return chain


def margin_shares(
    sizes: tuple[int, ...], cells: tuple[Fraction, ...], places: tuple[int, ...]
) -> dict[tuple[int, ...], Fraction]:
    """The joint shares that a table's cells give to the traits at these places."""
    found: dict[tuple[int, ...], Fraction] = {}
    for indices, cell in zip(product(*map(range, sizes)), cells, strict=True):
        key = tuple(indices[place] for place in places)
        found[key] = found.get(key, Fraction(0)) + cell
    return found


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _parts(table: Table, places: tuple[int, ...]) -> dict[tuple[int, ...], tuple[int, ...]]:
    """The cells of each combination of the traits at these places."""
    parts: dict[tuple[int, ...], list[int]] = {}
    for cell, indices in enumerate(product(*map(range, table.sizes))):
        parts.setdefault(tuple(indices[place] for place in places), []).append(cell)
    return {key: tuple(part) for key, part in sorted(parts.items())}


def _margin(table: Table, number: int) -> Target:
    """A margin as a target; combinations that it leaves out are one part, with the rest."""
    places, shares = table.margins[number]
    parts = _parts(table, places)
    asked = [_decimal(share) for _, share in shares]
    listed = [parts.pop(key) for key, _ in shares]
    if parts:
        listed.append(tuple(cell for part in parts.values() for cell in part))
        asked.append(max(Decimal(0), 1 - sum(asked, Decimal(0))))
    return Target(tuple(listed), tuple(asked))


def _cells_where(table: Table, expr: Expr) -> list[int]:
    """The cells where a formula holds, which is asked once for each combination it can see."""
    mentioned = names(expr)
    places = tuple(i for i, name in enumerate(table.names) if name in mentioned)
    found: list[int] = []
    for indices, part in _parts(table, places).items():
        by_name = {table.names[p]: index for p, index in zip(places, indices, strict=True)}
        if holds(expr, table.scope, by_name):
            found += part
    return found
