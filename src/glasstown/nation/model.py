"""An invented nation, written as data: how many, who, and where they live."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from glasstown.expr.field import Formula
from glasstown.files import Cited, FileName, Model, Name, Number, Percent, Source

Size = Annotated[int, Field(ge=1, le=2**40)]


class Range(Model):
    """Whole numbers from `low` to `high`, each as likely."""

    low: int
    high: int


class Normal(Model):
    """A normal distribution, rounded to whole numbers and cut to `low` to `high`.

    All four are in units of `1 / scale` of the trait.
    """

    mean: Number
    sd: Number
    low: int
    high: int


class Row(Model):
    """One row of a conditional table: the shares for one combination of `given` values.

    Rows name the same `values`; of `numbers`, what a row leaves out has no share in it.
    """

    share: Percent | None = None
    values: dict[Name, Percent] | None = None
    numbers: dict[int, Percent] | None = None


class Trait(Cited):
    """Something about a citizen that does not change.

    Exactly one of `share` (yes or no), `values` (a choice), `numbers` (whole numbers with
    their shares), `range`, `normal`, or `given` with `table`. The rows of a table are named by
    the values of the traits given, in that order: `yes`, or `college, rural`; `else` is the row
    for every combination that has none. Whole numbers are in units of `1 / scale`.
    """

    share: Percent | None = None
    values: dict[Name, Percent] | None = None
    ordered: bool = False
    numbers: dict[int, Percent] | None = None
    range: Range | None = None
    normal: Normal | None = None
    given: tuple[Name, ...] = ()
    table: dict[str, Row] | None = None
    of: Literal["citizen", "community"] = "citizen"
    scale: Annotated[int, Field(ge=1, le=1000)] = 1
    unit: str = ""


class Place(Cited):
    """A kind of community, or a region: its share of the communities."""

    share: Percent


class Communities(Cited):
    """How citizens live together."""

    size: Annotated[int, Field(ge=1, le=1024)]
    kinds: dict[Name, Place] = {}


class Interaction(Cited):
    """How many times likelier than independence a combination of traits is, before raking."""

    cells: Formula = Field(alias="if")
    odds: Number


class Margin(Cited):
    """Joint shares of some of a joint's traits, which raking must meet.

    A share is of all citizens, and named by values of `traits` in their order: `yes, female`.
    Combinations that are left out share the rest among them.
    """

    traits: tuple[Name, ...]
    shares: dict[str, Percent]


class Joint(Cited):
    """Traits drawn together from a table raked to their marginals."""

    traits: tuple[Name, ...]
    interactions: tuple[Interaction, ...] = ()
    margins: tuple[Margin, ...] = ()


class Nation(Model):
    """A nation: size, communities, regions, traits, each with its source."""

    nation: FileName
    title: str = ""
    about: str = ""
    sources: dict[Name, Source] = {}
    citizens: Size
    communities: Communities
    regions: dict[Name, Place] = {}
    traits: dict[Name, Trait] = {}
    joints: dict[Name, Joint] = {}


YES_NO = ("no", "yes")
"""The labels of a yes-or-no trait, in the order of its whole numbers 0 and 1."""
