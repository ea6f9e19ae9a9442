"""Scales, ticks and the places of labels: worked out here, so that no font can move them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import final

_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


@final
@dataclass(frozen=True)
class Scale:
    """A range of numbers with round ones to mark on it."""

    low: float
    high: float
    ticks: tuple[float, ...]
    decimals: int

    def place(self, value: float) -> float:
        """Where a value lies, from 0 to 1."""
        return (value - self.low) / (self.high - self.low)

    def label(self, sign: str) -> str:
        """The expression by which Vega writes a tick."""
        return f"(datum.value ? format(datum.value, ',.{self.decimals}f') : '0') + '{sign}'"

    def at(self, place: float) -> float:
        """The value at a place."""
        return float(f"{self.low + place * (self.high - self.low):.8g}")


def scale(values: Iterable[float], fitted: bool = False, most: int = 5) -> Scale:
    """A scale that holds all values, and nought unless it is to be fitted to them."""
    known = list(values)
    low, high = min(known, default=0.0), max(known, default=0.0)
    if not fitted:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high = low + max(abs(low) * 0.01, 1.0)
    step = _step((high - low) / most)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    ticks = tuple(round(place * step, 12) for place in range(first, last + 1))
    return Scale(ticks[0], ticks[-1], ticks, _decimals(step))


def month_ticks(months: int) -> list[int]:
    """The months that are marked: at most seven, from 0."""
    step = next((s for s in _MONTHS if (months - 1) / s <= 6), _MONTHS[-1])
    return list(range(0, months, step))


def spread(places: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places moved as little as need be to be so far apart, in their order, within limits.

    Where there is no room for all, they stand as close as it takes.
    """
    if not places:
        return []
    apart = min(apart, (high - low) / max(len(places) - 1, 1))
    order = sorted(range(len(places)), key=lambda n: (places[n], n))
    moved = [min(max(places[n], low), high) for n in order]
    for n in range(1, len(moved)):
        moved[n] = max(moved[n], moved[n - 1] + apart)
    if moved[-1] > high:
        moved[-1] = high
        for n in range(len(moved) - 2, -1, -1):
            moved[n] = min(moved[n], moved[n + 1] - apart)
    found = [0.0] * len(places)
    for place, n in zip(moved, order, strict=True):
        found[n] = place
    return found


def _step(rough: float) -> float:
    """The next of 1, 2, 5, 10, ... from a rough step up."""
    size = 10.0 ** floor(log10(rough))
    return next(size * part for part in (1, 2, 5, 10) if size * part >= rough * (1 - 1e-9))


def _decimals(step: float) -> int:
    return max(0, -floor(log10(step) + 1e-9))
