"""A verdict is by the whole interval, never by a point value."""

from __future__ import annotations

import math

import pytest

from glasstown.audit import Verdict
from glasstown.audit.inside.estimate import Estimate, p_over_seeds, ratio_over_seeds
from glasstown.audit.inside.verdicts import above


@pytest.mark.parametrize(("low", "value", "high", "verdict"), [
    (0.51, 0.6, 0.7, Verdict.FOUND),
    (0.49, 0.6, 0.7, Verdict.CANNOT_TELL),
    (0.2, 0.4, 0.51, Verdict.CANNOT_TELL),
    (0.2, 0.4, 0.49, Verdict.NOT_FOUND),
    (math.nan, 0.9, math.nan, Verdict.CANNOT_TELL),
])  # fmt: skip
def test_an_interval_that_holds_the_threshold_tells_nothing(
    low: float, value: float, high: float, verdict: Verdict
) -> None:
    assert above(Estimate(value, low, high), 0.5) is verdict


def test_a_sure_share_of_a_few_tells_nothing() -> None:
    assert above(Estimate(1, 1, 1), 0.5, cases=4) is Verdict.CANNOT_TELL


def test_a_ratio_of_totals_gives_a_seed_with_few_cases_little_weight() -> None:
    found = ratio_over_seeds([1, 50, 49, math.nan], [1, 100, 100, 7])
    assert found.value == pytest.approx(100 / 201)
    assert found.n == 3
    assert found.high - found.low < 0.1


def test_students_test_over_seeds_is_that_of_scipy() -> None:
    from scipy.stats import ttest_1samp

    values = [0.2, -0.1, 0.4, 0.3, 0.1]
    assert p_over_seeds([*values, math.nan]) == pytest.approx(ttest_1samp(values, 0).pvalue)
    assert p_over_seeds([0.0, 0.0]) == 1
    assert p_over_seeds([2.0, 2.0]) == 0
    assert math.isnan(p_over_seeds([1.0]))
