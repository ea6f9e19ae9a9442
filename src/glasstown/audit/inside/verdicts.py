"""When an estimate is enough to say that something was found."""

from __future__ import annotations

from glasstown.audit.finding import Verdict
from glasstown.audit.inside.estimate import Estimate

SMALLEST = 5
"""Of fewer cases than this, over all seeds, nothing is said but that it cannot be told."""


def above(share: Estimate, threshold: float, cases: float = SMALLEST) -> Verdict:
    """Found where the whole interval lies above a threshold, not found where it lies below.

    cases: of how many it was made, over all seeds.
    """
    if cases >= SMALLEST and share.low > threshold:
        return Verdict.FOUND
    if cases >= SMALLEST and share.high < threshold:
        return Verdict.NOT_FOUND
    return Verdict.CANNOT_TELL
