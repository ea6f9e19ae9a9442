"""What a citizen's month costs in worlds of the library, and as the nation grows."""

from __future__ import annotations

from collections.abc import Sequence

import glasstown as gt
from benchmarks.limits import threads_text
from benchmarks.scl6.compare import wide, worker
from benchmarks.scl6.workload import MONTHS, SIZE
from benchmarks.timing import clocked, figure, seconds, table
from glasstown.engine import reference
from glasstown.engine.execute import execute

LIBRARY = (
    ("unictown-campus", 40_000, 24),
    ("unictown-china", 1_000_000, 12),
    ("unictown-china-ranked", 1_000_000, 12),
)
SIZES = (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 460_000_000)
GROWING = (
    ("unictown-china", "benchmarks.china"),
    ("SCL-6, Glasstown", "benchmarks.scl6.glasstown_"),
    ("SCL-6, by hand", "benchmarks.scl6.kernel"),
)


def section(threads: Sequence[int], *, quick: bool) -> str:
    """Nanoseconds a citizen-month, by world and threads."""
    rows = []
    for name, citizens, months in LIBRARY:
        citizens = citizens // 20 if quick else citizens
        world = gt.load_world(name, citizens=citizens, months=months)
        took = [seconds(lambda w=world, t=t: execute(w, threads=t), 2) for t in threads]
        each = [figure(t / citizens / months * 1e9) for t in took]
        rows.append([f"`{name}`, {citizens:,} x {months}", *each])
    small = gt.load_world("unictown-campus", citizens=480, months=6)
    took = clocked(lambda: reference.run(small)) / 480 / 6 * 1e9
    rows.append(["the reference, 480 x 6", figure(took), *[""] * (len(threads) - 1)])
    return table(["ns a citizen-month", *(threads_text(t) for t in threads)], rows)


def growth(threads: int, *, quick: bool) -> str:
    """Millions of citizen-months a second, and MiB at the peak, by size and world."""
    head = ["citizens x 12"]
    for name, _ in GROWING:
        head += [f"{name}, million a second", "s", "MiB"]
    rows = []
    for size in SIZES[:3] if quick else SIZES:
        row = [f"{size:,}"]
        for _, module in GROWING:
            citizens = size // SIZE * SIZE
            environment = {"environment": wide} if module.endswith("kernel") else {}
            told = worker(module, citizens, threads, 1 if size > 10**7 else 3, **environment)
            took = min(told["seconds"])
            row += [figure(citizens * MONTHS / took / 1e6), figure(took)]
            row.append(figure(told["peak"] / 2**20))
        rows.append(row)
    return table(head, rows)
