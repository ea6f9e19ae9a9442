"""Are citizens treated by what they were born with, or as a whole community?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.phrases import assumed, bears, missing, rate_figure
from glasstown.audit.written.routes import Route
from glasstown.audit.written.trail import Root, known, roots, unknown, weightiest
from glasstown.audit.written.written import Written
from glasstown.expr import YesNo
from glasstown.expr.guess import guess
from glasstown.scheme.formulas import OWN_CHOICES, OWN_NAMES
from glasstown.scheme.model import RateByGroup, Sensor
from glasstown.scheme.words import listed, percent, plain

OF_COMMUNITY = ("kind", "region")
"""What every nation gives to whole communities, whatever else it knows."""


@final
class Collective(Probe[Written]):
    """Consequences that are inherited, or that fall on a community as a whole."""

    about = About(
        name="collective",
        title="Collective and inherited consequences",
        asks=(
            "Can what a citizen was born with, or the community that they live in, change what is "
            "recorded of them or what befalls them?"
        ),
        matters=(
            "Nobody chooses their birth. What rests on it cannot be earned or put right, and what "
            "rests on a community falls alike on those who did something and those who did not."
        ),
        computed=(
            "Every rule, register and consequence is named that rests on a ground which the "
            "yardstick calls inherited, or that is a whole community's (its `kind`, its `region`); "
            "every sensor whose error rates differ by such a trait, with the ratio; every sensor "
            "that watches by one; and every sensor that covers some communities and not others."
        ),
        cannot=(
            "Whether a ground that looks like a citizen's own doing stands in for one that is "
            "inherited: that takes a run on a nation. None of this is legal advice."
        ),
        sources=(
            Reference(
                "NISTIR 8280, Face Recognition Vendor Test, Part 3: Demographic Effects",
                "2019: wrong matches 10 to 100 times as often for some groups as for others",
            ),
            Reference(
                "Trusting by Numbers (Liu and Rona-Tas, Critical Sociology 51(6))",
                "rural residents meet more penalties and fewer chances of reward",
                "https://scceichinabriefs.substack.com/p/assessing-chinas-national-model-social",
            ),
            Reference(
                "A.P., M.P. and T.P. v. Switzerland (European Court of Human Rights, 1997)",
                "from memory: guilt is not inherited",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """Grounds, then sensors, then what the yardstick does not know."""
        yield from map(_inherited, roots(case, lambda ground: _by_birth(case, ground.name)))
        for name, sensor in case.scheme.sensors.items():
            if _is_used(case, name):
                yield from _sensor(case, name, sensor)
        yield from unknown(
            case, "Whether what counts is inherited", "`inherited: yes` or `no`", OF_COMMUNITY
        )
        yield from _unknown_traits(case)

    def looked(self, case: Written) -> str:
        """How much was looked at."""
        return (
            f"{len(case.scheme.rules)} rules, {len(case.scheme.registers)} registers, "
            f"{len(case.scheme.consequences)} consequences, {len(case.scheme.sensors)} sensors"
        )


def _by_birth(case: Written, name: str) -> bool:
    said = case.yardstick.grounds.get(name)
    return name in OF_COMMUNITY or (said is not None and said.inherited)


def _inherited(root: Root) -> Finding:
    said = [known(root.case, ground) for ground in root.grounds]
    born = all(found is not None and found.inherited for found in said)
    what = "which nobody chooses" if born else "which is not of the citizen's own doing"
    return Finding(
        says=f"What {root.part} does depends on {root.said}, {what}.{root.bears}",
        weight=Weight.GRAVE if root.punishes else Weight.SERIOUS,
        steps=root.steps,
        remedy=f"take {listed(plain(ground.name) for ground in root.grounds)} out of "
        f"`{root.section}.{root.name}`",
    )


def _sensor(case: Written, name: str, sensor: Sensor) -> Iterator[Finding]:
    ways = [route for route in case.routes if route.ground.sensor == name]
    on = bears(case, (way.consequence for way in ways))
    steps = _way(case, name, ways)
    imposed = any(way.treatment == "imposed" for way in ways)
    weight = Weight.SERIOUS if imposed else Weight.NOTABLE
    for field in ("false_alarm", "detects"):
        rate = getattr(sensor, field)
        if isinstance(rate, RateByGroup) and _by_birth(case, rate.by) and _differs(rate):
            yield Finding(
                says=f"{_rates(name, field, rate)}{on}",
                weight=weight,
                steps=steps,
                figures=_figures(name, field, sensor, rate),
                remedy=f"bring the rates of `sensors.{name}.{field}` together, at the lowest error "
                "that any group has, or let no rule and no register rest on this sensor",
                open=assumed(sensor),
            )
    born = [trait for trait in _watched_by(sensor) if _by_birth(case, trait)]
    if born:
        yield Finding(
            says=f"Whom the {plain(name)} may watch depends on "
            f"{listed(plain(trait) for trait in born)}, which is not of the citizen's own "
            f"doing.{on}",
            weight=weight,
            steps=steps,
            remedy=f"take {listed(plain(trait) for trait in born)} out of `sensors.{name}.watches`",
        )
    if sensor.covers_by == "community" and 0 < sensor.covers < 1:
        yield Finding(
            says=f"Whole communities are within reach of the {plain(name)} or out of it: "
            f"{percent(sensor.covers)} are within, so where a citizen lives decides whether "
            f"anything is recorded of them.{on}",
            weight=weight,
            steps=steps,
            figures=(rate_figure("communities within reach", sensor.covers, sensor, "covers"),),
            remedy=f"leave `sensors.{name}.covers_by` out, or bring `covers` to 100%",
        )


def _rates(name: str, field: str, rate: RateByGroup) -> str:
    """How an error rate differs by a trait, in a sentence."""
    groups = [f"{percent(own)} where {plain(rate.by)} is {of}" for of, own in rate.rates.items()]
    said = f"{listed(groups)}, and {percent(rate.otherwise)} otherwise."
    by = "community" if rate.by in OF_COMMUNITY else "birth"
    if field == "false_alarm":
        worst, best = _ends(rate)
        times = f" ({float(worst / best):.3g} times as often)" if best else ""
        return f"False alarms of the {plain(name)} differ by {by}{times}: {said}"
    return f"What the {plain(name)} may miss differs by {by}. Found are {said}"


def _figures(name: str, field: str, sensor: Sensor, rate: RateByGroup) -> tuple[Figure, ...]:
    what = "false alarms" if field == "false_alarm" else "found"
    figures = [
        rate_figure(
            f"{what}, {plain(name)}, {plain(rate.by)} is {of}", own, sensor, f"{field}.rates.{of}"
        )
        for of, own in rate.rates.items()
    ]
    otherwise = f"{what}, {plain(name)}, otherwise"
    figures.append(rate_figure(otherwise, rate.otherwise, sensor, f"{field}.else"))
    worst, best = _ends(rate)
    if best:
        figures.append(Figure("highest rate by lowest", float(worst / best), "times"))
    return tuple(figures)


def _ends(rate: RateByGroup) -> tuple[Fraction, Fraction]:
    rates = [*rate.rates.values(), rate.otherwise]
    return max(rates), min(rates)


def _differs(rate: RateByGroup) -> bool:
    worst, best = _ends(rate)
    return worst != best


def _watched_by(sensor: Sensor) -> list[str]:
    return list(guess(sensor.watches.expr, YesNo(), OWN_NAMES, OWN_CHOICES).names)


def _is_used(case: Written, name: str) -> bool:
    readers = {rule.seen_by for rule in case.scheme.rules.values()}
    readers |= {register.seen_by for register in case.scheme.registers.values()}
    return name in readers or any(route.ground.sensor == name for route in case.routes)


def _way(case: Written, sensor: str, ways: list[Route]) -> tuple[Step, ...]:
    return weightiest(ways).steps if ways else (case.sheet.part("sensors", sensor),)


def _unknown_traits(case: Written) -> Iterator[Finding]:
    """Traits by which sensors differ or watch, and which the yardstick does not know."""
    traits: dict[str, Step] = {}
    for name, sensor in case.scheme.sensors.items():
        by = _watched_by(sensor)
        by += [r.by for r in (sensor.false_alarm, sensor.detects) if isinstance(r, RateByGroup)]
        for trait in by if _is_used(case, name) else ():
            if trait not in case.yardstick.grounds and trait not in OF_COMMUNITY:
                traits.setdefault(trait, case.sheet.part("sensors", name))
    if traits:
        asks = "Whether sensors watch or err by what is inherited"
        yield missing("grounds", traits, asks, "`inherited: yes` or `no`", traits.values())
