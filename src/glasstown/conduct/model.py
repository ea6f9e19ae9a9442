"""What citizens do and why, written as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from glasstown.expr.field import Formula, formula
from glasstown.files import (
    Cited,
    FileName,
    HalfLife,
    Model,
    Name,
    Number,
    Percent,
    Rate,
    Source,
)


class Action(Cited):
    """Something a citizen may do each month.

    `rate` is the monthly chance for a citizen whose every taste is nought; `taste` maps a
    formula to log-odds per unit of it; `pull`, `norm` and `fear` weigh the conduct's own.
    """

    who: Formula = formula(True)
    rate: Rate
    taste: dict[str, Number] = {}
    pull: Number = Fraction(1)
    norm: Number = Fraction(0)
    usual: Percent | None = None
    fear: Number = Fraction(0)
    voices: Formula | None = None


class Occasion(Cited):
    """Something a citizen may want in a month, and what it is worth to be served."""

    who: Formula = formula(True)
    rate: Rate
    taste: dict[str, Number] = {}
    worth: Number = Fraction(1)


class Condition(Cited):
    """A lasting state: it begins with one action and ends with another."""

    begins: Name
    ends: Name


class Pull(Cited):
    """How the worth of a better score moves citizens.

    `weight` is log-odds per unit of worth; a score is valued over `months` ahead, each month
    kept at `keeps` of the one before, with a monthly spread of `spread` points.
    """

    weight: Number = Fraction(0)
    months: Annotated[int, Field(ge=1, le=120)] = 1
    keeps: Percent = Fraction(1)
    spread: Number = Fraction(0)


class Belief(Cited):
    """How citizens learn what an undisclosed rule pays, from cases in their community."""

    at_first: Percent = Fraction(0)
    learns: Percent = Fraction(0)
    forgets: Percent = Fraction(0)


class Norm(Cited):
    """How what others do moves citizens: log-odds for a full share of the others."""

    weight: Number = Fraction(0)
    of: Literal["community", "nation"] = "community"


class Fear(Cited):
    """How harm frightens: one's own, and the share of one's community seen harmed."""

    own: Percent = Fraction(0)
    seen: Percent = Fraction(0)
    fades: Percent = Fraction(0)
    unexplained: Annotated[Number, Field(ge=1, le=16)] = Fraction(1)


class Means(Cited):
    """How fast gains and losses pass, and how far they can pile up."""

    half_life: HalfLife = 12
    limit: Annotated[Number, Field(ge=0, le=1000)] = Fraction(100)


class Conduct(Model):
    """A conduct: actions, occasions, conditions, and what moves citizens.

    `extends` names conducts of the library, or files from the folder of this one, that it starts
    from; what is said here goes before, and what a later one of them says before an earlier.
    """

    conduct: FileName
    title: str = ""
    about: str = ""
    extends: str | tuple[str, ...] = ()
    sources: dict[Name, Source] = {}
    actions: dict[Name, Action] = {}
    occasions: dict[Name, Occasion] = {}
    conditions: dict[Name, Condition] = {}
    pull: Pull = Pull()
    belief: Belief = Belief()
    norm: Norm = Norm()
    fear: Fear = Fear()
    means: Means = Means()
