"""SCL-6 in laser-core: a LaserFrame of citizens, stepped by parallel Numba functions.

Written as its own models are: one function goes over citizens in parallel and draws with Numba's
`np.random`; communities are its patches.
"""

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np
from laser.core import LaserFrame
from laser.core.random import prng
from laser.core.random import seed as set_seed

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

A = np.array([b.a for b in BEHAVIOURS], dtype=np.float32)
C1 = np.array([b.c1 for b in BEHAVIOURS], dtype=np.float32)
C2 = np.array([b.c2 for b in BEHAVIOURS], dtype=np.float32)
S = np.array([b.s for b in BEHAVIOURS], dtype=np.float32)
G = np.array([b.g for b in BEHAVIOURS], dtype=np.float32)
REF = np.array([b.ref for b in BEHAVIOURS], dtype=np.float32)
DETECT = np.array([b.detect for b in BEHAVIOURS], dtype=np.float32)
ALARM = np.array([b.false_alarm for b in BEHAVIOURS], dtype=np.float32)
POINTS = np.array([b.points for b in BEHAVIOURS], dtype=np.int32)


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens, in whole communities."""
    numba.set_num_threads(threads)
    set_seed(seed)
    patches = LaserFrame(citizens // SIZE)
    patches.add_vector_property("means", len(BEHAVIOURS), dtype=np.float32)
    patches.add_vector_property("counts", TIERS * len(FIELDS), dtype=np.int32)
    patches.means[:] = REF[:, None]
    people = LaserFrame(patches.count * SIZE)
    for name, dtype in (
        ("q1", np.int8), ("q2", np.int8), ("score", np.int16),
        ("tier", np.int8), ("listed_for", np.int8), ("welfare", np.int16),
    ):  # fmt: skip
        people.add_scalar_property(name, dtype=dtype)
    people.q1[:] = prng().integers(-127, 128, people.count, dtype=np.int8)
    people.q2[:] = prng().integers(-127, 128, people.count, dtype=np.int8)
    people.score[:] = START + 5 * people.q1.astype(np.int16)
    people.tier[:] = sum(people.score >= floor for floor in FLOORS)
    counts = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
    for month in range(months):
        _month(
            people.q1, people.q2, people.score, people.tier, people.listed_for, people.welfare,
            patches.means, patches.counts,
        )  # fmt: skip
        counts[month] = patches.counts.sum(axis=1, dtype=np.int64).reshape(TIERS, len(FIELDS))
    return counts


@numba.njit(parallel=True, nogil=True, cache=True)
def _month(
    q1: Any, q2: Any, score: Any, tier: Any, listed_for: Any, welfare: Any, means: Any, counts: Any
) -> None:
    """One month of every citizen, a patch at a time."""
    for patch in numba.prange(means.shape[1]):
        here = np.zeros((TIERS, len(FIELDS)), dtype=np.int32)
        norm = np.empty(len(A), dtype=np.float32)
        for k in range(len(A)):
            norm[k] = G[k] * (means[k, patch] - REF[k])
        flags = np.zeros(len(FIELDS), dtype=np.int32)
        flags[0] = 1
        for i in range(patch * SIZE, patch * SIZE + SIZE):
            z1, z2 = np.float32(q1[i]) / np.float32(127), np.float32(q2[i]) / np.float32(127)
            distance = np.float32(score[i] - START) / np.float32(3000)
            s = np.int32(score[i])
            for k in range(len(A)):
                utility = A[k] + C1[k] * z1 + C2[k] * z2 + S[k] * distance + norm[k]
                done = np.random.random() * (1 + math.exp(-utility)) < 1
                seen = np.random.random() < (DETECT[k] if done else ALARM[k])
                s += POINTS[k] * seen
                flags[2 + k] = done
                flags[8 + k] = seen
            s = min(max(s, LOWEST), HIGHEST)
            s -= int((s - START) / 50)
            up, down = 0, 0
            for floor in FLOORS:
                up += s >= floor
                down += s >= floor - MARGIN
            t = min(max(tier[i], up), down)
            months, fined = listed_for[i], flags[12] == 1
            if months == 0:
                months = np.int8(fined and s < ENTER_BELOW)
            elif (months >= LEAST and s >= LEAVE_FROM and not fined) or months >= MOST:
                months = np.int8(0)
            else:
                months += np.int8(1)
            listed = months > 0
            flags[1] = s
            flags[14] = np.random.random() < TICKET and listed
            flags[15] = np.random.random() < COURSE and t == 3
            flags[16] = np.random.random() < JOB and t >= 2 and not listed
            flags[17] = listed
            welfare[i] += WELFARE[0] * flags[14] + WELFARE[1] * flags[15] + WELFARE[2] * flags[16]
            score[i], tier[i], listed_for[i] = s, t, months
            for field in range(len(FIELDS)):
                here[t, field] += flags[field]
        for k in range(len(A)):
            means[k, patch] = here[:, 2 + k].sum() / SIZE
        counts[:, patch] = here.ravel()
