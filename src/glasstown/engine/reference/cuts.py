"""Rank cuts: what score the best by rank lie above."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor


def cut(scores: Sequence[int], share: Fraction, low: int) -> int:
    """The least `c >= low - 1` such that at most `floor(share * n)` of the scores are above it."""
    places = floor(share * len(scores))
    if places >= len(scores):
        return low - 1
    # With the scores in falling order, those above the first one left out are at most `places`.
    return sorted(scores, reverse=True)[places]
