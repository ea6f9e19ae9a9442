"""Whom the scheme treats well and badly, group by group."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Figure, Finding, Weight
from glasstown.audit.inside.estimate import LEVEL, Estimate, holm
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.rates import FOUR_FIFTHS, Rates, rates
from glasstown.audit.probe import About, Reference
from glasstown.engine.panel import Panel
from glasstown.scheme.words import Words, listed, plain
from glasstown.world.world import World

ADVERSE = ("refused", "unmet")
FAVOURABLE = ("advanced", "discounted")
_DONE = {
    "refused": "Refused when",
    "unmet": "Asked for more than they have when",
    "advanced": "Put ahead when",
    "discounted": "Given a discount when",
}
LARGE_ENOUGH = 0.02
"""The share of citizens below which a group is not the one that others are held against."""

MOST_CROSSED = 8
"""Of groups by several traits at once, how many of the worst are given with their figures."""

_FIGURES = {"rate": "rate", "ratio": "impact ratio"}

SMALLEST = 5
"""A group in which fewer citizens than this could be treated so is not spoken of."""


@final
@dataclass(frozen=True)
class Treatment:
    """Something that befalls citizens: a measure, whether it is adverse, and of whom it is asked.

    among: the measure that says who could be treated so; "" for everybody.
    """

    measure: str
    adverse: bool
    among: str
    says: str


@final
class WhoBearsIt(InsideProbe):
    """Selection rates and adverse rates by group, their ratios, and whether luck explains them."""

    about = About(
        name="who-bears-it",
        title="Who bears it",
        asks="Do groups of citizens meet each treatment at different rates?",
        matters=(
            "A scheme that asks for no group can still fall on one: by what it watches, by whom "
            "its sensors mistake, by who has the means to do what it rewards."
        ),
        computed=(
            "For each treatment, the share of the citizens of a group whom it ever befell, of "
            "those who ever wanted the thing. The impact ratio is a group's rate over the highest "
            "(of a treatment that is a gain), or the lowest rate over a group's (of one that is a "
            "loss). A difference is found where the ratio is below four fifths on the mean of the "
            "seeds, with the whole 95% interval below it, and Fisher's exact test on the run's own "
            "seed, corrected by Holm for all that was looked at, is below 5%. The best rate is "
            "that of a group of at least 2% of citizens. Both "
            "favourable and adverse rates are given: of rare treatments one of the two ratios is "
            "always close to 1. Scores are compared as in New York's Local Law 144: the share of a "
            "group above the median of all."
        ),
        cannot=(
            "Why groups differ: by what the scheme does, or by what the nation and the conduct "
            "assume of them. Groups that the nation does not tell apart."
        ),
        sources=(
            Reference("Uniform Guidelines, 29 CFR 1607.4(D)", "the four-fifths rule"),
            Reference("New York City Local Law 144, 6 RCNY 5-300", "impact ratio, scoring rate"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """Everything that befalls citizens, and who could be treated so."""
        treatments = treatments_of(case.world)
        if not treatments or not case.groups:
            return None
        named = [name for t in treatments for name in (t.measure, t.among) if name]
        return Wanted(measures=tuple(dict.fromkeys([*named, *_scores(case.world)])))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """The impact ratio of each group in each treatment."""
        found: dict[str, float] = {}
        for treatment, each in _tables(case, lives.here):
            for group in each.totals:
                key = f"{treatment.measure}|{each.feature}|{group}"
                found[f"ratio|{key}"] = _impact(treatment, each, group)
                found[f"rate|{key}"] = each.values.get(group, math.nan)
        return found

    def keep(self, case: Inside, lives: Lives) -> list[tuple[Treatment, Rates]]:
        """The counts of the run's own seed."""
        return list(_tables(case, lives.here))

    def findings(self, case: Inside) -> Iterator[Finding]:
        """Each treatment and feature in which some group falls below four fifths."""
        if not case.was_read(self):
            return
        tables: list[tuple[Treatment, Rates]] = case.kept[self.about.name]
        tests = [
            (treatment, each, group, each.p_value(group, _best(treatment, each)))
            for treatment, each in tables
            for group in each.totals
            if group != _best(treatment, each) and each.totals[group] >= SMALLEST
        ]
        corrected = dict(zip([(t.measure, e.feature, g) for t, e, g, _ in tests],
                             holm([p for *_, p in tests]).tolist(), strict=True))  # fmt: skip
        for treatment, each in tables:
            below = []
            for group in each.totals:
                p = corrected.get((treatment.measure, each.feature, group), 1.0)
                key = f"{treatment.measure}|{each.feature}|{group}"
                ratio = case.figure(self, f"ratio|{key}")
                if p < 1 - LEVEL and ratio.high < FOUR_FIFTHS:
                    below.append(group)
            if below:
                yield self._finding(case, treatment, each, below, len(tests))

    def looked(self, case: Inside) -> str:
        """What was compared."""
        treatments = treatments_of(case.world)
        groups = listed([plain(group) for group in case.groups])
        return f"{len(treatments)} treatments by {groups or 'no group'}"

    def _finding(
        self, case: Inside, treatment: Treatment, each: Rates, below: list[str], tests: int
    ) -> Finding:
        best = _best(treatment, each)
        path = f"ratio|{treatment.measure}|{each.feature}|"
        below = sorted(below, key=lambda group: case.figure(self, path + group).value)
        crossed = " * " in each.feature
        figures = []
        for group in [*below[:MOST_CROSSED], best] if crossed else list(each.totals):
            key = f"{treatment.measure}|{each.feature}|{group}"
            rate, ratio = case.figure(self, f"rate|{key}"), case.figure(self, f"ratio|{key}")
            count = f"{each.selected[group]:,} of {each.totals[group]:,} on the run's own seed"
            if math.isnan(ratio.value):
                continue
            for name, of, said in (("rate", rate, count), ("ratio", ratio, f"{ratio.n} seeds")):
                low, high = max(of.low, 0.0), min(of.high, 1.0)
                says = f"{_FIGURES[name]} where {where(each.feature, group)}"
                figures.append(Figure(says, of.value, "", low, high, said))

        def rate_of(group: str) -> str:
            return percent_of(case.figure(self, f"rate|{treatment.measure}|{each.feature}|{group}"))

        worst = below[0]
        return Finding(
            says=f"{treatment.says}: {rate_of(worst)} where {where(each.feature, worst)}, "
            f"{rate_of(best)} where {where(each.feature, best)}.",
            weight=Weight.SERIOUS if treatment.adverse else Weight.NOTABLE,
            figures=tuple(figures),
            open=f"{tests} comparisons were looked at, and are corrected for"
            + (f"; {len(below)} groups are below four fifths" if len(below) > 1 else ""),
        )


