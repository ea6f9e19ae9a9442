"""SCL-6 by hand in Numba: what Glasstown is measured against.

Made as fast as care made it, for this one workload: every constant is a literal; a community is
lived whole in the first cache; loops over its lanes are free of branches and calls, in 32-bit
types, and read and write rows of arrays that cannot alias. Beyond that:

- Draws come from philox.py.
- A chance is a product. exp(-u) = exp(-taste) * exp(-norm) * exp(-pull of the score): the first
  is made at birth, the second looked up by last month's count, and the third is a power of
  exp(x / 10), since all weights of the score are tenths. `draw < 1 / (1 + exp(-u))` needs no
  division.
- A flag is a boolean, and what depends on it a select, never a multiplication.
- Counts are bytes, four to a word: nobody lives with more than 255 others.

Each decision takes sixteen bits, eight decisions to a block of Philox, as in Glasstown. What is
done settles ties with the other half of its word, so its chance is exact to 32 bits; the other
chances are rounded to 2**-16, where Glasstown settles ties with fourteen bits of their own.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import float32, int32, uint32, uint64
from numpy.typing import NDArray

from benchmarks.scl6.philox import BLOCKS, PAIRS, ROW, draws, jit, round_keys
from benchmarks.scl6.workload import BEHAVIOURS, FIELDS, TIERS, Counts

SIZE = 150
WIDTH = 160
"""Lanes of a community: ten vectors of sixteen."""

HALF, UNIT, WHOLE = float32(0.5), float32(1.0), float32(2.0**32)

SCORE, TIER, MONTHS, WELFARE = range(4)
CHUNK = 256
"""Communities to a task of a thread."""


@jit
def _low(word: Any) -> Any:
    return int32(word & int32(0xFFFF))


@jit
def _high(word: Any) -> Any:
    return int32(uint32(word) >> uint32(16))


@jit
def _exp(x: Any) -> Any:
    """exp(x) for |x| up to 40, to a few units of the last place of a 32-bit float."""
    y = float32(x * float32(1.4426950408889634))
    n = int32(float32(y + float32(1024.5))) - int32(1024)
    f = float32(float32(y - float32(n)) * float32(0.6931471805599453))
    p = float32(float32(f * float32(1 / 720)) + float32(1 / 120))
    p = float32(float32(f * p) + float32(1 / 24))
    p = float32(float32(f * p) + float32(1 / 6))
    p = float32(float32(f * p) + HALF)
    p = float32(float32(f * p) + UNIT)
    p = float32(float32(f * p) + UNIT)
    scale = int32(int32(n + int32(127)) << int32(23))
    return float32(p * np.int32(scale).view(np.float32))


@jit
def _chance(taste: Any, norm: Any, pull: Any, word: Any) -> Any:
    """Whether a draw falls below 1 / (1 + taste * norm * pull).

    The draw is the high half of the word; the low half, another decision's, only settles ties.
    """
    odds = float32(float32(taste * norm) * pull)
    return float32(float32(uint32(word)) * float32(UNIT + odds)) < WHOLE


@jit
def _seen(done: Any, detect: Any, alarm: Any, word: Any) -> Any:
    return _low(word) < (detect if done else alarm)


@jit
def _if(flag: Any, number: Any) -> Any:
    return number if flag else int32(0)


@jit
def _pack(a: Any, b: Any, c: Any, d: Any) -> Any:
    """Four flags, a byte each."""
    low = int32(_if(a, int32(1)) | _if(b, int32(1 << 8)))
    return int32(low | int32(_if(c, int32(1 << 16)) | _if(d, int32(1 << 24))))


@jit
def _taste(a: Any, one: Any, two: Any) -> Any:
    return _exp(float32(float32(a + one) + two))


@jit
def birth(state: Any, taste: Any, words: Any) -> None:
    """Traits from two halves of a word; what they make of chances; where the score starts."""
    for i in range(WIDTH):
        q1 = int32(int32(_low(words[0, i]) * int32(255)) >> int32(16)) - int32(127)
        q2 = int32(int32(_high(words[0, i]) * int32(255)) >> int32(16)) - int32(127)
        z1 = float32(float32(q1) * float32(1 / 127))
        z2 = float32(float32(q2) * float32(1 / 127))
        taste[0, i] = _taste(float32(0.8), z1 * float32(-0.8), z2 * float32(0.0))
        taste[1, i] = _taste(float32(2.2), z1 * float32(-0.6), z2 * float32(0.2))
        taste[2, i] = _taste(float32(2.8), z1 * float32(-0.2), z2 * float32(-0.5))
        taste[3, i] = _taste(float32(2.9), z1 * float32(0.9), z2 * float32(-0.2))
        taste[4, i] = _taste(float32(2.6), z1 * float32(0.8), z2 * float32(-0.1))
        taste[5, i] = _taste(float32(2.5), z1 * float32(0.0), z2 * float32(-1.2))
        score = int32(int32(10000) + int32(q1 * int32(5)))
        state[SCORE, i] = score
        state[TIER, i] = int32(int32(2) + int32(score >= int32(10000)))
        state[MONTHS, i] = int32(0)
        state[WELFARE, i] = int32(0)


@jit
def month(state: Any, taste: Any, words: Any, norm: Any, n: Any, sums: Any) -> None:
    """One month of a community of n; sums of packed counts go to int32[4 tiers, 6]."""
    n0, n1, n2, n3, n4, n5 = norm[0], norm[1], norm[2], norm[3], norm[4], norm[5]
    z = int32(0)
    a0, a1, a2, a3, a4 = z, z, z, z, z
    b0, b1, b2, b3, b4 = z, z, z, z, z
    c0, c1, c2, c3, c4 = z, z, z, z, z
    d0, d1, d2, d3, d4 = z, z, z, z, z
    disc = z
    for i in range(WIDTH):
        score = state[SCORE, i]
        t = float32(float32(int32(score - int32(10000))) * float32(1 / 30000))
        t2 = float32(t * t)
        even = float32(UNIT + float32(t2 * float32(HALF + float32(t2 * float32(1 / 24)))))
        odd = float32(t * float32(UNIT + float32(t2 * float32(1 / 6))))
        e1 = float32(even - odd)
        f1 = float32(even + odd)
        e2 = float32(e1 * e1)
        e3 = float32(e2 * e1)
        e5 = float32(e3 * e2)
        f2 = float32(f1 * f1)
        f4 = float32(f2 * f2)
        f5 = float32(f4 * f1)
        f6 = float32(f4 * f2)
        w0, w1, w2, w3 = words[0, i], words[1, i], words[2, i], words[3, i]
        w4, w5 = words[0, SIZE + i], words[1, SIZE + i]
        w6, w7 = words[2, SIZE + i], words[3, SIZE + i]
        done0 = _chance(taste[0, i], n0, e3, w0)
        done1 = _chance(taste[1, i], n1, e5, w1)
        done2 = _chance(taste[2, i], n2, e2, w2)
        done3 = _chance(taste[3, i], n3, f4, w3)
        done4 = _chance(taste[4, i], n4, f5, w4)
        done5 = _chance(taste[5, i], n5, f6, w5)
        seen0 = _seen(done0, int32(58982), int32(1311), w0)
        seen1 = _seen(done1, int32(52429), int32(655), w1)
        seen2 = _seen(done2, int32(62259), int32(328), w2)
        seen3 = _seen(done3, int32(19661), int32(655), w3)
        seen4 = _seen(done4, int32(55706), int32(1311), w4)
        seen5 = _seen(done5, int32(39322), int32(655), w5)
        gain = int32(_if(seen0, int32(20)) + _if(seen1, int32(50)))
        gain = int32(gain + _if(seen2, int32(30)))
        loss = int32(_if(seen3, int32(200)) + _if(seen4, int32(150)))
        loss = int32(loss + _if(seen5, int32(300)))
        score = int32(int32(score + gain) - loss)
        score = score if score > int32(6000) else int32(6000)
        score = score if score < int32(13000) else int32(13000)
        score = int32(score - int32(float32(float32(int32(score - int32(10000))) * float32(0.02))))
        up = int32(int32(score >= int32(8500)) + int32(score >= int32(9300)))
        up = int32(up + int32(score >= int32(10000)))
        down = int32(int32(score >= int32(8400)) + int32(score >= int32(9200)))
        down = int32(down + int32(score >= int32(9900)))
        tier = state[TIER, i]
        tier = tier if tier > up else up
        tier = tier if tier < down else down
        months = state[MONTHS, i]
        enters = seen4 & (score < int32(9500))
        freed = (months >= int32(6)) & (score >= int32(9000)) & (not seen4)
        stays = not (freed | (months >= int32(24)))
        listed = stays if months > z else enters
        months = _if(listed, int32(months + int32(1)))
        top, third = tier == int32(3), tier >= int32(2)
        blocked = (_low(w6) < int32(19661)) & listed
        discount = (_high(w6) < int32(6554)) & top
        first = (_low(w7) < int32(3277)) & third & (not listed)
        welfare = int32(state[WELFARE, i] - _if(blocked, int32(20)))
        welfare = int32(welfare + int32(_if(discount, int32(5)) + _if(first, int32(3))))
        state[SCORE, i] = score
        state[TIER, i] = tier
        state[MONTHS, i] = months
        state[WELFARE, i] = welfare
        p0 = _pack(done0, done1, done2, done3)
        p1 = _pack(done4, done5, seen0, seen1)
        p2 = _pack(seen2, seen3, seen4, seen5)
        p3 = _pack(blocked, first, listed, True)
        here = i < n
        m1 = here & (tier >= int32(1))
        m2 = here & third
        m3 = here & top
        a0 = int32(a0 + _if(here, p0))
        a1 = int32(a1 + _if(here, p1))
        a2 = int32(a2 + _if(here, p2))
        a3 = int32(a3 + _if(here, p3))
        a4 = int32(a4 + _if(here, score))
        b0 = int32(b0 + _if(m1, p0))
        b1 = int32(b1 + _if(m1, p1))
        b2 = int32(b2 + _if(m1, p2))
        b3 = int32(b3 + _if(m1, p3))
        b4 = int32(b4 + _if(m1, score))
        c0 = int32(c0 + _if(m2, p0))
        c1 = int32(c1 + _if(m2, p1))
        c2 = int32(c2 + _if(m2, p2))
        c3 = int32(c3 + _if(m2, p3))
        c4 = int32(c4 + _if(m2, score))
        d0 = int32(d0 + _if(m3, p0))
        d1 = int32(d1 + _if(m3, p1))
        d2 = int32(d2 + _if(m3, p2))
        d3 = int32(d3 + _if(m3, p3))
        d4 = int32(d4 + _if(m3, score))
        disc = int32(disc + _if(here & discount, int32(1)))
    sums[0, 0], sums[0, 1], sums[0, 2], sums[0, 3], sums[0, 4] = a0, a1, a2, a3, a4
    sums[1, 0], sums[1, 1], sums[1, 2], sums[1, 3], sums[1, 4] = b0, b1, b2, b3, b4
    sums[2, 0], sums[2, 1], sums[2, 2], sums[2, 3], sums[2, 4] = c0, c1, c2, c3, c4
    sums[3, 0], sums[3, 1], sums[3, 2], sums[3, 3], sums[3, 4] = d0, d1, d2, d3, d4
    sums[3, 5] = disc


@jit
def live(
    out: Any, first: Any, communities: Any, size: Any, citizens: Any, norms: Any, keys: Any
) -> None:
    """Live communities from `first` on for all months, adding to int64[months, 4, 18].

    norms: float32[6, size + 1], exp(-g (count / size - ref)) of each behaviour and count.
    """
    months = out.shape[0]
    pairs = np.zeros((4, ROW), dtype=np.uint64)
    words = pairs.view(np.int32)
    state = np.zeros((4, WIDTH), dtype=np.int32)
    taste = np.zeros((6, WIDTH), dtype=np.float32)
    sums = np.zeros((4, 6), dtype=np.int32)
    norm = np.zeros(6, dtype=np.float32)
    for community in range(first, first + communities):
        start = uint64(community * BLOCKS)
        n = int32(min(size, citizens - community * size))
        draws(pairs, start, uint64(0), uint64(1), WIDTH // 2, keys)
        birth(state, taste, words)
        norm[:] = float32(1.0)
        for t in range(months):
            draws(pairs, start, uint64(t), uint64(0), PAIRS, keys)
            month(state, taste, words, norm, n, sums)
            _add(out[t], sums)
            for k in range(4):
                norm[k] = norms[k, (sums[0, 0] >> (8 * k)) & 0xFF]
            norm[4] = norms[4, sums[0, 1] & 0xFF]
            norm[5] = norms[5, (sums[0, 1] >> 8) & 0xFF]


@jit
def _add(out: Any, sums: Any) -> None:
    """Unpack counts of a community by tier; sums are of a tier and those above it."""
    for tier in range(4):
        for word in range(4):
            here = sums[tier, word]
            above = sums[tier + 1, word] if tier < 3 else int32(0)
            for byte in range(4):
                shift = 8 * byte
                count = ((here >> shift) & 0xFF) - ((above >> shift) & 0xFF)
                out[tier, 4 * word + byte] += count
        out[tier, 16] += sums[tier, 4] - (sums[tier + 1, 4] if tier < 3 else int32(0))
    out[3, 17] += sums[3, 5]


ORDER = (
    *(f"B{k}" for k in range(6)), *(f"D{k}" for k in range(6)),
    "blocked", "priority", "listed", "citizens", "score", "discount",
)  # fmt: skip


def norms(size: int) -> NDArray[np.float32]:
    """exp(-g (m - ref)) for each behaviour and each count in a community of `size`."""
    return np.array(
        [
            [math.exp(-b.g * (count / size - b.ref)) for count in range(size + 1)]
            for b in BEHAVIOURS
        ],
        dtype=np.float32,
    )


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens."""
    whole, rest = divmod(citizens, SIZE)
    keys, full = round_keys(seed), norms(SIZE)

    def task(first: int, communities: int, table: NDArray[np.float32]) -> NDArray[np.int64]:
        out = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
        live(out, first, communities, SIZE, citizens, table, keys)
        return out

    with ThreadPoolExecutor(threads) as pool:
        tasks = [
            pool.submit(task, first, min(CHUNK, whole - first), full)
            for first in range(0, whole, CHUNK)
        ]
        if rest:
            tasks.append(pool.submit(task, whole, 1, norms(rest)))
        total = sum(each.result() for each in tasks)
    return np.asarray(total)[:, :, [ORDER.index(name) for name in FIELDS]]
