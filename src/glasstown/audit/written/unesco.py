"""Is it what UNESCO says that AI systems should not be used for?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Verdict
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.evaluation import evaluated, steps_of
from glasstown.audit.written.grounds import OTHERS
from glasstown.audit.written.relations import Reading, several, unknown
from glasstown.audit.written.routes import Route
from glasstown.audit.written.written import Written
from glasstown.expr import Yes
from glasstown.scheme.reads import records_read
from glasstown.scheme.words import capital, listed, plain

TRAITS = ("personal", "ties")
"""Kinds of grounds that are no behaviour."""

WATCHED = ("private", "political")
"""Kinds of acts that nobody can be watched in without being watched in life at large."""


@final
class Unesco(Probe[Written]):
    """Social scoring, or mass surveillance: no threshold is applied to either."""

    about = About(
        name="unesco",
        title="Social scoring or mass surveillance by UNESCO's recommendation",
        asks="Is it social scoring, or does it watch everybody in private or political life?",
        matters=(
            "The recommendation, adopted in 2021, names both as things for which AI systems should "
            "not be used, without a threshold and without an exception."
        ),
        computed=(
            "Social scoring: a score that goes on moving, or a register, that behaviour from at "
            "least two contexts feeds which the yardstick does not relate, and that leads to any "
            "treatment. Mass surveillance: a sensor that watches everybody, and reports acts that "
            "the yardstick calls private or political. Neither is weighed."
        ),
        cannot=(
            "Whether the scheme is an AI system. The recommendation is not law, and defines "
            "neither term: how they are read here is ours. This is not legal advice."
        ),
        sources=(
            Reference(
                "UNESCO Recommendation on the Ethics of Artificial Intelligence (2021)",
                "paragraph 26",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """Social scoring, at most once; then each sensor."""
        yield from _scoring(case)
        yield from _surveillance(case)

    def looked(self, case: Written) -> str:
        """How many routes and sensors were looked at."""
        return f"{len(evaluated(case))} routes to a treatment, {len(case.scheme.sensors)} sensors"


def _scoring(case: Written) -> Iterator[Finding]:
    yardstick = case.yardstick
    routes = [route for route in evaluated(case) if route.ground.name != OTHERS]
    strange = [route for route in routes if route.ground.name not in yardstick.grounds]
    acts = [r for r in routes if r not in strange and _is_behaviour(case, r)]
    contexts = _contexts(acts)
    known = [context for context in contexts if not unknown(yardstick, (context,))]
    if several(yardstick, known, Reading.DECLARED):
        firm = several(yardstick, known, Reading.LOOSE)
        names = dict.fromkeys(route.consequence for route in acts)
        yield Finding(
            says=f"Behaviour from {listed(contexts)}, contexts that are not all related, makes one "
            f"evaluation of each citizen that decides {listed(plain(name) for name in names)}: "
            "social scoring, for which UNESCO says that AI systems should not be used.",
            steps=steps_of(acts),
            figures=(
                Figure("contexts of behaviour", len(contexts), "contexts", of=listed(contexts)),
            ),
            remedy="let the score or register rest on behaviour from one context, or take out "
            + listed(f"`consequences.{name}`" for name in names),
            open="" if firm else "By the loose reading of relation all these contexts are related.",
        )
        return
    # What is not known could make them several.
    maybe = _contexts([*acts, *strange])
    unsaid = [route for route in (*acts, *strange) if not route.ground.context]
    if len(maybe) + bool(unsaid) > 1 and (strange or unsaid or len(known) < len(contexts)):
        doubt = unknown(yardstick, maybe)
        missing = [
            *(f"`grounds.{name}`" for name in dict.fromkeys(r.ground.name for r in strange)),
            *(f"`contexts.{name}`" for name in doubt),
        ]
        if missing or unsaid:
            yield _untold(case, [*acts, *strange], missing, bool(unsaid))


def _untold(case: Written, routes: list[Route], missing: list[str], unsaid: bool) -> Finding:
    asked = [f"add {listed(missing)} to the yardstick"] if missing else []
    asked += ["say in the scheme from which context each record comes"] if unsaid else []
    return Finding(
        says="Whether behaviour from several contexts makes one evaluation cannot be told: "
        + (f"the yardstick {case.yardstick.yardstick} lacks {listed(missing)}" if missing else "")
        + (", and " if missing and unsaid else "")
        + ("the scheme does not say where some records come from" if unsaid else "")
        + ".",
        verdict=Verdict.CANNOT_TELL,
        steps=steps_of(routes),
        remedy=", and ".join(asked),
    )


def _is_behaviour(case: Written, route: Route) -> bool:
    return case.yardstick.grounds[route.ground.name].kind not in TRAITS


def _contexts(routes: list[Route]) -> list[str]:
    return [name for name in dict.fromkeys(r.ground.context for r in routes) if name]


def _surveillance(case: Written) -> Iterator[Finding]:
    read = records_read(case.scheme)
    for name, sensor in case.scheme.sensors.items():
        acts = [action for by, action in read if by == name]
        if sensor.watches.expr != Yes(True):
            continue
        kinds = {a: case.yardstick.grounds[a].kind for a in acts if a in case.yardstick.grounds}
        watched = {act: kind for act, kind in kinds.items() if kind in WATCHED}
        strange = [act for act in acts if act not in kinds]
        step = case.sheet.part("sensors", name)
        if watched:
            said = [f"{case.sheet.doing(act)} ({kind})" for act, kind in watched.items()]
            yield Finding(
                says=capital(
                    f"everybody is watched by the {plain(name)} in {listed(said)}: mass "
                    "surveillance, for which UNESCO says that AI systems should not be used"
                ),
                steps=(step,),
                figures=(Figure("of all citizens covered", float(sensor.covers) * 100, "%"),),
                remedy=f"take out `sensors.{name}` and the rules that it reports to, or let "
                f"`sensors.{name}.watches` name those for whom there is a reason to watch",
            )
        elif strange:
            yield Finding(
                says=f"Everybody is watched by the {plain(name)}, and whether in private or "
                f"political life cannot be told: the yardstick {case.yardstick.yardstick} does not "
                f"know {listed(plain(act) for act in strange)}.",
                verdict=Verdict.CANNOT_TELL,
                steps=(step,),
                remedy=f"add {listed(f'`grounds.{act}`' for act in strange)} to the yardstick, "
                "with a kind",
            )
