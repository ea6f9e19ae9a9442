"""What the machine can do: bandwidth, and draws."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.timing import process, seconds, table

DECISIONS = 15
"""Decisions in a citizen's month of SCL-6."""


@dataclass(frozen=True)
class Limits:
    """GB/s read, GB/s read and written, and nanoseconds for a decision's sixteen bits."""

    read: float
    copy: float
    draw: float


def limits(threads: int, environment: dict[str, str], *, quick: bool) -> Limits:
    """The limits of this machine on so many threads, from a process of its own."""
    arguments = ["-m", "benchmarks.limits", str(threads), str(int(quick))]
    return Limits(**json.loads(process(*arguments, **environment)))


def measured(threads: int, *, quick: bool) -> Limits:
    """The limits of this machine, here and now."""
    from benchmarks.scl6 import philox

    words = 2**22 if quick else 2**25
    big, other = np.ones(words, dtype=np.int64), np.ones(words, dtype=np.int64)
    parts = [slice(n * words // threads, (n + 1) * words // threads) for n in range(threads)]
    blocks = [philox.scratch() for _ in parts]
    rounds = 4_000 if quick else 20_000
    with ThreadPoolExecutor(threads) as pool:

        def on_all(work: Callable[[int], object]) -> Callable[[], object]:
            return lambda: list(pool.map(work, range(threads)))

        read = seconds(on_all(lambda n: big[parts[n]].max()))
        copy = seconds(on_all(lambda n: np.copyto(other[parts[n]], big[parts[n]])))
        draw = seconds(on_all(lambda n: philox.draw_often(blocks[n], rounds)))
    halves = philox.HALVES * rounds * threads
    return Limits(big.nbytes / read / 1e9, 2 * big.nbytes / copy / 1e9, draw / halves * 1e9)


def section(found: dict[int, Limits]) -> str:
    """The limits, as a table by threads."""
    head = ["this machine", *(threads_text(threads) for threads in found)]
    rows = [
        ["memory, read, GB/s", *(f"{each.read:.1f}" for each in found.values())],
        ["memory, read and written, GB/s", *(f"{each.copy:.1f}" for each in found.values())],
        ["Philox4x32-10, ns for sixteen bits", *(f"{each.draw:.3f}" for each in found.values())],
        [
            f"so {DECISIONS} decisions, ns a citizen-month",
            *(f"{each.draw * DECISIONS:.2f}" for each in found.values()),
        ],
    ]
    return table(head, rows)


def threads_text(threads: int) -> str:
    """1 thread, 2 threads."""
    return f"{threads} thread{'s' * (threads > 1)}"


if __name__ == "__main__":
    import sys

    print(json.dumps(vars(measured(int(sys.argv[1]), quick=sys.argv[2] == "1"))))
