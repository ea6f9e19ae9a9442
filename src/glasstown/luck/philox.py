"""Luck as a function: Philox4x32-10 in plain Python.

Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from glasstown.luck.layout import Layout

MASK = 0xFFFFFFFF
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
WEYL = (0x9E3779B9, 0xBB67AE85)
ROUNDS = 10

DRAW_BITS = 30
ONE = 1 << DRAW_BITS
"""Probability 1: a draw is a whole number from 0 to ONE - 1."""

LOW_BITS = 14
"""A draw is 16 high bits and 14 low bits, from two counters."""


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Four 32-bit words for a counter of four 32-bit words and a key of two."""
    x0, x1, x2, x3 = counter
    k0, k1 = key
    for _ in range(ROUNDS):
        p0 = x0 * MULTIPLIERS[0]
        p1 = x2 * MULTIPLIERS[1]
        x0, x1, x2, x3 = (p1 >> 32) ^ x1 ^ k0, p1 & MASK, (p0 >> 32) ^ x3 ^ k1, p0 & MASK
        k0 = (k0 + WEYL[0]) & MASK
        k1 = (k1 + WEYL[1]) & MASK
    return x0, x1, x2, x3


@lru_cache(maxsize=4096)
def purpose(name: str) -> int:
    """The 32-bit number of a purpose: the first four bytes of the SHA-256 of its name."""
    return int.from_bytes(sha256(f"glasstown/1/{name}".encode()).digest()[:4], "big")


def half(
    seed: int, purpose_number: int, month: int, layout: Layout, citizen: int, stage: int
) -> int:
    """Sixteen bits of a citizen's luck: stage 0 the high bits of a draw, stage 1 the low ones."""
    block, part = layout.bits(citizen)
    counter = (block & MASK, (block >> 32) | (stage << 31), month, purpose_number)
    word = philox(counter, (seed & MASK, seed >> 32))[part >> 1]
    return (word >> 16) if part & 1 else (word & 0xFFFF)


def draw(seed: int, purpose_number: int, month: int, layout: Layout, citizen: int) -> int:
    """A citizen's draw for a purpose in a month: a whole number from 0 to 2**30 - 1.

    `seed` is a whole number of 64 bits.
    """
    high = half(seed, purpose_number, month, layout, citizen, 0)
    low = half(seed, purpose_number, month, layout, citizen, 1)
    return (high << LOW_BITS) | (low & ((1 << LOW_BITS) - 1))
