"""Whether sensors, registers, consequences and appeals are in order."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.errors import Problem, shown
from glasstown.files import Document
from glasstown.files.exact import decimal_text
from glasstown.files.quantities import months_text
from glasstown.scheme.check_rules import no_sensor
from glasstown.scheme.model import NOT_SAID, Consequence, RateByGroup, Register, Scheme

LONGEST_DELAY = 24
"""The longest delay of a sensor, in months."""

MOST_MEANS = 1000
"""The most means that a requirement may ask for."""


def sensor_problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Everything wrong with the sensors, but for their formulas."""
    for name, sensor in scheme.sensors.items():
        path = ("sensors", name)
        if sensor.delay > LONGEST_DELAY:
            yield at.problem(
                *path,
                "delay",
                what=f"the sensor {shown(name)} is {months_text(sensor.delay)} late",
                why=f"records under way are kept for {LONGEST_DELAY} months at most",
                remedy=f"write at most {months_text(LONGEST_DELAY)}",
            )
        for field, rate in (("detects", sensor.detects), ("false_alarm", sensor.false_alarm)):
            if isinstance(rate, RateByGroup) and not rate.rates:
                yield at.problem(
                    *path,
                    field,
                    what=f"the sensor {shown(name)} has a rate by {shown(rate.by)}, and no rates",
                    remedy="write `rates: {VALUE: 5%}`, or a single rate",
                )


def register_problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Everything wrong with the registers, but for their formulas."""
    for name, register in scheme.registers.items():
        path = ("registers", name)
        if register.seen_by is not None and register.seen_by not in scheme.sensors:
            yield no_sensor((*path, "seen_by"), register.seen_by, scheme, at)
        if register.at_most is not None and register.at_most < max(register.at_least, 1):
            least = months_text(max(register.at_least, 1))
            yield at.problem(
                *path,
                "at_most",
                what=f"the register {shown(name)} keeps a citizen at most "
                f"{months_text(register.at_most)}, and at least {least}",
                remedy=f"write at least {least}, or leave it out",
            )
        yield from _extension(name, register, at)


def _extension(name: str, register: Register, at: Document) -> Iterator[Problem]:
    extend = register.extend
    if extend is None:
        return
    path = ("registers", name, "extend")
    if extend.by < 1:
        yield at.problem(
            *path,
            "by",
            what=f"the stay on the register {shown(name)} is extended by nothing",
            remedy="write `by: 6 months`, or delete `extend`",
        )
    if extend.at_most is not None and extend.at_most < register.at_least:
        yield at.problem(
            *path,
            "at_most",
            what=f"the least stay on the register {shown(name)} is {months_text(register.at_least)}"
            f", and is extended to at most {months_text(extend.at_most)}",
            why="an extension must not shorten the stay",
            remedy=f"write at least {months_text(register.at_least)}, or leave it out",
        )


def consequence_problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Everything wrong with the consequences, but for their formulas."""
    for name, consequence in scheme.consequences.items():
        path = ("consequences", name)
        kind = consequence.outcome.kind
        if consequence.occasion is None and kind != "expose":
            yield at.problem(
                *path,
                "outcome",
                what=f"the consequence {shown(name)} does not say on which occasion to {kind}",
                why="only `expose` happens without one",
                remedy="add `occasion: buy_plane_ticket` or another",
            )
        if consequence.applies_to == NOT_SAID and consequence.best is None:
            yield at.problem(
                *path,
                what=f"the consequence {shown(name)} does not say for whom it is",
                why="what befalls everybody is seldom meant; `for: yes` says so",
                remedy="add `for:` with a condition such as `on(defaulters)`, or `best: 10% of "
                "community`",
            )
        yield from _best(name, consequence, scheme, at)
        yield from _amounts(name, consequence, at)


def _best(name: str, consequence: Consequence, scheme: Scheme, at: Document) -> Iterator[Problem]:
    best = consequence.best
    if best is None:
        return
    path = ("consequences", name, "best")
    if scheme.score is None:
        yield at.problem(
            *path,
            what=f"the consequence {shown(name)} is for the best, and the scheme has no score",
            remedy="declare `score:`, or say with `for` whom it is for",
        )
    if consequence.occasion is None and consequence.outcome.kind == "expose":
        yield at.problem(
            *path,
            what=f"the consequence {shown(name)} is for the best, on no occasion",
            why="a quota is of something that citizens want",
            remedy="add `occasion:`, or say with `for` whom it is for",
        )


def _amounts(name: str, consequence: Consequence, at: Document) -> Iterator[Problem]:
    path = ("consequences", name)
    outcome = consequence.outcome
    if outcome.kind == "discount" and not outcome.percent:
        yield at.problem(
            *path,
            "outcome",
            what=f"the discount of the consequence {shown(name)} is 0%",
            remedy="write a share above 0%, or delete the consequence",
        )
    if consequence.needs_means != 0 and outcome.kind != "require":
        yield at.problem(
            *path,
            "needs_means",
            what=f"the consequence {shown(name)} needs means, and requires nothing",
            why="`needs_means` is what a citizen must have to meet a `require`",
            remedy="write `outcome: require deposit`, or delete `needs_means`",
        )
    elif abs(consequence.needs_means) > MOST_MEANS:
        yield at.problem(
            *path,
            "needs_means",
            what=f"the consequence {shown(name)} needs {decimal_text(consequence.needs_means)} of "
            "means",
            why=f"nobody's means go beyond {MOST_MEANS:,} either way",
            remedy=f"write a number from -{MOST_MEANS} to {MOST_MEANS}",
        )


def appeal_problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Everything wrong with the appeals."""
    appeals = scheme.appeals
    if appeals is not None and appeals.heard_after < 1:
        yield at.problem(
            "appeals",
            "heard_after",
            what="an appeal is heard in the month in which it is filed",
            why="appeals are filed at the end of a month, and heard in a later one",
            remedy="write `heard_after: 1 month`, or more",
        )
