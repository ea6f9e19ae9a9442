"""All of a report for which a run's citizens are lived again: audit, map and lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, final

from glasstown.audit import Audit, Yardstick
from glasstown.audit.whole import audit as make_audit
from glasstown.report.luck import MOST, Luck, live

if TYPE_CHECKING:
    from glasstown.engine.run import Run

SEEDS = 4
"""Seeds that the audit lives, where nothing else is said: a report should take seconds."""

Told = Callable[[str, int, int], None]
"""Told what is being done, `audit` or `lives`, how much is done, and how much there is."""


@final
@dataclass(frozen=True, eq=False)
class Lived:
    """What was found by living again. luck: None where the run has no scheme to take away."""

    audit: Audit
    luck: Luck | None
    seeds: int
    citizens: int
    by: str

    def sampled(self, run: Run) -> str:
        """What it means that a sample was lived; "" where all citizens were."""
        if run.world.citizens <= self.citizens:
            return ""
        said = (
            f"Of {run.world.citizens:,} citizens about {self.citizens:,} were lived again, in "
            "whole communities drawn at random. Shares are estimates of the nation’s, and their "
            "intervals are as wide as a nation of that size would have. What befalls fewer than "
            f"one in {max(self.citizens // 5, 1):,} may be missed."
        )
        if run.world.coupled:
            said += (
                " Its citizens meet the whole nation, so the audit lived a smaller nation of the "
                "same make, with national signals of its own."
            )
        return said


def look(
    run: Run,
    *,
    by: Yardstick | str | Path = "ordinary",
    seeds: int | None = None,
    citizens: int | None = None,
    progress: Told | None = None,
) -> Lived:
    """Audit a run, and live its citizens again without its schemes.

    by: a yardstick; seeds: that the audit lives, `SEEDS` where it is not said; citizens: about how
    many are lived again at most, `MOST` where it is not said.

    Raises:
        GlasstownError: there is no such yardstick, the seeds are too few, or the world cannot be
            run.
    """

    def told(what: str) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, total: progress(what, done, total)

    most = MOST if citizens is None else citizens
    count = SEEDS if seeds is None else seeds
    sample = most if run.world.citizens > most else None
    audit = make_audit(run, by=by, seeds=count, citizens=sample, progress=told("audit"))
    luck = live(run, most, told("lives")) if run.world.schemes else None
    return Lived(audit, luck, count, most, audit.yardstick)
