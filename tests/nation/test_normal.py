"""The normal distribution in whole numbers, against digits from elsewhere."""

import decimal
import math
from fractions import Fraction

import pytest

from glasstown.nation.normal import normal_shares


def test_one_standard_deviation_to_fifty_digits() -> None:
    # erf(1 / sqrt 2), the well-known 68.27%, cut from the digits published as OEIS A178647.
    within = Fraction("0.68268949213708589717046509126407584495582593345320")
    shares = normal_shares(Fraction(0), Fraction(1, 2), -8, 8)
    assert shares is not None
    assert abs(shares[8] - within) < Fraction(1, 10**48)


@pytest.mark.parametrize(
    ("mean", "sd"), [("0", "40"), ("1.5", "2.5"), ("-3", "0.3"), ("900", "400")]
)
def test_each_share_is_what_the_c_library_says(mean: str, sd: str) -> None:
    low, high = -120, 120
    shares = normal_shares(Fraction(mean), Fraction(sd), low, high)
    assert shares is not None
    mu, sigma = float(mean), float(sd) * math.sqrt(2)
    below = [math.erf((x - 0.5 - mu) / sigma) for x in range(low, high + 2)]
    for share, a, b in zip(shares, below, below[1:], strict=False):
        assert float(share) == pytest.approx((b - a) / (below[-1] - below[0]), abs=1e-12)


def test_shares_sum_to_one_and_are_symmetric() -> None:
    shares = normal_shares(Fraction(0), Fraction(40), -120, 120)
    assert shares is not None
    assert sum(shares) == 1
    assert shares == shares[::-1]


def test_a_range_without_mass_has_no_shares() -> None:
    assert normal_shares(Fraction(0), Fraction(1), 7, 9) is None
    assert normal_shares(Fraction(0), Fraction(1), 5, 9) is not None
    assert normal_shares(Fraction(0), Fraction(1), -(10**9), -(10**9) + 5) is None


def test_a_tiny_sd_is_a_single_value() -> None:
    shares = normal_shares(Fraction(2), Fraction(1, 10**9), 0, 4)
    assert shares == (0, 0, 1, 0, 0)


def test_nobodys_decimal_settings_move_a_digit() -> None:
    normal_shares.cache_clear()
    usual = normal_shares(Fraction(1), Fraction(3), -5, 5)
    normal_shares.cache_clear()
    with decimal.localcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP)):
        assert normal_shares(Fraction(1), Fraction(3), -5, 5) == usual
