"""What befalls citizens, in words, and how severe it is by the yardstick."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import final

from glasstown.audit.finding import Finding, Verdict, Weight
from glasstown.audit.written.routes import GRANTS
from glasstown.audit.written.written import Written
from glasstown.files import Cited
from glasstown.scheme.words import percent, plain


@final
@dataclass(frozen=True)
class Ranged:
    """A declared number, and the ends of the range over which it is swept."""

    value: Fraction
    low: Fraction
    high: Fraction

    def __mul__(self, other: Ranged) -> Ranged:
        """The product; both are taken not to be below nought."""
        return Ranged(self.value * other.value, self.low * other.low, self.high * other.high)


def ranged(cited: Cited, name: str) -> Ranged:
    """A number of the yardstick with its range; the number alone where none is declared."""
    value = Fraction(getattr(cited, name))
    low, high = cited.sweep.get(name, (value, value))
    return Ranged(value, low, high)


def treatment(case: Written, consequence: str) -> str:
    """A consequence as a few words: `being refused when buying a plane ticket`."""
    said = case.scheme.consequences[consequence]
    outcome = said.outcome
    when = f" when {case.sheet.doing(said.occasion)}" if said.occasion else ""
    match outcome.kind:
        case "refuse":
            return f"being refused{when}"
        case "require":
            what = plain(outcome.what or "something")
            return f"having to bring {'an' if what[0] in 'aeiou' else 'a'} {what}{when}"
        case "discount":
            return f"a discount of {percent(outcome.percent or Fraction(0))}{when}"
        case "advance":
            return f"being put ahead{when}"
        case "expose":
            return f"being named in public{when}"


def missed(case: Written, consequence: str) -> str:
    """A gain that somebody does not get, as a few words: `not being put ahead when borrowing`."""
    kind = case.scheme.consequences[consequence].outcome.kind
    return f"not {'getting ' if kind == 'discount' else ''}{treatment(case, consequence)}"


def severity(case: Written, consequence: str) -> Ranged | None:
    """How severe a consequence is; None where the yardstick does not know its occasion."""
    said = case.scheme.consequences[consequence]
    outcomes = case.yardstick.outcomes
    if said.outcome.kind == "expose":
        return ranged(outcomes, "exposed")
    occasion = case.yardstick.occasions.get(said.occasion or "")
    if occasion is None:
        return None
    whole = ranged(occasion, "severity")
    if said.outcome.kind == "refuse":
        return whole
    return whole * ranged(outcomes, "require" if said.outcome.kind == "require" else "withheld")


def withheld(case: Written, consequence: str) -> bool:
    """Whether a consequence is a gain, so that its treatment is not to get it."""
    return case.scheme.consequences[consequence].outcome.kind in GRANTS


def weight_of(case: Written, consequence: str, firm: bool) -> Weight:
    """How much a treatment weighs: less if withheld, less if not rationed, less if not firm.

    firm: that a finding stands over the whole range of what it depends on.
    """
    said = case.scheme.consequences[consequence]
    rationed = said.outcome.kind == "advance" or said.best is not None
    lighter = 0 if not withheld(case, consequence) else 1 if rationed else 2
    weights = list(Weight)
    return weights[min(lighter + (not firm), len(weights) - 1)]


def unknown_occasion(case: Written, consequence: str) -> Finding:
    """That a consequence cannot be judged, since the yardstick does not know its occasion."""
    occasion = case.scheme.consequences[consequence].occasion
    return Finding(
        says=f"How severe {treatment(case, consequence)} is cannot be told: the yardstick "
        f"{case.yardstick.yardstick} does not know the occasion {plain(occasion or '')}.",
        verdict=Verdict.CANNOT_TELL,
        steps=(case.sheet.part("consequences", consequence),),
        remedy=f"add `occasions.{occasion}` to the yardstick, with a severity from 0 to 10",
    )


WITHHELD = (
    "That a gain withheld is a detriment is our reading: the Act does not say so, and the "
    "Commission's guidelines leave some privileges for a few outside it."
)
"""Said where a treatment is withheld and not imposed."""
