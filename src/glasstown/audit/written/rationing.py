"""Does a reward put somebody else behind?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.may import Known, truths
from glasstown.audit.written.phrases import begin, missing
from glasstown.audit.written.routes import GRANTS
from glasstown.audit.written.trail import weightiest
from glasstown.audit.written.treatments import treatment
from glasstown.audit.written.written import Written
from glasstown.scheme.words import percent


@final
class Rationing(Probe[Written]):
    """Advantages of which there are only so many: a detriment to whoever goes without."""

    about = About(
        name="rationing",
        title="Rationed rewards",
        asks=(
            "Are advantages given by score, tier or rank where there is only so much to give, so "
            "that they are a hidden detriment to the others?"
        ),
        matters=(
            "A scheme may say that it punishes nobody and only rewards. But where places are "
            "limited, each one that is put ahead puts somebody else behind, and to have no reward "
            "is then a penalty."
        ),
        computed=(
            "Every quota for the best is named: however well everybody does, no more than its "
            "share can have what it gives. So is every advance or discount that some get and "
            "others do not on an occasion which the yardstick calls rationed. That a benefit "
            "withheld counts as a detriment is our reading of the law, not a settled one."
        ),
        cannot=(
            "How many are put behind, and how far: that takes a run. Whether places are limited "
            "where the scheme is used. None of this is legal advice."
        ),
        sources=(
            Reference(
                "EU AI Act, Article 5(1)(c)",
                "detrimental or unfavourable treatment",
                "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
            ),
            Reference(
                "This small team is building a social credit system app for China's youth",
                "South China Morning Post, 2019: low scores are not punished; high ones go "
                "straight to the second round of interviews",
                "https://scmp.com/tech/apps-social/article/3003158/",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """Quotas, then advantages on rationed occasions, then occasions that are not known."""
        unknown: dict[str, Step] = {}
        for name, consequence in case.scheme.consequences.items():
            occasion = case.yardstick.occasions.get(consequence.occasion or "")
            if consequence.best is not None and consequence.outcome.kind in GRANTS:
                yield _quota(case, name)
            elif _divides(case, name):
                if occasion is not None and occasion.rationed:
                    yield _ahead(case, name)
                elif occasion is None and consequence.occasion is not None:
                    step = case.sheet.part("consequences", name)
                    unknown.setdefault(consequence.occasion, step)
        if unknown:
            yield missing(
                "occasions",
                unknown,
                "Whether an advantage puts others behind",
                "`rationed: yes` or `no`",
                unknown.values(),
            )

    def looked(self, case: Written) -> str:
        """How many consequences were looked at."""
        return f"{len(case.scheme.consequences)} consequences"


def _divides(case: Written, name: str) -> bool:
    """Whether a consequence is an advantage that some may have and others not."""
    consequence = case.scheme.consequences[name]
    if consequence.outcome.kind not in GRANTS:
        return False
    score = case.scheme.score
    known = Known(tiers=tuple(case.scheme.tiers), numbers=case.sheet.numbers)
    if score is not None:
        known = Known(score.range, known.tiers, numbers=known.numbers)
    return len(truths(consequence.applies_to.expr, known)) > 1


def _quota(case: Written, name: str) -> Finding:
    best = case.scheme.consequences[name].best
    assert best is not None
    whom = "the nation" if best.of == "nation" else "each community"
    return Finding(
        says=f"{begin(treatment(case, name))} is for the best {percent(best.share)} of {whom}, "
        f"however well the others do: whoever rises puts somebody else behind."
        f"{_nobody(case)}",
        weight=Weight.SERIOUS,
        steps=_way(case, name),
        figures=(Figure("share that can have it at most", float(best.share), of=whom),),
        remedy=f"give `consequences.{name}` a `for` that everybody can come to meet, in place of "
        "`best`",
    )


def _ahead(case: Written, name: str) -> Finding:
    occasion = case.scheme.consequences[name].occasion or ""
    return Finding(
        says=f"{begin(treatment(case, name))} puts somebody else behind: there is only so much to "
        f"be had by {case.sheet.doing(occasion)}.{_nobody(case)}",
        weight=Weight.SERIOUS,
        steps=_way(case, name),
        remedy=f"leave `consequences.{name}` out, or give something there of which there is "
        "enough for all",
        open="that the occasion is rationed is the yardstick's assumption",
    )


def _nobody(case: Written) -> str:
    """That the scheme punishes nobody by its own account, if it imposes nothing."""
    imposed = [c for c in case.scheme.consequences.values() if c.outcome.kind not in GRANTS]
    return "" if imposed else " Nothing is imposed on anybody, so it reads as a reward alone."


def _way(case: Written, name: str) -> tuple[Step, ...]:
    ways = [route for route in case.routes if route.consequence == name]
    return weightiest(ways).steps if ways else (case.sheet.part("consequences", name),)
