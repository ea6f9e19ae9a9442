"""State that is kept from month to month."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import int16, int64, uint64

from glasstown.engine.machine.jit import jit
from glasstown.engine.machine.numbers import (
    LANES,
    LOAD8,
    LOAD16,
    LOAD32,
    LOADC,
    LOADF,
    STORE8,
    STORE16,
    STORE32,
    STOREF,
    N,
)


@jit
def kept(
    code: Any, pc: Any, op: Any, flags: Any, shorts: Any, words: Any, kept_flags: Any, bytes_: Any,
    kept_shorts: Any, kept_words: Any, commons: Any, here: Any, base: Any, room: Any, groups: Any,
) -> None:  # fmt: skip
    """State that is kept from month to month."""
    i0 = code[pc, 5]
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    if op == LOADF:
        flag_d = int64(code[pc, 1]) * N
        for j in range(N):
            flags[uint64(flag_d + j)] = kept_flags[here, i0, j]
    elif op == LOAD8:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(bytes_[here, i0, i])
    elif op == LOAD16:
        for i in range(LANES):
            shorts[uint64(d + i)] = kept_shorts[here, i0, i]
    elif op == LOAD32:
        for i in range(LANES):
            words[uint64(d + i)] = kept_words[here, i0, i]
    elif op == LOADC:
        common_d = base + int64(code[pc, 1]) * room
        for g in range(groups):
            words[uint64(common_d + g)] = commons[here, i0, g]
    elif op == STOREF:
        flag_a = int64(code[pc, 2]) * N
        for j in range(N):
            kept_flags[here, i0, j] = flags[uint64(flag_a + j)]
    elif op == STORE8:
        for i in range(LANES):
            bytes_[here, i0, i] = np.int8(shorts[uint64(a + i)])
    elif op == STORE16:
        for i in range(LANES):
            kept_shorts[here, i0, i] = shorts[uint64(a + i)]
    elif op == STORE32:
        for i in range(LANES):
            kept_words[here, i0, i] = words[uint64(a + i)]
    else:
        common_a = base + int64(code[pc, 2]) * room
        for g in range(groups):
            commons[here, i0, g] = words[uint64(common_a + g)]
