"""One command for speed: `make bench`.

Prints what a run costs beside what this machine can do, all measured in the same run: trust the
ratios, not the times. Figures worth keeping go to RESULTS.md with machine, date and command.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import glasstown as gt
from glasstown.engine import reference
from glasstown.engine.execute import execute, processors, ready
from glasstown.engine.machine import _halves, round_keys

TRIES = 5


def best(work: Callable[[], object], tries: int = TRIES) -> tuple[float, float]:
    """Seconds of the fastest and of the median try, after one that is not counted."""
    work()
    times = []
    for _ in range(tries):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times), statistics.median(times)


def line(what: str, fastest: float, median: float, unit: str) -> None:
    print(f"  {what:<58} {fastest:>10,.2f} {median:>10,.2f}  {unit}")


def whole_process(*arguments: str, **environment: str) -> tuple[float, float]:
    """Seconds of a whole Python process, fastest and median of three."""
    env = {**os.environ, **environment}

    def work() -> None:
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, env=env, capture_output=True)

    return best(work, 3)


def limits() -> float:
    """What the machine can do: bandwidth, and nanoseconds a decision's sixteen bits."""
    print("This machine, fastest and median")
    big = np.ones(2**25, dtype=np.int64)
    other = np.empty_like(big)
    fast, middle = best(lambda: np.copyto(other, big))
    line(
        "memory, read and write", 2 * big.nbytes / fast / 1e9, 2 * big.nbytes / middle / 1e9, "GB/s"
    )
    blocks = 4096  # as many decisions as fit the second cache: the call itself then costs nothing
    out = np.zeros(8 * blocks, dtype=np.int32)
    keys = round_keys(1)
    first, stage, purpose = np.uint64(0), np.uint32(0), np.uint32(1)

    def halves() -> None:
        for month in range(200):
            _halves(out, blocks, first, stage, np.uint32(month), purpose, keys)

    fast, middle = (seconds / 200 / len(out) * 1e9 for seconds in best(halves))
    line("luck, one thread", fast, middle, "ns a decision")
    return fast


def running(draws: float) -> None:
    """What a citizen's month costs, by world, size and threads."""
    print("A citizen's month, fastest and median")
    for name, citizens, months in (
        ("unictown-campus", 40_000, 24),
        ("unictown-china", 1_000_000, 12),
        ("unictown-china-ranked", 1_000_000, 12),
    ):
        world = gt.load_world(name, citizens=citizens, months=months)
        program = execute(world.changed({"citizens": 1, "months": 1})).program
        start, end = program.sections["month"]
        for threads in range(1, processors() + 1):
            fast, middle = best(lambda w=world, t=threads: execute(w, threads=t), 3)
            each = 1e9 / citizens / months
            what = f"{name}, {citizens:,} x {months}, {threads} thread(s)"
            line(what, fast * each, middle * each, "ns")
        print(
            f"    {end - start} instructions a month, {program.bytes_per_citizen} bytes a citizen"
        )
    world = gt.load_world("unictown-campus", citizens=480, months=6)
    fast, middle = best(lambda: reference.run(world), 1)
    line("the reference, 480 x 6", fast / 480 / 6 * 1e9, middle / 480 / 6 * 1e9, "ns")
    print(f"    a decision's luck is {draws:.2f} ns of these")


def latency() -> None:
    """What somebody waits for."""
    print("Waiting, fastest and median")
    line("glasstown --help", *whole_process("-m", "glasstown", "--help"), "s")
    with tempfile.TemporaryDirectory() as empty:
        started = time.perf_counter()
        code = "from glasstown.engine.execute import ready; ready()"
        env = {**os.environ, "NUMBA_CACHE_DIR": empty}
        subprocess.run([sys.executable, "-c", code], check=True, env=env)
        cold = time.perf_counter() - started
    line("the machine's one compile, whole process", cold, cold, "s")
    line("the same process with the machine compiled", *whole_process("-c", code), "s")
    world = gt.load_world("unictown-campus")
    changed = iter(range(-99, -10))
    run = lambda: execute(world.changed({"rules.cheating.points": next(changed)}))  # noqa: E731
    line("a number moved and the campus lived again, warm", *best(run), "s")
    made = gt.run(gt.load_world("unictown-campus"))
    strangers = iter(range(1234, made.world.citizens, made.world.layout.size))
    told = lambda: made.citizen(next(strangers)).dossier().text()  # noqa: E731
    line("a dossier, warm, each of another community", *best(told, 3), "s")
    line(
        "a dossier, warm, of one community", *best(lambda: made.citizen(1234).dossier().text()), "s"
    )


def main() -> None:
    """Run every benchmark."""
    ready(print)
    print(f"{platform.machine()}, {processors()} processors, Python {platform.python_version()}")
    draws = limits()
    running(draws)
    latency()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"Peak memory of this process: {peak:,.0f} MiB")
    print(f"Keep what matters in {Path(__file__).with_name('RESULTS.md').name}.")


if __name__ == "__main__":
    main()
