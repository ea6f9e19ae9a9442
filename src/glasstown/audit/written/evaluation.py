"""Which routes are an evaluation or classification of people over time."""

from __future__ import annotations

from collections.abc import Iterable

from glasstown.audit.finding import Step
from glasstown.audit.written.grounds import grounds_of_rule
from glasstown.audit.written.routes import Route
from glasstown.audit.written.written import Written


def evaluated(case: Written) -> tuple[Route, ...]:
    """The routes by a score that rules go on moving, or by a register.

    Not among them: a score that only rules for the start decide, and so once; and consequences
    that ask for an act or a trait itself.
    """
    moving = any(
        not rule.at_start and grounds_of_rule(case.sheet, name)
        for name, rule in case.scheme.rules.items()
    )
    return tuple(
        route
        for route in case.routes
        if route.register is not None or (route.rule is not None and moving)
    )


def no_evaluation(case: Written) -> str:
    """Why no route is an evaluation over time; "" where one is."""
    if evaluated(case):
        return ""
    if not case.routes:
        return "nothing that is recorded of citizens leads to a consequence"
    return "nobody is evaluated over time: no rule goes on moving a score, and no register leads on"


def steps_of(routes: Iterable[Route]) -> tuple[Step, ...]:
    """The steps of several routes, each once, in order."""
    return tuple({step.path: step for route in routes for step in route.steps}.values())


REGISTERS = (
    "To be put on a register counts as a classification, although no number is given to anybody."
)
"""Said where a register alone is taken for an evaluation."""
