"""Who falls silent, and who says what they do not think."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Finding, Verdict, Weight
from glasstown.audit.inside.estimate import LEVEL, holm, p_over_seeds
from glasstown.audit.inside.harmed import harm_measures, harmed_before
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.quoted import away, doing, negative
from glasstown.audit.inside.say import figure
from glasstown.audit.inside.say import with_interval as interval
from glasstown.audit.inside.variants import (
    EXPLAINED,
    HERE,
    SECRET,
    TOLD,
    UNEXPLAINED,
    UNSCORED,
    Variant,
)
from glasstown.audit.inside.who_bears_it import where
from glasstown.audit.probe import About, Reference
from glasstown.engine.panel import Panel

FEW = 20
"""Of fewer citizens than this who would speak, on the mean of the seeds, nothing is said."""

SHOWN = 3
"""How many citizens are named who show a finding."""

SECRECY = ((SECRET, TOLD, "rules"), (UNEXPLAINED, EXPLAINED, "reasons"))
"""What is kept from citizens, what is told instead, and what it is called."""


@final
@dataclass(frozen=True)
class Lost:
    """Of the run's own seed: who would have said what they hold, and who at least once did not.

    unpunished: of those, how many had met nothing themselves before they first fell silent.
    """

    speakers: int
    silenced: int
    unpunished: int
    lives: tuple[int, ...]


@final
class Silence(InsideProbe):
    """Public speech against private view, with the scheme and without."""

    about = About(
        name="silence",
        title="Silence",
        asks="Do citizens say less of what they think, or more of what they do not?",
        matters=(
            "A scheme silences by what it punishes, and by what is seen to befall others. Who "
            "watches public speech alone takes silence for consent."
        ),
        computed=(
            "Every citizen is lived again without any scheme, with the same luck. Of the months in "
            "which a citizen holds a view, the share in which they say it is held against that "
            "share without a scheme; likewise what is said against the own view. A citizen fell "
            "silent in a month in which they say a view that they hold without a scheme, and do "
            "not with it. They were unpunished if, in all months before the first such month, no "
            "rule took points from them, and they entered no register, were refused nothing, "
            "lacked the means for nothing required, and were not named in public. Secrecy is "
            "judged by the same world with all rules told, and with all kept secret; likewise with "
            "reasons. Found is what has its whole 95% interval over the seeds on one side of "
            "nought; groups are compared with all other citizens by Student's test over the seeds, "
            "corrected by Holm."
        ),
        cannot=(
            "What citizens would say to friends, or where nobody can read it. How frightened "
            "people are: that is the conduct's assumption."
        ),
        sources=(
            Reference("International Covenant on Civil and Political Rights", "Article 19"),
            Reference("Kuran, Private Truths, Public Lies (1995)", "preference falsification"),
            Reference("Penney, Chilling Effects (2016)", "silence of those not punished"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """What citizens hold and say, and the harm they meet."""
        voiced = _voiced(case)
        if not voiced or not case.world.schemes:
            return None
        spoken = [f"{kind}.{action}" for action in voiced for kind in ("did", "held")]
        variants = (HERE, UNSCORED, *(v for pair in SECRECY for v in pair[:2]))
        return Wanted(variants, (*spoken, *harm_measures(case.world)))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """What is said, held or not; who falls silent; what secrecy does to it."""
        found: dict[str, float] = {}
        there = lives.panels[UNSCORED.name]
        before = harmed_before(lives.here)
        labels = {group: lives.here.labels(group) for group in case.groups}
        for action in _voiced(case):
            for name, panel in (("here", lives.here), ("unscored", there)):
                found[f"voice|{action}|{name}"] = _said(panel, action, True)
                found[f"against|{action}|{name}"] = _said(panel, action, False)
            for kind in ("voice", "against"):
                here, free = (found[f"{kind}|{action}|{name}"] for name in ("here", "unscored"))
                found[f"{kind}|{action}"] = here - free
            free = found[f"voice|{action}|unscored"]
            found[f"change|{action}"] = found[f"voice|{action}"] / free if free else math.nan
            for secret, told, what in SECRECY:
                more = _said(lives.panels[told.name], action, True)
                less = _said(lives.panels[secret.name], action, True)
                found[f"{what}|{action}"] = (more - less) / free if free else math.nan
            speaks, silent = _lost(lives.here, there, action)
            spoke, fell = _ever(speaks), _ever(silent)
            found[f"speakers|{action}"] = float(spoke.sum())
            found[f"silenced|{action}"] = _share(fell, spoke)
            found[f"unpunished|{action}"] = _share(~_punished(silent, before), fell)
            for group, column in labels.items():
                for label in case.labels(group):
                    inside = column == label
                    rate, rest = _share(fell, spoke & inside), _share(fell, spoke & ~inside)
                    found[f"rate|{action}|{group}|{label}"] = rate
                    found[f"rest|{action}|{group}|{label}"] = rest
                    found[f"more|{action}|{group}|{label}"] = rate - rest
        return found

    def keep(self, case: Inside, lives: Lives) -> Mapping[str, Lost]:
        """Counts of the run's own seed, and who fell silent most often though unpunished."""
        before = harmed_before(lives.here)
        kept = {}
        for action in _voiced(case):
            speaks, silent = _lost(lives.here, lives.panels[UNSCORED.name], action)
            fell = _ever(silent)
            shows = fell & ~_punished(silent, before)
            months = np.where(shows, silent.sum(axis=1), -1)
            order = np.argsort(-months, kind="stable")[: min(SHOWN, int(shows.sum()))]
            kept[action] = Lost(
                int(_ever(speaks).sum()),
                int(fell.sum()),
                int(shows.sum()),
                tuple(int(lives.here.citizens[at]) for at in order),
            )
        return kept

    def findings(self, case: Inside) -> Iterator[Finding]:
        """What is said less, what is said against the own view, and what secrecy adds."""
        for action in _voiced(case) if case.was_read(self) else ():
            if case.figure(self, f"speakers|{action}").value < FEW or len(case.seeds) < 2:
                yield self._too_few(case, action)
                continue
            if away(case.figure(self, f"voice|{action}")) < 0:
                yield self._silenced(case, action)
                if away(case.figure(self, f"unpunished|{action}")) > 0:
                    yield self._unpunished(case, action)
                for secret, told, what in SECRECY:
                    if away(case.figure(self, f"{what}|{action}")):
                        yield self._secrecy(case, action, secret, told, what)
            if away(case.figure(self, f"against|{action}")) > 0:
                yield self._against(case, action)
        yield from self._groups(case)

    def looked(self, case: Inside) -> str:
        """What kinds of speech there are."""
        return f"{len(_voiced(case))} actions that voice a view"

    def _too_few(self, case: Inside, action: str) -> Finding:
        speakers = case.figure(self, f"speakers|{action}")
        return Finding(
            says=f"{doing(case.world, action)}: {speakers.value:.3g} citizens would do so on "
            f"{len(case.seeds)} seeds without a scheme, too little to tell.",
            verdict=Verdict.CANNOT_TELL,
            weight=Weight.NOTABLE,
            figures=(figure("who would speak", speakers, "citizens"),),
        )

    def _silenced(self, case: Inside, action: str) -> Finding:
        here, free = (case.figure(self, f"voice|{action}|{n}") for n in ("here", "unscored"))
        change = negative(case.figure(self, f"change|{action}"))
        silenced = case.figure(self, f"silenced|{action}")
        lost: Lost = case.kept[self.about.name][action]
        count = f"{lost.silenced:,} of {lost.speakers:,} citizens on the run's own seed"
        return Finding(
            says=f"{doing(case.world, action)}: those who hold such a view say so "
            f"{interval(change)} less often than without a scheme; of the citizens who would "
            f"have, {interval(silenced)} fell silent at least once.",
            figures=(
                figure("months with the view in which it is said, here", here),
                figure("months with the view in which it is said, without a scheme", free),
                figure("said less often by", change),
                replace(figure("fell silent at least once", silenced), of=count),
            ),
        )

    def _unpunished(self, case: Inside, action: str) -> Finding:
        share = case.figure(self, f"unpunished|{action}")
        lost: Lost = case.kept[self.about.name][action]
        count = f"{lost.unpunished:,} of {lost.silenced:,} citizens on the run's own seed"
        return Finding(
            says=f"{doing(case.world, action)}: of the citizens who fell silent, {interval(share)} "
            "had met no deduction, entry or refusal of their own before they first did.",
            figures=(replace(figure("unpunished before they first fell silent", share), of=count),),
            lives=lost.lives,
            open=f"The lives are the {len(lost.lives)} who fell silent in the most months though "
            "unpunished before the first, the lowest number first where they are level",
        )

    def _against(self, case: Inside, action: str) -> Finding:
        here, free = (case.figure(self, f"against|{action}|{n}") for n in ("here", "unscored"))
        return Finding(
            says=f"{doing(case.world, action)}: those who do not hold such a view do so in "
            f"{interval(here)} of their months, without a scheme in {interval(free)}.",
            figures=(
                figure("months without the view in which it is said, here", here),
                figure("months without the view in which it is said, without a scheme", free),
                figure("difference", case.figure(self, f"against|{action}")),
            ),
        )

    def _secrecy(
        self, case: Inside, action: str, secret: Variant, told: Variant, what: str
    ) -> Finding:
        more = case.figure(self, f"{what}|{action}")
        chills = away(more) > 0
        less, than = (secret, told) if chills else (told, secret)
        amount = more if chills else negative(more)
        return Finding(
            says=f"{doing(case.world, action)}: those who hold such a view say so less if "
            f"{less.says} than if {than.says}; the difference is {interval(amount)} of what they "
            "would say without a scheme.",
            weight=Weight.SERIOUS if chills else Weight.NOTABLE,
            figures=(figure(f"said more if {told.says}", more),),
        )

    def _groups(self, case: Inside) -> Iterator[Finding]:
        looks = [
            (action, group, label)
            for action in _voiced(case)
            if away(case.figure(self, f"voice|{action}")) < 0
            for group in case.groups
            for label in case.labels(group)
        ]
        raw = [p_over_seeds(case.each(self, "|".join(("more", *look)))) for look in looks]
        for (action, group, label), p in zip(looks, holm(raw).tolist(), strict=True):
            more = case.figure(self, f"more|{action}|{group}|{label}")
            if p >= 1 - LEVEL or away(more) <= 0:
                continue
            rate, rest = (
                case.figure(self, f"{kind}|{action}|{group}|{label}") for kind in ("rate", "rest")
            )
            yield Finding(
                says=f"{doing(case.world, action)}: of those who would have, {interval(rate)} fell "
                f"silent at least once where {where(group, label)}, and {interval(rest)} of all "
                "others.",
                figures=(
                    figure(f"fell silent at least once, {label}", rate),
                    figure("fell silent at least once, all others", rest),
                    figure("difference", more),
                ),
                open=f"{len(looks)} comparisons were looked at, and are corrected for",
            )


def _voiced(case: Inside) -> list[str]:
    """The actions that voice a view."""
    return [name for name, action in case.world.conduct.actions.items() if action.voices]


def _said(panel: Panel, action: str, held: bool) -> float:
    """Of the months in which citizens hold a view, or do not, the share in which it is said."""
    return _share(panel[f"did.{action}"] > 0, panel[f"held.{action}"] == held)


def _lost(here: Panel, there: Panel, action: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """When each citizen says a view held without a scheme, and when so there and not here."""
    speaks = (there[f"did.{action}"] > 0) & (there[f"held.{action}"] > 0)
    return speaks, speaks & ~(here[f"did.{action}"] > 0)


def _punished(silent: NDArray[np.bool_], before: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each citizen had met harm before the first month in which they were silent."""
    first = silent.argmax(axis=1)
    return np.asarray(before[np.arange(len(before)), first])


def _ever(months: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.asarray(months.any(axis=1))


def _share(some: NDArray[np.bool_], of: NDArray[np.bool_]) -> float:
    total = int(of.sum())
    return int((some & of).sum()) / total if total else math.nan
