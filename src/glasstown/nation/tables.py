"""The tables that citizens are drawn from, in whole numbers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Literal

from glasstown.luck import LOW_BITS, threshold
from glasstown.nation.labels import Kind
from glasstown.nation.model import Nation
from glasstown.nation.shares import TraitShares, asked


@dataclass(frozen=True)
class TraitTable:
    """How one trait is drawn; see *Birth* in `docs/reference/month.md`.

    labels: ("no", "yes"), a choice's values, or numbers as text; numbers: the whole number that
    each label stands for (0 and 1; the place from 0; a number in units of 1 / `scale`);
    given: earlier traits whose indices choose the row, the last fastest, with `radices` labels
    each; rows: for yes or no a single threshold in 2^-30, below which a draw is yes; otherwise
    the thresholds of all labels but the last, where the index is how many are at most the draw;
    uniform: the lowest and highest of a range, which has no rows.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    numbers: tuple[int, ...]
    scale: int
    ordered: bool
    of: Literal["citizen", "community"]
    given: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    uniform: tuple[int, int] | None
    radices: tuple[int, ...] = ()

    @property
    def purpose(self) -> str:
        """The purpose of its draw."""
        return f"nation/{self.name}"

    def row(self, indices: Mapping[str, int]) -> int:
        """The number of the row for a citizen with these indices of the traits given."""
        number = 0
        for name, radix in zip(self.given, self.radices, strict=True):
            number = number * radix + indices[name]
        return number

    def index(self, row: int, draw: int) -> int:
        """The index of the label that a draw (0 to 2^30 - 1) picks in a row."""
        if self.uniform is not None:
            low, high = self.uniform
            return (draw >> LOW_BITS) * (high - low + 1) >> 16
        limits = self.rows[row]
        if self.kind == "yesno":
            return int(draw < limits[0])
        return bisect_right(limits, draw)


def trait_tables(nation: Nation) -> tuple[TraitTable, ...]:
    """A nation's traits in the order of drawing, as tables of thresholds.

    First `kind` and `region` where declared, then traits of communities, then those of citizens
    in declared order; the traits of a joint stand at the place of the first of them, in the
    joint's order. nation: one in which `problems` finds nothing.

    Raises:
        FileProblems: a joint's margins cannot be met.
    """
    shares = asked(nation)
    sizes = {each.name: len(each.labels) for each in shares}
    return tuple(_table(each, sizes) for each in shares)


def _table(shares: TraitShares, sizes: Mapping[str, int]) -> TraitTable:
    return TraitTable(
        name=shares.name,
        kind=shares.kind,
        labels=shares.labels,
        numbers=shares.numbers,
        scale=shares.scale,
        ordered=shares.ordered,
        of=shares.of,
        given=shares.given,
        rows=tuple(_limits(shares.kind, row) for row in shares.rows),
        uniform=shares.uniform,
        radices=tuple(sizes[name] for name in shares.given),
    )


def _limits(kind: Kind, row: tuple[Fraction, ...]) -> tuple[int, ...]:
    if kind == "yesno":
        return (threshold(row[1]),)
    return tuple(threshold(min(total, Fraction(1))) for total in accumulate(row[:-1]))
