"""What is kept of a run while it is lived, and read back when it goes on or is mended."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.records.begun import PROGRESS, Begun
from glasstown.records.manifest import SPANS
from glasstown.records.sealed import Sealed, seal, unsealed
from glasstown.records.spots import Spot
from glasstown.records.store import names, read, remove, sync, together, write

SYNCED_AT_LEAST = 0.1
"""Seconds that pass between two efforts to have kept files survive a loss of power."""

WORTH = 10
"""How many times as long as the last such effort took must pass before the next."""

_MOST_AT_ONCE = 128 * 2**20

Values = NDArray[np.int64]


@final
@dataclass(frozen=True)
class Month:
    """A month that was kept. signals: those used in it; scores: the histograms at its end."""

    signals: Values
    scores: Values
    counts: Values


@final
class Making:
    """The files of a run in the making: spans, months, states.

    Whatever is not there, or not exactly as it was kept, is None when it is asked for, and is
    lived again. shape: of a span's counts, months x measures x cells; signals: of all months, if
    they are known from elsewhere.
    """

    def __init__(
        self,
        folder: Spot,
        begun: Begun,
        shape: tuple[int, ...],
        signals: Values | None = None,
    ) -> None:
        self.folder = folder
        self.begun = begun
        self.shape = shape
        self._signals = signals
        self._unsynced: list[Spot] = []
        self._synced_at, self._sync_took = time.perf_counter(), 0.0

    # What is kept:

    def keep_span(self, number: int, counts: Values) -> None:
        """Keep a span's counts: months x measures x cells.

        Raises:
            OSError: the disk is full, say; what was kept before is there.
        """
        self._keep(_span(number), self._seal({"span": number}, [counts]))

    def keep_month(self, number: int, month: Month) -> None:
        """Keep a month of a coupled world. Its counts are spans x measures x cells.

        Raises:
            OSError: the disk is full, say; what was kept before is there.
        """
        arrays = [month.signals, month.scores, month.counts]
        self._keep(f"month-{number:04}.bin", self._seal({"month": number}, arrays))

    def keep_state(self, number: int, months: int, state: Sequence[NDArray[Any]]) -> None:
        """Keep the state of a span after so many months, in place of an older one.

        Raises:
            OSError: the disk is full, say; the older one is there.
        """
        data = self._seal({"state": number, "months": months}, state)
        write(self._file(f"state-{number:04}.bin"), [data], durable=True)

    def drop_states(self) -> bool:
        """Let go of all states; whether there were any."""
        states = [n for n in names(self.folder / PROGRESS) if n.startswith("state-")]
        for name in states:
            remove(self._file(name))
        return bool(states)

    def sync(self) -> None:
        """Have all that is kept survive a loss of power.

        Raises:
            OSError: the disk is full, say.
        """
        if not self._unsynced:
            return
        began = time.perf_counter()
        sync([*self._unsynced, self.folder / PROGRESS, self.folder])
        self._unsynced.clear()
        self._synced_at = time.perf_counter()
        self._sync_took = self._synced_at - began

    # What was kept:

    def span(self, number: int) -> Values | None:
        """A span's counts."""
        piece = self._span(number)
        return None if piece is None else piece.array(0, np.dtype(np.int64), self.shape)

    def month(self, number: int, signals: int, scores: int) -> Month | None:
        """A month of a coupled world, of so many signals and of scores so wide."""
        piece = self._read(f"month-{number:04}.bin", {"month": number})
        if piece is None:
            return None
        shapes = [(signals,), (scores,), (self.begun.spans, *self.shape[1:])]
        found = [piece.array(i, np.dtype(np.int64), shape) for i, shape in enumerate(shapes)]
        return None if any(a is None for a in found) else Month(*found)  # type: ignore[arg-type]

    def state(
        self, number: int, like: Sequence[NDArray[Any]]
    ) -> tuple[int, tuple[NDArray[Any], ...]] | None:
        """The last kept state of a span, and after how many months; shaped `like` that."""
        piece = self._read(f"state-{number:04}.bin", {"state": number})
        if piece is None or not isinstance(piece.about.get("months"), int):
            return None
        found = tuple(piece.array(i, a.dtype, a.shape) for i, a in enumerate(like))
        if any(array is None for array in found):
            return None
        return piece.about["months"], found  # type: ignore[return-value]

    def signals(self, number: int) -> Values | None:
        """The signals of all months, so many in each, of a run that was lived to its end."""
        piece, shape = self._packed.get("signals"), (self.shape[0], number)
        found = self._signals if piece is None else piece.array(0, np.dtype(np.int64), shape)
        return found if found is not None and found.shape == shape else None

    # What a whole run keeps of it:

    def packed(self, signals: Values) -> Iterator[bytes]:
        """The content of `spans.bin`: the signals of all months, then every span's counts.

        Raises:
            LookupError: a span or a month is no longer there.
        """
        yield self._seal({"signals": True}, [signals])
        months_at_once = self.shape[0] * self.shape[1] * self.shape[2] * 8
        at_once = max(1, _MOST_AT_ONCE // max(months_at_once, 1))
        for first in range(0, self.begun.spans, at_once):
            wanted = range(first, min(first + at_once, self.begun.spans))
            pieces = together(self.folder, self._span, wanted)
            if all(pieces):
                yield from (piece.raw for piece in pieces if piece)
                continue
            counts = self._by_span(wanted, signals.shape[1])
            for number, values in zip(wanted, counts, strict=True):
                yield self._seal({"span": number}, [values])

    def _by_span(self, wanted: range, signals: int) -> Values:
        """What some spans counted in months that were kept: spans x months x measures x cells."""
        found = np.empty((len(wanted), *self.shape), dtype=np.int64)
        for number in range(self.shape[0]):
            piece = self._read(f"month-{number:04}.bin", {"month": number})
            shape = (self.begun.spans, *self.shape[1:])
            counts = piece and piece.array(2, np.dtype(np.int64), shape)
            if counts is None:
                raise LookupError(f"month {number}")
            found[:, number] = counts[wanted.start : wanted.stop]
        return found

    def _span(self, number: int) -> Sealed | None:
        return self._read(_span(number), {"span": number}) or self._packed.get(number)

    @cached_property
    def _packed(self) -> dict[int | str, Sealed]:
        """The pieces of `spans.bin` that are as they were written."""
        found: dict[int | str, Sealed] = {}
        for piece in _pieces(self.folder / SPANS, self.begun.key):
            name = "signals" if "signals" in piece.about else piece.about.get("span")
            if isinstance(name, int | str):
                found[name] = piece
        return found

    def _read(self, name: str, wanted: dict[str, int]) -> Sealed | None:
        if name not in self._kept:
            return None
        for piece in _pieces(self._file(name), self.begun.key):
            if wanted.items() <= piece.about.items():
                return piece
        return None

    @cached_property
    def _kept(self) -> set[str]:
        return set(names(self.folder / PROGRESS))

    def _seal(self, about: dict[str, Any], arrays: Sequence[NDArray[Any]]) -> bytes:
        return seal({"run": self.begun.key, **about}, arrays)

    def _keep(self, name: str, data: bytes) -> None:
        file = self._file(name)
        try:
            write(file, [data])
        except OSError:
            if not self.drop_states():
                raise
            write(file, [data])  # what states took is room for counts
        self._kept.add(name)
        self._unsynced.append(file)
        since = time.perf_counter() - self._synced_at
        if since >= max(SYNCED_AT_LEAST, WORTH * self._sync_took):
            self.sync()

    def _file(self, name: str) -> Spot:
        return self.folder / PROGRESS / name


def wrong_spans(folder: Spot, begun: Begun, most: int) -> tuple[int, list[int]]:
    """How many spans of a whole run are not there as they were written, and the first of them.

    most: how many are named. It takes no longer for a stranger's run that claims more spans.
    """
    told = (piece.about.get("span") for piece in _pieces(folder / SPANS, begun.key))
    there = {number for number in told if type(number) is int and 0 <= number < begun.spans}
    wrong = (number for number in range(begun.spans) if number not in there)
    return begun.spans - len(there), list(islice(wrong, most))


def _pieces(file: Spot, key: str) -> Iterator[Sealed]:
    try:
        data = read(file)
    except OSError:
        return  # it is lived again
    yield from (piece for piece in unsealed(data) if piece.about.get("run") == key)


def _span(number: int) -> str:
    return f"span-{number:04}.bin"
