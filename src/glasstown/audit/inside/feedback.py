"""How much of what sets groups apart is the scheme's own doing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Finding, Verdict, Weight
from glasstown.audit.inside.estimate import (
    LEVEL,
    holm,
    larger,
    over_seeds,
    p_of_citizens,
    p_over_seeds,
    ratio_over_seeds,
)
from glasstown.audit.inside.groups import Group, groups_of
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.say import amount, figure, known, number, with_interval
from glasstown.audit.inside.variants import HARMLESS, HERE, UNSCORED
from glasstown.audit.inside.verdicts import SMALLEST
from glasstown.audit.probe import About, Reference
from glasstown.engine.panel import Panel
from glasstown.scheme.words import plain
from glasstown.world.world import World

MATERIAL = 0.05
"""The share of a difference that has to be the scheme's own doing for it to be serious."""

SHOWN = 3
_MEANS_UNIT = 16

Row = NDArray[np.float64]


@final
@dataclass(frozen=True)
class Outcome:
    """Something that citizens come to have, and that may lead to more of the same.

    measure: in the ledger; says: in words; unit: of `per`, to which the measure is divided; last:
    whether it is read at the end, and not summed over the months.
    """

    measure: str
    says: str
    unit: str
    per: float = 1
    last: bool = False

    def of(self, panel: Panel) -> Row:
        """What each citizen has of it."""
        values = panel.of[self.measure]
        raw = values[:, -1] if self.last else values.sum(axis=1, dtype=np.int64)
        return np.asarray(raw.astype(float) / self.per)


