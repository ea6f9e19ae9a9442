"""How evenly the chances that a scheme deals out are spread over citizens."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Finding, Weight
from glasstown.audit.inside.decisions import Decision
from glasstown.audit.inside.estimate import gini, share_over_seeds
from glasstown.audit.inside.inside import Inside, InsideProbe
from glasstown.audit.inside.say import amount, figure, known, with_interval
from glasstown.audit.inside.standing import EITHER
from glasstown.audit.inside.verdicts import above
from glasstown.engine.panel import Panel


def chances(decision: Decision, panel: Panel) -> NDArray[np.float64] | None:
    """The share of months in which a citizen's standing brings a gain, or spares a loss.

    One for each citizen; None where more than the standing, or a rank, decides.
    """
    always = np.ones((len(panel), panel.world.months), bool)
    said = [asked.says(panel, always) for asked in decision.by]
    ranked = any(asked.consequence.best is not None for asked in decision.by)
    if ranked or any((answer == EITHER).any() for answer in said):
        return None
    done = decision.settled(said).reshape(always.shape).mean(axis=1)
    return np.asarray(1 - done if decision.adverse else done)


def chance_figures(decision: Decision, panel: Panel) -> dict[str, float]:
    """How many have no chance in any month, and Gini's coefficient; nan where it is not known."""
    dealt = chances(decision, panel)
    never, spread = math.nan, math.nan
    if dealt is not None:
        never, spread = float((dealt == 0).sum()), gini(dealt)
    return {f"never|{decision.measure}": never, f"gini|{decision.measure}": spread}


def chance_findings(
    case: Inside, probe: InsideProbe, decision: Decision, threshold: float
) -> Iterator[Finding]:
    """Whether more citizens than a threshold have no chance; nothing where it is not known."""
    counts = case.each(probe, f"never|{decision.measure}")
    if np.isnan(counts).all():
        return
    never = share_over_seeds(counts, np.full(len(counts), float(case.sampled)))
    spread = case.figure(probe, f"gini|{decision.measure}")
    if decision.adverse:
        so, of = "would have been in every month", "the chances of being spared"
        note = "without a scheme everybody is spared, a Gini of 0"
    else:
        so, of = "had no chance of it in any month", "the chances"
        note = "without a scheme there is nothing of the kind to spread"
    says = f"{decision.says}: {with_interval(never)} of citizens {so}"
    if not math.isnan(spread.value):
        says += f"; {of} have a Gini of {amount(spread)}"
    yield Finding(
        says=f"{says}.",
        verdict=above(never, threshold),
        weight=Weight.SERIOUS if decision.adverse else Weight.NOTABLE,
        figures=known(
            (
                figure("without a chance in any month", never),
                figure("Gini of the chances", spread),
            )
        ),
        open=note,
    )
