"""Flags, and what makes and counts them.

Flags are 16-bit words: bit `b` of word `j` is that of lane `b * n + j`, with `n` words to a row. So
rows of shorts are compared into flags, and flags choose between shorts, without shuffling.
"""

from __future__ import annotations

from typing import Any

from numba import int16, int64, uint16, uint64

from glasstown.engine.machine.jit import fused, jit
from glasstown.engine.machine.numbers import (
    FAND,
    FANDNOT,
    FCOPY,
    FNOT,
    FOR,
    FSELECT,
    FXOR,
    LANES,
    QUADS,
    SEQI,
    SLT,
    SLTI,
    N,
)


@fused
def on_flags(code: Any, pc: Any, op: Any, flags: Any) -> None:
    """Flags from flags."""
    i0 = code[pc, 5]
    d = int64(code[pc, 1]) * N
    a = int64(code[pc, 2]) * N
    b = int64(code[pc, 3]) * N
    c = int64(code[pc, 4]) * N
    if op == FAND:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] & flags[uint64(b + j)])
    elif op == FANDNOT:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] & uint16(~flags[uint64(b + j)]))
    elif op == FNOT:
        for j in range(N):
            flags[uint64(d + j)] = uint16(~flags[uint64(a + j)])
    elif op == FOR:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] | flags[uint64(b + j)])
    elif op == FCOPY:
        for j in range(N):
            flags[uint64(d + j)] = flags[uint64(a + j)]
    elif op == FXOR:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] ^ flags[uint64(b + j)])
    elif op == FSELECT:
        for j in range(N):
            flags[uint64(d + j)] = uint16(
                flags[uint64(c + j)]
                ^ uint16(uint16(flags[uint64(b + j)] ^ flags[uint64(c + j)]) & flags[uint64(a + j)])
            )
    else:
        for j in range(N):
            flags[uint64(d + j)] = uint16(-i0)


@fused
def compared(code: Any, pc: Any, op: Any, flags: Any, shorts: Any) -> None:
    """Shorts compared, into flags."""
    i0 = code[pc, 5]
    d = int64(code[pc, 1]) * N
    a = int64(code[pc, 2]) * LANES
    b = int64(code[pc, 3]) * LANES
    limit16 = int16(i0)
    if op == SLTI:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(uint16(shorts[uint64(a + k * N + j)] < limit16) << uint16(k))
            flags[uint64(d + j)] = word
    elif op == SLT:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(
                    uint16(shorts[uint64(a + k * N + j)] < shorts[uint64(b + k * N + j)])
                    << uint16(k)
                )
            flags[uint64(d + j)] = word
    elif op == SEQI:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(uint16(shorts[uint64(a + k * N + j)] == limit16) << uint16(k))
            flags[uint64(d + j)] = word
    else:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(
                    uint16(shorts[uint64(a + k * N + j)] == shorts[uint64(b + k * N + j)])
                    << uint16(k)
                )
            flags[uint64(d + j)] = word


@fused
def flag_of(flags: Any, at: Any, lane: Any) -> Any:
    """The flag of one lane, 0 or 1."""
    return uint16(flags[uint64(at + lane % N)] >> uint16(lane // N)) & uint16(1)


@fused
def set_flag(flags: Any, at: Any, lane: Any) -> None:
    """Set the flag of one lane."""
    bit = uint16(uint16(1) << uint16(lane // N))
    flags[uint64(at + lane % N)] = uint16(flags[uint64(at + lane % N)] | bit)


@jit
def ones(one: Any, a: Any, other: Any, b: Any) -> Any:
    """How many flags are set in both rows, read 64 at a time."""
    total = uint64(0)
    for j in range(QUADS):
        # In the form that compilers know for counting ones.
        x = one[uint64(a + j)] & other[uint64(b + j)]
        x = x - ((x >> uint64(1)) & uint64(0x5555555555555555))
        x = (x & uint64(0x3333333333333333)) + ((x >> uint64(2)) & uint64(0x3333333333333333))
        x = (x + (x >> uint64(4))) & uint64(0x0F0F0F0F0F0F0F0F)
        total += (x * uint64(0x0101010101010101)) >> uint64(56)
    return int64(total)
