"""Does a machine alone decide what matters to people?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Verdict, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.treatments import (
    ranged,
    severity,
    treatment,
    unknown_occasion,
)
from glasstown.audit.written.written import Written
from glasstown.scheme.words import capital, listed, number

SAFEGUARDS = {
    "person": "a person who steps in",
    "view": "a hearing of the citizen's own view",
    "contest": "a way to contest the decision",
}
"""What Article 22(3) asks for at the least, by the words of `oversight.safeguards`."""


@final
class AutomatedDecision(Probe[Written]):
    """Decisions by machine alone, with a significant effect, without a basis or safeguards."""

    about = About(
        name="automated-decision",
        title="Significant decisions by machine alone",
        asks=(
            "Does a machine alone decide what affects people significantly, without a legal basis "
            "or without the safeguards that are owed?"
        ),
        matters=(
            "Article 22 of the GDPR gives everybody the right not to be subject to such decisions. "
            "By the judgment in SCHUFA, to make the score is one already, where whoever decides "
            "draws strongly on it."
        ),
        computed=(
            "A consequence is significant if life depends on its occasion, or if its severity "
            "reaches what the yardstick declares for significance. Where a machine decides, there "
            "has to be a legal basis (law, contract or consent) and all three safeguards. Where it "
            "is not said who decides, it cannot be told."
        ),
        cannot=(
            "Whether a person who decides draws strongly on the score: that takes a run, or the "
            "record of real decisions. Whether the basis named holds; whether the law named has "
            "safeguards of its own instead of these three. This is not legal advice."
        ),
        sources=(
            Reference(
                "Regulation (EU) 2016/679 (GDPR)",
                "Article 22",
                "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
            ),
            Reference(
                "Court of Justice of the EU, C-634/21, SCHUFA Holding (Scoring)",
                "judgment of 7 December 2023, paragraph 73",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """One for all significant consequences, as what is missing is missing for them all."""
        oversight = case.scheme.oversight
        lacking = [name for name in SAFEGUARDS if name not in oversight.safeguards]
        if oversight.decides == "person" or (oversight.legal_basis and not lacking):
            return
        names = [name for name in case.scheme.consequences if _significant(case, name)]
        if names:
            yield _found(case, names, lacking)
        for name in case.scheme.consequences:
            if _significant(case, name) is None:
                yield unknown_occasion(case, name)

    def looked(self, case: Written) -> str:
        """Who decides, and how many consequences are significant."""
        names = [name for name in case.scheme.consequences if _significant(case, name)]
        decides = case.scheme.oversight.decides
        who = f"a {decides} decides" if decides else "who decides is not said"
        drawn = "; how strongly the score is drawn on, only a run shows" * (decides == "person")
        return f"{len(names)} significant consequences; {who}{drawn}"


def _significant(case: Written, name: str) -> bool | None:
    """Whether a consequence affects somebody significantly; None where it is not known."""
    occasion = case.yardstick.occasions.get(case.scheme.consequences[name].occasion or "")
    severe = severity(case, name)
    if severe is None:
        return None
    essential = occasion is not None and occasion.essential
    return essential or severe.value >= case.yardstick.significance.at_least


def _found(case: Written, names: list[str], lacking: list[str]) -> Finding:
    oversight = case.scheme.oversight
    says = [treatment(case, name) for name in names]
    parts = []
    if lacking:
        parts.append(f"without {listed((SAFEGUARDS[name] for name in lacking), 'or')}")
    parts += ["on no legal basis"] if oversight.legal_basis is None else []
    remedies = ["`oversight.legal_basis` and `oversight.law`"] * (oversight.legal_basis is None)
    remedies += ["in `oversight.safeguards`: " + ", ".join(lacking)] * bool(lacking)
    told = oversight.decides is not None
    if told:
        sentence = f"a machine alone decides on {listed(says)}, {', and '.join(parts)}"
    else:
        sentence = (
            f"whether a machine alone decides on {listed(says)} cannot be told, as the scheme "
            f"does not say who does; if one does, it is {', and '.join(parts)}"
        )
    at_least = ranged(case.yardstick.significance, "at_least")
    said = case.sheet.document.has("oversight")
    return Finding(
        says=capital(sentence)[:-1]
        + (": this meets the wording of Article 22 of the GDPR." if told else "."),
        verdict=Verdict.FOUND if told else Verdict.CANNOT_TELL,
        weight=Weight.GRAVE if oversight.legal_basis is None else Weight.SERIOUS,
        steps=(
            *(case.sheet.part("consequences", name) for name in names),
            Step(
                "oversight",
                "What the scheme says of who decides",
                case.sheet.place("oversight" if said else "scheme"),
            ),
        ),
        figures=tuple(
            Figure(
                f"severity of {treatment(case, name)}",
                float(severe.value),
                "of 10",
                low=float(severe.low),
                high=float(severe.high),
                of=f"the yardstick; from {number(at_least.value)} on it is significant, and "
                "always where life depends on it",
            )
            for name in names
            if (severe := severity(case, name)) is not None
        ),
        remedy=(
            f"let a person decide, and say `oversight.decides: person`; or name {listed(remedies)}"
        ),
    )
