"""Whether the parts of a world fit each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from glasstown.conduct import formula_problems as conduct_formula_problems
from glasstown.errors import Problem, nearest, shown
from glasstown.expr import Choice, Quantity, Type, YesNo
from glasstown.files import Document, path_text
from glasstown.nation import TraitTable
from glasstown.scheme import formula_problems
from glasstown.scheme.model import RateByGroup, Scheme
from glasstown.world.cells import columns
from glasstown.world.world import World

MOST_SCHEMES = 8
MOST_CELLS = 256


def problems(world: World, documents: Mapping[str, Document]) -> list[Problem]:
    """Everything that does not fit between the schemes, the nation and the conduct of a world.

    documents: the files it was read from, as in `bind.checked`; parts without one are named.
    """
    found = list(_of_world(world, documents.get("world") or _named(f"world {world.name}")))
    tables = world.trait_tables
    traits = types_of(tables)
    conduct = world.conduct
    at = documents.get("conduct") or _named(f"conduct {conduct.conduct}")
    found += conduct_formula_problems(conduct, at, traits=traits)
    for scheme in world.schemes:
        at = documents.get(scheme.scheme) or _named(f"scheme {scheme.scheme}")
        found += formula_problems(
            scheme,
            at,
            traits=traits,
            conditions=conduct.conditions,
            actions=conduct.actions,
        )
        found += _of_scheme(world, scheme, tables, at)
    return found


def types_of(tables: Iterable[TraitTable]) -> dict[str, Type]:
    """What formulas take each trait for."""
    kinds: dict[str, Type] = {}
    for table in tables:
        if table.kind == "yesno":
            kinds[table.name] = YesNo()
        elif table.kind == "choice":
            kinds[table.name] = Choice(table.labels, table.ordered)
        else:
            kinds[table.name] = Quantity()
    return kinds


def _named(part: str) -> Document:
    return Document(part, {}, {}, {})


def _of_world(world: World, at: Document) -> Iterator[Problem]:
    names = [scheme.scheme for scheme in world.schemes]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield at.problem(
                "schemes",
                index,
                what=f"the scheme {shown(name)} is named twice",
                why="each scheme has one score for each citizen",
                remedy="remove one, or give a copy another name",
            )
    if len(names) > MOST_SCHEMES:
        yield at.problem("schemes", what=f"a world takes at most {MOST_SCHEMES} schemes")
    known = columns(world.schemes, world.trait_tables)
    sizes = 1
    for index, grouping in enumerate(world.by):
        product = 1
        for part in (part.strip() for part in grouping.split("*")):
            if part not in known:
                yield at.problem(
                    "count",
                    "by",
                    index,
                    what=f"cannot count by {shown(part)}",
                    why="groups are yes-or-no traits, choices, or `SCHEME.tier`",
                    remedy=f"name one of {', '.join(sorted(known))}",
                    nearest=nearest(part, known),
                )
                return
            product *= len(known[part])
        sizes += product
    if sizes > MOST_CELLS:
        yield at.problem(
            "count",
            "by",
            what=f"the groups make {sizes:,} cells, and at most {MOST_CELLS} are counted",
            remedy="cross fewer groups with `*`",
        )


def _of_scheme(
    world: World, scheme: Scheme, tables: Iterable[TraitTable], at: Document
) -> Iterator[Problem]:
    conduct = world.conduct
    for name, rule in scheme.rules.items():
        for field, action in (("when", rule.when), ("missed", rule.missed)):
            if action is not None and action not in conduct.actions:
                yield _missing(
                    at, ("rules", name, field), "action", action, conduct.actions, conduct.conduct
                )
    for name, consequence in scheme.consequences.items():
        occasion = consequence.occasion
        if occasion is not None and occasion not in conduct.occasions:
            path = ("consequences", name, "occasion")
            yield _missing(at, path, "occasion", occasion, conduct.occasions, conduct.conduct)
    labels = {table.name: table.labels for table in tables if table.kind != "number"}
    for name, sensor in scheme.sensors.items():
        for field, rate in (("detects", sensor.detects), ("false_alarm", sensor.false_alarm)):
            if isinstance(rate, RateByGroup):
                yield from _group(at, ("sensors", name, field), rate, labels, world.nation.nation)


def _group(
    at: Document,
    path: tuple[str, ...],
    rate: RateByGroup,
    labels: Mapping[str, tuple[str, ...]],
    nation: str,
) -> Iterator[Problem]:
    if rate.by not in labels:
        yield _missing(at, (*path, "by"), "yes-or-no trait or choice", rate.by, labels, nation)
        return
    for value in rate.rates:
        if value not in labels[rate.by]:
            yield at.problem(
                *path,
                "rates",
                value,
                what=f"`{path_text(path)}`: {shown(rate.by)} is never {shown(value)}",
                why=f"it is one of {', '.join(labels[rate.by])}",
                nearest=nearest(value, labels[rate.by]),
            )


def _missing(
    at: Document,
    path: tuple[str, ...],
    kind: str,
    name: str,
    known: Iterable[str],
    where: str,
) -> Problem:
    known = tuple(known)
    return at.problem(
        *path,
        what=f"`{path_text(path)}`: {shown(where)} has no {kind} {shown(name)}",
        why=f"it has {', '.join(known)}" if known else f"it has no {kind}",
        nearest=nearest(name, known),
        at_value=True,
    )
