"""Part I of a description: what the model is for, what is in it, and what happens when."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.compiler.plan import plan
from glasstown.conduct.model import Conduct
from glasstown.report import words
from glasstown.report.protocol.facts import Facts, coded
from glasstown.report.protocol.model import Block, Grid, Items, Text
from glasstown.report.protocol.phases import phases
from glasstown.report.protocol.states import states

READERS = (
    "computational social scientists",
    "auditors and regulators",
    "journalists and human-rights organisations",
    "teachers",
)
"""For whom Glasstown is made."""


def purpose(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """I.i."""
    world = facts.world
    about: list[Block] = [
        Text(
            "To find out what schemes that score or list people do to those people: what they "
            "reward, whom their errors fall on, what befalls whom. The people are an invented "
            "nation with a declared conduct. The model explores what follows from what is "
            "declared; it is no forecast, and says nothing of any real person."
        )
    ]
    if world.about or world.title:
        about.append(Text(_titled(f"The world `{world.name}`", world.title, world.about)))
    for scheme in world.schemes:
        about.append(Text(_titled(f"The scheme `{scheme.scheme}`", scheme.title, scheme.about)))
    if not world.schemes:
        about.append(Text("No scheme is in force: the world is one to compare others with."))
    yield tuple(about)
    yield (Text(f"For {'; '.join(READERS)}."),)


def entities(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """I.ii."""
    world = facts.world
    schemes = coded([scheme.scheme for scheme in world.schemes])
    yield (
        Items(
            (
                f"Citizens: {world.citizens:,} invented persons, numbered from 0. They are the "
                "only agents.",
                f"Communities: {world.communities:,} of them, of {world.nation.communities.size} "
                "citizens each but for the last, which may have fewer. Citizens meet each other "
                "there and nowhere else.",
                f"The nation `{world.nation.nation}`: all communities together. "
                + _signalled(facts),
                f"Schemes: {schemes}. A scheme stands for an authority: sensors, rules, a score, "
                "tiers, registers, consequences, appeals. It applies fixed rules and decides "
                "nothing."
                if world.schemes
                else "Schemes: none.",
            )
        ),
    )
    yield (
        Text(_of("nation", world.nation.nation, world.nation.title, world.nation.about)),
        Text(_of("conduct", facts.conduct.conduct, facts.conduct.title, facts.conduct.about)),
        Grid(
            "State variables",
            ("of", "variable", "values", "unit", "set"),
            tuple(states(facts)),
        ),
        Text("The parameters are listed in III.iv.b."),
    )
    yield (
        Text(
            "Does not apply: nothing from outside drives the model. Prices, laws, news and the "
            "rules of the schemes stay as they are for all months."
        ),
    )
    regions = coded(list(world.nation.regions))
    yield (
        Text(
            "There is no geometry: no distances and no moving. Who lives in one community is near "
            "to each other, and to nobody else."
            + (
                f" A community lies in one of the regions {regions}, which is a trait of its "
                "citizens and has no other meaning."
                if regions
                else " No regions are declared."
            )
        ),
    )
    yield (
        Text(
            f"Time goes in steps of one month, for {words.spell(world.months)}, numbered from 0. "
            f"The extent is {world.citizens:,} citizens in {world.communities:,} communities. "
            "Citizens neither age, move, are born nor die."
        ),
    )


def process(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """I.iii."""
    conduct = facts.conduct
    named = {
        "want": f"Occasions: {coded(list(conduct.occasions)) or 'none'}.",
        "act": f"Actions: {coded(list(conduct.actions)) or 'none'}. {_conditions(conduct)}",
    }
    steps = tuple(
        f"{words.first(name)}: {said}. {named.get(name, '')}".strip() for name, said in phases()
    )
    blocks: list[Block] = [
        Text("Every month has the same phases, in this order:"),
        Items(steps, numbered=True),
        Text(
            "All citizens of a community go through a phase before any goes on to the next, and "
            "within a phase the order of the citizens changes nothing. Lists go in the order in "
            "which the files declare them, schemes in the order of the world. Decisions read the "
            "state as it stood when the month began."
        ),
    ]
    if facts.world.coupled:
        blocks.append(
            Text(
                "The world is coupled: the whole nation ends a month before anybody begins the "
                "next, and the national signals of a month are taken from the end of the one "
                "before."
            )
        )
    else:
        blocks.append(
            Text(
                "The world is uncoupled: nothing passes between communities, so each may live all "
                "its months by itself, in any order."
            )
        )
    yield tuple(blocks)


def _signalled(facts: Facts) -> str:
    signals = [signal.name for signal in plan(facts.world).signals]
    if not signals:
        return "It sends its citizens no signal."
    return f"It sends its citizens these signals each month: {coded(signals)}."


def _conditions(conduct: Conduct) -> str:
    said = [
        f"`{name}` begins with `{condition.begins}` and ends with `{condition.ends}`"
        for name, condition in conduct.conditions.items()
    ]
    return f"Conditions: {words.listed(said)}." if said else "There are no conditions."


def _titled(what: str, title: str, about: str) -> str:
    said = f"{what}: {words.tidy(title)}." if title else f"{what}."
    return f"{said} {words.tidy(about)}".strip()


def _of(kind: str, name: str, title: str, about: str) -> str:
    return _titled(f"The {kind} `{name}`", title, about)
