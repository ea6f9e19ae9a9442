"""What follows from all the scores of a community: its mean score, and its rank cuts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from math import floor

from glasstown.engine.reference.state import Community
from glasstown.engine.reference.worth import scale_of
from glasstown.scheme.model import Scheme


def cut(scores: Sequence[int], share: Fraction, low: int) -> int:
    """The least `c >= low - 1` such that at most `floor(share * n)` of the scores are above it."""
    places = floor(share * len(scores))
    if places >= len(scores):
        return low - 1
    # With the scores in falling order, those above the first one left out are at most `places`.
    return sorted(scores, reverse=True)[places]


def rank_cuts(community: Community, number: int, scheme: Scheme) -> dict[str, int]:
    """The community's cut for each consequence of a scheme that is for its best, as scores are."""

    def reckon(share: Fraction) -> int:
        return cut(_scores(community, number), share, scale_of(scheme).low)

    return {
        name: community.common(f"cut/{scheme.scheme}/{name}", partial(reckon, best.share))
        for name, consequence in scheme.consequences.items()
        if (best := consequence.best) is not None and best.of == "community"
    }


def mean_score(community: Community, number: int, scheme: str) -> int:
    """The mean of the community's scores, as they are."""

    def reckon() -> int:
        scores = _scores(community, number)
        return sum(scores) // len(scores)

    return community.common(f"mean/{scheme}", reckon)


def _scores(community: Community, number: int) -> list[int]:
    return [citizen.accounts[number].score for citizen in community.citizens]
