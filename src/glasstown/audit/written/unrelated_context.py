"""Does what somebody did in one part of life decide what befalls them in another?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Verdict
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.evaluation import REGISTERS, evaluated, no_evaluation, steps_of
from glasstown.audit.written.relations import Reading, context_of, related, unknown
from glasstown.audit.written.routes import Route
from glasstown.audit.written.treatments import WITHHELD, treatment, weight_of, withheld
from glasstown.audit.written.written import Written
from glasstown.scheme.words import capital, listed, plain


@final
class UnrelatedContext(Probe[Written]):
    """Treatment in a social context that is unrelated to where its records come from."""

    about = About(
        name="unrelated-context",
        title="Treatment in an unrelated context",
        asks=(
            "Do records from one context of life lead to detrimental treatment in another that "
            "is not related to it?"
        ),
        matters=(
            "Who cheated in an exam answers for it at the university. If it also costs a flat, one "
            "act is answered for everywhere, and no part of life is left in which to begin anew. "
            "The EU AI Act bans it as the first limb of social scoring."
        ),
        computed=(
            "Every route from a record by a rule and a score that can be reached, or by a "
            "register, to a consequence is taken; whether any life takes it is not asked, as a "
            "score need only be capable of leading there. The context of the record and that of "
            "the consequence are related as the yardstick declares. Beside that a strict reading "
            "(only the same context) and a loose one (relation passes on from context to context) "
            "are told. The verdict is by the declared one. A register alone counts as "
            "classification, and a gain withheld as detriment: our readings."
        ),
        cannot=(
            "Whether a court would hold two contexts to be related: that is declared in the "
            "yardstick, not known. Whether the scheme is an AI system, and whether an exception "
            "applies. This is not legal advice."
        ),
        sources=(
            Reference(
                "Regulation (EU) 2024/1689 (AI Act)",
                "Article 5(1)(c)(i)",
                "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
            ),
            Reference(
                "Commission guidelines on prohibited AI practices, C(2025) 5052 final",
                "a score need only be capable of leading to the treatment",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """For each consequence: one finding for each set of readings; then what cannot be told."""
        routes = evaluated(case)
        for name in case.scheme.consequences:
            yield from _found(case, name, [route for route in routes if route.consequence == name])
        yield from _untold(case, routes)

    def looked(self, case: Written) -> str:
        """How many routes were looked at, and how many differ in context by the strict reading."""
        routes = evaluated(case)
        differ = sum(
            route.ground.context != context_of(case, route.consequence)
            for route in routes
            if route.ground.context
        )
        return no_evaluation(case) or (
            f"{len(routes)} routes; by the strict reading {differ} of them leave their context"
        )


def _found(case: Written, name: str, routes: list[Route]) -> Iterator[Finding]:
    there = context_of(case, name)
    known = [r for r in routes if r.ground.context and _told(case, r.ground.context, there)]
    contexts = list(dict.fromkeys(route.ground.context for route in known))
    apart = {
        reading: [c for c in contexts if not related(case.yardstick, c, there, reading)]
        for reading in Reading
    }
    figures = tuple(
        Figure(f"not related to {there} by the {reading} reading", len(apart[reading]), "contexts",
               of=listed(apart[reading]))
        for reading in Reading
    )  # fmt: skip
    loose = apart[Reading.LOOSE]
    for firm, those in (
        (True, loose),
        (False, [c for c in apart[Reading.DECLARED] if c not in loose]),
    ):
        if those:
            by = [route for route in known if route.ground.context in those]
            yield _finding(case, name, there, those, by, firm, figures)


def _finding(
    case: Written,
    name: str,
    there: str,
    contexts: list[str],
    routes: list[Route],
    firm: bool,
    figures: tuple[Figure, ...],
) -> Finding:
    gain = withheld(case, name)
    readings = (
        "by every reading of relation, strict, declared and loose"
        if firm
        else "by the strict and the declared reading of relation, though not by the loose one"
    )
    which = "which is" if len(contexts) == 1 else "which are"
    so = "if a gain withheld counts as detriment, this meets" if gain else "this meets"
    sources = dict.fromkeys(_path(route) for route in routes)
    opens = [
        *([WITHHELD] if gain else []),
        *([REGISTERS] if all(route.rule is None for route in routes) else []),
    ]
    return Finding(
        says=capital(
            f"{treatment(case, name)} (context: {there}) depends on records from "
            f"{listed(contexts)}, {which} not related to {there} {readings}; "
            f"{so} the wording of Article 5(1)(c)(i) of the EU AI Act"
        ),
        weight=weight_of(case, name, firm),
        steps=steps_of(routes),
        figures=figures,
        remedy=f"let `consequences.{name}.for` rest on records from {there} or what is related to "
        f"it: without {listed(f'`{source}`' for source in sources)}",
        open=" ".join(opens),
    )


def _path(route: Route) -> str:
    return f"registers.{route.register}" if route.rule is None else f"rules.{route.rule}"


def _told(case: Written, here: str, there: str) -> bool:
    """Whether it is known how two contexts are related."""
    return bool(there) and (here == there or not unknown(case.yardstick, (here, there)))


def _untold(case: Written, routes: tuple[Route, ...]) -> Iterator[Finding]:
    for name in dict.fromkeys(route.consequence for route in routes):
        if not context_of(case, name):
            yield Finding(
                says=capital(
                    f"in which context {treatment(case, name)} lies is not said, neither by the "
                    f"scheme nor by the yardstick {case.yardstick.yardstick}"
                ),
                verdict=Verdict.CANNOT_TELL,
                steps=(case.sheet.part("consequences", name),),
                remedy=f"add `consequences.{name}.context` to the scheme",
            )
    silent = {_path(route): route for route in routes if not route.ground.context}
    if silent:
        yield Finding(
            says="From which context the records come is not said for "
            f"{listed(plain(path.split('.')[1]) for path in silent)}.",
            verdict=Verdict.CANNOT_TELL,
            steps=steps_of(silent.values()),
            remedy=f"add a context to {listed(f'`{path}`' for path in silent)}, or to the sensors "
            "that report to them",
        )
    lacking: dict[str, list[Route]] = {}
    for route in routes:
        here, there = route.ground.context, context_of(case, route.consequence)
        if here and there and not _told(case, here, there):
            for name in unknown(case.yardstick, (here, there)):
                lacking.setdefault(name, []).append(route)
    for name, by in lacking.items():
        yield Finding(
            says=f"What the context {name} is related to cannot be told: the yardstick "
            f"{case.yardstick.yardstick} does not know it.",
            verdict=Verdict.CANNOT_TELL,
            steps=steps_of(by),
            remedy=f"add `contexts.{name}` to the yardstick, with the contexts that are related",
        )
