"""Picks among many values, for every lane of a ward."""

from __future__ import annotations

from typing import Any

from numba import int16, int32, int64, uint64

from glasstown.engine.machine.jit import jit
from glasstown.engine.machine.luck import whole_draw
from glasstown.engine.machine.numbers import LANES


@jit
def pick(
    shorts: Any, d: Any, words: Any, a: Any, high: Any, limits: Any, starts: Any, tables: Any,
    halves: Any, table: Any, thresholds: Any,
) -> None:  # fmt: skip
    """How many thresholds of its row each lane's draw reaches: a binary search of all at once.

    It goes by the high halves; where a threshold has the same, the low ones settle it.
    """
    for i in range(LANES):
        starts[i] = int32(table + int32(words[uint64(a + i)] * thresholds) - int32(1))
        shorts[uint64(d + i)] = 0
    last = int16(thresholds)
    step = int16(1)
    while step <= last:
        step = int16(step * 2)
    while step > 1:
        step = int16(step >> 1)
        for i in range(LANES):
            there = int16(shorts[uint64(d + i)] + step)
            there = there if there < last else last
            limits[i] = halves[uint64(int32(starts[i] + int32(there)))]
        for i in range(LANES):
            there = int16(shorts[uint64(d + i)] + step)
            passed = int16(int16(there <= last) & int16(high[i] >= limits[i]))
            shorts[uint64(d + i)] = int16(shorts[uint64(d + i)] + int16(step & int16(-passed)))
    for i in range(LANES):
        reached = shorts[uint64(d + i)]
        if reached > 0 and halves[uint64(int32(starts[i] + int32(reached)))] == high[i]:
            drawn = whole_draw(high[i], high[LANES + i])
            while reached > 0 and int64(tables[int64(starts[i]) + int64(reached)]) > drawn:
                reached = int16(reached - 1)
            shorts[uint64(d + i)] = reached


@jit
def looked_up(
    shorts: Any, d: Any, high: Any, tables: Any, lookups: Any, start: Any, table: Any
) -> None:
    """Each lane's pick, by a table of all high halves; a negative one has the low half settle."""
    for i in range(LANES):
        shorts[uint64(d + i)] = lookups[uint64(start + int64(high[i]))]
    for i in range(LANES):
        reached = shorts[uint64(d + i)]
        if reached < 0:
            reached = int16(-reached)
            drawn = whole_draw(high[i], high[LANES + i])
            while reached > 0 and int64(tables[int64(table) + int64(reached) - 1]) > drawn:
                reached = int16(reached - 1)
            shorts[uint64(d + i)] = reached
