"""A program run over blocks of wards, on threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import Program, Signal
from glasstown.engine import machine
from glasstown.errors import Place, Problem, RunProblem
from glasstown.luck import logistic_table
from glasstown.world.world import World

LANES_A_BLOCK = 2**18
"""Citizens, about, that a thread lives before it reports."""

Progress = Callable[[int, int], None]
"""Told how many citizen-months are done, and how many there are."""

State = tuple[NDArray[np.int8], NDArray[np.int16], NDArray[np.int32]]


@final
class Blocks:
    """A program ready to be run in blocks of wards."""

    def __init__(
        self,
        world: World,
        program: Program,
        threads: int,
        block: int | None,
        progress: Progress | None,
    ) -> None:
        self.world = world
        self.program = program
        self.threads = threads
        self.layout = world.layout
        self.block = block or self._fitting(world.wards)
        self.progress = progress
        self.done = 0
        self.keys = machine.round_keys(world.seed)
        self.sections = np.array(list(program.sections.values()), dtype=np.int64)
        self.logistic = np.array(logistic_table(), dtype=np.int32)
        starts = np.concatenate([[0], np.cumsum(program.histograms)]).astype(np.int64)
        self.offsets = starts[:-1] if program.histograms else np.zeros(1, dtype=np.int64)

    def _fitting(self, wards: int) -> int:
        """Wards to a block: large enough to be worth a call, small enough to share the work."""
        most = max(1, LANES_A_BLOCK // self.layout.seats)
        return max(1, min(most, -(-wards // (4 * self.threads))))

    def zeros(self, months: int) -> NDArray[np.int64]:
        """An empty ledger."""
        shape = (max(months, 1), self.program.measures, self.program.cells)
        return np.zeros(shape, dtype=np.int64)

    def histogram(self) -> NDArray[np.int64]:
        """Empty histograms of scores, one after another."""
        return np.zeros(max(sum(self.program.histograms), 1), dtype=np.int64)

    def state(self) -> State:
        """What a coupled world keeps of every citizen."""
        wards, width = self.world.wards, self.layout.width
        needed, there = wards * width * self.program.bytes_per_citizen, memory()
        if there is not None and needed > there:
            raise RunProblem(
                Problem(
                    Place(f"world {self.world.name}"),
                    f"a run of {self.world.citizens:,} citizens needs {needed / 2**30:,.1f} GiB of "
                    f"memory, and this machine has {there / 2**30:,.1f} GiB",
                    why=f"the world is coupled by national signals, so {needed // wards // width} "
                    "bytes of every citizen are kept from month to month",
                    remedy=f"run at most {int(self.world.citizens * there / needed * 0.9):,} "
                    "citizens, or a world without national signals",
                )
            )
        bytes_, shorts, words = (max(n, 1) for n in self.program.columns)
        return (
            np.zeros((wards, bytes_, width), dtype=np.int8),
            np.zeros((wards, shorts, width), dtype=np.int16),
            np.zeros((wards, words, width), dtype=np.int32),
        )

    def blocks(
        self,
        mode: int,
        signals: NDArray[np.int32],
        first_month: int,
        months: int,
        state: State | None,
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Live every block, and yield what each counted as it finishes."""
        starts = iter(range(0, self.world.wards, self.block))
        waiting: set[Future[tuple[int, NDArray[np.int64], NDArray[np.int64]]]] = set()
        pool = ThreadPoolExecutor(self.threads)
        try:
            for start in starts:
                waiting.add(
                    pool.submit(self.live, mode, signals, first_month, months, state, start)
                )
                if len(waiting) >= 2 * self.threads:
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from self._told(finished, months)
            while waiting:
                finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from self._told(finished, months)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _told(
        self,
        finished: set[Future[tuple[int, NDArray[np.int64], NDArray[np.int64]]]],
        months: int,
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        for future in finished:
            citizens, counted, scores = future.result()
            yield counted, scores
            self.done += citizens * months
            if self.progress is not None and months:
                self.progress(self.done, self.world.citizens * self.world.months)

    def live(
        self,
        mode: int,
        signals: NDArray[np.int32],
        first_month: int,
        months: int,
        state: State | None,
        start: int,
    ) -> tuple[int, NDArray[np.int64], NDArray[np.int64]]:
        """Live the block of wards that starts at one: its citizens, what it counted, its scores."""
        wards = min(self.block, self.world.wards - start)
        counted, scores = self.zeros(months), self.histogram()
        if state is None:
            none = (np.zeros((1, 1, 1), dtype=t) for t in (np.int8, np.int16, np.int32))
            s8, s16, s32 = none
        else:
            s8, s16, s32 = (part[start : start + wards] for part in state)
        machine.run_wards(
            mode, self.program.code, self.sections, self.program.registers, self.program.tables,
            self.logistic, signals, counted, scores, self.offsets, s8, s16, s32, self.keys,
            start, wards, self.layout.blocks, self.layout.seats, self.world.citizens,
            self.layout.size, first_month, months,
        )  # fmt: skip
        lived = min((start + wards) * self.layout.seats, self.world.citizens)
        return lived - start * self.layout.seats, counted, scores

    def at_birth(self, signal: Signal, hist: NDArray[np.int64]) -> int:
        """A signal for the first month."""
        return self._cut(signal, hist) if signal.histogram >= 0 else signal.at_birth

    def after_month(
        self, signal: Signal, hist: NDArray[np.int64], values: NDArray[np.int64]
    ) -> int:
        """A signal for the month after one that counted these scores and values."""
        if signal.histogram >= 0:
            return self._cut(signal, hist)
        count = int(values[self.world.measures.index(signal.measure), 0])
        return count * 4096 // self.world.citizens

    def _cut(self, signal: Signal, hist: NDArray[np.int64]) -> int:
        """The least score that at most the signal's share of the nation lies above."""
        start = int(self.offsets[signal.histogram])
        scores = hist[start : start + signal.width]
        above = int(scores.sum())
        quota = int(signal.share * self.world.citizens)
        cut = signal.low - 1
        for count in scores.tolist():
            if above <= quota:
                break
            above -= count
            cut += 1
        return cut


def memory() -> int | None:
    """The bytes of memory of this machine, where it says."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
