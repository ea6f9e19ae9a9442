"""How strongly what befalls citizens draws on their score or register."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Finding, Weight
from glasstown.audit.inside.decisions import Decision, decisions_of
from glasstown.audit.inside.estimate import over_seeds, share_over_seeds
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.say import figure, known, percent, with_interval
from glasstown.audit.inside.standing import Where, together
from glasstown.audit.inside.verdicts import above
from glasstown.audit.probe import About, Reference
from glasstown.engine.panel import Panel

STRONGLY = 0.5
"""The share of what decides an outcome above which it is called strong; the law names none."""

SHOWN = 3
BINS = 20
"""Into how many parts of about equal size scores are cut, where a consequence reads them."""


@final
class DrawsStrongly(InsideProbe):
    """Treatments that follow from the standing alone, and what it tells of each outcome."""

    about = About(
        name="draws-strongly",
        title="How strongly it draws on the score",
        asks="How strongly does what befalls citizens draw on their score or register?",
        matters=(
            "Whoever makes a score decides by machine about a person if a third party draws "
            "strongly on it, says the Court of Justice; then Article 22 of the GDPR applies to the "
            "making of the score itself."
        ),
        computed=(
            "Each time something is decided of a citizen, the consequences are asked knowing "
            "nothing but the standing: score, tier and registers. A treatment follows from it "
            "alone where the answer is then certain, whatever else is true of the citizen. What "
            "the standing tells is the mutual information of standing and outcome over the entropy "
            "of the outcome (Theil's uncertainty coefficient), corrected for the number of cells "
            "by Miller and Madow; scores are cut into 20 parts. It is called strong where the "
            "whole 95% interval over the seeds lies above a half, and weak where it lies below."
        ),
        cannot=(
            "What a person at a desk would do with the score: here what the scheme says follows is "
            "done. The law names no share; this one is a convention. Where a rank decides, what "
            "the score tells is a lower bound."
        ),
        sources=(
            Reference(
                "Court of Justice, C-634/21 SCHUFA Holding, 7 December 2023",
                "paragraph 73",
                "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62021CJ0634",
            ),
            Reference("EU General Data Protection Regulation", "Article 22"),
            Reference("Miller, Note on the bias of information estimates", "1955"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """Decisions, and the standing that they may draw on."""
        decisions = decisions_of(case.world)
        if not decisions:
            return None
        measures = [
            name
            for decision in decisions
            for name in (
                decision.measure,
                *decision.before,
                *(measure for asked in decision.by for measure in asked.measures),
            )
        ]
        return Wanted(measures=tuple(dict.fromkeys(measures)))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """For each decision: how many are treated, by the standing alone, and what it tells."""
        found: dict[str, float] = {}
        for decision in decisions_of(case.world):
            arises = decision.arises(lives.here)
            treated = (lives.here.of[decision.measure] != 0)[arises]
            said = [asked.says(lives.here, arises) for asked in decision.by]
            found |= {
                f"decided|{decision.measure}": float(len(treated)),
                f"treated|{decision.measure}": float(treated.sum()),
                f"alone|{decision.measure}": float((treated & decision.settled(said)).sum()),
                f"tells|{decision.measure}": tells(
                    _cells(decision, lives.here, arises, said), treated
                ),
            }
        return found

    def keep(self, case: Inside, lives: Lives) -> Mapping[str, tuple[int, ...]]:
        """For each decision, the first citizens who are treated so by their standing alone."""
        kept = {}
        for decision in decisions_of(case.world):
            arises = decision.arises(lives.here)
            treated = (lives.here.of[decision.measure] != 0)[arises]
            said = [asked.says(lives.here, arises) for asked in decision.by]
            rows = np.nonzero(arises)[0][treated & decision.settled(said)]
            chosen = lives.here.citizens[np.unique(rows)[:SHOWN]]
            kept[decision.measure] = tuple(int(number) for number in chosen)
        return kept

    def findings(self, case: Inside) -> Iterator[Finding]:
        """Each decision, and how strongly it draws on the standing."""
        if case.was_read(self):
            for decision in decisions_of(case.world):
                yield self._finding(case, decision)

    def looked(self, case: Inside) -> str:
        """What was looked at."""
        return f"{len(decisions_of(case.world))} decisions"

    def _finding(self, case: Inside, decision: Decision) -> Finding:
        treated = case.each(self, f"treated|{decision.measure}")
        alone = share_over_seeds(case.each(self, f"alone|{decision.measure}"), treated)
        decided = case.figure(self, f"decided|{decision.measure}")
        told = case.figure(self, f"tells|{decision.measure}")
        drawn = decision.drawn_on
        says = (
            f"{decision.says}: {with_interval(alone)} follow from {drawn} alone, and "
            f"{with_interval(told)} of what decides whom it befalls is told by it."
        )
        if math.isnan(told.value) or math.isnan(alone.value):
            says = f"{decision.says}: too few cases to tell how strongly it draws on {drawn}."
        deciders = {asked.scheme.oversight.decides for asked in decision.by}
        weight = Weight.SERIOUS if deciders == {"person"} else Weight.GRAVE
        notes = [f"the law names no number; strongly means more than {percent(STRONGLY)} here"]
        if None in deciders:
            notes.append("the scheme does not say whether a person decides")
        notes.append("the lives are the first, by number, that it befell by it alone")
        return Finding(
            says=says,
            verdict=above(told, STRONGLY, float(treated.sum())),
            weight=weight if decision.adverse else Weight.NOTABLE,
            figures=known(
                (
                    figure("follow from the standing alone", alone),
                    figure("told by the standing", told),
                    figure("treated so, each seed", over_seeds(treated), "times"),
                    figure("decided, each seed", decided, "times"),
                )
            ),
            lives=case.kept[self.about.name][decision.measure],
            open="; ".join(notes),
        )


def _cells(
    decision: Decision, panel: Panel, arises: Where, said: list[NDArray[np.int8]]
) -> NDArray[np.int64]:
    columns = [answer.astype(np.int64) for answer in said]
    for asked in decision.by:
        columns.append(asked.standings(panel, arises))
        if asked.by_score:
            score = panel.of[f"{asked.scheme.scheme}.score"][arises]
            parts = np.arange(1, BINS) / BINS
            cuts = np.quantile(score, parts) if len(score) else np.zeros(0)
            columns.append(np.searchsorted(cuts, score, side="right").astype(np.int64))
    return together(columns, int(arises.sum()))


def tells(cells: NDArray[np.int64], outcome: Where) -> float:
    """What share of the entropy of an outcome is known where the cell is; nan where it has none.

    Entropies are in nats, each with the correction of Miller and Madow; at most 1.
    """
    if not len(outcome) or outcome.all() or not outcome.any():
        return math.nan
    _, cell = np.unique(cells, return_inverse=True)
    whole = _entropy(np.bincount(outcome.astype(int)))
    joint = _entropy(np.bincount(cell * 2 + outcome))
    return min(1.0, (whole + _entropy(np.bincount(cell)) - joint) / whole)


def _entropy(counts: NDArray[np.int64]) -> float:
    held = counts[counts > 0]
    shares = held / held.sum()
    return float(-(shares * np.log(shares)).sum() + (len(held) - 1) / (2 * held.sum()))
