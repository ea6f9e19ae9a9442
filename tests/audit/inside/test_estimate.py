"""Intervals cover as often as they say; corrections and coefficients are those of the books."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom

from glasstown.audit.inside.estimate import (
    Estimate,
    exact_p,
    gini,
    holm,
    of_clusters,
    over_seeds,
    p_over_seeds,
    ratio_of_shares,
    share,
)

TRIES = 2_000
TOLERANCE = 0.015
"""Three standard errors of a coverage of 95% seen in so many tries."""


@pytest.mark.parametrize(("of", "truth"), [(12, 0.5), (30, 0.1), (60, 0.02)])
def test_an_exact_share_is_covered_at_least_as_often_as_it_says(of: int, truth: float) -> None:
    covered = [count for count in range(of + 1) if share(count, of).covers(truth)]
    assert float(binom.pmf(covered, of, truth).sum()) >= 0.95


def test_a_share_is_that_of_clopper_and_pearson() -> None:
    found = share(0, 10)
    assert (found.value, found.low) == (0, 0)
    assert found.high == pytest.approx(1 - 0.025 ** (1 / 10))
    assert math.isnan(share(0, 0).value)
    assert (share(0, 0).low, share(0, 0).high) == (0, 1)


def test_a_mean_over_seeds_is_covered_as_often_as_it_says() -> None:
    luck = np.random.default_rng(4)
    found = [over_seeds(luck.normal(3, 2, 8)).covers(3) for _ in range(TRIES)]
    assert np.mean(found) == pytest.approx(0.95, abs=TOLERANCE)


def test_a_mean_over_seeds_leaves_out_what_has_no_value() -> None:
    found = over_seeds([1, math.nan, 2, 3])
    half = 4.302653 / math.sqrt(3)  # Student's 97.5% point with two degrees of freedom
    assert found.value == 2
    assert found.n == 3
    assert (found.low, found.high) == pytest.approx((2 - half, 2 + half))
    assert math.isnan(over_seeds([5]).low)
    assert not over_seeds([5]).covers(5)
    assert math.isnan(over_seeds([math.nan]).value)


def test_a_mean_of_clusters_is_covered_as_often_as_it_says() -> None:
    luck = np.random.default_rng(5)
    sizes = luck.integers(50, 150, 300)
    totals = luck.binomial(sizes, luck.beta(4, 6, 300))
    truth = totals.sum() / sizes.sum()

    def once(among: int | None) -> Estimate:
        drawn = luck.choice(300, 100, replace=False)
        return of_clusters(totals[drawn], sizes[drawn], among)

    corrected = [once(300).covers(truth) for _ in range(TRIES)]
    assert np.mean(corrected) == pytest.approx(0.95, abs=TOLERANCE)
    wide = [once(None).covers(truth) for _ in range(TRIES // 4)]
    assert np.mean(wide) > 0.97  # as of a nation without end, which this is not


def test_a_mean_of_all_clusters_is_exact() -> None:
    found = of_clusters([3, 1, 6], [10, 10, 20], among=3)
    assert (found.low, found.value, found.high) == (0.25, 0.25, 0.25)
    assert math.isnan(of_clusters([3], [10]).low)
    assert math.isnan(of_clusters([0, 0], [0, 0]).value)


def test_a_ratio_of_shares_is_covered_as_often_as_it_says() -> None:
    luck = np.random.default_rng(6)
    counts = zip(luck.binomial(400, 0.12, TRIES), luck.binomial(700, 0.2, TRIES), strict=True)
    found = [ratio_of_shares((int(a), int(b)), (400, 700)).covers(0.6) for a, b in counts]
    assert np.mean(found) == pytest.approx(0.95, abs=TOLERANCE)


def test_a_ratio_with_nobody_in_it() -> None:
    none = ratio_of_shares((0, 40), (100, 100))
    assert (none.value, none.low) == (0, 0)
    assert 0 < none.high < 0.8
    assert math.isnan(ratio_of_shares((5, 0), (100, 100)).value)
    assert math.isnan(ratio_of_shares((0, 5), (0, 100)).value)


def test_p_values_are_raised_in_steps() -> None:
    """By hand: .005 x 4, .01 x 3, .03 x 2, and .04 may not go below the one before it."""
    assert holm([0.01, 0.04, 0.03, 0.005]).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.6]).tolist() == [1, 1]
    assert holm([]).size == 0


def test_corrected_looks_raise_a_false_alarm_no_more_often_than_one() -> None:
    luck = np.random.default_rng(7)
    alarms = [(holm(luck.uniform(size=20).tolist()) < 0.05).any() for _ in range(TRIES)]
    assert np.mean(alarms) <= 0.05 + TOLERANCE


def test_the_exact_test_is_fishers() -> None:
    """The lady tasting tea, with three of four cups right: 34 of 70 ways are as far off."""
    assert exact_p((3, 1), (4, 4)) == pytest.approx(34 / 70)


def test_gini() -> None:
    assert gini([1, 1, 1]) == pytest.approx(0)
    assert gini([0, 0, 1]) == pytest.approx(2 / 3)
    assert gini([4, 1, 3, 2]) == pytest.approx(0.25)
    assert math.isnan(gini([0, 0]))


def test_a_test_for_nought_raises_a_false_alarm_as_often_as_it_says() -> None:
    luck = np.random.default_rng(8)
    alarms = [p_over_seeds(luck.normal(0, 2, 6)) < 0.05 for _ in range(TRIES)]
    assert np.mean(alarms) == pytest.approx(0.05, abs=TOLERANCE)


def test_a_test_for_nought_is_students() -> None:
    """t of 2 x sqrt(3) with two degrees of freedom; its tail is known in closed form."""
    t = 2 * math.sqrt(3)
    assert p_over_seeds([1, 2, 3]) == pytest.approx(1 - t / math.sqrt(2 + t * t))
    assert p_over_seeds([0, 0, math.nan]) == 1
    assert p_over_seeds([2, 2]) == 0
    assert math.isnan(p_over_seeds([2]))
