"""What an authority does, written as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from glasstown.expr import Yes
from glasstown.expr.field import Expression, Formula, formula
from glasstown.files import (
    Best,
    Cap,
    Cited,
    FileName,
    HalfLife,
    Model,
    Months,
    Name,
    Number,
    Outcome,
    Percent,
    Period,
    Source,
)
from glasstown.scheme.award import Award


class Fade(Cited):
    """How a score returns toward a resting value."""

    toward: Number
    half_life: HalfLife | None = None
    rate: Percent | None = None


class Score(Cited):
    """The score that every citizen has. What it cites holds for the tiers' floors too."""

    range: tuple[Number, Number]
    start: Number
    kept_to: Number = Fraction(1, 10)
    fades: Fade | None = None
    link: Literal["additive", "logistic"] = "additive"


class RateByGroup(Model):
    """An error rate that differs by the values of one trait."""

    by: Name
    rates: dict[str, Percent]
    otherwise: Percent = Field(alias="else")


SensorRate = Percent | RateByGroup


class Sensor(Cited):
    """A fallible source of records."""

    context: str = ""
    watches: Formula = formula(True)
    covers: Percent = Fraction(1)
    covers_by: Literal["citizen", "community"] = "citizen"
    detects: SensorRate = Fraction(1)
    false_alarm: SensorRate = Fraction(0)
    delay: Months = 0
    mistaken: Percent = Fraction(0)


class Rule(Cited):
    """What earns or costs points. Exactly one of `when`, `missed`, `each` alone, `at_start`."""

    when: Name | None = None
    missed: Name | None = None
    each: Period | None = None
    at_start: bool = False
    seen_by: Name | None = None
    only_if: Formula = Field(default=formula(True), alias="if")
    points: Award | None = None
    log_odds: Number | None = None
    at_most: Cap | None = None
    straight_to: Name | None = None
    lasts: Months | None = None
    disclosed: bool | None = None
    context: str = ""


class Extension(Cited):
    """What lengthens a stay on a register."""

    only_if: Formula = Field(alias="if")
    by: Months
    at_most: Months | None = None


class Register(Cited):
    """A list that citizens enter and leave."""

    enter: Formula
    seen_by: Name | None = None
    leave: Formula = formula(False)
    at_least: Months = 0
    at_most: Months | None = None
    extend: Extension | None = None
    disclosed: bool | None = None


NOT_SAID = Expression("", Yes(True))
"""What `for` is where it is not said: it holds, and is not the `yes` that a file may say."""


class Consequence(Cited):
    """What a tier, a score, a rank or a register opens or closes."""

    occasion: Name | None = None
    applies_to: Formula = Field(default=NOT_SAID, alias="for")
    best: Best | None = None
    outcome: Outcome
    needs_means: Number = Fraction(0)
    context: str = ""


class Upheld(Cited):
    """The chances that an appeal is upheld."""

    wrong: Percent
    right: Percent


class Appeals(Cited):
    """How a citizen may contest a deduction or an entry on a register."""

    filed: Percent
    heard_after: Months = 1
    upheld: Upheld


class Disclosure(Cited):
    """What citizens are told. Each rule may say otherwise for itself."""

    score: bool = True
    tier: bool = True
    rules: bool = False
    reasons: bool = False
    registers: bool = True


class Assessment(Cited):
    """What an assessment of the impact on rights says, in the six contents of the EU AI Act.

    Article 27(1)(a) to (f): the process in which the scheme is used; for how long and how often;
    which persons it is put over; the risks of harm to them; the oversight by people; and what is
    done when a risk comes true, with the way to complain.
    """

    process: str = ""
    period: str = ""
    persons: str = ""
    risks: str = ""
    oversight: str = ""
    measures: str = ""


class Oversight(Cited):
    """Who answers for a scheme, on what ground, and what those it is put over may ask for.

    legal_basis: what a decision made by machine alone may rest on by Article 22(2) of the GDPR;
    law: which; purpose: the one specific purpose of a lawful evaluation, if there is one;
    decides: who has the last word on what befalls a citizen; safeguards: a person who steps in,
    the citizen's own view heard, and the decision contested.
    """

    authority: Literal["public", "private"] | None = None
    purpose: str = ""
    legal_basis: Literal["law", "contract", "consent"] | None = None
    law: str = ""
    decides: Literal["machine", "person"] | None = None
    safeguards: tuple[Literal["person", "view", "contest"], ...] = ()
    assessment: Assessment | None = None


class Scheme(Model):
    """A scoring scheme: sensors, rules, tiers, registers and consequences.

    `words` says how names are put in sentences, where `glasstown explain` would not find it by
    itself: `publish_paper: publishing a paper`, `student: the citizen is a student`.
    """

    scheme: FileName
    title: str = ""
    about: str = ""
    sources: dict[Name, Source] = {}
    score: Score | None = None
    sensors: dict[Name, Sensor] = {}
    rules: dict[Name, Rule] = {}
    tiers: dict[Name, Number] = {}
    tier_margin: Number = Fraction(0)
    registers: dict[Name, Register] = {}
    consequences: dict[Name, Consequence] = {}
    appeals: Appeals | None = None
    discloses: Disclosure = Disclosure()
    oversight: Oversight = Oversight()
    words: dict[Name, str] = {}
