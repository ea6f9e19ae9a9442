"""The national signals of a coupled world: what each month took from the month before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
from numpy.typing import NDArray

from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
from glasstown.records.arrow import numbers, to_numpy

if TYPE_CHECKING:
    import pyarrow

_MONTH = "month"


@final
@dataclass(frozen=True, eq=False, repr=False)
class Signals:
    """The national signals used in each month; none where the world is uncoupled.

    values: months x names, int64.
    """

    names: tuple[str, ...]
    values: NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or self.values.shape[1] != len(self.names):
            raise ValueError(
                f"{len(self.names)} signals cannot have values of shape {self.values.shape}"
            )
        if self.values.dtype != np.int64:
            raise ValueError(f"signals are int64, not {self.values.dtype}")

    def __repr__(self) -> str:
        return f"Signals({self.values.shape[0]} months, {len(self.names)} signals)"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Signals):
            return NotImplemented
        return self.names == other.names and np.array_equal(self.values, other.values)

    def series(self, name: str) -> NDArray[np.int64]:
        """One signal: a number for each month.

        Raises:
            GlasstownError: there is no such signal.
        """
        if name not in self.names:
            raise GlasstownError(
                Problem(
                    Place(""),
                    f"there is no national signal {shown(name)}",
                    why="" if self.names else "this world is uncoupled: it has none",
                    nearest=nearest(name, self.names),
                )
            )
        return self.values[:, self.names.index(name)]

    def by_month(self) -> list[dict[str, int]]:
        """The signals of each month, by name."""
        rows = self.values.tolist()
        return [dict(zip(self.names, row, strict=True)) for row in rows]

    def table(self) -> pyarrow.Table:
        """The signals as an Arrow table: the month, and one column for each signal."""
        import pyarrow as pa

        months = numbers(np.arange(self.values.shape[0], dtype=np.int32))
        columns = [numbers(column) for column in self.values.T]
        return pa.Table.from_arrays([months, *columns], schema=self._schema())

    @classmethod
    def from_table(cls, table: pyarrow.Table) -> Signals:
        """The signals that `table` was made from.

        Raises:
            ValueError: the table does not hold signals.
        """
        names = tuple(table.column_names)
        if not names or names[0] != _MONTH or len(set(names)) != len(names):
            raise ValueError("its columns are not a month and signals")
        if any(column.null_count for column in table.columns):
            raise ValueError("values are missing")
        values = np.empty((table.num_rows, len(names) - 1), dtype=np.int64)
        for place, name in enumerate(names[1:]):
            values[:, place] = to_numpy(table[name])
        signals = cls(names[1:], values)
        if not signals.table().equals(table.combine_chunks()):
            raise ValueError("its months are not in order, or its numbers not whole")
        return signals

    def _schema(self) -> pyarrow.Schema:
        import pyarrow as pa

        fields = [pa.field(_MONTH, pa.int32(), nullable=False)]
        fields += [pa.field(name, pa.int64(), nullable=False) for name in self.names]
        return pa.schema(fields)
