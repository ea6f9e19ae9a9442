"""A normal distribution in whole numbers, computed alike on every machine."""

from __future__ import annotations

from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

DIGITS = 50
"""The digits that shares are good to."""

_FAR = 16
"""Standard deviations beyond which less than 10^-57 of the distribution lies."""

_PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230782")


def exact_context() -> Context:
    """A decimal context of our own, so that nobody's settings move a digit.

    It keeps ten digits more than `DIGITS`.
    """
    return Context(
        prec=DIGITS + 10,
        rounding=ROUND_HALF_EVEN,
        Emin=-999_999,
        Emax=999_999,
        capitals=1,
        clamp=0,
        flags=[],
        traps=[InvalidOperation, DivisionByZero, Overflow],
    )


@lru_cache(maxsize=64)
def normal_shares(mean: Fraction, sd: Fraction, low: int, high: int) -> tuple[Fraction, ...] | None:
    """The share of each whole number from `low` to `high`, adding to 1.

    The share of `x` is the mass from `x - 1/2` to `x + 1/2`; what lies outside the range is cut
    and the rest raised to 1. `sd` is above 0, `low` at most `high`. None when less than 10^-9 of
    the distribution lies in the range.
    """
    with localcontext(exact_context()):
        below = [_below(x - Fraction(1, 2), mean, sd) for x in range(low, high + 2)]
    total = below[-1] - below[0]
    if total < Fraction(1, 10**9):
        return None
    return tuple((b - a) / total for a, b in pairwise(below))


def _below(x: Fraction, mean: Fraction, sd: Fraction) -> Fraction:
    """The mass below `x`, to `DIGITS` decimals."""
    z = (x - mean) / sd
    if abs(z) >= _FAR:
        return Fraction(int(z > 0))
    half = Fraction(_from_middle(Decimal(abs(z.numerator)) / Decimal(z.denominator)))
    return Fraction(1, 2) + (half if z > 0 else -half)


def _from_middle(z: Decimal) -> Decimal:
    """The mass of a standard normal between 0 and `z`, by a series of terms above 0.

    It is pdf(z) * (z + z^3/3 + z^5/(3*5) + z^7/(3*5*7) + ...), Abramowitz and Stegun 26.2.11.
    """
    term = total = z
    square = z * z
    odd = 1
    smallest = Decimal(10) ** -(DIGITS + 10)
    while term > smallest * total:
        odd += 2
        term = term * square / odd
        total += term
    density = (-square / 2).exp() / (2 * _PI).sqrt()
    return density * total
