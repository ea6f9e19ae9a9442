"""Philox4x32-10 in Numba, as fast as vector instructions draw it.

It is written on 64-bit lanes whose high halves are left dirty: a multiplication of low halves is
then one instruction, nothing is shuffled, and a round is two multiplications, two shifts and two
three-way exclusive ors. On the way out two blocks share a lane, so that whoever reads 32-bit words
finds consecutive blocks side by side.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba import uint64
from numpy.typing import NDArray

M0, M1 = uint64(0xD2511F53), uint64(0xCD9E8D57)
LOW = uint64(0xFFFFFFFF)
SHIFT = uint64(32)

ROW, PAIRS = 160, 152
"""Pairs of blocks to a row of draws, and how many of them a month draws: two blocks a citizen."""

HALVES = PAIRS * 2 * 8
"""Halves of words in a month's draws."""

BLOCKS = 512
"""Numbers of blocks set aside for a community."""

jit = numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=False)


def round_keys(seed: int) -> NDArray[np.uint64]:
    """The keys of the ten rounds, k0 and k1 in turn."""
    weyl = (0x9E3779B9, 0xBB67AE85)
    seeds = (seed & 0xFFFFFFFF, seed >> 32)
    keys = [(seeds[j] + n * weyl[j]) & 0xFFFFFFFF for n in range(10) for j in range(2)]
    return np.array(keys, dtype=np.uint64)


@jit
def _round(x0: Any, x1: Any, x2: Any, x3: Any, k0: Any, k1: Any) -> Any:
    p0 = uint64(uint64(x0 & LOW) * M0)
    p1 = uint64(uint64(x2 & LOW) * M1)
    return (p1 >> SHIFT) ^ x1 ^ k0, p1, (p0 >> SHIFT) ^ x3 ^ k1, p0


@jit
def _philox(
    x0: Any, x1: Any, x2: Any, x3: Any,
    a0: Any, b0: Any, a1: Any, b1: Any, a2: Any, b2: Any, a3: Any, b3: Any, a4: Any, b4: Any,
    a5: Any, b5: Any, a6: Any, b6: Any, a7: Any, b7: Any, a8: Any, b8: Any, a9: Any, b9: Any,
) -> Any:  # fmt: skip
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a0, b0)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a1, b1)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a2, b2)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a3, b3)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a4, b4)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a5, b5)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a6, b6)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a7, b7)
    x0, x1, x2, x3 = _round(x0, x1, x2, x3, a8, b8)
    return _round(x0, x1, x2, x3, a9, b9)


@jit
def draws(words: Any, first: Any, month: Any, kind: Any, pairs: Any, k: Any) -> None:
    """Four words for each block from `first` on, two blocks to each of `pairs` lanes of 64 bits."""
    a0, b0, a1, b1, a2, b2, a3, b3 = k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7]
    a4, b4, a5, b5, a6, b6, a7, b7 = k[8], k[9], k[10], k[11], k[12], k[13], k[14], k[15]
    a8, b8, a9, b9 = k[16], k[17], k[18], k[19]
    for i in range(pairs):
        even = uint64(first + uint64(i) + uint64(i))
        odd = uint64(even + uint64(1))
        w, x, y, z = _philox(
            even, even >> SHIFT, month, kind,
            a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7, a8, b8, a9, b9,
        )  # fmt: skip
        s, t, u, v = _philox(
            odd, odd >> SHIFT, month, kind,
            a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7, a8, b8, a9, b9,
        )  # fmt: skip
        words[0, i] = (w & LOW) | (s << SHIFT)
        words[1, i] = (x & LOW) | (t << SHIFT)
        words[2, i] = (y & LOW) | (u << SHIFT)
        words[3, i] = (z & LOW) | (v << SHIFT)


def scratch() -> NDArray[np.uint64]:
    """Room for the draws of a community's month."""
    return np.zeros((4, ROW), dtype=np.uint64)


def draw_often(pairs: NDArray[np.uint64], rounds: int) -> None:
    """Draw a community's month so many times: nothing but Philox, in the first cache."""
    _draw_often(pairs, rounds, round_keys(1))


@jit
def _draw_often(pairs: Any, rounds: Any, keys: Any) -> None:
    for n in range(rounds):
        draws(pairs, uint64(n), uint64(1), uint64(0), PAIRS, keys)
