"""What the machine reads beside a program: keys of luck, and tables as it looks them up."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.machine.numbers import LOOKUP
from glasstown.luck import LOW_BITS, logistic_table
from glasstown.luck.philox import MASK, ROUNDS, WEYL

Tables = tuple[
    NDArray[np.int32], NDArray[np.int16], NDArray[np.uint16], NDArray[np.int32],
    NDArray[np.uint16], NDArray[np.int16],
]  # fmt: skip


def round_keys(seed: int) -> NDArray[np.uint64]:
    """The two keys of each of the ten rounds, uint64[20]."""
    keys = []
    k0, k1 = seed & MASK, seed >> 32
    for _ in range(ROUNDS):
        keys += [k0, k1]
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return np.array(keys, dtype=np.uint64)


def prepared(
    code: NDArray[np.int32], numbers: NDArray[np.int32]
) -> tuple[NDArray[np.int32], Tables]:
    """A program's code and tables as the machine reads them.

    The tables as they are; as shorts; the high halves of limits; the logistic table, and its; and
    for each curve that is looked up, the pick for every high half of luck, negative where a
    threshold has the same high half. The code notes in `c` which of these is whose.
    """
    code = code.copy()
    curves: dict[tuple[int, int], int] = {}
    for row in np.flatnonzero(code[:, 0] == LOOKUP):
        curve = (int(code[row, 6]), int(code[row, 7]))
        code[row, 4] = curves.setdefault(curve, len(curves))
    lookups = [_lookup(numbers[start : start + count]) for start, count in curves]
    capped = np.minimum(np.maximum(numbers, 0) >> LOW_BITS, 0xFFFF).astype(np.uint16)
    logistic = _logistic()
    likely = (logistic >> LOW_BITS).astype(np.uint16)
    shorts = numbers.astype(np.int16)
    looked_up = np.concatenate([np.zeros(0, dtype=np.int16), *lookups])
    return code, (numbers, shorts, capped, logistic, likely, looked_up)


def _lookup(thresholds: NDArray[np.int32]) -> NDArray[np.int16]:
    """How many thresholds each high half reaches, and negative where its low half matters."""
    halves = np.minimum(thresholds >> LOW_BITS, 0xFFFF)
    drawn = np.arange(2**16)
    reached = np.searchsorted(halves, drawn, side="right")
    even = np.searchsorted(halves, drawn, side="left")
    return np.where(reached > even, -reached, reached).astype(np.int16)


@cache
def _logistic() -> NDArray[np.int32]:
    return np.array(logistic_table(), dtype=np.int32)
