from __future__ import annotations

from fractions import Fraction

import pytest

from glasstown.engine.reference.arithmetic import clamp, faded, share_of, term, uniform
from glasstown.luck import ONE


@pytest.mark.parametrize(
    ("factor", "value", "expected"),
    [
        # A whole number, and anything of 256 or more, is multiplied outright.
        (Fraction(3), 7, 21),
        (Fraction(-3), 7, -21),
        (Fraction(0), 7, 0),
        (Fraction(513, 2), 10, 2560),  # round(256.5) = 256
        (Fraction(515, 2), 10, 2580),  # round(257.5) = 258
        # 0.1: k = 18 (round(0.1 * 2^17) = 13,107 < 2^14), C = 26,214.
        (Fraction(1, 10), 5, 0),  # 26,214 is a little less than a tenth of 2^18
        (Fraction(1, 10), 6, 1),
        (Fraction(1, 10), 1000, 100),
        # 1/3: k = 16, C = round(21845.33) = 21,845.
        (Fraction(1, 3), 3, 1),
        (Fraction(1, 3), 300_000, 99998),  # (21,845 * 300,000 + 2^15) / 2^16 = 99,998.9
        (Fraction(1, 3), 2, 1),
        (Fraction(-1, 3), 2, -1),
        (Fraction(-1, 3), 1, 0),
        # A half goes up: k = 15, C = 2^14.
        (Fraction(1, 2), 1, 1),
        (Fraction(1, 2), -1, 0),
        # So small that even 30 bits leave less than 2^14: C = round(10^-6 * 2^30) = 1,074.
        (Fraction(1, 10**6), 10**6, (1074 * 10**6 + 2**29) >> 30),
        (Fraction(1, 10**10), 10**6, 0),
    ],
)
def test_a_term_is_known(factor: Fraction, value: int, expected: int) -> None:
    assert term(factor)(value) == expected


@pytest.mark.parametrize(
    ("value", "fade", "expected"),
    [(100, 16384, 50), (-100, 16384, -50), (3, 16384, 1), (-3, 16384, -1), (100, 0, 0)],
)
def test_fading_is_toward_zero(value: int, fade: int, expected: int) -> None:
    assert faded(value, fade) == expected


@pytest.mark.parametrize(
    ("draw", "expected"), [(0, -20), (ONE - 1, -5), (ONE // 2, -12), (ONE // 16 - 1, -20)]
)
def test_a_range_is_drawn_evenly(draw: int, expected: int) -> None:
    assert uniform(draw, -20, -5) == expected


def test_shares_round_down() -> None:
    assert share_of(1, 3) == 1365
    assert share_of(3, 3) == 4096


def test_a_clamp_keeps_within() -> None:
    assert [clamp(x, -2, 2) for x in (-9, 0, 9)] == [-2, 0, 2]
