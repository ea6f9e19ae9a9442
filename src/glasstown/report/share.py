"""A share of a whole, with the range by which luck alone might move it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import final

Z = 1.959963984540054
"""The 97.5% point of the normal distribution: a 95% interval has 2.5% on either side."""

METHOD = (
    "Wilson's score interval: E. B. Wilson, Probable Inference, the Law of Succession, and "
    "Statistical Inference, Journal of the American Statistical Association 22 (1927), 209 to 212"
)
"""How the intervals are computed, with the source."""


@final
@dataclass(frozen=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval; None of nothing."""
        return wilson(self.count, self.of) if self.of else None

    def apart(self, other: Share) -> bool:
        """Whether the intervals of two shares do not meet."""
        mine, its = self.interval, other.interval
        return mine is not None and its is not None and (mine[0] > its[1] or its[0] > mine[1])


def wilson(count: int, of: int, z: float = Z) -> tuple[float, float]:
    """The score interval of a share `count / of`, with `of` above 0 (Wilson 1927)."""
    p, spread = count / of, z * z / of
    centre = (p + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(p * (1 - p) / of + spread / (4 * of))
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == of else min(1.0, centre + half)
    return low, high
