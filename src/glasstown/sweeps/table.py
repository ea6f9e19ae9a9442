"""The tidy table of a sweep: a row for each setting, seed, measure, group and month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glasstown.sweeps.ask import Ask
from glasstown.sweeps.design import AS_WRITTEN, Setting
from glasstown.sweeps.outcomes import MISSING
from glasstown.sweeps.values import Plain, Value, plain_text

if TYPE_CHECKING:
    import pyarrow

FIRST = ("setting", "as_written")
LAST = ("seed", "measure", "by", "group", "month", "count", "of", "value")

ROWS_TO_A_GROUP = 500_000
"""Rows of a group of the Parquet file, about."""


def schema(ask: Ask) -> pyarrow.Schema:
    """The columns: setting, as_written, each varied path, seed, ..., value."""
    import pyarrow as pa

    name = pa.dictionary(pa.int32(), pa.string())
    fields = [pa.field("setting", pa.int32(), False), pa.field("as_written", pa.bool_(), False)]
    for place, path in enumerate(ask.design.paths):
        fields.append(pa.field(path, _type([s.values[place].plain for s in ask.design.settings])))
    fields += [
        pa.field("seed", pa.uint64(), False),
        pa.field("measure", name, False),
        pa.field("by", name, False),
        pa.field("group", name, False),
        pa.field("month", pa.int32()),
        pa.field("count", pa.int64(), False),
        pa.field("of", pa.int64(), False),
        pa.field("value", pa.float64()),
    ]
    return pa.schema(fields)


def pieces(ask: Ask, counted: Callable[[int], NDArray[np.int64]]) -> Iterator[pyarrow.Table]:
    """The table in order, some settings at a time.

    counted: what a run counted, by its number: outcomes x cells x months x 2.
    """
    import pyarrow as pa

    wanted = schema(ask)
    each = ask.repeat * len(ask.outcomes) * len(ask.cells)
    each *= ask.world.months if ask.monthly else 1
    step = max(1, ROWS_TO_A_GROUP // max(each, 1))
    settings = ask.design.settings
    for start in range(0, len(settings), step):
        some = settings[start : start + step]
        parts = [_of_setting(ask, wanted, s, counted) for s in some]
        yield pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _of_setting(
    ask: Ask,
    wanted: pyarrow.Schema,
    setting: Setting,
    counted: Callable[[int], NDArray[np.int64]],
) -> pyarrow.Table:
    import pyarrow as pa

    first = setting.number * ask.repeat
    runs = np.stack([counted(first + place) for place in range(ask.repeat)])
    shape = runs.shape[:-1]
    count, of = (np.ascontiguousarray(runs[..., n]).reshape(-1) for n in (0, 1))
    kept = np.flatnonzero(of != MISSING)
    seed, measure, cell, month = (part[kept] for part in np.indices(shape).reshape(4, -1))
    count, of = count[kept], of[kept]
    rows = len(kept)
    value = np.divide(count, of, out=np.full(rows, np.nan), where=of > 0)
    bys, groups = zip(*ask.cells, strict=True)
    columns: list[Any] = [
        pa.array(np.full(rows, setting.number, dtype=np.int32)),
        pa.array(np.full(rows, setting.number == AS_WRITTEN)),
        *(
            _same(value.plain, rows, wanted.field(path).type)
            for path, value in zip(ask.design.paths, setting.values, strict=True)
        ),
        pa.array(np.array(ask.seeds, dtype=np.uint64)[seed]),
        _names(measure, [each.measure for each in ask.outcomes]),
        _names(cell, bys),
        _names(cell, groups),
        pa.array(month.astype(np.int32), mask=np.full(rows, not ask.monthly)),
        pa.array(count),
        pa.array(of),
        pa.array(value, mask=of == 0),
    ]
    return pa.Table.from_arrays(columns, schema=wanted)


def settings_in(table: pyarrow.Table, paths: Sequence[str]) -> tuple[Setting, ...]:
    """The settings that a sweep's table names, by number.

    Raises:
        ValueError: they are not numbered from 0 without a gap.
    """
    numbers = table["setting"].to_numpy()
    every, first = np.unique(numbers, return_index=True)
    if every.tolist() != list(range(len(every))):
        raise ValueError("its settings are not numbered from 0 on")
    few = table.select(list(paths)).take(first).to_pylist()
    return tuple(
        Setting(number, tuple(_value(row[path]) for path in paths))
        for number, row in zip(every.tolist(), few, strict=True)
    )


def _value(held: Any) -> Value:
    if isinstance(held, bool) or held is None or isinstance(held, str):
        return Value(held, held)
    number = Fraction(held) if isinstance(held, int) else Fraction(repr(held))
    return Value(plain_text(number), number)


def _type(plains: Iterable[Plain]) -> Any:
    """The type of a path's column: whole numbers, numbers, yes or no; or else texts."""
    import pyarrow as pa

    known = [plain for plain in plains if plain is not None]
    if known and all(isinstance(plain, bool) for plain in known):
        return pa.bool_()
    if known and all(isinstance(plain, Fraction) for plain in known):
        whole = all(isinstance(plain, Fraction) and plain.denominator == 1 for plain in known)
        return pa.int64() if whole else pa.float64()
    return pa.string()


def in_column(plain: Plain, kind: Any) -> Any:
    """A value as a column of its path holds it."""
    import pyarrow as pa

    if plain is not None and pa.types.is_string(kind):
        return plain_text(plain)
    if isinstance(plain, Fraction):
        return int(plain) if pa.types.is_integer(kind) else float(plain)
    return plain


def _same(plain: Plain, rows: int, kind: Any) -> Any:
    import pyarrow as pa

    return pa.repeat(pa.scalar(in_column(plain, kind), kind), rows)


def _names(index: NDArray[np.intp], names: Sequence[str]) -> Any:
    import pyarrow as pa

    each = list(dict.fromkeys(names))
    place = np.array([each.index(name) for name in names], dtype=np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(place[index]), pa.array(each, pa.string()))
