"""Who lives a run: the spans of a nation, and the crew that lives them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.lives import Counts, State
from glasstown.world.world import World

SPANS = 256
"""Spans to a nation, at the most."""

LEAST = 8
"""Wards to a span, at the least."""


@final
@dataclass(frozen=True)
class Span:
    """A run of whole wards: what is lived, kept, and lived again if lost, as one."""

    number: int
    start: int
    wards: int


def spans(world: World, wards: int | None = None) -> tuple[Span, ...]:
    """The spans of a nation. They depend on the world alone, not on who lives them.

    `wards` asks for another size than the usual one.
    """
    wards = wards or max(LEAST, -(-world.wards // SPANS))
    starts = range(0, world.wards, wards)
    return tuple(
        Span(number, start, min(wards, world.wards - start)) for number, start in enumerate(starts)
    )


class Crew(ABC):
    """Lives the spans of one world: on threads of this process, or on workers of a cluster.

    Each method yields what each span gives as it is finished, in any order. What is yielded is a
    function of the world alone.
    """

    @abstractmethod
    def lives(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Of an uncoupled world: whole lives; yields months x measures x cells."""

    @abstractmethod
    def births(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Of a coupled world: birth, with the state kept; yields the scores' histograms."""

    @abstractmethod
    def month(
        self, wanted: Sequence[Span], signals: NDArray[np.int32]
    ) -> Iterator[tuple[Span, Counts, Counts]]:
        """One month more of a coupled world; yields measures x cells, and histograms.

        `signals` is int32, months so far with this one x signals: a crew that has lost the state
        of a span makes it anew from birth.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of threads, workers and state."""


Recall = Callable[[Span], tuple[int, State] | None]
"""The state of a span, and after how many months it was kept; None if it was not."""


class HoldsState(ABC):
    """A crew that has the state of a coupled world at hand, so that it can be kept and recalled.

    One that has it elsewhere is none of these: what it has lost it makes anew from birth.
    """

    @abstractmethod
    def keep(self, wanted: Sequence[Span], write: Callable[[Span, State], None]) -> None:
        """Have the state of each span written, by several threads at once; none is living then.

        Raises:
            OSError: one of them could not be written.
        """

    @abstractmethod
    def recall(self, read: Recall) -> None:
        """From now on, ask for a state that is not at hand before making it anew from birth."""
