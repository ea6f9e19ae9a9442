"""A crew of threads of this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar, final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine import machine
from glasstown.engine.crew import Crew, HoldsState, Recall, Span
from glasstown.engine.lives import Counts, Lives, State

T = TypeVar("T")


@final
class Threads(Crew, HoldsState):
    """Lives spans on threads; the state of a coupled world is in this process."""

    def __init__(self, lives: Lives, threads: int) -> None:
        self._lives = lives
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads)
        self._state: dict[int, tuple[int, State]] = {}
        self._recall: Recall = lambda span: None
        self._none = np.zeros((1, max(len(lives.program.signals), 1)), dtype=np.int32)

    def lives(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Whole lives."""
        months = self._lives.world.months
        signals = np.zeros((months, self._none.shape[1]), dtype=np.int32)

        def task(span: Span) -> Counts:
            return self._live(machine.WHOLE_LIFE, signals, 0, months, None, span)[0]

        yield from self._each(task, wanted)

    def births(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Birth, with the state kept."""
        yield from self._each(lambda span: self._born(span)[1], wanted)

    def month(
        self, wanted: Sequence[Span], signals: NDArray[np.int32]
    ) -> Iterator[tuple[Span, Counts, Counts]]:
        """One month more."""
        month = len(signals) - 1

        def task(span: Span) -> tuple[Counts, Counts]:
            lived, state = self._state_before(span, month)
            for each in range(lived, month + 1):
                one = signals[each : each + 1]
                counted = self._live(machine.ONE_MONTH, one, each, 1, state, span)
            if month + 1 < self._lives.world.months:
                self._state[span.number] = month + 1, state
            return counted

        for span, (counted, scores) in self._each(task, wanted):
            yield span, counted[0], scores

    def forget(self, numbers: Iterable[int]) -> None:
        """Let the state of spans go, by number."""
        for number in numbers:
            self._state.pop(number, None)

    def keep(self, wanted: Sequence[Span], write: Callable[[Span, State], None]) -> None:
        """Have the state of each span written."""

        def task(span: Span) -> OSError | None:
            try:
                write(span, self._state[span.number][1])
            except OSError as error:
                return error
            return None

        # All are waited for, also after a failure: a state that changes must not be written.
        failed = [error for _, error in self._each(task, wanted) if error is not None]
        if failed:
            raise failed[0]

    def recall(self, read: Recall) -> None:
        """Ask for a state that is not at hand."""
        self._recall = read

    def close(self) -> None:
        """Wait for the threads to end."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._state.clear()

    def _state_before(self, span: Span, month: int) -> tuple[int, State]:
        """The latest state of a span that was not yet lived in a month, and its months."""
        found = self._state.pop(span.number, None) or self._recall(span)
        if found is None or found[0] > month:
            return 0, self._born(span)[0]
        return found

    def _born(self, span: Span) -> tuple[State, Counts]:
        state = self._lives.state(span.wards)
        scores = self._live(machine.BIRTH_ONLY, self._none, 0, 0, state, span)[1]
        self._state[span.number] = 0, state
        return state, scores

    def _live(
        self,
        mode: int,
        signals: NDArray[np.int32],
        first_month: int,
        months: int,
        state: State | None,
        span: Span,
    ) -> tuple[Counts, Counts]:
        return self._lives.live(mode, signals, first_month, months, state, span.start, span.wards)

    def _each(self, task: Callable[[Span], T], wanted: Sequence[Span]) -> Iterator[tuple[Span, T]]:
        """Do a task for every span; no more than one for each thread is done and not yet taken.

        So a kill costs at most the spans that the threads have in hand, and one.
        """
        todo = iter(wanted)
        waiting: dict[Future[T], Span] = {}
        try:
            for span in todo:
                waiting[self._pool.submit(task, span)] = span
                if len(waiting) > self._threads:
                    yield from self._finished(waiting)
            while waiting:
                yield from self._finished(waiting)
        finally:
            for future in waiting:
                future.cancel()

    @staticmethod
    def _finished(waiting: dict[Future[T], Span]) -> Iterator[tuple[Span, T]]:
        finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
        for future in finished:
            yield waiting.pop(future), future.result()
