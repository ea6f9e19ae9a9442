"""SCL-6 in NumPy: whole arrays, a block of communities at a time so that they stay in cache.

Blocks live on threads: NumPy lets go of the interpreter while it works on an array.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from benchmarks.scl6.workload import (
    BEHAVIOURS,
    COURSE,
    ENTER_BELOW,
    FIELDS,
    FLOORS,
    HIGHEST,
    JOB,
    LEAST,
    LEAVE_FROM,
    LOWEST,
    MARGIN,
    MOST,
    SIZE,
    START,
    TICKET,
    TIERS,
    WELFARE,
    Counts,
)

BLOCK = 40
"""Communities lived at a time: arrays of 6,000."""


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens, in whole communities."""
    communities = citizens // SIZE
    starts = range(0, communities, BLOCK)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))

    def block(number: int) -> Counts:
        rng = np.random.Generator(np.random.SFC64(seeds[number]))
        return _block(min(BLOCK, communities - starts[number]), months, rng)

    with ThreadPoolExecutor(threads) as pool:
        total = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
        for counts in pool.map(block, range(len(starts))):
            total += counts
    return total


def _block(communities: int, months: int, rng: np.random.Generator) -> Counts:
    shape = (communities, SIZE)
    n = communities * SIZE
    f32, i32 = np.float32, np.int32

    def draw(chance: float | NDArray[np.float32]) -> NDArray[np.bool_]:
        return rng.random(shape, dtype=f32) < chance

    q1, q2 = rng.integers(-127, 128, (2, *shape), dtype=np.int16)
    z1, z2 = q1.astype(f32) / f32(127), q2.astype(f32) / f32(127)
    taste = [f32(b.a) + f32(b.c1) * z1 + f32(b.c2) * z2 for b in BEHAVIOURS]
    score = (START + 5 * q1).astype(i32)
    tier = sum((score >= floor).astype(i32) for floor in FLOORS)
    listed_for = np.zeros(shape, dtype=i32)
    welfare = np.zeros(shape, dtype=i32)
    means = [np.full((communities, 1), b.ref, dtype=f32) for b in BEHAVIOURS]
    flags = np.ones((len(FIELDS) - 1, n), dtype=f32)
    counts = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
    for month in range(months):
        distance = (score - START).astype(f32) / f32(3000)
        gained = np.zeros(shape, dtype=i32)
        seen = []
        for k, b in enumerate(BEHAVIOURS):
            utility = taste[k] + f32(b.s) * distance + f32(b.g) * (means[k] - f32(b.ref))
            done = rng.random(shape, dtype=f32) * (f32(1) + np.exp(-utility)) < f32(1)
            seen.append(draw(np.where(done, f32(b.detect), f32(b.false_alarm))))
            gained += i32(b.points) * seen[k]
            means[k] = done.mean(axis=1, keepdims=True, dtype=f32)
            flags[1 + k] = done.ravel()
            flags[7 + k] = seen[k].ravel()
        score = np.clip(score + gained, LOWEST, HIGHEST)
        score -= ((score - START) / f32(50)).astype(i32)
        up = sum((score >= floor).astype(i32) for floor in FLOORS)
        down = sum((score >= floor - MARGIN).astype(i32) for floor in FLOORS)
        tier = np.minimum(np.maximum(tier, up), down)
        enters = seen[4] & (score < ENTER_BELOW)
        leaves = (listed_for >= LEAST) & (score >= LEAVE_FROM) & ~seen[4] | (listed_for >= MOST)
        listed = np.where(listed_for > 0, ~leaves, enters)
        listed_for = (listed_for + 1) * listed
        blocked = draw(TICKET) & listed
        discount = draw(COURSE) & (tier == 3)
        priority = draw(JOB) & (tier >= 2) & ~listed
        welfare += WELFARE[0] * blocked + WELFARE[1] * discount + WELFARE[2] * priority
        for row, flag in enumerate((blocked, discount, priority, listed)):
            flags[13 + row] = flag.ravel()
        here = (tier.ravel() == np.arange(TIERS)[:, None]).astype(f32)
        sums = here @ flags.T  # whole numbers below 2**24: exact in 32-bit floats
        counts[month, :, 0] = sums[:, 0]
        counts[month, :, 1] = np.bincount(tier.ravel(), weights=score.ravel(), minlength=TIERS)
        counts[month, :, 2:] = sums[:, 1:]
    return counts
