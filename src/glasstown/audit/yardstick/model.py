"""What an audit measures by, written as data: a declared judgement, never a hidden constant."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from glasstown.files import Cited, FileName, Model, Name, Number, Percent, Source

Grade = Annotated[Number, Field(ge=0, le=10)]
"""From 0, nothing, to 10, the gravest."""

Kind = Literal[
    "misconduct", "economic", "civic", "pro-social", "political", "private", "personal", "ties"
]
"""What a ground is: a wrong against others, a matter of money, a duty to a public body, a good
deed, a political act or allegiance, private life, a trait of the person, or the company kept."""


class Context(Cited):
    """A social context, and the others that it is held to be related to."""

    related: tuple[str, ...] = ()


class Ground(Cited):
    """What a rule or a register may rest on: an action, a condition, or a trait.

    gravity: how grave a wrong it is; kind: what sort of thing it is; inherited: that a citizen is
    born with it or has it from others; punished_by: the law that punishes it already; range:
    the least and the most that it can be, where it is a number; changes: that a citizen can do
    something about it, as about a debt.
    """

    gravity: Grade = Fraction(0)
    kind: Kind
    inherited: bool = False
    punished_by: str = ""
    range: tuple[Number, Number] | None = None
    changes: bool = False


class Occasion(Cited):
    """What it is to be refused something.

    severity: from 0 to 10; context: where a scheme does not say it; essential: whether life
    depends on it, such as work, a home, schooling or travel; annex: whether it is credit, or
    insurance of life or health, as in Annex III, points 5(b) and (c), of the EU AI Act; rationed:
    whether there is only so much of it, so that what one citizen gets another does not.
    """

    severity: Grade
    context: str = ""
    essential: bool = False
    annex: Literal["credit", "insurance"] | None = None
    rationed: bool = False


class Outcomes(Cited):
    """What share of a refusal's severity other outcomes have; `exposed` is a severity itself.

    withheld: of an advance or a discount that somebody does not get.
    """

    require: Percent = Fraction(1, 2)
    withheld: Percent = Fraction(1, 4)
    exposed: Grade = Fraction(4)


class Proportion(Cited):
    """How severe a treatment may be for each unit of the gravity of its ground."""

    at_most: Annotated[Number, Field(gt=0)] = Fraction(1)


class Significance(Cited):
    """How severe a treatment must be to affect somebody significantly, if life is not at stake."""

    at_least: Grade = Fraction(4)


class Yardstick(Model):
    """What an audit as written measures by: contexts, grounds, occasions, and proportion.

    Contexts that are related are so both ways. What a scheme names and the yardstick does not
    know, the audit cannot tell, and says so.
    """

    yardstick: FileName
    title: str = ""
    about: str = ""
    sources: dict[Name, Source] = {}
    contexts: dict[str, Context] = {}
    grounds: dict[Name, Ground] = {}
    occasions: dict[Name, Occasion] = {}
    outcomes: Outcomes = Outcomes()
    proportion: Proportion = Proportion()
    significance: Significance = Significance()
