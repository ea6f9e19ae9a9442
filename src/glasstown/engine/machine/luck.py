"""Luck, by Philox: for every lane of a ward at once, or for one."""

from __future__ import annotations

from typing import Any

from numba import int64, uint32, uint64

from glasstown.engine.machine.jit import fused, jit
from glasstown.engine.machine.numbers import BLOCKS, M0, M1, ROUNDS


@jit
def _round(w: Any, x: Any, y: Any, z: Any, k0: Any, k1: Any) -> Any:
    """One round of Philox4x32 on 64-bit lanes, of which only the low halves are read."""
    p = (w & uint64(0xFFFFFFFF)) * uint64(M0)
    q = (y & uint64(0xFFFFFFFF)) * uint64(M1)
    return (q >> uint64(32)) ^ x ^ k0, q, (p >> uint64(32)) ^ z ^ k1, p


@jit
def luck_of_ward(
    out: Any, at: Any, first: Any, stage: Any, month: Any, purpose: Any, keys: Any
) -> None:
    """Sixteen bits of luck for every lane of a ward: uint32, which lie as the lanes' uint16."""
    # The keys are read before the loop: inside it, they could be what `out` is written over.
    a0, a1, a2, a3, a4 = keys[0], keys[2], keys[4], keys[6], keys[8]
    a5, a6, a7, a8, a9 = keys[10], keys[12], keys[14], keys[16], keys[18]
    b0, b1, b2, b3, b4 = keys[1], keys[3], keys[5], keys[7], keys[9]
    b5, b6, b7, b8, b9 = keys[11], keys[13], keys[15], keys[17], keys[19]
    for i in range(BLOCKS):
        w = uint64(first + uint64(i))
        x = (w >> uint64(32)) | stage
        w, x, y, z = _round(w, x, month, purpose, a0, b0)
        w, x, y, z = _round(w, x, y, z, a1, b1)
        w, x, y, z = _round(w, x, y, z, a2, b2)
        w, x, y, z = _round(w, x, y, z, a3, b3)
        w, x, y, z = _round(w, x, y, z, a4, b4)
        w, x, y, z = _round(w, x, y, z, a5, b5)
        w, x, y, z = _round(w, x, y, z, a6, b6)
        w, x, y, z = _round(w, x, y, z, a7, b7)
        w, x, y, z = _round(w, x, y, z, a8, b8)
        w, x, y, z = _round(w, x, y, z, a9, b9)
        out[uint64(at + i)] = uint32(w & uint64(0xFFFFFFFF))
        out[uint64(at + BLOCKS + i)] = uint32(x & uint64(0xFFFFFFFF))
        out[uint64(at + 2 * BLOCKS + i)] = uint32(y & uint64(0xFFFFFFFF))
        out[uint64(at + 3 * BLOCKS + i)] = uint32(z & uint64(0xFFFFFFFF))


@jit
def luck_of_lane(lane: Any, first: Any, stage: Any, month: Any, purpose: Any, keys: Any) -> Any:
    """The sixteen bits of luck that one lane of a ward has."""
    number = lane // (2 * BLOCKS)
    within = lane % (2 * BLOCKS)
    w = first + uint64(within // 2)
    x = (w >> uint64(32)) | stage
    y = month
    z = purpose
    for k in range(ROUNDS):
        w, x, y, z = _round(w, x, y, z, keys[2 * k], keys[2 * k + 1])
    word = w if number == 0 else x if number == 1 else y if number == 2 else z
    return (word >> uint64(16 * (within % 2))) & uint64(0xFFFF)


@fused
def whole_draw(high: Any, low: Any) -> Any:
    """A draw of 30 bits, from sixteen of luck and the lowest fourteen of sixteen more."""
    return (int64(high) << 14) | (int64(low) & 0x3FFF)
