"""The state of a coupled world, kept now and then, so that a stopped run goes on near its end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import Lock
from typing import final

from glasstown.engine.crew import HoldsState, Span
from glasstown.engine.lives import Lives, State
from glasstown.engine.work import Announce, Often
from glasstown.records import Making

SHARE = 0.1
"""The share of a run's time that keeping states may take, where they are kept by themselves."""


@final
class Snapshots:
    """Keeps the states of spans in turn, and recalls them.

    Each span's is a file of its own, replaced in one step: as the signals of past months are known,
    every span can go on from another month, and none has to be kept at the same time as another.
    So `auto` keeps, after a month, the states of as many spans as can be written in a tenth of the
    time that has passed, beginning with those kept longest ago.
    """

    def __init__(
        self,
        making: Making,
        crew: HoldsState,
        lives: Lives,
        divided: Sequence[Span],
        often: Often,
        warn: Announce | None,
    ) -> None:
        self.again = 0
        self._making = making
        self._crew = crew
        self._lives = lives
        self._spans = divided
        self._often = often
        self._warn = warn
        self._next = 0
        self._paid = time.perf_counter()
        self._each = 0.0
        self._lock = Lock()

    def recall(self, months: int) -> None:
        """Have the crew go on from what was kept of the first so many months."""

        def read(span: Span) -> tuple[int, State] | None:
            found = self._making.state(span.number, self._lives.state(span.wards))
            if found is not None and found[0] > months:
                found = None  # it is ahead of the months that were kept
            with self._lock:
                self.again += months - (0 if found is None else found[0])
            return found

        self._crew.recall(read)

    def after(self, months: int) -> None:
        """Keep the states of some spans, after so many months."""
        many = self._many()
        if not many:
            return
        wanted = [self._spans[(self._next + i) % len(self._spans)] for i in range(many)]
        began = time.perf_counter()
        try:
            self._making.sync()  # a state is of no use without the months before it
            self._crew.keep(
                wanted, lambda span, state: self._making.keep_state(span.number, months, state)
            )
        except OSError as error:
            self._often = Often.NONE
            if self._warn is not None:
                self._warn(
                    f"The state could not be kept ({(error.strerror or str(error)).lower()}). The "
                    "run goes on without; if it is stopped, months are lived again to resume it."
                )
            return
        self._next = (self._next + many) % len(self._spans)
        self._paid = time.perf_counter()
        self._each = (self._paid - began) / many

    def _many(self) -> int:
        """How many spans' states to keep now."""
        if self._often is Often.NONE:
            return 0
        if self._often is Often.EACH_MONTH:
            return len(self._spans)
        if not self._each:
            return 1  # to learn what one costs
        may_take = SHARE * (time.perf_counter() - self._paid)
        return min(len(self._spans), int(may_take / self._each))
