"""What settings do: differences from the world as written, paired by seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from glasstown.sweeps import sampling
from glasstown.sweeps.ask import Ask
from glasstown.sweeps.design import AS_WRITTEN
from glasstown.sweeps.table import in_column, schema

if TYPE_CHECKING:
    import pyarrow

LEVEL = 0.95
"""Of the intervals: they cover what they estimate so often, in the long run."""

METHOD = (
    "Student's t interval over seeds: the mean of the differences of runs with the same seed, with "
    "its standard error, on one degree of freedom less than there are seeds"
)
"""How the intervals of differences are computed."""

INDICES: dict[str, tuple[str, ...]] = {
    "sobol": ("first", "first_low", "first_high", "total", "total_low", "total_high"),
    "morris": ("mu", "mu_star", "mu_star_low", "mu_star_high", "sigma"),
}
"""The columns of indices, by the kind of sample."""

Key: TypeAlias = tuple[str, str, str, int | None]
"""Of a row of figures: measure, by, group, and the month where each is read."""


@final
@dataclass(frozen=True, eq=False)
class Cube:
    """A sweep's values as one array: settings x seeds x keys, NaN where there is none."""

    ask: Ask
    keys: tuple[Key, ...]
    values: NDArray[np.float64]

    @cached_property
    def means(self) -> NDArray[np.float64]:
        """The mean over seeds: settings x keys; NaN where a seed has none."""
        mean: NDArray[np.float64] = self.values.mean(axis=1)
        return mean

    @cached_property
    def differences(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The mean difference from the world as written, and half its interval; NaN for none."""
        pairs = self.values - self.values[AS_WRITTEN]
        seeds = pairs.shape[1]
        middle = pairs.mean(axis=1)
        if seeds < 2:
            return middle, np.full_like(middle, np.nan)
        error = pairs.std(axis=1, ddof=1) / np.sqrt(seeds)
        return middle, t_point(seeds - 1) * error


def t_point(freedom: int) -> float:
    """The 97.5% point of Student's t distribution."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, (1 + LEVEL) / 2))


def cube(ask: Ask, table: pyarrow.Table) -> Cube:
    """A sweep's table as an array."""
    months = _months(ask, table)
    keys = tuple(
        (each.measure, by, group, month)
        for each in ask.outcomes
        for by, group in ask.cells
        for month in months
    )
    shape = (len(ask.design.settings), ask.repeat, len(keys))
    values = np.full(shape, np.nan)
    measure = _codes(table["measure"], [each.measure for each in ask.outcomes])
    cells = {cell: place for place, cell in enumerate(ask.cells)}
    bys = list(dict.fromkeys(by for by, _ in ask.cells))
    groups = list(dict.fromkeys(group for _, group in ask.cells))
    by, group = _codes(table["by"], bys), _codes(table["group"], groups)
    of_pair = np.array([[cells.get((b, g), 0) for g in groups] for b in bys], dtype=np.int64)
    month = table["month"].fill_null(0).to_numpy().astype(np.int64)
    place = (measure * len(ask.cells) + of_pair[by, group]) * len(months) + month
    setting = table["setting"].to_numpy()
    seed = (table["seed"].to_numpy() - np.uint64(ask.seeds[0])).astype(np.int64)
    values[setting, seed, place] = table["value"].fill_null(np.nan).to_numpy()
    return Cube(ask, keys, values)


def effects(its: Cube) -> pyarrow.Table:
    """A row for each setting but the world as written, and each measure, group and month."""
    import pyarrow as pa

    ask = its.ask
    middle, half = its.differences
    settings = [s for s in ask.design.settings if s.number != AS_WRITTEN]
    rows = len(its.keys)
    columns: dict[str, Any] = {
        "setting": np.repeat(np.array([s.number for s in settings], dtype=np.int32), rows)
    }
    kinds = schema(ask)
    for place, path in enumerate(ask.design.paths):
        kind = kinds.field(path).type
        plain = [in_column(s.values[place].plain, kind) for s in settings]
        columns[path] = pa.array([value for value in plain for _ in range(rows)], kind)
    columns |= _key_columns(its, len(settings))
    shown = [s.number for s in settings]
    written = np.broadcast_to(its.means[AS_WRITTEN], (len(settings), rows))
    columns |= {
        "value": _floats(its.means[shown]),
        "as_written": _floats(written),
        "difference": _floats(middle[shown]),
        "low": _floats((middle - half)[shown]),
        "high": _floats((middle + half)[shown]),
        "seeds": np.full(len(settings) * rows, ask.repeat, dtype=np.int32),
    }
    return pa.table(columns)


def indices(its: Cube) -> pyarrow.Table:
    """A row for each sampled path, and each measure, group and month; null where none moves it."""
    import pyarrow as pa

    ask, order = its.ask, np.array(its.ask.design.order)
    at = _places(ask)[order]
    names = INDICES[ask.design.kind]
    paths = ask.design.paths
    found = np.full((len(names), len(its.keys), len(paths)), np.nan)
    for row in range(len(its.keys)):
        made = sampling.indices(ask.design.kind, at, its.means[order, row])
        if made is not None:
            found[:, row] = [made[name] for name in names]
    keys = len(its.keys)
    columns: dict[str, Any] = {
        "measure": _repeat([key[0] for key in its.keys], len(paths)),
        "by": _repeat([key[1] for key in its.keys], len(paths)),
        "group": _repeat([key[2] for key in its.keys], len(paths)),
        "month": pa.array(_repeat([key[3] for key in its.keys], len(paths)), pa.int32()),
        "path": list(paths) * keys,
    }
    columns |= {name: _floats(found[n]) for n, name in enumerate(names)}
    return pa.table(columns)


def _places(ask: Ask) -> NDArray[np.float64]:
    """Where each setting lies in the ranges, as rounded: settings x paths, from 0 to 1."""
    rows = [
        [
            float((int(plain) - each.low) / (each.high - each.low))  # a yes counts as 1
            if isinstance(plain, bool)
            else float((plain - each.low) / (each.high - each.low))  # type: ignore[operator]
            for each, plain in zip(
                ask.design.ranges, (value.plain for value in setting.values), strict=True
            )
        ]
        if setting.number != AS_WRITTEN
        else [0.0] * len(ask.design.ranges)
        for setting in ask.design.settings
    ]
    return np.array(rows)


def _months(ask: Ask, table: pyarrow.Table) -> tuple[int | None, ...]:
    if not ask.monthly:
        return (None,)
    import pyarrow.compute as pc

    return tuple(range((pc.max(table["month"]).as_py() or 0) + 1))


def _key_columns(its: Cube, times: int) -> dict[str, Any]:
    import pyarrow as pa

    return {
        "measure": [key[0] for key in its.keys] * times,
        "by": [key[1] for key in its.keys] * times,
        "group": [key[2] for key in its.keys] * times,
        "month": pa.array([key[3] for key in its.keys] * times, pa.int32()),
    }


def _codes(column: Any, names: list[str]) -> NDArray[np.int64]:
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = column.cast(pa.string())
    found: NDArray[np.int64] = pc.index_in(plain, pa.array(names)).to_numpy().astype(np.int64)
    return found


def _repeat(values: list[Any], times: int) -> list[Any]:
    return [value for value in values for _ in range(times)]


def _floats(values: NDArray[np.float64]) -> Any:
    import pyarrow as pa

    flat = np.ascontiguousarray(values, dtype=np.float64).reshape(-1)
    return pa.array(flat, mask=np.isnan(flat))
