"""What a cluster costs beside threads: `python benchmarks/cluster.py`, on a quiet machine.

Prints seconds and ns for a citizen-month on every processor of this machine: by threads, and by a
Ray cluster of this machine alone. The figures in docs/how-to/run-on-a-cluster.md come from here.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import glasstown as gt
from glasstown.engine.cluster.address import LOCAL
from glasstown.engine.cluster.quiet import quiet_ray
from glasstown.engine.execute import execute, processors, ready

CITIZENS, MONTHS, TRIES = 4_000_000, 12, 3
WORLDS = ("unictown-china", "unictown-china-ranked")


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few tries."""
    times = []
    for _ in range(TRIES):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def main() -> None:
    """Measure and print."""
    quiet_ray()
    from glasstown.engine.cluster.connect import connect

    ready()
    started = time.perf_counter()
    connection = connect(LOCAL)
    print(f"a cluster of this machine starts in {time.perf_counter() - started:.1f} s")
    print(f"{CITIZENS:,} citizens, {MONTHS} months, {processors()} processors, best of {TRIES}")
    for name in WORLDS:
        world = gt.load_world(name, citizens=CITIZENS, months=MONTHS)
        for on in (None, "ray"):
            seconds = best(lambda world=world, on=on: execute(world, on=on))
            each = 1e9 * seconds * processors() / (CITIZENS * MONTHS)
            where = "on a cluster" if on else "by threads"
            print(f"{name:24}{where:14}{seconds:8.2f} s{each:8.1f} ns of a processor")
    connection.close()


if __name__ == "__main__":
    main()
