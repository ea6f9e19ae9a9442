"""A nation's figures: asked for, given by its tables, and found in a sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Measure: TypeAlias = Literal["share", "mean", "sd"]

COLUMNS = ("trait", "value", "asked", "table", "found", "deviation", "standard error", "of")
"""The headings of `ComparisonRow.cells`."""

_FAR = 3


@dataclass(frozen=True)
class ComparisonRow:
    """One figure asked for, beside what was found.

    trait: its name, or the names of a margin's traits; value: the label or labels, or "" for a
    mean or sd; given: the values of earlier traits that the row is conditional on, or ""; asked:
    as the nation's file has it, None where it says nothing of this figure; table: what the whole
    numbers of the tables give exactly, None where that is not followed; found: in the sample,
    None where nobody was there; error: the standard error of what is found, were the table true;
    counted: out of how many. Shares are from 0 to 1, means and sds in the trait's unit.
    """

    trait: str
    value: str
    given: str
    measure: Measure
    asked: float | None
    table: float | None
    found: float | None
    error: float | None
    counted: int
    of: Literal["citizens", "communities"]

    @property
    def deviation(self) -> float | None:
        """Found less asked; less what the table gives, where nothing was asked."""
        expected = self.table if self.asked is None else self.asked
        return None if expected is None or self.found is None else self.found - expected

    @property
    def far(self) -> bool:
        """Whether found is more than three standard errors from the table.

        By chance that befalls about one row in 370.
        """
        if self.found is None or self.table is None or self.error is None:
            return False
        return abs(self.found - self.table) > _FAR * self.error

    def cells(self) -> tuple[str, ...]:
        """The row as texts, under `COLUMNS`."""
        return (
            f"{self.trait} ({self.given})" if self.given else self.trait,
            self.value if self.measure == "share" else self.measure,
            self._text(self.asked),
            self._text(self.table),
            self._text(self.found),
            self._text(self.deviation, signed=True),
            self._text(self.error),
            f"{self.counted:,} {self.of}",
        )

    def _text(self, figure: float | None, signed: bool = False) -> str:
        if figure is None:
            return "-"
        form = ("+" if signed else "") + ("z.3%" if self.measure == "share" else "z.4f")
        return format(figure, form)


@dataclass(frozen=True)
class Comparison:
    """A nation's figures, asked for and found, and in whom they were found."""

    nation: str
    seed: int
    citizens: int
    sampled: int
    communities: int
    sample: str
    rows: tuple[ComparisonRow, ...]

    @property
    def far(self) -> tuple[ComparisonRow, ...]:
        """The rows more than three standard errors off."""
        return tuple(row for row in self.rows if row.far)

    @property
    def summary(self) -> str:
        """Say in a sentence who was looked at, and how many figures are far off."""
        looked = sum(row.found is not None and row.error is not None for row in self.rows)
        return (
            f"{self.nation}, seed {self.seed}: {self.sample}. {len(self.far)} of {looked} figures "
            f"are more than {_FAR} standard errors from their table; "
            f"chance alone gives about {looked / 370:.1f}."
        )

    def text(self) -> str:
        """The summary and the rows as plain text in columns."""
        lines = [COLUMNS, *(row.cells() for row in self.rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
        rows = (
            "  ".join(cell.ljust(w) if i < 2 else cell.rjust(w) for i, (cell, w) in enumerate(both))
            for both in (list(zip(line, widths, strict=True)) for line in lines)
        )
        return "\n".join((self.summary, "", *(row.rstrip() for row in rows)))
