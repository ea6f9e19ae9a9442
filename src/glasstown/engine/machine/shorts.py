"""Shorts, 16 bits a lane, and those that flags choose."""

from __future__ import annotations

from typing import Any

from numba import int16, int32, int64, uint16, uint64

from glasstown.engine.machine.jit import fused
from glasstown.engine.machine.numbers import (
    LANES,
    SADD,
    SADDI,
    SADDIF,
    SCLAMP,
    SCOPY,
    SLIKELY,
    SMASK,
    SMAX,
    SMIN,
    SMUL12,
    SMULADD,
    SSELECTI,
    SSUB,
    STABLE,
    STERM,
    STERM20,
    STRUNCMUL,
    N,
)


@fused
def on_shorts(
    code: Any, pc: Any, op: Any, shorts: Any, limits: Any, short_tables: Any, likely: Any
) -> None:
    """Shorts from shorts."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    b = int64(code[pc, 3]) * LANES
    s0 = int16(i0)
    s1 = int16(i1)
    if op == SADD:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(shorts[uint64(a + i)] + shorts[uint64(b + i)])
    elif op == STERM:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(
                int32(int32(int32(int32(shorts[uint64(a + i)]) * i0) + i2) >> int32(16))
            )
    elif op == STERM20:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(
                int32(int32(int32(int32(shorts[uint64(a + i)]) * i0) + i2) >> int32(20))
            )
    elif op == SMULADD:
        s2 = int16(i2)
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(int16(shorts[uint64(a + i)] * s0) + s2)
    elif op == SCLAMP:
        for i in range(LANES):
            y = shorts[uint64(a + i)]
            y = y if y > s0 else s0
            shorts[uint64(d + i)] = y if y < s1 else s1
    elif op == SSUB:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(shorts[uint64(a + i)] - shorts[uint64(b + i)])
    elif op == SADDI:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(shorts[uint64(a + i)] + s0)
    elif op == SMUL12:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(
                int32(
                    int32(int32(shorts[uint64(a + i)]) * int32(shorts[uint64(b + i)])) >> int32(12)
                )
            )
    elif op == SLIKELY:
        for i in range(LANES):
            x = int32(shorts[uint64(a + i)])
            x = x if x > int32(-16384) else int32(-16384)
            x = x if x < int32(16383) else int32(16383)
            shorts[uint64(d + i)] = int16(likely[uint64(int32(x + int32(16384)))])
    elif op == STABLE:
        # In two goes: what looks numbers up one by one would hold up the rest.
        last16 = int16(i1 - int32(1))
        shift = int32(i2)
        for i in range(LANES):
            x = int32(int32(shorts[uint64(a + i)]) + shift)
            x = x if x > int32(0) else int32(0)
            limits[i] = uint16(x if x < int32(last16) else int32(last16))
        for i in range(LANES):
            shorts[uint64(d + i)] = short_tables[uint64(i0) + uint64(limits[i])]
    elif op == SMIN:
        for i in range(LANES):
            y = shorts[uint64(a + i)]
            z = shorts[uint64(b + i)]
            shorts[uint64(d + i)] = y if y < z else z
    elif op == SMAX:
        for i in range(LANES):
            y = shorts[uint64(a + i)]
            z = shorts[uint64(b + i)]
            shorts[uint64(d + i)] = y if y > z else z
    elif op == SCOPY:
        for i in range(LANES):
            shorts[uint64(d + i)] = shorts[uint64(a + i)]
    elif op == STRUNCMUL:
        for i in range(LANES):
            x = int32(shorts[uint64(a + i)])
            sign = int32(x >> int32(31))
            x = int32(int32(int32(int32(x ^ sign) - sign) * i0) >> int32(15))
            shorts[uint64(d + i)] = int16(int32(int32(x ^ sign) - sign))
    else:
        for i in range(LANES):
            shorts[uint64(d + i)] = s0


@fused
def selected(code: Any, pc: Any, op: Any, flags: Any, shorts: Any) -> None:
    """Shorts that flags choose."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * N
    b = int64(code[pc, 3]) * LANES
    c = int64(code[pc, 4]) * LANES
    if op == SMASK:
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                shorts[uint64(d + k * N + j)] = int16(shorts[uint64(b + k * N + j)] & int16(-flag))
    elif op == SADDIF:
        added = int16(i0)
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                shorts[uint64(d + k * N + j)] = int16(
                    shorts[uint64(b + k * N + j)] + int16(added & int16(-flag))
                )
    elif op == SSELECTI:
        yes16 = int16(i0)
        no16 = int16(i1)
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                shorts[uint64(d + k * N + j)] = int16(
                    no16 ^ int16(int16(yes16 ^ no16) & int16(-flag))
                )
    else:
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                x = shorts[uint64(b + k * N + j)]
                y = shorts[uint64(c + k * N + j)]
                shorts[uint64(d + k * N + j)] = int16(y ^ int16(int16(x ^ y) & int16(-flag)))
