"""Rows of one kind from rows of another."""

from __future__ import annotations

from typing import Any

from numba import int16, int32, int64, uint16, uint32, uint64

from glasstown.engine.machine.jit import fused
from glasstown.engine.machine.numbers import LANES, NARROW, PACK, WIDEN, N


@fused
def converted(code: Any, pc: Any, op: Any, flags: Any, shorts: Any, words: Any) -> None:
    """Rows of one kind from rows of another."""
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    if op == WIDEN:
        for i in range(LANES):
            words[uint64(d + i)] = int32(shorts[uint64(a + i)])
    elif op == NARROW:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(words[uint64(a + i)])
    elif op == PACK:
        flag_d = int64(code[pc, 1]) * N
        for j in range(N):
            wide_word = uint32(0)
            for k in range(16):
                wide_word |= uint32(uint32(words[uint64(a + k * N + j)] & int32(1)) << uint32(k))
            flags[uint64(flag_d + j)] = uint16(wide_word)
    else:
        flag_a = int64(code[pc, 2]) * N
        for k in range(16):
            for j in range(N):
                words[uint64(d + k * N + j)] = int32(
                    uint16(flags[uint64(flag_a + j)] >> uint16(k)) & uint16(1)
                )
