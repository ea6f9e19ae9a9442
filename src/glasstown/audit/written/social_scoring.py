"""Is it social scoring, by the words of the EU AI Act?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Verdict, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.disproportion import Disproportion
from glasstown.audit.written.evaluation import evaluated, no_evaluation
from glasstown.audit.written.relations import Reading, several, unknown
from glasstown.audit.written.treatments import WITHHELD
from glasstown.audit.written.unrelated_context import UnrelatedContext
from glasstown.audit.written.written import Written
from glasstown.scheme.words import listed

LIMBS = {
    "limb (i) (treatment in an unrelated context)": UnrelatedContext(),
    "limb (ii) (treatment out of proportion)": Disproportion(),
}


@final
class SocialScoring(Probe[Written]):
    """The opening words of Article 5(1)(c), recital 31, and the two limbs, put together."""

    about = About(
        name="social-scoring",
        title="Social scoring by the EU AI Act",
        asks=(
            "Are people evaluated or classified over time by what they did or are, in several "
            "contexts, and treated by it in an unrelated context or out of proportion?"
        ),
        matters=(
            "Article 5(1)(c) bans such practices for public and private actors alike, since "
            "2 February 2025, with fines of up to EUR 35 million or 7% of turnover."
        ),
        computed=(
            "Three things have to come together: an evaluation over time (a score that rules go "
            "on moving, or a register, which is taken for a classification); records from at "
            "least two contexts that the yardstick does not relate, as recital 31 describes it; "
            "and at least one limb, as found by the probes unrelated-context and disproportion. "
            "With one context alone, or a limb that cannot be told, it cannot be told. A purpose "
            "and a legal basis that the scheme names for itself are told, and do not settle it: "
            "the exception for lawful evaluation needs evidence."
        ),
        cannot=(
            "Whether the practice is prohibited: that is for a court. Whether the scheme is an AI "
            "system, falls under the law of the Union, or is a lawful evaluation for a specific "
            "purpose. This is not legal advice."
        ),
        sources=(
            Reference(
                "Regulation (EU) 2024/1689 (AI Act)",
                "Article 5(1)(c)",
                "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
            ),
            Reference(
                "Regulation (EU) 2024/1689 (AI Act)",
                "recital 31: multiple data points, multiple contexts; lawful evaluation practices",
                "https://ai-act-law.eu/recital/31/",
            ),
            Reference("Commission guidelines on prohibited AI practices, C(2025) 5052 final"),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """One at most: found, or not to be told; none where neither limb is."""
        limbs = {limb: list(probe.findings(case)) for limb, probe in LIMBS.items()}
        found = {limb: [f for f in of if f.verdict is Verdict.FOUND] for limb, of in limbs.items()}
        met = [limb for limb, of in found.items() if of]
        open_ = [limb for limb, of in limbs.items() if of and limb not in met]
        if met and evaluated(case):
            yield _met(case, met, [finding for of in found.values() for finding in of])
        elif open_:
            yield Finding(
                says=f"Whether the wording of {listed(open_, 'or')} of Article 5(1)(c) is met "
                "cannot be told, since the yardstick or the scheme does not say what it turns on.",
                verdict=Verdict.CANNOT_TELL,
                steps=_sources(case),
                remedy="see the probes unrelated-context and disproportion for what is missing",
            )

    def looked(self, case: Written) -> str:
        """From how many contexts records come."""
        contexts = _contexts(case)
        return no_evaluation(case) or f"records from {len(contexts)} contexts, and both limbs"


def _contexts(case: Written) -> list[str]:
    found = dict.fromkeys(route.ground.context for route in evaluated(case))
    return [context for context in found if context]


def _met(case: Written, met: list[str], findings: list[Finding]) -> Finding:
    contexts = _contexts(case)
    readings = [reading for reading in Reading if several(case.yardstick, contexts, reading)]
    lacking = unknown(case.yardstick, contexts)
    unsaid = any(not route.ground.context for route in evaluated(case))
    known = [context for context in contexts if context not in lacking]
    sure = several(case.yardstick, known, Reading.DECLARED)
    limbs = f"the wording of {listed(met)} of Article 5(1)(c) of the EU AI Act is met"
    claim = _claim(case)
    steps = tuple(
        {s.path: s for s in (*_sources(case), *(s for f in findings for s in f.steps))}.values()
    )
    firm = all(reading in readings for reading in Reading)
    figures = (
        Figure("contexts that records come from", len(contexts), "contexts", of=listed(contexts)),
        Figure(
            "readings by which some are not related",
            len(readings),
            "readings of 3",
            of=listed(readings),
        ),
        Figure("limbs found", len(met), "limbs of 2", of=listed(met)),
    )
    if not sure:
        why = "of what the yardstick or the scheme does not say about them"
        if not (lacking or unsaid):
            why = (
                f"all are from {contexts[0]}"
                if len(contexts) == 1
                else f"{listed(contexts)} are related"
            )
        return Finding(
            says=f"Citizens are evaluated over time, and {limbs}. Whether "
            "the records come from several contexts, as recital 31 has it, cannot be told: "
            f"{why}.",
            verdict=Verdict.CANNOT_TELL,
            steps=steps,
            figures=figures,
            remedy=_remedy(findings, lacking),
            open="The article itself does not ask for several contexts. A court would have to say "
            "whether it bans this, and whether it is a lawful evaluation for a specific purpose."
            + f" {claim}".rstrip(),
        )
    return Finding(
        says=f"Citizens are evaluated over time by records from {listed(contexts)}, contexts that "
        f"are not all related, and {limbs}"
        + (
            ", unless it is shown to be a lawful evaluation for a specific purpose."
            if claim
            else "."
        ),
        weight=_weight(findings, not claim and firm),
        steps=steps,
        figures=figures,
        remedy=_remedy(findings, []),
        open=" ".join(
            [
                *(["By the loose reading of relation all contexts are related."] * (not firm)),
                *([WITHHELD] * all(route.treatment == "withheld" for route in evaluated(case))),
                *([claim] * bool(claim)),
            ]
        ),
    )


def _weight(findings: list[Finding], firm: bool) -> Weight:
    """That of the weightiest limb, one less where something speaks for the scheme."""
    weights = list(Weight)
    heaviest = min(weights.index(finding.weight) for finding in findings)
    return weights[min(heaviest + (not firm), len(weights) - 1)]


def _claim(case: Written) -> str:
    """What the scheme says for the exception of recital 31; "" where it does not say enough."""
    oversight = case.scheme.oversight
    if not (oversight.purpose and oversight.legal_basis):
        return ""
    law = f" ({oversight.law})" if oversight.law else ""
    return (
        f"The scheme says of itself that it serves one purpose, {oversight.purpose}, on the basis "
        f"of {oversight.legal_basis}{law}; recital 31 excepts lawful evaluation for a specific "
        "purpose, and that this is one needs evidence."
    )


def _remedy(findings: list[Finding], lacking: list[str]) -> str:
    asked = [f"add `contexts.{name}` to the yardstick" for name in lacking]
    return "; ".join([*asked, *dict.fromkeys(finding.remedy for finding in findings)])


def _sources(case: Written) -> tuple[Step, ...]:
    """The score or the registers by which people are evaluated."""
    routes = evaluated(case)
    steps = [case.sheet.part("score")] if any(r.rule is not None for r in routes) else []
    named = dict.fromkeys(route.register for route in routes if route.register is not None)
    return (*steps, *(case.sheet.part("registers", name) for name in named))
