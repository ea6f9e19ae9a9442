"""Words, 32 bits a lane, and commons, 32 bits a community."""

from __future__ import annotations

from typing import Any

from numba import int32, int64, uint32, uint64

from glasstown.engine.machine.jit import fused
from glasstown.engine.machine.numbers import (
    ADD,
    CLAMP,
    CONST,
    COPY,
    EQ,
    LANES,
    LT,
    LTI,
    MAX,
    MIN,
    MUL,
    ON_COMMONS,
    SUB,
    TABLE,
    TERM,
    TRUNCMUL,
)


@fused
def on_words(code: Any, pc: Any, op: Any, words: Any, tables: Any, room: Any, base: Any) -> None:
    """Words, of lanes or of communities."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    lanes = LANES
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    b = int64(code[pc, 3]) * LANES
    if op >= ON_COMMONS:
        op = op - ON_COMMONS
        lanes = room
        d = base + int64(code[pc, 1]) * room
        a = base + int64(code[pc, 2]) * room
        b = base + int64(code[pc, 3]) * room
    if op == TERM:
        for i in range(lanes):
            words[uint64(d + i)] = int32(int32(int32(words[uint64(a + i)] * i0) + i2) >> i1)
    elif op == CONST:
        for i in range(lanes):
            words[uint64(d + i)] = i0
    elif op == COPY:
        for i in range(lanes):
            words[uint64(d + i)] = words[uint64(a + i)]
    elif op == ADD:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] + words[uint64(b + i)])
    elif op == SUB:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] - words[uint64(b + i)])
    elif op == MUL:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] * words[uint64(b + i)])
    elif op == MIN:
        for i in range(lanes):
            x = words[uint64(a + i)]
            y = words[uint64(b + i)]
            words[uint64(d + i)] = x if x < y else y
    elif op == MAX:
        for i in range(lanes):
            x = words[uint64(a + i)]
            y = words[uint64(b + i)]
            words[uint64(d + i)] = x if x > y else y
    elif op == CLAMP:
        for i in range(lanes):
            x = words[uint64(a + i)]
            x = x if x > i0 else i0
            words[uint64(d + i)] = x if x < i1 else i1
    elif op == TRUNCMUL:
        for i in range(lanes):
            x = words[uint64(a + i)]
            sign = int32(x >> int32(31))
            x = int32(int32(int32(int32(x ^ sign) - sign) * i0) >> int32(15))
            words[uint64(d + i)] = int32(int32(x ^ sign) - sign)
    elif op == TABLE:
        last = int32(i1 - int32(1))
        for i in range(lanes):
            x = int32(words[uint64(a + i)] + i2)
            x = x if x > int32(0) else int32(0)
            words[uint64(d + i)] = tables[uint32(int32(i0 + (x if x < last else last)))]
    elif op == LT:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] < words[uint64(b + i)])
    elif op == LTI:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] < i0)
    elif op == EQ:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] == words[uint64(b + i)])
    else:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] == i0)
