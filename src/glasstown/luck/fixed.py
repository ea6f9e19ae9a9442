"""Whole-number forms of probabilities, log-odds and half-lives, rounded the same everywhere."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from functools import lru_cache

from glasstown.luck.philox import ONE

LOG_ODDS = 1 << 10
"""One log-odd, in the whole numbers that utilities are kept in: a step of the logistic table."""

TABLE_HALF = 1 << 14
"""The logistic table reaches from -16 to +16 log-odds."""

FADE = 1 << 15
"""The whole of a fading quantity, for multipliers of fades."""

_DIGITS = 50


def nearest_whole(value: Fraction) -> int:
    """The nearest whole number, halves to the even one."""
    return round(value)


def threshold(probability: Fraction) -> int:
    """The number that a draw must stay below: 0 for never, 2**30 for always."""
    return nearest_whole(probability * ONE)


def to_decimal(value: Fraction) -> Decimal:
    """A fraction to fifty significant digits."""
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(value.numerator) / Decimal(value.denominator)


def whole(value: Decimal) -> int:
    """The nearest whole number of a decimal, halves to the even one."""
    return int(value.to_integral_value(rounding=ROUND_HALF_EVEN))


def log_odds(probability: Fraction) -> int:
    """ln(p/(1-p)) in 2**-10 log-odds.

    Raises:
        ValueError: the probability is 0 or 1, which no log-odds reach.
    """
    if not 0 < probability < 1:
        raise ValueError("a probability of 0 or 1 has no log-odds")
    with localcontext() as context:
        context.prec = _DIGITS
        odds = to_decimal(probability / (1 - probability))
        return whole(odds.ln() * LOG_ODDS)


@lru_cache(maxsize=1)
def logistic_table() -> tuple[int, ...]:
    """2**30 / (1 + exp(-x)) at each step of 1/1024 from -16 up to, but not at, +16.

    32,768 whole numbers, built with fifty digits of decimal arithmetic. The numbers of -x and x
    add up to 2**30, so only one half is computed.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        one = Decimal(1)
        shrink = (Decimal(-1) / 1024).exp()
        value = one
        upper = []
        for _ in range(TABLE_HALF + 1):
            upper.append(whole(ONE / (one + value)))
            value *= shrink
    return tuple(ONE - p for p in reversed(upper[1:])) + tuple(upper[:-1])


def logistic(utility: int) -> int:
    """The probability, in 2**-30, of a utility in 2**-10 log-odds."""
    step = min(max(utility, -TABLE_HALF), TABLE_HALF - 1)
    return logistic_table()[step + TABLE_HALF]


def monthly_fade(half_life: int) -> int:
    """The share that fades in a month, in 2**-15, for a half-life in months."""
    with localcontext() as context:
        context.prec = _DIGITS
        kept = (Decimal(-1) / half_life * Decimal(2).ln()).exp()
        return whole((1 - kept) * FADE)
