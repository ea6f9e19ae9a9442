"""The loop of a run: a crew lives spans, month by month where coupled, and the counts are summed.

What was kept of an earlier attempt is not lived again, and what is finished is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import Signal
from glasstown.engine.crew import Crew, HoldsState, Span
from glasstown.engine.lives import Counts, Lives, require_memory
from glasstown.engine.national import first_signals, next_signals
from glasstown.engine.snapshots import Snapshots
from glasstown.engine.work import Announce, Often, Progress, Work
from glasstown.records import Making, Month

Counted = tuple[Counts, NDArray[np.int64], Work]
"""Months x measures x cells; months x signals; and what was done for them."""

AT_ONCE = 16
"""Spans of a coupled world that are mended together."""


@final
class Loop:
    """One run of one world by one crew."""

    def __init__(
        self,
        lives: Lives,
        signals: Sequence[Signal],
        crew: Crew,
        divided: Sequence[Span],
        progress: Progress | None,
    ) -> None:
        self._lives = lives
        self._world = lives.world
        self._signals = signals
        self._crew = crew
        self._spans = divided
        self._progress = progress
        self._done = 0

    def run(self) -> Counted:
        """Live all of it, and keep nothing.

        Raises:
            RunProblem: the state of a coupled world does not fit where it is to be held.
        """
        return self._months(None, None) if self._world.coupled else self._whole_lives(None)

    def run_and_keep(self, making: Making, often: Often, warn: Announce | None) -> Counted:
        """Live what is not there, and keep it.

        Raises:
            OSError: it cannot be kept: the disk is full, say.
            RunProblem: the state of a coupled world does not fit where it is to be held.
        """
        if not self._world.coupled:
            return self._whole_lives(making)
        used = making.signals(len(self._signals))
        if used is not None:
            return self._mend(making, used)
        snapshots = None
        if isinstance(self._crew, HoldsState):
            snapshots = Snapshots(making, self._crew, self._lives, self._spans, often, warn)
        return self._months(making, snapshots)

    def _whole_lives(self, making: Making | None) -> Counted:
        values = self._lives.zeros(self._world.months)
        missing = self._add_kept(making, values)
        for span, counted in self._crew.lives(missing):
            if making is not None:
                making.keep_span(span.number, counted)
            values += counted
            self._tell((span,), self._world.months)
        none = np.zeros((self._world.months, 0), dtype=np.int64)
        return values, none, self._span_work(missing)

    def _mend(self, making: Making, used: NDArray[np.int64]) -> Counted:
        """Of a coupled world that was lived to its end: with its signals, each span is alone."""
        world = self._world
        values = self._lives.zeros(world.months)
        missing = self._add_kept(making, values)
        signals = self._room_for_signals()
        signals[:, : used.shape[1]] = used
        for first in range(0, len(missing), AT_ONCE):
            wanted = missing[first : first + AT_ONCE]
            counts = {span.number: self._lives.zeros(world.months) for span in wanted}
            for month in range(world.months):
                for span, counted, _ in self._crew.month(wanted, signals[: month + 1]):
                    counts[span.number][month] = counted
                    self._tell((span,), 1)
            for number, own in counts.items():
                making.keep_span(number, own)
                values += own
        return values, used, self._span_work(missing)

    def _months(self, making: Making | None, snapshots: Snapshots | None) -> Counted:
        world, width = self._world, len(self._signals)
        if isinstance(self._crew, HoldsState):
            require_memory(self._lives)
        values, used = self._lives.zeros(world.months), self._room_for_signals()
        scores = self._lives.histogram()
        there = 0
        while making is not None and there < world.months:
            kept = making.month(there, width, scores.size)
            if kept is None:
                break
            used[there, :width], values[there] = kept.signals, kept.counts.sum(axis=0)
            scores = kept.scores
            there += 1
        if there:
            self._tell(self._spans, there)
        if not there:
            for _, born in self._crew.births(self._spans):
                scores += born
        elif snapshots is not None and there < world.months:
            snapshots.recall(there)
        for month in range(there, world.months):
            used[month, :width] = (
                first_signals(self._lives, self._signals, scores)
                if month == 0
                else next_signals(self._lives, self._signals, scores, values[month - 1])
            )
            counts, scores = self._month(used[: month + 1])
            values[month] = counts.sum(axis=0)
            if making is not None:
                signals = used[month, :width].astype(np.int64)
                making.keep_month(month, Month(signals, scores, counts))
            if snapshots is not None and month + 1 < world.months:
                snapshots.after(month + 1)
        if snapshots is not None:
            again = snapshots.again
        else:
            again = there * len(self._spans) if there < world.months else 0
        work = Work("month", there, world.months - there, again)
        return values, used[:, :width].astype(np.int64), work

    def _month(self, used: NDArray[np.int32]) -> tuple[Counts, Counts]:
        """One month of the nation: spans x measures x cells, and the scores' histograms."""
        counts = self._lives.zeros(len(self._spans))
        scores = self._lives.histogram()
        for span, counted, own in self._crew.month(self._spans, used):
            counts[span.number] = counted
            scores += own
            self._tell((span,), 1)
        return counts, scores

    def _add_kept(self, making: Making | None, values: Counts) -> Sequence[Span]:
        """Add what is kept of whole lives; the spans of which nothing is."""
        if making is None:
            return self._spans
        missing, there = [], []
        for span in self._spans:
            counted = making.span(span.number)
            if counted is None:
                missing.append(span)
            else:
                values += counted
                there.append(span)
        if there:
            self._tell(there, self._world.months)
        return missing

    def _room_for_signals(self) -> NDArray[np.int32]:
        return np.zeros((self._world.months, max(len(self._signals), 1)), dtype=np.int32)

    def _span_work(self, missing: Sequence[Span]) -> Work:
        return Work("span", len(self._spans) - len(missing), len(missing))

    def _tell(self, lived: Sequence[Span], months: int) -> None:
        for span in lived:
            self._done += self._lives.citizens(span.start, span.wards) * months
        if self._progress is not None:
            self._progress(self._done, self._world.citizens * self._world.months)
