"""Estimates with their intervals: of shares, of means over seeds, of samples of communities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
"""How sure an interval is, where nothing else is said."""


@final
@dataclass(frozen=True)
class Estimate:
    """A number with its interval.

    low and high are nan where none can be given; n: of how many it was made; of: what they are.
    """

    value: float
    low: float = math.nan
    high: float = math.nan
    n: int = 0
    of: str = ""

    def covers(self, value: float) -> bool:
        """Whether a value lies within the interval."""
        return self.low <= value <= self.high


def share(count: int, total: int, level: float = LEVEL) -> Estimate:
    """A share with the exact interval of Clopper and Pearson (Biometrika 26, 1934)."""
    if total == 0:
        return Estimate(math.nan, 0.0, 1.0, 0, "citizens")
    from scipy.stats import binomtest

    interval = binomtest(int(count), int(total)).proportion_ci(level, method="exact")
    return Estimate(
        count / total, float(interval.low), float(interval.high), int(total), "citizens"
    )


def over_seeds(values: ArrayLike, level: float = LEVEL) -> Estimate:
    """The mean of a figure over runs with other luck, with Student's interval.

    values: one for each seed; those that are nan, where the figure has no value, are left out.
    """
    given = np.asarray(values, float)
    given = given[~np.isnan(given)]
    if given.size == 0:
        return Estimate(math.nan, n=0, of="seeds")
    mean = float(given.mean())
    if given.size == 1:
        return Estimate(mean, n=1, of="seeds")
    half = _student(given.size - 1, level) * float(given.std(ddof=1)) / math.sqrt(given.size)
    return Estimate(mean, mean - half, mean + half, int(given.size), "seeds")


def of_clusters(
    totals: ArrayLike, sizes: ArrayLike, among: int | None = None, level: float = LEVEL
) -> Estimate:
    """A mean over citizens from a sample of whole clusters, as a ratio of totals.

    totals: of each sampled cluster; sizes: its citizens; among: how many clusters there are in all,
    for the correction of a finite population. The variance is the linearised one of a ratio
    (Cochran, Sampling Techniques, 1977, chapter 6).
    """
    total, size = np.asarray(totals, float), np.asarray(sizes, float)
    n = total.size
    if size.sum() == 0:
        return Estimate(math.nan, n=n, of="communities")
    mean = float(total.sum() / size.sum())
    if n < 2:
        return Estimate(mean, n=n, of="communities")
    rest = total - mean * size
    kept = 1.0 if among is None else max(0.0, 1 - n / among)
    variance = kept * float((rest**2).sum()) / (n - 1) * n / float(size.sum()) ** 2
    half = _student(n - 1, level) * math.sqrt(variance)
    return Estimate(mean, mean - half, mean + half, n, "communities")


def ratio_over_seeds(parts: ArrayLike, wholes: ArrayLike, level: float = LEVEL) -> Estimate:
    """What one figure is of another, over runs with other luck: a ratio of totals.

    parts, wholes: one of each for each seed, counts or means; seeds where either is nan are left
    out. The interval is the linearised one, so that a seed with few cases counts for little.
    """
    part, whole = np.asarray(parts, float), np.asarray(wholes, float)
    given = ~(np.isnan(part) | np.isnan(whole))
    return replace(of_clusters(part[given], whole[given], level=level), of="seeds")


def share_over_seeds(counts: ArrayLike, totals: ArrayLike, level: float = LEVEL) -> Estimate:
    """A share of citizens, over runs with other luck.

    counts, totals: one of each for each seed. The interval is the wider of the linearised one over
    the seeds, which few cases can make too narrow, and the exact one of all citizens together.
    """
    by_seeds = ratio_over_seeds(counts, totals, level)
    return wider(by_seeds, share(int(np.nansum(counts)), int(np.nansum(totals)), level))


def wider(by_seeds: Estimate, other: Estimate) -> Estimate:
    """A share with the wider of two intervals, within 0 and 1; nan where the seeds give none."""
    if math.isnan(by_seeds.low):
        return by_seeds
    low, high = min(by_seeds.low, other.low), max(by_seeds.high, other.high)
    return replace(by_seeds, low=max(0.0, low), high=min(1.0, high))


def p_over_seeds(values: ArrayLike) -> float:
    """Student's test that a figure is nought on the mean over seeds, two-sided.

    Where it does not vary, it is 1 if it is nought on every seed, and 0 if it is not; nan where
    fewer than two seeds have a value.
    """
    given = np.asarray(values, float)
    given = given[~np.isnan(given)]
    if given.size < 2:
        return math.nan
    spread = float(given.std(ddof=1))
    if spread == 0:
        return 0.0 if given[0] else 1.0
    from scipy.stats import t

    size = abs(float(given.mean())) / (spread / math.sqrt(given.size))
    return float(2 * t.sf(size, given.size - 1))


def p_of_citizens(values: ArrayLike, variances: ArrayLike) -> float:
    """The test that the mean of a figure over seeds is nought, by what citizens vary on each.

    values: the figure of each seed; variances: of each, squared standard errors over citizens.
    """
    given = ~np.isnan(np.asarray(values, float))
    value = float(np.asarray(values, float)[given].sum())
    spread = math.sqrt(float(np.asarray(variances, float)[given].sum()))
    if spread == 0:
        return 0.0 if value else 1.0
    from scipy.stats import norm

    return float(2 * norm.sf(abs(value) / spread))


def larger(one: float, other: float) -> float:
    """The larger of two p-values, so that both tests have to speak; nan where either is."""
    return math.nan if math.isnan(one) or math.isnan(other) else max(one, other)


def ratio_of_shares(
    selected: tuple[int, int], totals: tuple[int, int], level: float = LEVEL
) -> Estimate:
    """The first share over the second, with the interval of Katz and others (Biometrics 34, 1978).

    Half a citizen is added to each count where one is 0. It is nan where a group is empty.
    """
    (a, b), (n, m) = selected, totals
    if not n or not m or not b:
        return Estimate(math.nan, 0.0, math.inf, n + m, "citizens")
    value = (a / n) / (b / m)
    if a == 0:
        a, b, n, m = a + 0.5, b + 0.5, n + 0.5, m + 0.5  # type: ignore[assignment]
    spread = math.sqrt(max(0.0, 1 / a - 1 / n + 1 / b - 1 / m))
    half = _normal(level) * spread
    middle = math.log((a / n) / (b / m))
    low = 0.0 if value == 0 else math.exp(middle - half)
    return Estimate(value, low, math.exp(middle + half), totals[0] + totals[1], "citizens")


def exact_p(selected: tuple[int, int], totals: tuple[int, int]) -> float:
    """Fisher's exact test that two shares are the same, two-sided."""
    from scipy.stats import fisher_exact

    table = [[s, t - s] for s, t in zip(selected, totals, strict=True)]
    return float(fisher_exact(table)[1])


def holm(p_values: Sequence[float]) -> NDArray[np.float64]:
    """P-values corrected for how many were looked at (Holm, Scand. J. Statist. 6, 1979)."""
    p = np.asarray(p_values, float)
    order = np.argsort(p)
    corrected = np.empty_like(p)
    if p.size:
        raised = p[order] * np.arange(p.size, 0, -1)
        corrected[order] = np.minimum(1.0, np.maximum.accumulate(raised))
    return corrected


def gini(values: ArrayLike) -> float:
    """Gini's coefficient of amounts that are nought or more; nan where all are nought."""
    given = np.sort(np.asarray(values, float))
    total = given.sum()
    if not given.size or total == 0:
        return math.nan
    ranks = np.arange(1, given.size + 1)
    return float(2 * (ranks * given).sum() / (given.size * total) - (given.size + 1) / given.size)


def _student(freedom: int, level: float) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + level) / 2, freedom))


def _normal(level: float) -> float:
    from scipy.stats import norm

    return float(norm.ppf((1 + level) / 2))
