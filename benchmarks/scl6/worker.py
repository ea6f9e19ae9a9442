"""One engine, in a process of its own: how long it takes, what it counts, how much it holds."""

from __future__ import annotations

import argparse
import importlib
import json
import time
from pathlib import Path

WARM_UP = 3_000
"""Citizens of the run before the first that counts: it compiles, loads and fills what is kept."""


def main() -> None:
    """Run an engine, and print what it took as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("module")
    parser.add_argument("citizens", type=int)
    parser.add_argument("threads", type=int)
    parser.add_argument("tries", type=int)
    arguments = parser.parse_args()
    started = time.perf_counter()
    run = importlib.import_module(arguments.module).run
    run(WARM_UP, 2, arguments.threads, seed=1)
    ready = time.perf_counter() - started
    before = resident(forget=True)
    took = []
    for seed in range(1, arguments.tries + 1):
        started = time.perf_counter()
        counts = run(arguments.citizens, 12, arguments.threads, seed=seed)
        took.append(time.perf_counter() - started)
        if seed == 1:
            peak = resident()
    print(
        json.dumps(
            {
                "ready": ready,
                "seconds": took,
                "held": max(peak - before, 0),
                "peak": peak,
                "counts": counts.tolist(),
            }
        )
    )


def resident(*, forget: bool = False) -> int:
    """The most bytes this process has held in memory; `forget` starts the count anew.

    Linux alone tells it of a process without what its parent held before.
    """
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    if forget:
        Path("/proc/self/clear_refs").write_text("5")
        return int(status["VmRSS"].split()[0]) * 1024
    return int(status["VmHWM"].split()[0]) * 1024


if __name__ == "__main__":
    main()