def treatments_of(world: World) -> tuple[Treatment, ...]:
    """Everything that a world's schemes do to citizens, as measures of the ledger."""
    found = []
    words = Words({name: said for s in world.schemes for name, said in s.words.items()})
    for measure in world.measures:
        kind, _, occasion = measure.partition(".")
        if kind in (*ADVERSE, *FAVOURABLE) and f"wanted.{occasion}" in world.measures:
            says = f"{_DONE[kind]} {words.doing(occasion)}"
            found.append(Treatment(measure, kind in ADVERSE, f"wanted.{occasion}", says))
    for scheme in world.schemes:
        for register in scheme.registers:
            name = f"{scheme.scheme}.on.{register}"
            found.append(Treatment(name, True, "", f"Put on the register {plain(register)}"))
        if f"{scheme.scheme}.exposed" in world.measures:
            found.append(Treatment(f"{scheme.scheme}.exposed", True, "", "Exposed"))
    return tuple(found)


def percent_of(rate: Estimate) -> str:
    """A share as a percentage to three digits."""
    return "none" if math.isnan(rate.value) else f"{rate.value * 100:.3g}%"


def where(feature: str, group: str) -> str:
    """A group in words: `income is low`; of several traits, `sex is female and income is low`."""
    names, values = feature.split(" * "), group.split(", ")
    return listed([f"{plain(n)} is {v}" for n, v in zip(names, values, strict=True)])


def _scores(world: World) -> list[str]:
    return [f"{s.scheme}.score" for s in world.schemes if s.score is not None]


def _tables(case: Inside, panel: Panel) -> Iterator[tuple[Treatment, Rates]]:
    features: dict[str, NDArray[np.str_]] = {g: panel.labels(g) for g in case.groups}
    for treatment in treatments_of(case.world):
        asked = panel.ever(treatment.among) if treatment.among else np.ones(len(panel), bool)
        some = {name: labels[asked] for name, labels in features.items()}
        for each in rates(panel.ever(treatment.measure)[asked], sensitive_features=some):
            yield treatment, each
    for name in _scores(case.world):
        last = panel[name][:, -1]
        scheme = plain(name.removesuffix(".score"))
        above = Treatment(name, False, "", f"Above the median score of {scheme}")
        for each in rates(last > np.median(last), sensitive_features=features):
            yield above, each


def _best(treatment: Treatment, each: Rates) -> str:
    """The group that is treated best, among those of which there are enough."""
    least = LARGE_ENOUGH * sum(each.totals.values())
    large = {g: v for g, v in each.values.items() if each.totals[g] >= least}
    pick = min if treatment.adverse else max
    return pick(large, key=large.__getitem__) if large else ""


def _impact(treatment: Treatment, each: Rates, group: str) -> float:
    """A group's impact ratio: at most 1, and smaller the worse the group is treated."""
    reference = _best(treatment, each)
    if each.totals[group] < SMALLEST or not reference:
        return math.nan
    best, own = each.values[reference], each.values[group]
    over, under = (best, own) if treatment.adverse else (own, best)
    return min(over / under, 1.0) if under else math.nan
