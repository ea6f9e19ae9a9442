"""SCL-6 on every engine that is installed: whether they agree, how fast, in how much memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from benchmarks.limits import DECISIONS, Limits, threads_text
from benchmarks.scl6.workload import AGREE, MONTHS, SIZE, Counts, distances
from benchmarks.timing import figure, process, table

Environment = Callable[[int], Mapping[str, str]]


def plain(threads: int) -> dict[str, str]:
    """Linear algebra on no more threads than the engine was given."""
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def wide(threads: int) -> dict[str, str]:
    """Vectors as wide as the processor has them: LLVM holds back where 512 bits once cost speed.

    For the hand-written kernel and the limits alone: a user of Glasstown sets nothing.
    """
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features()
    if not features.get("avx512f"):
        return {}
    return {
        "NUMBA_CPU_NAME": llvm.get_host_cpu_name(),
        "NUMBA_CPU_FEATURES": features.flatten() + ",-prefer-256-bit",
    }


def polars(threads: int) -> dict[str, str]:
    """Polars takes its number of threads from the environment."""
    return {"POLARS_MAX_THREADS": str(threads)}


def numba(threads: int) -> dict[str, str]:
    """So does Numba's own thread pool."""
    return {"NUMBA_NUM_THREADS": str(threads)}


@dataclass(frozen=True)
class Engine:
    """An engine: its module beside this one, what must be installed, and how many it can bear."""

    name: str
    module: str
    needs: str
    quick: int
    full: int
    environment: Environment = plain
    threaded: bool = True
    tries: int = 3


KERNEL, GLASSTOWN = "by hand in Numba", "Glasstown"
ENGINES = (
    Engine(KERNEL, "kernel", "numba", 300_000, 3_000_000, wide, tries=15),
    Engine(GLASSTOWN, "glasstown_", "glasstown", 300_000, 3_000_000, tries=8),
    Engine("NumPy", "numpy_", "numpy", 60_000, 1_200_000),
    Engine("Polars", "polars_", "polars", 60_000, 1_200_000, polars),
    Engine("DuckDB", "duckdb_", "duckdb", 60_000, 600_000, tries=2),
    Engine("laser-core", "laser_", "laser-core", 60_000, 1_200_000, numba),
    Engine("mesa-frames", "mesa_frames_", "mesa-frames", 60_000, 1_200_000, polars),
    Engine("Mesa", "mesa_", "mesa", 3_000, 15_000, threaded=False, tries=2),
)


@dataclass
class Found:
    """What an engine took: nanoseconds a citizen-month by threads, bytes a citizen, distances."""

    engine: Engine
    citizens: int
    took: dict[int, float] = field(default_factory=dict)
    held: float = 0.0
    worst: tuple[str, float] = ("", 0.0)
    failed: str = ""

    @property
    def agrees(self) -> bool:
        """Whether it ran, and gave what SCL-6 gives."""
        return not self.failed and abs(self.worst[1]) <= AGREE


def installed(engine: Engine) -> str:
    """The version of what an engine needs, or nothing."""
    try:
        return version(engine.needs)
    except PackageNotFoundError:
        return ""


def compare(
    names: Sequence[str], threads: Sequence[int], *, quick: bool, say: Callable[[str], None]
) -> list[Found]:
    """Run each engine in processes of its own, the first two once more at the end.

    A machine may change its pace while this runs; the two that matter most are timed on both
    sides of the others, and the faster time counts.
    """
    chosen = [engine for engine in ENGINES if not names or engine.module.rstrip("_") in names]
    found = {
        engine.name: Found(engine, (engine.quick if quick else engine.full) // SIZE * SIZE)
        for engine in chosen
        if installed(engine)
    }
    again = [engine for engine in chosen if engine.name in (KERNEL, GLASSTOWN)]
    for engine in [*chosen, *([] if quick else again)]:
        if engine.name not in found:
            say(f"{engine.name}: not installed ({engine.needs})")
            continue
        for number in threads if engine.threaded else (1,):
            say(f"{engine.name}, {threads_text(number)}")
            measure(found[engine.name], number)
    return list(found.values())


def measure(found: Found, threads: int) -> None:
    """Time an engine, and see whether it agrees."""
    engine = found.engine
    try:
        told = worker(
            f"benchmarks.scl6.{engine.module}",
            found.citizens,
            threads,
            engine.tries,
            engine.environment,
        )
    except RuntimeError as error:
        found.failed = str(error)
        return
    here = min(told["seconds"]) / found.citizens / MONTHS * 1e9
    found.took[threads] = min(here, found.took.get(threads, here))
    found.held = max(found.held, told["held"] / found.citizens)
    counts: Counts = np.array(told["counts"], dtype=np.int64)
    for aggregate, distance in distances(counts).items():
        if abs(distance) > abs(found.worst[1]):
            found.worst = (aggregate, distance)


def worker(
    module: str, citizens: int, threads: int, tries: int, environment: Environment = plain
) -> dict[str, list[float]]:
    """What a process of its own took; see worker.py."""
    numbers = (str(citizens), str(threads), str(tries))
    variables = {**plain(threads), **environment(threads)}
    said = process("-m", "benchmarks.scl6.worker", module, *numbers, **variables)
    told: dict[str, list[float]] = json.loads(said)
    return told


def section(found: Iterable[Found], limits: Mapping[int, Limits]) -> str:
    """The comparison, as a table; an engine that disagrees has no time."""
    found = list(found)
    times = {each.engine.name: each.took for each in found if each.agrees}
    head = [
        "SCL-6, ns a citizen-month", "citizens", *(threads_text(t) for t in limits),
        "times the kernel", "times Glasstown", "times the draws", "bytes a citizen",
        "furthest aggregate",
    ]  # fmt: skip
    rows = []
    for each in found:
        row = [f"{each.engine.name} {installed(each.engine)}", f"{each.citizens:,}"]
        if not each.agrees:
            why = each.failed or "disagrees: its time is not counted"
            rows.append([*row, *[""] * (len(head) - 3), why if each.failed else _furthest(each)])
            rows[-1][2] = "" if each.failed else why
            continue
        row += [figure(each.took[t]) if t in each.took else "" for t in limits]
        for other in (KERNEL, GLASSTOWN):
            row.append(_ratios(each.took, times.get(other, {})))
        draws = {t: limit.draw * DECISIONS for t, limit in limits.items()}
        rows.append([*row, _ratios(each.took, draws), figure(each.held), _furthest(each)])
    return table(head, rows)


def _furthest(found: Found) -> str:
    name, distance = found.worst
    return f"{name}, {abs(distance):.1f} sd"


def _ratios(took: Mapping[int, float], other: Mapping[int, float]) -> str:
    """Times as long, by threads."""
    return " / ".join(figure(took[t] / other[t]) for t in took if t in other)
