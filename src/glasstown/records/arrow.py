"""NumPy arrays and texts as Arrow arrays, and back.

`pyarrow.array` and `to_numpy` first import pandas where it is installed, to see whether they were
given one of its objects: that takes longer than all else that reading a run takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pyarrow


def numbers(values: NDArray[np.generic]) -> pyarrow.Array:
    """Whole numbers as an Arrow array, which shares their memory where they lie together."""
    import pyarrow as pa

    together = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(pa.from_numpy_dtype(values.dtype), len(values), [None, together])


def texts(values: Sequence[str]) -> pyarrow.Array:
    """Texts as an Arrow array."""
    import pyarrow as pa

    parts = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, parts)], dtype=np.int32)
    buffers = pa.py_buffer(ends), pa.py_buffer(b"".join(parts))
    return pa.StringArray.from_buffers(len(parts), *buffers)


def to_numpy(column: pyarrow.ChunkedArray) -> NDArray[Any]:
    """A column of whole numbers, none missing, as a NumPy array that is only read."""
    return np.from_dlpack(column.combine_chunks())


def parquet(table: pyarrow.Table) -> bytes:
    """A table as a Parquet file."""
    import pyarrow.parquet as pq

    file = BytesIO()
    pq.write_table(table, file, compression="zstd")
    return file.getvalue()
