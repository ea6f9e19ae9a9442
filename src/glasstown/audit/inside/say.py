"""Estimates in words and as figures."""

from __future__ import annotations

import math
from collections.abc import Iterable

from glasstown.audit.finding import Figure
from glasstown.audit.inside.estimate import Estimate


def number(value: float) -> str:
    """A number to three digits, and no sign where that leaves nought."""
    text = f"{value:.3g}"
    return "0" if float(text) == 0 else f"{float(text):,.10g}"


def percent(value: float) -> str:
    """A share as a percentage to three digits."""
    return "none" if math.isnan(value) else f"{number(value * 100)}%"


def with_interval(share: Estimate) -> str:
    """A share with its interval: `4.9% (3.8% to 6%)`."""
    if math.isnan(share.low):
        return percent(share.value)
    return f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)})"


def amount(value: Estimate) -> str:
    """An amount with its interval: `1.31 (1.2 to 1.42)`."""
    if math.isnan(value.low):
        return number(value.value)
    return f"{number(value.value)} ({number(value.low)} to {number(value.high)})"


def in_months(wait: Estimate) -> str:
    """A wait with its interval; one that may outlast the run has no upper end."""
    if math.isinf(wait.value):
        least = "" if math.isinf(wait.low) else f" ({number(wait.low)} months or more)"
        return f"a time that outlasts the run{least}"
    if math.isinf(wait.high):
        return f"{_months(wait.value)} ({number(wait.low)} or more)"
    return f"{_months(wait.value)} ({number(wait.low)} to {number(wait.high)})"


def figure(name: str, of: Estimate, unit: str = "") -> Figure:
    """An estimate as a figure of a finding; an end that is not known is left out."""
    low, high = (end if math.isfinite(end) else None for end in (of.low, of.high))
    return Figure(name, of.value, unit, low, high, f"{of.n:,} {of.of}")


def known(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Those figures that have a value."""
    return tuple(each for each in figures if math.isfinite(each.value))


def _months(count: float) -> str:
    return "a month" if count == 1 else f"{number(count)} months"
