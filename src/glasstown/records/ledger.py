"""The ledger: what was counted, by month, measure and group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
from glasstown.records.arrow import numbers, texts, to_numpy

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

EVERYONE = "all"
"""The grouping, and the group in it, that holds every citizen."""

_COLUMNS = ("month", "measure", "by", "group", "value")


@final
@dataclass(frozen=True, eq=False, repr=False)
class Ledger:
    """Whole numbers, by month, measure and cell; a cell is a grouping and a group of it.

    values: months x measures x cells, int64, in the declared orders. Scores are in steps, means
    and fear in their own units: see "Count" in the month's reference.
    """

    measures: tuple[str, ...]
    cells: tuple[tuple[str, str], ...]
    values: NDArray[np.int64]

    def __post_init__(self) -> None:
        months = self.values.shape[0] if self.values.ndim == 3 else 0
        if self.values.shape != (months, len(self.measures), len(self.cells)):
            raise ValueError(
                f"a ledger of {len(self.measures)} measures and {len(self.cells)} cells cannot "
                f"have values of shape {self.values.shape}"
            )
        if self.values.dtype != np.int64:
            raise ValueError(f"a ledger's values are int64, not {self.values.dtype}")

    def __repr__(self) -> str:
        return (
            f"Ledger({self.months} months, {len(self.measures)} measures, {len(self.cells)} cells)"
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ledger):
            return NotImplemented
        return (
            self.measures == other.measures
            and self.cells == other.cells
            and np.array_equal(self.values, other.values)
        )

    @property
    def months(self) -> int:
        """How many months were counted."""
        return int(self.values.shape[0])

    @property
    def groupings(self) -> tuple[str, ...]:
        """What was counted by: `all`, then each grouping that the world declares."""
        return tuple(dict.fromkeys(by for by, _ in self.cells))

    def groups(self, by: str) -> tuple[str, ...]:
        """The groups of a grouping, in order.

        Raises:
            GlasstownError: the ledger does not count by that.
        """
        if by not in self.groupings:
            raise _unknown(
                f"nothing is counted by {shown(by)}",
                by,
                self.groupings,
                remedy="name one of: " + ", ".join(self.groupings),
            )
        return tuple(group for grouping, group in self.cells if grouping == by)

    def series(self, measure: str, by: str = EVERYONE, group: str = EVERYONE) -> NDArray[np.int64]:
        """One measure for one group: a number for each month.

        Raises:
            GlasstownError: there is no such measure, grouping or group.
        """
        return self.values[:, self._row(measure), self._column(by, group)]

    def sum(self, measure: str, by: str = EVERYONE, group: str = EVERYONE) -> int:
        """One measure for one group, added up over all months.

        Raises:
            GlasstownError: there is no such measure, grouping or group.
        """
        return int(self.series(measure, by, group).sum())

    def table(self) -> pyarrow.Table:
        """The whole ledger as an Arrow table: month, measure, by, group, value.

        One row for each month, measure and cell, in this order. `month` is int32, `value`
        int64, and the three names are dictionaries of strings.
        """
        import pyarrow as pa

        months, measures, cells = self.values.shape
        row = np.arange(months * measures * cells, dtype=np.int64)
        cell = (row % cells).astype(np.int32) if cells else row.astype(np.int32)
        bys, groups = self.groupings, tuple(dict.fromkeys(group for _, group in self.cells))
        by_of = np.array([bys.index(by) for by, _ in self.cells], dtype=np.int32)
        place = {group: index for index, group in enumerate(groups)}
        group_of = np.array([place[group] for _, group in self.cells], dtype=np.int32)
        measure = ((row // max(cells, 1)) % max(measures, 1)).astype(np.int32)
        columns = [
            numbers((row // max(measures * cells, 1)).astype(np.int32)),
            _names(measure, self.measures),
            _names(by_of[cell], bys),
            _names(group_of[cell], groups),
            numbers(self.values.reshape(-1)),
        ]
        return pa.Table.from_arrays(columns, schema=schema())

    @classmethod
    def from_table(cls, table: pyarrow.Table) -> Ledger:
        """The ledger that `table` was made from.

        Raises:
            ValueError: the table is not a whole ledger in its order.
        """
        import pyarrow as pa

        if tuple(table.column_names) != _COLUMNS:
            raise ValueError("its columns are not " + ", ".join(_COLUMNS))
        plain = table.cast(
            pa.schema([(field.name, _plain(field.type)) for field in schema()])
        ).combine_chunks()
        if any(column.null_count for column in plain.columns):
            raise ValueError("values are missing")
        months = len(plain["month"].unique())
        measures = tuple(plain["measure"].unique().to_pylist())
        rows, parts = plain.num_rows, max(months * len(measures), 1)
        first = plain.slice(0, rows // parts)
        cells = tuple(zip(first["by"].to_pylist(), first["group"].to_pylist(), strict=True))
        if rows % parts or len(set(cells)) != len(cells):
            raise ValueError("months, measures and groups do not make a whole")
        values = to_numpy(plain["value"]).reshape(months, len(measures), len(cells))
        ledger = cls(measures, cells, values)
        if not ledger.table().cast(plain.schema).equals(plain):
            raise ValueError("its rows are not in the order of months, measures and groups")
        return ledger

    def to_pandas(self) -> pandas.DataFrame:
        """The whole ledger as a pandas data frame; needs `glasstown[pandas]`."""
        _require("pandas")
        return self.table().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The whole ledger as a Polars data frame; needs `glasstown[polars]`."""
        return _require("polars").from_arrow(self.table())

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {measure: row for row, measure in enumerate(self.measures)}

    @cached_property
    def _columns(self) -> dict[tuple[str, str], int]:
        return {cell: column for column, cell in enumerate(self.cells)}

    def _row(self, measure: str) -> int:
        if measure not in self._rows:
            raise _unknown(
                f"the ledger has no measure {shown(measure)}",
                measure,
                self.measures,
                remedy="`ledger.measures`, or `glasstown show RUN --names`, names them all",
            )
        return self._rows[measure]

    def _column(self, by: str, group: str) -> int:
        groups = self.groups(by)
        if group not in groups:
            named = ", ".join(groups[:12]) + (", ..." if len(groups) > 12 else "")
            raise _unknown(
                f"{shown(by)} has no group {shown(group)}",
                group,
                groups,
                remedy=f"name one of: {named}",
            )
        return self._columns[by, group]


def schema() -> pyarrow.Schema:
    """The columns of a ledger's table."""
    import pyarrow as pa

    name = pa.dictionary(pa.int32(), pa.string())
    types = (pa.int32(), name, name, name, pa.int64())
    return pa.schema([pa.field(c, t, nullable=False) for c, t in zip(_COLUMNS, types, strict=True)])


def _names(index: NDArray[np.int32], names: tuple[str, ...]) -> Any:
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(numbers(index), texts(names))


def _plain(kind: Any) -> Any:
    return getattr(kind, "value_type", kind)


def _require(extra: str) -> Any:
    from importlib import import_module

    try:
        return import_module(extra)
    except ImportError:
        raise GlasstownError(
            Problem(
                Place(""),
                f"{extra} is not installed",
                why=f"Glasstown needs it only for `to_{extra}`",
                remedy=f"pip install 'glasstown[{extra}]'",
            )
        ) from None


def _unknown(what: str, name: str, names: Iterable[str], remedy: str) -> GlasstownError:
    return GlasstownError(Problem(Place(""), what, remedy=remedy, nearest=nearest(name, names)))
