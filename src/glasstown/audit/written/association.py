"""Does it count against a citizen what others are or do?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.collective import OF_COMMUNITY
from glasstown.audit.written.grounds import OTHERS, Ground
from glasstown.audit.written.phrases import assumed, bears, begin, rate_figure
from glasstown.audit.written.routes import Route
from glasstown.audit.written.trail import Root, known, roots, unknown, weightiest
from glasstown.audit.written.treatments import treatment
from glasstown.audit.written.worth import lowers
from glasstown.audit.written.written import Written
from glasstown.scheme.words import percent, plain


@final
class Association(Probe[Written]):
    """Guilt by association: the company that somebody keeps, or happens to live among."""

    about = About(
        name="association",
        title="Guilt by association",
        asks="Can what others are, score or do change what befalls a citizen?",
        matters=(
            "Nobody can answer for the lives of their neighbours. A score that counts them makes "
            "people shun those who stand low, and carries a penalty to people who did nothing."
        ),
        computed=(
            "Every rule, register and consequence that rests on the scores of those around, or on "
            "a ground that the yardstick calls `ties`, is named with what hangs on it. So is every "
            "quota by rank within the community, every sensor that puts some of what it sees down "
            "to somebody nearby, and, as a lesser thing, every naming in public, of which those "
            "around hear as well."
        ),
        cannot=(
            "Whether anybody shuns anybody: that takes a run. Ties that stand behind another "
            "ground, such as an income that runs in families. None of this is legal advice."
        ),
        sources=(
            Reference(
                "Reported weights of Sesame Credit",
                'a dimension "relationships" at 5%; third-party pages, unofficial',
                "https://wodefinance.com/Creditcardoverdue/zcxooqrcql.html",
            ),
            Reference(
                "This small team is building a social credit system app for China's youth",
                'South China Morning Post, 2019: a dimension "social connections"',
                "https://scmp.com/tech/apps-social/article/3003158/",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """Grounds, quotas, mistaken records, exposure; then what the yardstick does not know."""
        yield from map(_company, roots(case, lambda ground: _of_others(case, ground)))
        for name, consequence in case.scheme.consequences.items():
            if consequence.best is not None and consequence.best.of == "community":
                yield _quota(case, name)
        for name, sensor in case.scheme.sensors.items():
            if sensor.mistaken > 0:
                yield from _mistaken(case, name)
        for name, consequence in case.scheme.consequences.items():
            if consequence.outcome.kind == "expose":
                yield _exposed(case, name)
        yield from unknown(case, "Whether the company that a citizen keeps counts", "their `kind`")

    def looked(self, case: Written) -> str:
        """How much was looked at."""
        return (
            f"{len(case.scheme.rules)} rules, {len(case.scheme.registers)} registers, "
            f"{len(case.scheme.sensors)} sensors, {len(case.scheme.consequences)} consequences"
        )


def _of_others(case: Written, ground: Ground) -> bool:
    said = known(case, ground)
    ties = said is not None and said.kind == "ties" and ground.name not in OF_COMMUNITY
    return ground.name == OTHERS or ties


def _company(root: Root) -> Finding:
    weight = Weight.SERIOUS if root.routes else Weight.NOTABLE
    field = {"rules": "", "registers": ".enter", "consequences": ".for"}[root.section]
    return Finding(
        says=f"{begin(root.part)} counts {root.said}, which is not of the citizen's own doing."
        f"{root.bears}",
        weight=Weight.GRAVE if root.punishes else weight,
        steps=root.steps,
        remedy=f"take what others are or do out of `{root.section}.{root.name}{field}`",
    )


def _quota(case: Written, name: str) -> Finding:
    best = case.scheme.consequences[name].best
    assert best is not None
    return Finding(
        says=f"{begin(treatment(case, name))} is for the best {percent(best.share)} of each "
        "community, so it hangs on how the neighbours score.",
        weight=Weight.SERIOUS,
        steps=(case.sheet.part("consequences", name),),
        figures=(Figure("share of a community", float(best.share)),),
        remedy=f"give `consequences.{name}` a `for` with a score or a tier in place of `best`",
    )


def _mistaken(case: Written, name: str) -> Iterator[Finding]:
    """A sensor whose records can go to somebody nearby, if anything rests on them."""
    sensor = case.scheme.sensors[name]
    rules = [rule for rule, r in case.scheme.rules.items() if r.seen_by == name]
    registers = [register for register, r in case.scheme.registers.items() if r.seen_by == name]
    ways = [route for route in case.routes if route.ground.sensor == name]
    if not (rules or registers or ways):
        return
    costs = bool(registers) or any(way.register for way in ways)
    costs |= any(
        case.scheme.rules[rule].when is not None and lowers(case.sheet, case.scheme.rules[rule])
        for rule in rules
    )
    imposed = any(way.treatment == "imposed" for way in ways)
    to_whom = "who did nothing" if costs else "who gains by what another did"
    yield Finding(
        says=f"{percent(sensor.mistaken)} of what comes from the {plain(name)} goes down under the "
        f"name of somebody nearby, {to_whom}.{bears(case, (way.consequence for way in ways))}",
        weight=Weight.SERIOUS if costs and imposed else Weight.NOTABLE,
        steps=_way(case, name, ways),
        figures=(
            rate_figure(
                f"records of the {plain(name)} put down to another",
                sensor.mistaken,
                sensor,
                "mistaken",
            ),
        ),
        remedy=f"bring `sensors.{name}.mistaken` to 0: match records by more than what neighbours "
        "share, and ask the citizen before a record counts",
        open=assumed(sensor),
    )


def _way(case: Written, sensor: str, ways: list[Route]) -> tuple[Step, ...]:
    return weightiest(ways).steps if ways else (case.sheet.part("sensors", sensor),)


def _exposed(case: Written, name: str) -> Finding:
    return Finding(
        says=f"{begin(treatment(case, name))} is heard of by those around, and "
        "falls on those who live with the one who is named.",
        weight=Weight.NOTABLE,
        steps=(case.sheet.part("consequences", name),),
        remedy=f"leave `consequences.{name}` out, or tell only the citizen",
        open="whether those who live with them are treated worse for it",
    )
