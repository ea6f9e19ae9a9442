"""The state variables of a world: whose they are, their values, and the phase that sets them."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.compiler.plan import plan
from glasstown.nation import TraitTable
from glasstown.report.protocol.facts import Facts
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import number
from glasstown.world import World

Row = tuple[str, str, str, str, str]

_YES = "yes or no"
_BIRTH = "at birth, for good"
_MONTHS = "0 to 1200"


def states(facts: Facts) -> Iterator[Row]:
    """A row for each variable: of whom, what, its values, its unit, when it is set."""
    world, conduct = facts.world, facts.conduct
    for table in world.trait_tables:
        yield _trait(world, table)
    for name in conduct.conditions:
        yield "citizen", f"months in `{name}`", _MONTHS, "months", "act"
    limit = number(conduct.means.limit)
    yield "citizen", "means", f"-{limit} to {limit}", "units of worth", "learn"
    yield "citizen", "fear", "0 to 1", "share of full fear", "learn"
    yield "citizen", "on any register", _YES, "", "place"
    yield "citizen", "refused, or a requirement not met", _YES, "", "treat"
    yield "citizen", "exposed", _YES, "", "treat"
    for scheme in world.schemes:
        for variable, values, unit, phase in _of_scheme(scheme):
            yield "citizen", f"{variable} (`{scheme.scheme}`)", values, unit, phase
    for name in facts.normed:
        if conduct.norm.of == "community":
            yield "community", f"share that did `{name}` last month", "0 to 1", "share", "learn"
    for scheme in world.schemes:
        if scheme.score is not None:
            low, high = (number(end) for end in scheme.score.range)
            yield "community", f"mean score (`{scheme.scheme}`)", _to(low, high), "points", "learn"
        for name, consequence in scheme.consequences.items():
            if consequence.best is not None and consequence.best.of == "community":
                cut = f"rank cut of `{scheme.scheme}.{name}`"
                yield "community", cut, "below or in the score's range", "points", "place"
    for rule in facts.believed:
        yield "community", f"belief in the rule `{rule}`", "0 to 1", "share", "learn"
    for signal in plan(world).signals:
        yield "nation", f"signal `{signal.name}`", "", "", "at the month's end"


def _trait(world: World, table: TraitTable) -> Row:
    declared = world.nation.traits.get(table.name)
    unit = declared.unit if declared is not None else ""
    values = "one of " + ", ".join(table.labels)
    if table.kind == "yesno":
        values = _YES
    elif table.kind == "number":
        low, high = min(table.numbers), max(table.numbers)
        values = _to(f"{low / table.scale:g}", f"{high / table.scale:g}")
    elif table.ordered:
        values += " (in this order)"
    return table.of, f"`{table.name}`", values, unit, _BIRTH


def _of_scheme(scheme: Scheme) -> Iterator[tuple[str, str, str, str]]:
    if scheme.score is not None:
        low, high = (number(end) for end in scheme.score.range)
        kept = f"points, in steps of {number(scheme.score.kept_to)}"
        yield "score", _to(low, high), kept, "score, place"
        if scheme.tiers:
            yield "standing", "one of " + ", ".join(scheme.tiers), "", "place"
            if scheme.tier_margin:
                yield "tier before overrides", "one of " + ", ".join(scheme.tiers), "", "place"
    for name, sensor in scheme.sensors.items():
        if sensor.covers != 1:
            yield f"covered by `{name}`", _YES, "", _BIRTH
        if sensor.delay:
            yield f"records of `{name}` under way", _YES, "", "sense"
    for name, rule in scheme.rules.items():
        if rule.at_most is not None and not rule.at_start:
            most = number(rule.at_most.points)
            yield f"cap of `{name}` used", _to("0", most), "points", "score"
        if rule.missed is not None:
            yield f"recorded in the period of `{name}`", _YES, "", "score"
        if rule.straight_to is not None:
            months = str(rule.lasts or "0")
            yield f"held by `{name}`", _to("0", months), "months", "score, place"
    for name in scheme.registers:
        yield f"months on `{name}`", _MONTHS, "months", "place"
        yield f"least term on `{name}`", _MONTHS, "months", "place"
        yield f"wrongly on `{name}`", _YES, "", "place"
    if scheme.appeals is not None:
        after = str(scheme.appeals.heard_after)
        yield "months until an appeal is heard", _to("0", after), "months", "place"
        yield "what is appealed, and whether it was wrong", "", "", "place"


def _to(low: str, high: str) -> str:
    return f"{low} to {high}"
