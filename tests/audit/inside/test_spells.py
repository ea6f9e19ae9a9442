"""How long things last, where some outlast the run."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from glasstown.audit.inside.spells import Waits, spells

ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
OPEN = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
"""Weeks of remission with 6-mercaptopurine (Freireich and others, Blood 21, 1963)."""


def waits(ended: list[int], open: list[int], most: int = 36) -> Waits:
    months = np.array(ended + open, int)
    return Waits.of(months, np.arange(len(months)) >= len(ended), most)


def test_stretches_are_cut_where_the_run_ends() -> None:
    held = np.array([[0, 1, 1, 0, 1], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]], bool)
    found = spells(held)
    assert found.rows.tolist() == [0, 0, 2]
    assert found.begins.tolist() == [1, 4, 0]
    assert found.months.tolist() == [2, 1, 5]
    assert found.open.tolist() == [False, True, True]
    counted = found.waits(5)
    assert counted.ended.tolist() == [0, 0, 1, 0, 0, 0]
    assert counted.open.tolist() == [1, 0, 0, 0, 1, 0]  # longer than none, longer than four


def test_the_median_is_that_of_the_textbook() -> None:
    half = waits(ENDED, OPEN).quantile(0.5)
    assert (half.value, half.low, half.high) == (23, 13, math.inf)
    assert half.n == 21


def test_a_curve_is_that_of_scipy() -> None:
    found = waits(ENDED, OPEN)
    peer = ecdf(CensoredData.right_censored(np.array(ENDED + OPEN), np.arange(21) >= len(ENDED)))
    ends = peer.sf.confidence_interval(method="log-log")
    for month in (6, 7, 9, 10, 16, 22, 23, 30):
        mine = found.within(month)
        assert 1 - mine.value == pytest.approx(float(peer.sf.evaluate(month)))
        assert 1 - mine.high == pytest.approx(float(ends.low.evaluate(month)))
        assert 1 - mine.low == pytest.approx(float(ends.high.evaluate(month)))


def test_nothing_is_said_of_no_waits() -> None:
    none = waits([], [])
    assert none.count == 0
    assert math.isinf(none.quantile(0.5).value)
    assert math.isnan(none.within(6).value)


def test_waits_of_all_seeds_are_counted_together() -> None:
    one, other = waits([2, 3], [4], 6), waits([3], [6, 6], 6)
    both = Waits.read([one.figures("w"), other.figures("w")], "w", 6)
    assert both.ended.tolist() == [0, 0, 1, 2, 0, 0, 0]
    assert both.cut_off == 3
