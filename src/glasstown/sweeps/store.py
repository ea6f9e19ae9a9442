"""Where what the runs of a sweep counted is kept until it is a table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

import numpy as np
from numpy.typing import NDArray


class Store(ABC):
    """Keeps what finished runs counted, by their number."""

    @abstractmethod
    def done(self) -> frozenset[int]:
        """The runs that are finished."""

    @abstractmethod
    def keep(self, run: int, counted: NDArray[np.int64]) -> None:
        """Keep what a run counted: outcomes x cells x months x 2."""

    @abstractmethod
    def counted(self, run: int) -> NDArray[np.int64]:
        """What a finished run counted."""


@final
class Memory(Store):
    """Keeps them in this process alone."""

    def __init__(self) -> None:
        self._held: dict[int, NDArray[np.int64]] = {}

    def done(self) -> frozenset[int]:
        """The runs that are finished."""
        return frozenset(self._held)

    def keep(self, run: int, counted: NDArray[np.int64]) -> None:
        """Keep what a run counted."""
        self._held[run] = counted

    def counted(self, run: int) -> NDArray[np.int64]:
        """What a finished run counted."""
        return self._held[run]
