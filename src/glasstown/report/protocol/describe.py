"""A world described by ODD+D: every element filled, and none beside the protocol's."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from glasstown import __version__
from glasstown.report import words
from glasstown.report.protocol import deciding, details, living, overview
from glasstown.report.protocol.facts import Facts
from glasstown.report.protocol.model import Answer, Block, Element, Items, Part, Protocol, Text
from glasstown.report.protocol.outline import OUTLINE, REFERENCES
from glasstown.world import World

Filled = Iterable[tuple[Block, ...]]

_LETTERS = "abcdefgh"


def describe(world: World, command: str = "") -> Protocol:
    """The ODD+D protocol of a world. command: what runs it, if it is not the library's."""
    facts = Facts(world)
    fill: dict[str, Callable[[Facts], Filled]] = {
        "I.i": overview.purpose,
        "I.ii": overview.entities,
        "I.iii": overview.process,
        "II.i": deciding.background,
        "II.ii": deciding.deciding,
        "II.iii": deciding.learning,
        "II.iv": living.sensing,
        "II.v": living.predicting,
        "II.vi": living.interaction,
        "II.vii": living.collectives,
        "II.viii": living.heterogeneity,
        "II.ix": living.stochasticity,
        "II.x": living.observation,
        "III.i": lambda facts: details.implementation(facts, command),
        "III.ii": details.initialization,
        "III.iii": details.inputs,
        "III.iv": details.submodels,
    }

    def element(number: str, title: str, questions: tuple[str, ...]) -> Element:
        lettered = zip(_LETTERS[: len(questions)], questions, fill[number](facts), strict=True)
        return Element(
            number,
            title,
            tuple(Answer(f"{number}.{letter}", q, blocks) for letter, q, blocks in lettered),
        )

    return Protocol(
        f"ODD+D protocol: {words.tidy(world.title or world.name)}",
        (
            Text(
                f"A description of the world `{world.name}` by the ODD+D protocol, made by "
                f"Glasstown {__version__} from the world's files. The citizens are invented."
            ),
            Items(REFERENCES),
        ),
        tuple(
            Part(number, title, tuple(element(*one) for one in elements))
            for number, title, elements in OUTLINE
        ),
    )
