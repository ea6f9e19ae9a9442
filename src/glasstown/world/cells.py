"""The groups that the ledger counts by."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from glasstown.nation import TraitTable
from glasstown.scheme.model import Scheme

EVERYONE = "all"


@dataclass(frozen=True)
class Cell:
    """One group: by what, and which value of it, with the columns and indices that select it."""

    by: str
    group: str
    where: tuple[tuple[str, int], ...]


def columns(
    schemes: tuple[Scheme, ...], tables: tuple[TraitTable, ...]
) -> dict[str, tuple[str, ...]]:
    """What can be grouped by: each trait that is yes-or-no or a choice, and each `scheme.tier`.

    The values are the labels in order.
    """
    found = {t.name: t.labels for t in tables if t.kind != "number"}
    found |= {f"{s.scheme}.tier": tuple(s.tiers) for s in schemes if s.tiers}
    return found


def cells(
    by: tuple[str, ...], schemes: tuple[Scheme, ...], tables: tuple[TraitTable, ...]
) -> tuple[Cell, ...]:
    """The cells of a ledger: everyone, then each grouping's values, the last part fastest."""
    labels = columns(schemes, tables)
    found = [Cell(EVERYONE, EVERYONE, ())]
    for grouping in by:
        parts = [part.strip() for part in grouping.split("*")]
        for indices in product(*(range(len(labels[part])) for part in parts)):
            group = ", ".join(labels[p][i] for p, i in zip(parts, indices, strict=True))
            found.append(Cell(grouping, group, tuple(zip(parts, indices, strict=True))))
    return tuple(found)
