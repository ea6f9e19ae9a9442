"""SCL-6: one workload for every engine, and whether what an engine counted agrees with it.

Citizens live in communities of 150 for twelve months. Traits q1 and q2 are whole numbers from
-127 to 127, each as likely; z = q / 127. A month:

(a) B_k ~ Bernoulli(logistic(a + c1 z1 + c2 z2 + s (score - 10000) / 3000 + g (m_k - ref))), where
    m_k is the community's mean of B_k last month, and `ref` at first.
(b) D_k ~ Bernoulli(detect if B_k else false_alarm).
(c) score = clamp(score + sum of points_k D_k, 6000, 13000), then
    score -= trunc((score - 10000) / 50). It starts at 10000 + 5 q1, in tenths.
(d) tier = min(max(tier, up), dn): up counts the floors the score reaches, dn those it reaches
    with 100 more; at the start it is up. On the list: a citizen with D_4 and a score under 9500
    enters, with 1 month; one on it leaves if (months >= 6 and score >= 9000 and not D_4) or
    months >= 24, and counts a month more otherwise.
(e) Ticket 0.30: blocked if listed, welfare -20. Course 0.10: discount in tier 3, +5. Job 0.05:
    priority in tier 2 or 3 and not listed, +3. All with the list and tier of (d).
(f) Counted by tier: citizens, score, B_k, D_k, blocked, discount, priority, listed.

Fifteen decisions a citizen-month.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIZE = 150
MONTHS = 12
START, LOWEST, HIGHEST = 10_000, 6_000, 13_000
FLOORS = (8_500, 9_300, 10_000)
MARGIN = 100
ENTER_BELOW, LEAVE_FROM, LEAST, MOST = 9_500, 9_000, 6, 24
TICKET, COURSE, JOB = 0.30, 0.10, 0.05
WELFARE = (-20, 5, 3)


@dataclass(frozen=True)
class Behaviour:
    """One of the six: its log-odds, and how it is seen and counted."""

    a: float
    c1: float
    c2: float
    s: float
    g: float
    ref: float
    detect: float
    false_alarm: float
    points: int


BEHAVIOURS = (
    Behaviour(-0.8, 0.8, 0.0, 0.3, 1.5, 0.31, 0.90, 0.020, +20),
    Behaviour(-2.2, 0.6, -0.2, 0.5, 2.0, 0.10, 0.80, 0.010, +50),
    Behaviour(-2.8, 0.2, 0.5, 0.2, 2.0, 0.06, 0.95, 0.005, +30),
    Behaviour(-2.9, -0.9, 0.2, -0.4, 3.0, 0.05, 0.30, 0.010, -200),
    Behaviour(-2.6, -0.8, 0.1, -0.5, 2.0, 0.07, 0.85, 0.020, -150),
    Behaviour(-2.5, 0.0, 1.2, -0.6, 3.0, 0.08, 0.60, 0.010, -300),
)

TIERS = 4
FIELDS = (
    "citizens", "score",
    *(f"B{k}" for k in range(6)), *(f"D{k}" for k in range(6)),
    "blocked", "discount", "priority", "listed",
)  # fmt: skip
"""What is counted in each tier, in this order."""

Counts = NDArray[np.int64]
"""What an engine counted: int64, months x tiers x fields."""


CHECKED_AT = 100_000_000
"""The size of run that the check values are taken to come from; their own chance is allowed for."""

AGREE = 5.0
"""Engines agree within so many standard deviations of every aggregate.

By the normal distribution an engine that is right exceeds it, in any of the 21, once in 80,000
runs. An engine that is wrong by one part in a thousand of B0 exceeds it from 14 million citizens.
"""


@dataclass(frozen=True)
class Expected:
    """What SCL-6 gives: a mean, and its standard deviation times the root of the citizens.

    The deviations were measured over 300 seeds at 150,000 citizens. Communities do not know of
    each other, so they fall with the root exactly.
    """

    mean: float
    spread: float

    def deviation(self, citizens: int) -> float:
        """The standard deviation of a run's difference from the check value."""
        rounding = 10 ** -(3 if self.mean > 1 else 5) / math.sqrt(12)
        return math.hypot(self.spread / citizens**0.5, self.spread / CHECKED_AT**0.5, rounding)


CHECK = {
    "tier 0": Expected(0.01106, 0.116),
    "tier 1": Expected(0.17457, 0.409),
    "tier 2": Expected(0.45628, 0.473),
    "tier 3": Expected(0.35810, 0.503),
    "score": Expected(972.075, 61.2),
    "listed": Expected(0.18794, 0.405),
    "B0": Expected(0.32017, 0.230),
    "B1": Expected(0.10550, 0.112),
    "B2": Expected(0.05927, 0.0839),
    "B3": Expected(0.06306, 0.0918),
    "B4": Expected(0.08002, 0.101),
    "B5": Expected(0.09730, 0.139),
    "D0": Expected(0.30175, 0.210),
    "D1": Expected(0.09334, 0.0999),
    "D2": Expected(0.06101, 0.0818),
    "D3": Expected(0.02829, 0.0536),
    "D4": Expected(0.08642, 0.0952),
    "D5": Expected(0.06741, 0.104),
    "blocked": Expected(0.03941, 0.0926),
    "discount": Expected(0.04293, 0.0726),
    "priority": Expected(0.04174, 0.0574),
}
"""Twelve months of SCL-6, by aggregate."""


def aggregates(counts: Counts) -> dict[str, float]:
    """The means by which engines are compared.

    Tiers, score and list are those of the last month; the rest is over the whole run.
    """
    months, _, _ = counts.shape
    field = {name: counts[:, :, n].astype(float) for n, name in enumerate(FIELDS)}
    citizens = field["citizens"][-1].sum()
    found = {f"tier {t}": field["citizens"][-1, t] / citizens for t in range(TIERS)}
    found["score"] = field["score"][-1].sum() / citizens / 10
    found["listed"] = field["listed"][-1].sum() / citizens
    for name in FIELDS[2:-1]:
        found[name] = field[name].sum() / citizens / months
    return found


def distances(counts: Counts) -> dict[str, float]:
    """How many standard deviations each aggregate of a run of twelve months lies from its check."""
    citizens = int(counts[-1, :, FIELDS.index("citizens")].sum())
    found = aggregates(counts)
    return {
        name: (found[name] - want.mean) / want.deviation(citizens) for name, want in CHECK.items()
    }
