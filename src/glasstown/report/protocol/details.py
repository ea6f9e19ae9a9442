"""Part III of a description: how it is implemented, where it starts, its submodels and numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from glasstown import __version__
from glasstown.records.digest import canonical
from glasstown.report import words
from glasstown.report.again import rerun
from glasstown.report.protocol.bases import Bases
from glasstown.report.protocol.deciding import OFF
from glasstown.report.protocol.facts import Facts, coded
from glasstown.report.protocol.model import Block, Command, Grid, Items, Text
from glasstown.report.protocol.parameters import parameters
from glasstown.report.protocol.phases import phases
from glasstown.scheme import sections
from glasstown.world import World

_RULES = {
    "want": "log-odds of the rate plus taste; a draw below their logistic is a want",
    "act": "log-odds of the rate plus taste, norm and pull, less fear; a draw below their logistic "
    "is an act; pull is the gain in the value of the score, times belief and detection",
    "sense": "a draw below the chance of detection, or of a false alarm, is a record",
    "score": "points of the rules that fire, up to their caps, kept within the range; then fade",
    "place": "the highest tier whose floor is reached, less the margin; formulas put on registers "
    "and take off; a draw decides an appeal",
    "treat": "formulas over score, standing and registers, or a rank above the cut, decide what a "
    "want meets",
    "learn": "means fade and gain; fear fades and grows toward full by the shock of harm; belief "
    "grows by cases and is forgotten",
    "count": "sums over citizens, by month, measure and group",
}
"""What is computed in each phase, in short."""


def implementation(facts: Facts, command: str) -> Iterator[tuple[Block, ...]]:
    """III.i."""
    digest = world_digest(facts.world)
    again = rerun(facts.world)
    yield (
        Text(
            f"In Python, with Glasstown {__version__}. The world is compiled to a program of "
            "vector instructions, which one machine runs; `glasstown compile --show` lists it. A "
            "second executor, the reference, computes the same month in plain Python from the "
            "files, and shares no code for it with the machine. All is computed in whole "
            "numbers, so that a run is the same bytes on any machine and for any number of threads "
            "or computers."
        ),
        Text(f"SHA-256 of the world, as canonical JSON: `{digest}`."),
        Text("To run it again, and to see that the run is what the world gives:"),
        Command(command or again.command),
        *(
            (Text("`world.json` holds what `World.to_dict` gives of this world."),)
            if again.world and not command
            else ()
        ),
        Text("`glasstown verify` then lives communities of that run again by both executors."),
    )
    yield (
        Text(
            "Glasstown is free software under the Apache licence 2.0. A run's folder holds the "
            "whole world, the program and the versions, and can be published as it is; `glasstown "
            "export --ro-crate` packs it with this description."
        ),
    )


def initialization(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """III.ii."""
    world = facts.world
    starts = [
        "Each community gets its kind, region and other traits of communities, then each citizen "
        "the other traits in declared order, drawn from the nation's shares, conditional tables "
        "and raked joint tables.",
        "Every register is empty, every condition absent, means and fear are 0, nothing is under "
        "appeal, no cap is used. Last month's shares of actions are the usual ones.",
    ]
    for scheme in world.schemes:
        if scheme.score is not None:
            rules = [name for name, rule in scheme.rules.items() if rule.at_start]
            start = "what the rules for the start make of traits, on a logistic scale"
            if scheme.score.link == "additive":
                start = f"{float(scheme.score.start):g}"
                start += ", with the points of the rules for the start" if rules else ""
            named = f" ({coded(rules)})" if rules else ""
            starts.append(f"The score of `{scheme.scheme}` is {start}{named}.")
    if facts.believed:
        starts.append("Belief in secret rules is what the conduct declares.")
    yield (Items(tuple(starts)),)
    yield (
        Text(
            f"It is the same for the same seed ({world.seed} here), and another nation of the same "
            "kind for another. It does not depend on the schemes: every world on this nation and "
            "seed begins with the same citizens."
        ),
    )
    yield (
        Text(
            "On the nation's shares, each with a source or called an assumption (III.iv.b). "
            f"`glasstown nation show` sets what `{world.nation.nation}` asks for beside what is "
            "drawn."
        ),
    )


def inputs(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """III.iii."""
    yield (
        Text(
            f"{OFF}nothing is read while the model runs. All numbers are in the world's files, "
            "from the start."
        ),
    )


def submodels(facts: Facts) -> Iterator[tuple[Block, ...]]:
    """III.iv."""
    world = facts.world
    blocks: list[Block] = [
        Text(
            "The submodels are the phases of the month (I.iii.a). They are defined to the last "
            "unit in Glasstown's page `docs/reference/month.md`; in short:"
        ),
        Items(
            tuple(f"{words.first(name)}: {_RULES[name]}." for name, _ in phases()), numbered=True
        ),
    ]
    for scheme in world.schemes:
        blocks.append(Text(f"What the scheme `{scheme.scheme}` does in them, in plain sentences."))
        for section in sections(scheme):
            blocks.append(Text(f"{section.heading}:"))
            blocks.append(Items(tuple(words.tidy(said) for said in section.sentences.values())))
    yield tuple(blocks)
    yield tuple(_numbers(world))
    yield (
        Text(
            "The month was written down first, and then programmed twice. Tests make up schemes, "
            "nations and conducts and demand that both executors agree in every number; every "
            "scheme and world of the library has its totals beside it. Parameters were taken from "
            "the sources named, or assumed; where one was set to meet a published figure, its "
            "assumption says so. `glasstown sweep` runs the world over the ranges of assumptions. "
            "The model was not validated against any real system."
        ),
    )


def world_digest(world: World) -> str:
    """The SHA-256 of a world as plain data, as the manifest of its runs holds it."""
    return hashlib.sha256(canonical(world.to_dict())).hexdigest()


def _numbers(world: World) -> Iterator[Block]:
    bases = Bases(world)
    yield Grid(
        "Parameters of the world",
        ("parameter", "value", "unit"),
        (
            ("`citizens`", str(world.citizens), "citizens"),
            ("`months`", str(world.months), "months"),
            ("`seed`", str(world.seed), "chosen freely"),
        ),
    )
    yield Grid(
        "Parameters of the files",
        ("parameter", "value", "unit", "rests on", "range to sweep"),
        tuple(
            (f"`{one.path}`", one.value, one.unit, one.basis, one.sweep or "none given")
            for one in parameters(world, bases)
        ),
    )
    yield Text("Sources:" if bases.sources() else "No source is named.")
    yield Items(bases.sources())
    if bases.assumptions():
        yield Grid(
            "Assumptions and notes", ("number", "of what", "what is said"), bases.assumptions()
        )
