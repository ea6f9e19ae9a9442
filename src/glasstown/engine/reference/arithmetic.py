"""The whole-number arithmetic of `docs/reference/month.md`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from glasstown.luck import LOG_ODDS as LOG_ODDS
from glasstown.luck import LOW_BITS

SHARE = 4096
"""A whole community or nation, belief without doubt, and all the fear there is."""

MEANS = 16
"""A unit of worth, in the whole numbers that means are kept in."""

WORTH = 64
"""A unit of worth, in the whole numbers that a score's worth is kept in."""

MOST_MONTHS = 1200
"""The longest that a condition or a stay on a register is counted."""

_FADE_BITS = 15
_MOST_BITS = 30
_LEAST_FACTOR = 1 << 14
_LEAST_WHOLE = 256


def clamp(value: int, low: int, high: int) -> int:
    """The value, kept within `low` and `high`."""
    return min(max(value, low), high)


def faded(value: int, fade: int) -> int:
    """How much of a value fades in a month: `trunc(value * F / 2^15)`."""
    return -(-value * fade >> _FADE_BITS) if value < 0 else value * fade >> _FADE_BITS


def share_of(count: int, n: int) -> int:
    """`count` of `n`, as a share."""
    return count * SHARE // n


def uniform(draw: int, low: int, high: int) -> int:
    """A whole number from `low` to `high`, each as likely."""
    return low + ((draw >> LOW_BITS) * (high - low + 1) >> 16)


def multiplier(factor: Fraction) -> tuple[int, int, int]:
    """`C`, `half` and `k`, with which `term(q, v)` is `(C * v + half) >> k`."""
    if abs(factor) >= _LEAST_WHOLE or factor.denominator == 1:
        return round(factor), 0, 0
    bits = 1
    while bits < _MOST_BITS and abs(round(factor * 2**bits)) < _LEAST_FACTOR:
        bits += 1
    return round(factor * 2**bits), 1 << (bits - 1), bits


def term(factor: Fraction) -> Callable[[int], int]:
    """The function `v -> term(q, v)`: a multiple of a whole number by a fraction, rounded."""
    times, half, bits = multiplier(factor)
    return lambda value: (times * value + half) >> bits
