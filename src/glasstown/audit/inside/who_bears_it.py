"""Whom the scheme treats well and badly, group by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Figure, Finding, Weight
from glasstown.audit.inside.estimate import LEVEL, holm
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.rates import FOUR_FIFTHS, Rates, rates
from glasstown.audit.probe import About, Reference
from glasstown.engine.panel import Panel
from glasstown.scheme.words import listed, plain
from glasstown.world.world import World

ADVERSE = ("refused", "unmet")
FAVOURABLE = ("advanced", "discounted")
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
            "seed, corrected by Holm for every group and treatment looked at, is below 5%. Both "
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
                found[f"rate|{key}"] = each.by_group[group].value
        return found

    def keep(self, case: Inside, lives: Lives) -> list[tuple[Treatment, Rates]]:
        """The counts of the run's own seed."""
        return list(_tables(case, lives.here))

    def findings(self, case: Inside) -> Iterator[Finding]:
        """Each treatment and feature in which some group falls below four fifths."""
        if self.about.name not in case.kept:
            return
        tables: list[tuple[Treatment, Rates]] = case.kept[self.about.name]
        tests = [
            (treatment, each, group, each.p_value(group))
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
                ratio = self._over(case, f"ratio|{key}")
                if p < 1 - LEVEL and ratio.high < FOUR_FIFTHS:
                    below.append(group)
            if below:
                yield self._finding(case, treatment, each, below, len(tests))

    def looked(self, case: Inside) -> str:
        """What was compared."""
        treatments = treatments_of(case.world)
        groups = listed([plain(group) for group in case.groups])
        return f"{len(treatments)} treatments by {groups or 'no group'}"

    def _over(self, case: Inside, name: str):  # type: ignore[no-untyped-def]
        figures = case.read[self.about.name]
        from glasstown.audit.inside.estimate import over_seeds

        return over_seeds([each.get(name, np.nan) for each in figures])

    def _finding(
        self, case: Inside, treatment: Treatment, each: Rates, below: list[str], tests: int
    ) -> Finding:
        best = _best(treatment, each)
        figures = []
        for group in each.totals:
            key = f"{treatment.measure}|{each.feature}|{group}"
            rate, ratio = self._over(case, f"rate|{key}"), self._over(case, f"ratio|{key}")
            count = f"{each.selected[group]:,} of {each.totals[group]:,} on the run's own seed"
            figures.append(Figure(f"rate, {group}", rate.value, "", rate.low, rate.high, count))
            figures.append(Figure(f"impact ratio, {group}", ratio.value, "", ratio.low, ratio.high,
                                  f"{ratio.n} seeds"))  # fmt: skip
        first = below[0]
        own = self._over(case, f"rate|{treatment.measure}|{each.feature}|{first}").value
        top = self._over(case, f"rate|{treatment.measure}|{each.feature}|{best}").value
        return Finding(
            says=f"{treatment.says}: {percent_of(own)} of those of whom {plain(each.feature)} is "
            f"{first}, and {percent_of(top)} of those of whom it is {best}.",
            weight=Weight.SERIOUS if treatment.adverse else Weight.NOTABLE,
            figures=tuple(figures),
            open=f"{tests} comparisons were looked at, and are corrected for",
        )


def treatments_of(world: World) -> tuple[Treatment, ...]:
    """Everything that a world's schemes do to citizens, as measures of the ledger."""
    found = []
    for measure in world.measures:
        kind, _, occasion = measure.partition(".")
        if kind in (*ADVERSE, *FAVOURABLE) and f"wanted.{occasion}" in world.measures:
            says = f"{plain(kind).capitalize()} on {plain(occasion)}"
            found.append(Treatment(measure, kind in ADVERSE, f"wanted.{occasion}", says))
    for scheme in world.schemes:
        for register in scheme.registers:
            name = f"{scheme.scheme}.on.{register}"
            found.append(Treatment(name, True, "", f"Put on the register {plain(register)}"))
        if f"{scheme.scheme}.exposed" in world.measures:
            found.append(Treatment(f"{scheme.scheme}.exposed", True, "", "Exposed"))
    return tuple(found)


def percent_of(share: float) -> str:
    """A share as a percentage to three digits."""
    return "none" if np.isnan(share) else f"{share * 100:.3g}%"


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
    """The group that is treated best."""
    return each.lowest if treatment.adverse else each.highest


def _impact(treatment: Treatment, each: Rates, group: str) -> float:
    """A group's impact ratio: at most 1, and smaller the worse the group is treated."""
    if each.totals[group] < SMALLEST:
        return float("nan")
    best, own = each.by_group[_best(treatment, each)].value, each.by_group[group].value
    if treatment.adverse:
        return best / own if own else 1.0
    return own / best if best else 1.0