@final
class Feedback(InsideProbe):
    """Differences between groups in the world as it is, against those where nothing follows."""

    about = About(
        name="feedback",
        title="The scheme's own doing",
        asks=(
            "How much of what sets groups of citizens apart is brought about by the scheme that "
            "counts it?"
        ),
        matters=(
            "A refusal takes means, less means brings debt, debt brings the register, and the "
            "register the next refusal. A scheme that makes what it punishes will find its own "
            "verdict confirmed."
        ),
        computed=(
            "The same citizens are lived again where everybody is scored and listed and nothing "
            "follows, and where there is no scheme at all. For each group and each outcome (months "
            "in a condition, months on a register, means and score at the end) the difference "
            "between the group and all others is taken in each world. What it is here beyond what "
            "it is where nothing follows is the scheme's own doing, seed by seed; its share of the "
            "whole difference is a ratio of totals over the seeds. What follows counts with what "
            "citizens do because they expect it. It is found by Student's test over the seeds and "
            "by the spread over citizens, of which the larger p-value counts, corrected by Holm "
            "for all comparisons; of the groups of one trait that with the smallest is told of."
        ),
        cannot=(
            "How strongly refusals weigh on people's means, and means on debt, in any real place: "
            "that is the conduct's, and mostly assumed. Means move by what follows alone, so of a "
            "difference in them all is the scheme's."
        ),
        sources=(
            Reference("Liu and others, Delayed Impact of Fair Machine Learning", "ICML 2018"),
            Reference("D'Amour and others, Fairness is not Static", "FAT* 2020"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """All outcomes; nothing where nothing follows, or citizens are not told apart."""
        if not any(s.consequences for s in case.world.schemes) or not list(groups_of(case)):
            return None
        measures = tuple(outcome.measure for outcome in outcomes_of(case.world))
        return Wanted((HERE, HARMLESS, UNSCORED), measures)

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """The means of each group and of all others in each world; how many are moved."""
        found: dict[str, float] = {}
        for outcome in outcomes_of(case.world):
            values = _values(lives, outcome)
            moved = values[HERE.name] != values[HARMLESS.name]
            found[f"moved|{outcome.measure}"] = float(moved.sum())
            effect = values[HERE.name] - values[HARMLESS.name]
            for group in groups_of(case):
                mask = group.mask(lives.here)
                found[f"luck|{outcome.measure}|{group.key}"] = sum(
                    float(effect[part].var()) / max(1, int(part.sum())) if part.any() else 0.0
                    for part in (mask, ~mask)
                )
                for variant in (HERE, HARMLESS, UNSCORED):
                    of = values.get(variant.name)
                    for side, part in (("in", mask), ("out", ~mask)):
                        mean = np.nan if of is None or not part.any() else of[part].mean()
                        key = f"{variant.name}|{outcome.measure}|{group.key}|{side}"
                        found[key] = float(mean)
        return found

    def keep(self, case: Inside, lives: Lives) -> Mapping[str, tuple[int, ...]]:
        """Of each group, whom what follows moves the most, up and down."""
        kept = {}
        for outcome in outcomes_of(case.world):
            values = _values(lives, outcome)
            effect = values[HERE.name] - values[HARMLESS.name]
            for group in groups_of(case):
                own = np.where(group.mask(lives.here), effect, 0)
                for sign in (1, -1):
                    most = np.argsort(-sign * own, kind="stable")[:SHOWN]
                    chosen = lives.here.citizens[most[sign * own[most] > 0]]
                    kept[f"{outcome.measure}|{group.key}|{sign}"] = tuple(map(int, chosen))
        return kept

    def findings(self, case: Inside) -> Iterator[Finding]:
        """For each outcome and trait, the difference that what follows most surely moves."""
        if not case.was_read(self):
            return
        tests: list[tuple[Outcome, Group, float]] = []
        for outcome in outcomes_of(case.world):
            moved = case.each(self, f"moved|{outcome.measure}").sum()
            groups = list(groups_of(case))
            looked = [(group, self._p_value(case, outcome, group)) for group in groups]
            if moved and (moved < SMALLEST or all(np.isnan(p) for _, p in looked)):
                yield Finding(
                    says=f"{outcome.says}: too few citizens are moved, or too few seeds were "
                    "lived, to tell what is the scheme's own doing.",
                    verdict=Verdict.CANNOT_TELL,
                )
            elif moved:
                tests += [(outcome, group, p) for group, p in looked if not np.isnan(p)]
        sure: dict[tuple[str, str], tuple[float, Outcome, Group]] = {}
        for (outcome, group, _), p in zip(tests, holm([p for *_, p in tests]), strict=True):
            at = outcome.measure, group.feature
            if p < 1 - LEVEL and (at not in sure or p < sure[at][0]):
                sure[at] = p, outcome, group
        for _, outcome, group in sure.values():
            yield self._finding(case, outcome, group, len(tests))

    def looked(self, case: Inside) -> str:
        """What was compared."""
        count = len(list(groups_of(case)))
        return f"{len(outcomes_of(case.world))} outcomes of {count} groups, each against all others"

    def _finding(self, case: Inside, outcome: Outcome, group: Group, tests: int) -> Finding:
        here = self._gap(case, HERE.name, outcome, group)
        own = over_seeds(self._own(case, outcome, group))
        gap = over_seeds(here)
        share = ratio_over_seeds(self._own(case, outcome, group), here)
        mean_in = over_seeds(case.each(self, _key(HERE.name, outcome, group, "in")))
        mean_out = over_seeds(case.each(self, _key(HERE.name, outcome, group, "out")))
        figures = [
            figure(f"{outcome.says}, {group.where}", mean_in, outcome.unit),
            figure(f"{outcome.says}, {group.elsewhere}", mean_out, outcome.unit),
            figure("difference", gap, outcome.unit),
            figure("the scheme's own doing", own, outcome.unit),
        ]
        for variant in (HARMLESS, UNSCORED):
            there = over_seeds(self._gap(case, variant.name, outcome, group))
            if there.n:
                figures.append(figure(f"difference, {variant.says}", there, outcome.unit))
        sure = not gap.covers(0)
        if sure:
            figures.append(figure("share of the difference", share))
        widens = sure and share.value > 0
        says = (
            f"{outcome.says}: {number(mean_in.value)} {group.where}, {number(mean_out.value)} "
            f"{group.elsewhere}. "
        )
        if widens:
            says += f"Of the difference {with_interval(share)} is the scheme's own doing."
        else:
            size = over_seeds(np.sign(own.value) * self._own(case, outcome, group))
            more = "raises" if own.value > 0 else "lowers"
            moves = "narrows the difference" if sure else f"{more} the first against the second"
            says += f"What follows from the scheme {moves} by {amount(size)} {outcome.unit}."
        return Finding(
            says=says,
            weight=Weight.SERIOUS
            if widens and share.low > MATERIAL and outcome.measure != "means"
            else Weight.NOTABLE,
            figures=known(figures),
            lives=self._lives(case, outcome, group, 1 if own.value > 0 else -1),
            open=f"{tests} comparisons were looked at, and are corrected for; the lives are those "
            f"of the citizens {group.where} whom what follows moves the most",
        )

    def _lives(self, case: Inside, outcome: Outcome, group: Group, sign: int) -> tuple[int, ...]:
        kept: Mapping[str, tuple[int, ...]] = case.kept[self.about.name]
        return kept[f"{outcome.measure}|{group.key}|{sign}"]

    def _p_value(self, case: Inside, outcome: Outcome, group: Group) -> float:
        """The larger of two: over the seeds, which few cases can make too small, and citizens."""
        own = self._own(case, outcome, group)
        luck = case.each(self, f"luck|{outcome.measure}|{group.key}")
        return larger(p_over_seeds(own), p_of_citizens(own, luck))

    def _own(self, case: Inside, outcome: Outcome, group: Group) -> Row:
        """What the difference is here beyond what it is where nothing follows, seed by seed."""
        here = self._gap(case, HERE.name, outcome, group)
        return here - self._gap(case, HARMLESS.name, outcome, group)

    def _gap(self, case: Inside, world: str, outcome: Outcome, group: Group) -> Row:
        """The difference between a group and all others in a world, seed by seed."""
        inside = case.each(self, _key(world, outcome, group, "in"))
        return inside - case.each(self, _key(world, outcome, group, "out"))


def outcomes_of(world: World) -> tuple[Outcome, ...]:
    """What citizens of a world come to have that a scheme can bring about."""
    found = [
        Outcome(f"in.{name}", f"Months of {plain(name)}", "months")
        for name in world.conduct.conditions
    ]
    for scheme in world.schemes:
        for name in scheme.registers:
            on = f"{scheme.scheme}.on.{name}"
            found.append(Outcome(on, f"Months on the register {plain(name)}", "months"))
        if scheme.score is not None:
            score = f"{scheme.scheme}.score"
            says = f"Score of {plain(scheme.scheme)} at the end"
            found.append(Outcome(score, says, "points", float(1 / scheme.score.kept_to), True))
    found.append(Outcome("means", "Means at the end", "units of worth", _MEANS_UNIT, True))
    return tuple(found)


def _values(lives: Lives, outcome: Outcome) -> dict[str, Row]:
    return {
        name: outcome.of(lives.panels[name])
        for name in (HERE.name, HARMLESS.name, UNSCORED.name)
        if outcome.measure in lives.panels[name].of
    }


def _key(world: str, outcome: Outcome, group: Group, side: str) -> str:
    return f"{world}|{outcome.measure}|{group.key}|{side}"
