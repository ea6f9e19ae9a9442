"""Is the impact on rights assessed before people are put under the scheme?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Verdict, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.written import Written
from glasstown.scheme.model import Assessment, Scheme
from glasstown.scheme.words import listed, plain

CONTENTS = {
    "process": "(a) the process in which the scheme is used",
    "period": "(b) for how long and how often",
    "persons": "(c) which persons it is put over",
    "risks": "(d) the risks of harm to them",
    "oversight": "(e) the oversight by people",
    "measures": "(f) what is done when a risk comes true, and how to complain",
}
"""The contents of an assessment, by the fields of `oversight.assessment`."""


@final
class ImpactAssessment(Probe[Written]):
    """The six contents of an assessment of the impact on fundamental rights."""

    about = About(
        name="impact-assessment",
        title="No assessment of the impact on rights",
        asks="Which of the six contents of an assessment of the impact on rights are missing?",
        matters=(
            "Who puts a high-risk system over people has to say beforehand whom it can harm and "
            "what is done about it. What is not written down beforehand cannot be held against "
            "anybody afterwards."
        ),
        computed=(
            "Asked of a scheme whose authority is public, and of one that decides credit, or "
            "insurance of life or health, by what the yardstick says of its occasions. Each of the "
            "six contents of Article 27(1) has to be said under `oversight.assessment`. Where the "
            "authority is not said, it cannot be told."
        ),
        cannot=(
            "Whether what an assessment says is true or enough, whether the authority was "
            "notified, whether the scheme is a high-risk AI system or falls under the law of the "
            "Union, and whether a private body provides a public service. This is not legal advice."
        ),
        sources=(
            Reference(
                "Regulation (EU) 2024/1689 (AI Act)",
                "Article 27(1)(a) to (f), Annex III, points 5(b) and (c)",
                "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """One at most."""
        missing = lacking(case.scheme)
        listed_by = _listed(case)
        authority = case.scheme.oversight.authority
        if not missing or not case.scheme.consequences:
            return
        if authority == "public" or listed_by:
            yield _found(case, missing, listed_by)
        elif authority is None:
            yield Finding(
                says="Whether an assessment of the impact on rights has to be made cannot be told: "
                "the scheme does not say whether its authority is public or private.",
                verdict=Verdict.CANNOT_TELL,
                steps=(_oversight(case, "The authority is not said"),),
                remedy="say `oversight.authority: public` or `private`",
            )
        else:
            yield from _untold(case)

    def looked(self, case: Written) -> str:
        """Who the authority is, and what the scheme decides."""
        authority = case.scheme.oversight.authority
        decides = (
            " and ".join(dict.fromkeys(_listed(case).values())) or "neither credit nor insurance"
        )
        return f"an authority that is {authority or 'not said'}; it decides {decides}"


def lacking(scheme: Scheme) -> list[str]:
    """Which of the six contents a scheme's assessment does not have, by their fields."""
    assessment = scheme.oversight.assessment or Assessment()
    return [field for field in CONTENTS if not getattr(assessment, field).strip()]


def _listed(case: Written) -> dict[str, str]:
    """The consequences that decide credit or insurance."""
    occasions = case.yardstick.occasions
    return {
        name: str(occasions[consequence.occasion].annex)
        for name, consequence in case.scheme.consequences.items()
        if consequence.occasion in occasions and occasions[consequence.occasion].annex
    }


def _found(case: Written, missing: list[str], listed_by: dict[str, str]) -> Finding:
    public = case.scheme.oversight.authority == "public"
    who = "A public authority puts this scheme over people" if public else "This scheme decides "
    who += "" if public else listed(dict.fromkeys(listed_by.values()))
    none = len(missing) == len(CONTENTS)
    what = (
        "no assessment of its impact on rights is there"
        if none
        else "the assessment of its impact on rights does not say "
        + listed(CONTENTS[field] for field in missing)
    )
    return Finding(
        says=f"{who}, and {what}, as Article 27(1) of the EU AI Act asks.",
        weight=Weight.SERIOUS if none else Weight.NOTABLE,
        steps=(
            _oversight(case, "What the scheme says of its oversight"),
            *(case.sheet.part("consequences", name) for name in listed_by),
        ),
        figures=(Figure("contents that are missing", len(missing), "contents of 6"),),
        remedy="write "
        + listed(f"`oversight.assessment.{field}`" for field in missing)
        + "; a draft can be made from this audit",
    )


def _untold(case: Written) -> Iterator[Finding]:
    occasions = dict.fromkeys(
        consequence.occasion
        for consequence in case.scheme.consequences.values()
        if consequence.occasion and consequence.occasion not in case.yardstick.occasions
    )
    for occasion in occasions:
        yield Finding(
            says=f"Whether {plain(occasion)} is credit or insurance, for which an assessment of "
            f"the impact on rights is asked, cannot be told: the yardstick "
            f"{case.yardstick.yardstick} does not know it.",
            verdict=Verdict.CANNOT_TELL,
            steps=tuple(
                case.sheet.part("consequences", name)
                for name, consequence in case.scheme.consequences.items()
                if consequence.occasion == occasion
            ),
            remedy=f"add `occasions.{occasion}` to the yardstick, and `annex` if it is one",
        )


def _oversight(case: Written, says: str) -> Step:
    """The part of the file that speaks of oversight; its first line where none does."""
    said = case.sheet.document.has("oversight")
    return Step("oversight", says, case.sheet.place("oversight" if said else "scheme"))
