"""SCL-6 by hand in Numba: what Glasstown is measured against.

Made as fast as care made it, for this one workload: every constant is a literal; a community is
lived whole in the first cache; loops over its lanes are free of branches and calls, in 32-bit
types, and read and write rows of arrays that cannot alias. Three things beyond that:

- Philox4x32-10 is written on 64-bit lanes whose high halves are left dirty: a multiplication of
  low halves is then one instruction, and nothing is shuffled. Lanes 2i and 2i + 1 share a 64-bit
  word on the way out.
- A chance is a product. exp(-u) = exp(-taste) * exp(-norm) * exp(-pull of the score): the first
  is made at birth, the second looked up by last month's count, and the third is a power of
  exp(x / 10), since all weights of the score are tenths. `draw < 1 / (1 + exp(-u))` needs no
  division.
- Counts are bytes, four to a word: nobody lives with more than 255 others.

Each decision takes sixteen bits, eight decisions to a block of Philox, as in Glasstown. Chances
are rounded to 2**-16, where Glasstown settles ties with fourteen bits more.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba
import numpy as np
from numba import float32, int32, uint32, uint64
from numpy.typing import NDArray

from benchmarks.scl6.workload import BEHAVIOURS, FIELDS, TIERS, Counts

SIZE = 150
WIDTH = 160
"""Lanes of a community: ten vectors of sixteen."""

PAIRS = WIDTH // 2
M0, M1 = uint64(0xD2511F53), uint64(0xCD9E8D57)
LOW = uint64(0xFFFFFFFF)
SHIFT = uint64(32)
HALF, UNIT, WHOLE = float32(0.5), float32(1.0), float32(65536.0)

SCORE, TIER, MONTHS, WELFARE = range(4)
CHUNK = 256
"""Communities to a task of a thread."""

_jit = numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=False)


def round_keys(seed: int) -> NDArray[np.uint64]:
    """The keys of the ten rounds, k0 and k1 in turn."""
    weyl = (0x9E3779B9, 0xBB67AE85)
    seeds = (seed & 0xFFFFFFFF, seed >> 32)
    keys = [(seeds[j] + n * weyl[j]) & 0xFFFFFFFF for n in range(10) for j in range(2)]
    return np.array(keys, dtype=np.uint64)


@_jit
def _round(x0: Any, x1: Any, x2: Any, x3: Any, k0: Any, k1: Any) -> Any:
    p0 = uint64(uint64(x0 & LOW) * M0)
    p1 = uint64(uint64(x2 & LOW) * M1)
    return (p1 >> SHIFT) ^ x1 ^ k0, p1, (p0 >> SHIFT) ^ x3 ^ k1, p0


@_jit
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


@_jit
def draws(words: Any, row: Any, first: Any, month: Any, stage: Any, k: Any) -> None:
    """Four 32-bit words for each lane from `first` on, into four rows of uint64[., PAIRS]."""
    a0, b0, a1, b1, a2, b2, a3, b3 = k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7]
    a4, b4, a5, b5, a6, b6, a7, b7 = k[8], k[9], k[10], k[11], k[12], k[13], k[14], k[15]
    a8, b8, a9, b9 = k[16], k[17], k[18], k[19]
    for i in range(PAIRS):
        even = uint64(first + uint64(i) + uint64(i))
        odd = uint64(even + uint64(1))
        w, x, y, z = _philox(
            even, even >> SHIFT, month, stage,
            a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7, a8, b8, a9, b9,
        )  # fmt: skip
        s, t, u, v = _philox(
            odd, odd >> SHIFT, month, stage,
            a0, b0, a1, b1, a2, b2, a3, b3, a4, b4, a5, b5, a6, b6, a7, b7, a8, b8, a9, b9,
        )  # fmt: skip
        words[row, i] = (w & LOW) | (s << SHIFT)
        words[row + 1, i] = (x & LOW) | (t << SHIFT)
        words[row + 2, i] = (y & LOW) | (u << SHIFT)
        words[row + 3, i] = (z & LOW) | (v << SHIFT)


@_jit
def _low(word: Any) -> Any:
    return int32(word & int32(0xFFFF))


@_jit
def _high(word: Any) -> Any:
    return int32(uint32(word) >> uint32(16))


@_jit
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


@_jit
def _chance(taste: Any, norm: Any, pull: Any, draw: Any) -> Any:
    """1 if a draw of sixteen bits falls below 1 / (1 + taste * norm * pull), else 0."""
    odds = float32(float32(taste * norm) * pull)
    return int32(float32(float32(float32(draw) + HALF) * float32(UNIT + odds)) < WHOLE)


@_jit
def _seen(done: Any, detect: Any, alarm: Any, draw: Any) -> Any:
    return int32(draw < (detect if done else alarm))


@_jit
def _pack(a: Any, b: Any, c: Any, d: Any) -> Any:
    low = int32(a | int32(b << int32(8)))
    return int32(low | int32(int32(c << int32(16)) | int32(d << int32(24))))


@_jit
def _taste(a: Any, one: Any, two: Any) -> Any:
    return _exp(float32(float32(a + one) + two))


@_jit
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


@_jit
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
        w4, w5, w6, w7 = words[4, i], words[5, i], words[6, i], words[7, i]
        done0 = _chance(taste[0, i], n0, e3, _low(w0))
        done1 = _chance(taste[1, i], n1, e5, _low(w1))
        done2 = _chance(taste[2, i], n2, e2, _low(w2))
        done3 = _chance(taste[3, i], n3, f4, _low(w3))
        done4 = _chance(taste[4, i], n4, f5, _low(w4))
        done5 = _chance(taste[5, i], n5, f6, _low(w5))
        seen0 = _seen(done0, int32(58982), int32(1311), _high(w0))
        seen1 = _seen(done1, int32(52429), int32(655), _high(w1))
        seen2 = _seen(done2, int32(62259), int32(328), _high(w2))
        seen3 = _seen(done3, int32(19661), int32(655), _high(w3))
        seen4 = _seen(done4, int32(55706), int32(1311), _high(w4))
        seen5 = _seen(done5, int32(39322), int32(655), _high(w5))
        gain = int32(int32(seen0 * int32(20)) + int32(seen1 * int32(50)))
        gain = int32(gain + int32(seen2 * int32(30)))
        loss = int32(int32(seen3 * int32(200)) + int32(seen4 * int32(150)))
        loss = int32(loss + int32(seen5 * int32(300)))
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
        was = int32(months > z)
        enters = int32(seen4 & int32(score < int32(9500)))
        freed = int32(int32(months >= int32(6)) & int32(score >= int32(9000)))
        freed = int32(int32(freed & int32(seen4 ^ int32(1))) | int32(months >= int32(24)))
        listed = int32(freed ^ int32(1)) if was else enters
        months = int32(int32(months + int32(1)) & int32(-listed))
        blocked = int32(int32(_low(w6) < int32(19661)) & listed)
        top = int32(tier == int32(3))
        discount = int32(int32(_high(w6) < int32(6554)) & top)
        first = int32(int32(_low(w7) < int32(3277)) & int32(tier >= int32(2)))
        first = int32(first & int32(listed ^ int32(1)))
        welfare = int32(state[WELFARE, i] - int32(blocked * int32(20)))
        welfare = int32(welfare + int32(discount * int32(5)) + int32(first * int32(3)))
        state[SCORE, i] = score
        state[TIER, i] = tier
        state[MONTHS, i] = months
        state[WELFARE, i] = welfare
        p0 = _pack(done0, done1, done2, done3)
        p1 = _pack(done4, done5, seen0, seen1)
        p2 = _pack(seen2, seen3, seen4, seen5)
        p3 = _pack(blocked, first, listed, int32(1))
        here = int32(-int32(i < n))
        m1 = int32(here & int32(-int32(tier >= int32(1))))
        m2 = int32(here & int32(-int32(tier >= int32(2))))
        m3 = int32(here & int32(-top))
        a0 = int32(a0 + int32(p0 & here))
        a1 = int32(a1 + int32(p1 & here))
        a2 = int32(a2 + int32(p2 & here))
        a3 = int32(a3 + int32(p3 & here))
        a4 = int32(a4 + int32(score & here))
        b0 = int32(b0 + int32(p0 & m1))
        b1 = int32(b1 + int32(p1 & m1))
        b2 = int32(b2 + int32(p2 & m1))
        b3 = int32(b3 + int32(p3 & m1))
        b4 = int32(b4 + int32(score & m1))
        c0 = int32(c0 + int32(p0 & m2))
        c1 = int32(c1 + int32(p1 & m2))
        c2 = int32(c2 + int32(p2 & m2))
        c3 = int32(c3 + int32(p3 & m2))
        c4 = int32(c4 + int32(score & m2))
        d0 = int32(d0 + int32(p0 & m3))
        d1 = int32(d1 + int32(p1 & m3))
        d2 = int32(d2 + int32(p2 & m3))
        d3 = int32(d3 + int32(p3 & m3))
        d4 = int32(d4 + int32(score & m3))
        disc = int32(disc + int32(discount & m3))
    sums[0, 0], sums[0, 1], sums[0, 2], sums[0, 3], sums[0, 4] = a0, a1, a2, a3, a4
    sums[1, 0], sums[1, 1], sums[1, 2], sums[1, 3], sums[1, 4] = b0, b1, b2, b3, b4
    sums[2, 0], sums[2, 1], sums[2, 2], sums[2, 3], sums[2, 4] = c0, c1, c2, c3, c4
    sums[3, 0], sums[3, 1], sums[3, 2], sums[3, 3], sums[3, 4] = d0, d1, d2, d3, d4
    sums[3, 5] = disc


@_jit
def live(
    out: Any, first: Any, communities: Any, size: Any, citizens: Any, norms: Any, keys: Any
) -> None:
    """Live communities from `first` on for all months, adding to int64[months, 4, 18].

    norms: float32[6, size + 1], exp(-g (count / size - ref)) of each behaviour and count.
    """
    months = out.shape[0]
    pairs = np.zeros((8, PAIRS), dtype=np.uint64)
    words = pairs.view(np.int32)
    state = np.zeros((4, WIDTH), dtype=np.int32)
    taste = np.zeros((6, WIDTH), dtype=np.float32)
    sums = np.zeros((4, 6), dtype=np.int32)
    norm = np.zeros(6, dtype=np.float32)
    for community in range(first, first + communities):
        start = uint64(community * size)
        n = int32(min(size, citizens - community * size))
        draws(pairs, 0, start, uint64(0), uint64(2), keys)
        birth(state, taste, words)
        norm[:] = float32(1.0)
        for t in range(months):
            draws(pairs, 0, start, uint64(t), uint64(0), keys)
            draws(pairs, 4, start, uint64(t), uint64(1), keys)
            month(state, taste, words, norm, n, sums)
            _add(out[t], sums)
            for k in range(4):
                norm[k] = norms[k, (sums[0, 0] >> (8 * k)) & 0xFF]
            norm[4] = norms[4, sums[0, 1] & 0xFF]
            norm[5] = norms[5, (sums[0, 1] >> 8) & 0xFF]


@_jit
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


def scratch() -> NDArray[np.uint64]:
    """Room for the draws of a community's month."""
    return np.zeros((8, PAIRS), dtype=np.uint64)


def draw_often(pairs: NDArray[np.uint64], rounds: int) -> None:
    """Draw a community's month so many times: nothing but Philox, in the first cache."""
    _draw_often(pairs, rounds, round_keys(1))


@_jit
def _draw_often(pairs: Any, rounds: Any, keys: Any) -> None:
    for n in range(rounds):
        draws(pairs, 0, uint64(n), uint64(1), uint64(0), keys)
        draws(pairs, 4, uint64(n), uint64(1), uint64(1), keys)
