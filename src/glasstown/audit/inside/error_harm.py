"""Whom the scheme harms for what they never did, through which sensor, and for how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Figure, Finding, Verdict, Weight
from glasstown.audit.inside.estimate import (
    LEVEL,
    exact_p,
    holm,
    larger,
    over_seeds,
    p_over_seeds,
    share_over_seeds,
)
from glasstown.audit.inside.groups import Group, groups_of
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.say import figure, in_months, known, percent, with_interval
from glasstown.audit.inside.spells import Waits, spells
from glasstown.audit.inside.variants import FLAWLESS, HERE, Variant, without_each_error
from glasstown.audit.inside.verdicts import SMALLEST
from glasstown.audit.inside.wrongs import (
    Harm,
    against,
    harms_of,
    measures_against,
    recorded_registers,
)
from glasstown.audit.probe import About, Reference
from glasstown.scheme.words import capital, listed, months, plain

Sides = tuple[NDArray[np.float64], NDArray[np.float64]]
"""A figure of a group and of all others, each seed by seed."""

SHOWN = 3
YEAR = 12


@final
class ErrorHarm(InsideProbe):
    """Citizens harmed by errors alone: how many, by which sensor, for how long, of which groups."""

    about = About(
        name="error-harm",
        title="Harm by error",
        asks=(
            "Of those whom the scheme treats badly, how many never did what is held against them; "
            "which sensor erred; how long until it was righted; and whom does it befall?"
        ),
        matters=(
            "A record of what was not done closes the same doors as a true one, and is harder to "
            "undo: who owes nothing cannot pay it off."
        ),
        computed=(
            "A citizen was never in the wrong if, in a month in which the treatment befell them, "
            "something stood recorded against them by the schemes that treat them so, all of it "
            "so far was false, and the treatment had not befallen them by then in a life in which "
            "no sensor errs. The share of such citizens among all whom it befell is a ratio of "
            "totals over the seeds; its interval is the wider of that over the seeds and the exact "
            "one of all citizens together. The sensor is found by living the same citizens again "
            "with one kind of error of one sensor taken away: whoever is then spared owes it to "
            "that. "
            "The shares of the sensors need not add up to all, since one error can stand behind "
            "another. The months until a wrong entry on a register is righted are estimated by "
            "Kaplan and Meier, so that entries still there when the run ends are not taken for "
            "short ones. Each group is held against all others by Student's test over the seeds "
            "and by Fisher's of the citizens of all seeds together; the larger p-value counts, "
            "corrected by Holm for all comparisons."
        ),
        cannot=(
            "Harm by what a sensor failed to see, such as good deeds that were not recorded. "
            "Whether the error rates are true of any real sensor: they are the scheme file's."
        ),
        sources=(
            Reference("EU General Data Protection Regulation", "Article 5(1)(d), accuracy"),
            Reference("Kaplan and Meier, J. Am. Statist. Ass. 53 (1958)", "time to an event"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """Harms and the records they rest on; nothing where no sensor errs."""
        errors = tuple(without_each_error(case.world))
        harms = harms_of(case.world)
        if not errors or not harms:
            return None
        measures = [harm.measure for harm in harms]
        for scheme in {s.scheme: s for harm in harms for s in harm.schemes}.values():
            measures += measures_against(scheme)
        return Wanted((HERE, FLAWLESS, *errors), tuple(dict.fromkeys(measures)))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """Counts of those harmed, those never in the wrong, by sensor and group; lengths."""
        here = lives.here
        found: dict[str, float] = {}
        for harm in harms_of(case.world):
            ever = harm.befell(here).any(axis=1)
            wronged = _wronged(lives, harm)
            innocent = np.asarray(wronged.any(axis=1))
            flawless = _by_then(lives, harm, FLAWLESS)[:, -1]
            found |= {
                f"befell|{harm.measure}": float(ever.sum()),
                f"innocent|{harm.measure}": float(innocent.sum()),
                f"through error|{harm.measure}": float((ever & ~flawless).sum()),
                f"spared by error|{harm.measure}": float((flawless & ~ever).sum()),
            }
            for variant in without_each_error(case.world):
                spared = (wronged & ~_by_then(lives, harm, variant)).any(axis=1)
                found[f"by|{harm.measure}|{variant.name}"] = float(spared.sum())
            for group in groups_of(case):
                mask = group.mask(here)
                for side, part in (("in", mask), ("out", ~mask)):
                    key = f"{harm.measure}|{group.key}|{side}"
                    found[f"cases|{key}"] = float(innocent[part].sum())
                    found[f"of|{key}"] = float(part.sum())
        for measure in _wrong_registers(case):
            waits = spells(here[measure] != 0).waits(here.world.months)
            found |= waits.figures(measure)
        return found

    def keep(self, case: Inside, lives: Lives) -> Mapping[str, tuple[int, ...]]:
        """For each harm, those never in the wrong whom it befell in the most months."""
        kept = {}
        for harm in harms_of(case.world):
            long = _wronged(lives, harm).sum(axis=1)
            most = np.argsort(-long, kind="stable")[:SHOWN]
            chosen = lives.here.citizens[most[long[most] > 0]]
            kept[harm.measure] = tuple(int(number) for number in chosen)
        return kept

    def findings(self, case: Inside) -> Iterator[Finding]:
        """Those never in the wrong, harm by harm; how long it lasts; which groups bear more."""
        if not case.was_read(self):
            return
        for harm in harms_of(case.world):
            yield from self._harmed(case, harm)
        for measure in _wrong_registers(case):
            yield from self._righted(case, measure)
        yield from self._groups(case)

    def looked(self, case: Inside) -> str:
        """What was looked at."""
        errors = len(list(without_each_error(case.world)))
        return f"{len(harms_of(case.world))} harms and {errors} ways in which a sensor can err"

    def _harmed(self, case: Inside, harm: Harm) -> Iterator[Finding]:
        befell = case.each(self, f"befell|{harm.measure}")
        innocent = case.each(self, f"innocent|{harm.measure}")
        if not innocent.sum():
            return
        share = share_over_seeds(innocent, befell)
        enough = innocent.sum() >= SMALLEST and share.low > 0
        sources = []
        for variant in without_each_error(case.world):
            of = share_over_seeds(case.each(self, f"by|{harm.measure}|{variant.name}"), innocent)
            if of.value > 0:
                sources.append((variant, of))
        sources.sort(key=lambda each: -each[1].value)
        says = (
            f"Of the citizens {harm.whom}, {with_interval(share)} were never in the wrong, and "
            "would have been spared had no sensor erred."
        )
        owed = [f"{percent(of.value)} to {v.says}" for v, of in sources if of.low > 0]
        if enough and owed:
            says += f" Of these, {listed(owed).replace(' to ', ' owe it to ', 1)}."
        figures = [
            figure("never in the wrong", share),
            figure("befell, each seed", over_seeds(befell), "citizens"),
            figure("never in the wrong, each seed", over_seeds(innocent), "citizens"),
        ]
        for name in ("through error", "spared by error"):
            counts = case.each(self, f"{name}|{harm.measure}")
            figures.append(figure(f"{name}, each seed", over_seeds(counts), "citizens"))
        figures += [figure(f"spared without {variant.says}", of) for variant, of in sources]
        yield Finding(
            says=says if enough else f"Too few to tell: {says[0].lower()}{says[1:]}",
            verdict=Verdict.FOUND if enough else Verdict.CANNOT_TELL,
            figures=tuple(figures),
            lives=case.kept[self.about.name][harm.measure],
            open="the lives are those never in the wrong whom it befell in the most months",
        )

    def _righted(self, case: Inside, measure: str) -> Iterator[Finding]:
        waits = Waits.read(case.read[self.about.name], measure, case.world.months)
        if not waits.count:
            return
        half, most = waits.quantile(0.5), waits.quantile(0.9)
        year = min(YEAR, case.world.months)
        soon = waits.within(year)
        register = plain(measure.rpartition(".")[2])
        enough = waits.count >= SMALLEST
        says = (
            f"Of wrong entries on the register {register}, {with_interval(soon)} are righted "
            f"within {months(year)}, half within {in_months(half)}; {waits.cut_off:,} of "
            f"{waits.count:,} were still there when the run of {case.world.months} months ended."
        )
        yield Finding(
            says=says if enough else f"Too few wrong entries on the register {register} to tell.",
            verdict=Verdict.FOUND if enough else Verdict.CANNOT_TELL,
            weight=Weight.NOTABLE,
            figures=known(
                (
                    figure(f"righted within {months(year)}", soon),
                    figure("half are righted within", half, "months"),
                    figure("nine in ten are righted within", most, "months"),
                    Figure("still there at the end", waits.cut_off, "entries", of="all seeds"),
                    Figure("wrong entries", waits.count, "entries", of="all seeds"),
                )
            ),
            open="an entry ends by an appeal, or by what ends any entry",
        )

    def _groups(self, case: Inside) -> Iterator[Finding]:
        tests: list[tuple[Harm, Group, float]] = []
        for harm in harms_of(case.world):
            for group in groups_of(case):
                key = f"{harm.measure}|{group.key}"
                cases, of = self._sides(case, "cases", key), self._sides(case, "of", key)
                p = larger(p_over_seeds(_difference(cases, of)), exact_p(_sums(cases), _sums(of)))
                if sum(_sums(cases)) >= SMALLEST and not np.isnan(p):
                    tests.append((harm, group, p))
        for (harm, group, _), p in zip(tests, holm([p for *_, p in tests]), strict=True):
            if p < 1 - LEVEL:
                yield self._borne(case, harm, group, len(tests))

    def _borne(self, case: Inside, harm: Harm, group: Group, tests: int) -> Finding:
        key = f"{harm.measure}|{group.key}"
        cases, of = self._sides(case, "cases", key), self._sides(case, "of", key)
        own, others = (share_over_seeds(n, m) for n, m in zip(cases, of, strict=True))
        return Finding(
            says=capital(
                f"{harm.whom} and never in the wrong: {percent(own.value)} of citizens "
                f"{group.where}, {percent(others.value)} {group.elsewhere}"
            ),
            figures=(
                figure(f"never in the wrong, {group.where}", own),
                figure(f"never in the wrong, {group.elsewhere}", others),
                figure("difference", over_seeds(_difference(cases, of))),
            ),
            open=f"{tests} comparisons were looked at, and are corrected for",
        )

    def _sides(self, case: Inside, what: str, key: str) -> Sides:
        return case.each(self, f"{what}|{key}|in"), case.each(self, f"{what}|{key}|out")


def _difference(cases: Sides, of: Sides) -> NDArray[np.float64]:
    """The rate in a group less the rate outside, seed by seed; nan where either is empty."""
    rates = [n / np.where(m > 0, m, np.nan) for n, m in zip(cases, of, strict=True)]
    return np.asarray(rates[0] - rates[1])


def _sums(sides: Sides) -> tuple[int, int]:
    return int(sides[0].sum()), int(sides[1].sum())


def _wronged(lives: Lives, harm: Harm) -> NDArray[np.bool_]:
    """In which months it befell whom by error alone: citizens x months."""
    records = against(lives.here, harm.schemes)
    return np.asarray(harm.befell(lives.here) & records.innocent & ~_by_then(lives, harm, FLAWLESS))


def _by_then(lives: Lives, harm: Harm, variant: Variant) -> NDArray[np.bool_]:
    """Whether it has befallen a citizen by the end of each month in a variant of the world."""
    befell = harm.befell(lives.panels[variant.name])
    return np.asarray(np.logical_or.accumulate(befell, axis=1))


def _wrong_registers(case: Inside) -> list[str]:
    return [
        f"{scheme.scheme}.wrongly_on.{name}"
        for scheme in case.world.schemes
        for name in recorded_registers(scheme)
    ]
