"""The settings of a sweep: which values are set together in one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal, TypeAlias, final

from glasstown.errors import shown
from glasstown.sweeps.axis import VARY, Axis, problem
from glasstown.sweeps.ranges import LeftOut, Range
from glasstown.sweeps.sampling import check_samples, places
from glasstown.sweeps.values import Held, Value, held_number, text, value_of
from glasstown.world import World
from glasstown.world.change import held

Kind: TypeAlias = Literal["grid", "sobol", "morris"]

MOST_RUNS = 100_000
"""Runs of one sweep, at the most."""

AS_WRITTEN = 0
"""The number of the setting in which nothing is changed."""


@final
@dataclass(frozen=True)
class Setting:
    """One setting: its number, and a value for each varied path, in their order."""

    number: int
    values: tuple[Value, ...]

    def changes(self, paths: Sequence[str]) -> dict[str, Any]:
        """What `World.changed` takes; of the world as written nothing."""
        if self.number == AS_WRITTEN:
            return {}
        return {path: value.given for path, value in zip(paths, self.values, strict=True)}


@final
@dataclass(frozen=True)
class Design:
    """What is run: the varied paths, and the settings, the first being the world as written.

    order: of a Sobol or Morris design, the number of the setting of each sample; samples that
    rounding makes equal share one. left_out: assumptions that are not sampled.
    """

    kind: Kind
    paths: tuple[str, ...]
    settings: tuple[Setting, ...]
    samples: int = 0
    order: tuple[int, ...] = ()
    ranges: tuple[Range, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def grid(world: World, axes: Sequence[Axis], together: bool = False) -> Design:
    """Every combination of the axes' values; or, `together`, their first ones, second ones, ...

    A combination that is the world as written is no setting of its own.

    Raises:
        GlasstownError: a path is varied twice, or axes of different lengths go together.
    """
    paths = tuple(axis.path for axis in axes)
    twice = [path for n, path in enumerate(paths) if path in paths[:n]]
    if twice:
        raise problem(VARY, f"`{twice[0]}` is varied twice", remedy="give all its values at once")
    lengths = {len(axis.values) for axis in axes}
    if together and len(lengths) > 1:
        said = ", ".join(f"`{axis.path}` has {len(axis.values)}" for axis in axes)
        raise problem(
            "--together",
            f"values go together one by one, and {said}",
            remedy="give each path as many, or leave out --together for every combination",
        )
    every = (axis.values for axis in axes)
    combined = zip(*every, strict=True) if together else product(*every)
    written = tuple(_written(world, axis) for axis in axes)
    others = (values for values in combined if not _same(values, written))
    settings = [Setting(AS_WRITTEN, written)]
    settings += [Setting(number, values) for number, values in enumerate(others, 1)]
    return Design("grid", paths, tuple(settings))


def sampled(
    world: World,
    kind: Literal["sobol", "morris"],
    samples: int,
    ranges: Sequence[Range],
    left_out: Sequence[LeftOut] = (),
) -> Design:
    """The settings of a Sobol or Morris sample of ranges.

    Raises:
        GlasstownError: SALib is not there, the samples are too few, or a path is given twice.
    """
    check_samples(kind, samples, len(ranges), MOST_RUNS)
    paths = tuple(each.path for each in ranges)
    twice = [path for n, path in enumerate(paths) if path in paths[:n]]
    if twice:
        raise problem("--over", f"`{twice[0]}` is given twice", remedy="give one range")
    if len(paths) < 2:
        raise problem(
            "--over",
            f"one number alone is not sampled: {shown(paths[0])}",
            why="the indices say how numbers share what moves an outcome",
            remedy="name another with --over, or follow the one with --vary",
        )
    held_now = [held_number(held(world, each.path)) for each in ranges]
    made: dict[tuple[Value, ...], int] = {}
    order = []
    for point in places(kind, samples, len(ranges)):
        values = tuple(
            _put(now, each, at) for now, each, at in zip(held_now, ranges, point, strict=True)
        )
        order.append(made.setdefault(values, len(made) + 1))
    written = tuple(_written_number(world, each.path) for each in ranges)
    settings = [Setting(AS_WRITTEN, written)]
    settings += [Setting(number, values) for values, number in made.items()]
    return Design(
        kind, paths, tuple(settings), samples, tuple(order), tuple(ranges), tuple(left_out)
    )


def _put(now: Held | None, each: Range, at: Any) -> Value:
    return value_of(each.at(at)) if now is None else now.value(each.at(at))


def _written(world: World, axis: Axis) -> Value:
    """The value that the world has as written, in the form that the axis gives its own."""
    numbers = all(not isinstance(value.plain, str) for value in axis.values)
    return _written_number(world, axis.path) if numbers else _written_text(world, axis.path)


def _written_number(world: World, path: str) -> Value:
    value = held(world, path)
    now = held_number(value)
    return _written_text(world, path) if now is None else now.value(now.number)


def _written_text(world: World, path: str) -> Value:
    """What the world's file would say at a path, as a table has it."""
    data: Any = world.to_dict()
    parts = path.split(".")
    files: Mapping[str, Any] = {s["scheme"]: s for s in data["schemes"]} | {
        "nation": data["nation"],
        "conduct": data["conduct"],
    }
    if path in data:
        return value_of(data[path])
    starts = [files[parts[0]]] if parts[0] in files else list(files.values())
    rest = parts[1:] if parts[0] in files else parts
    for start in starts:
        at: Any = start
        for part in rest:
            at = at.get(part) if isinstance(at, dict) else None
        if at is not None:
            return value_of(at)
    value = held(world, path)
    return Value(None, None) if value is None else Value(text(value), text(value))


def _same(one: Sequence[Value], other: Sequence[Value]) -> bool:
    """Whether two settings set the same: in their numbers, or else as written."""
    return all(a.given == b.given or _equal(a, b) for a, b in zip(one, other, strict=True))


def _equal(a: Value, b: Value) -> bool:
    both = not isinstance(a.plain, str) and not isinstance(b.plain, str)
    return both and a.plain is not None and type(a.plain) is type(b.plain) and a.plain == b.plain
