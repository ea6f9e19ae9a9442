"""Who reads a dossier: an auditor, who may know all, or the citizen, who knows what is told."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import final

from glasstown.expr import Yes
from glasstown.scheme.model import Consequence, Rule, Scheme
from glasstown.scheme.words import Words, number, plain
from glasstown.world.world import World

NO_REASON = "no reason given"


@final
@dataclass(frozen=True)
class Reader:
    """What may be told, and in what words."""

    world: World
    as_citizen: bool

    def scheme(self, name: str) -> Scheme:
        """A scheme of the world."""
        return self._schemes[name]

    @cached_property
    def _schemes(self) -> dict[str, Scheme]:
        return {scheme.scheme: scheme for scheme in self.world.schemes}

    @cached_property
    def words(self) -> Words:
        """The words for actions, occasions and formulas, of all the schemes together."""
        given: dict[str, str] = {}
        for scheme in reversed(self.world.schemes):
            given |= scheme.words
        return Words(given)

    def sees_score(self, scheme: str) -> bool:
        """Whether the score is told."""
        return not self.as_citizen or self.scheme(scheme).discloses.score

    def sees_tier(self, scheme: str) -> bool:
        """Whether the tier is told."""
        return not self.as_citizen or self.scheme(scheme).discloses.tier

    def sees_rules(self, scheme: str) -> bool:
        """Whether the rules are told, those aside that say otherwise for themselves."""
        return not self.as_citizen or self.scheme(scheme).discloses.rules

    def sees_rule(self, scheme: str, rule: str) -> bool:
        """Whether a rule is told."""
        told = self.scheme(scheme).rules[rule].disclosed
        return not self.as_citizen or (self.sees_rules(scheme) if told is None else told)

    def sees_register(self, scheme: str, register: str) -> bool:
        """Whether being on a register is told."""
        model = self.scheme(scheme)
        told = model.registers[register].disclosed
        return not self.as_citizen or (model.discloses.registers if told is None else told)

    def sees_reasons(self, scheme: str) -> bool:
        """Whether the reasons for what befalls a citizen are told."""
        return not self.as_citizen or self.scheme(scheme).discloses.reasons

    def scale(self, scheme: str) -> int:
        """How many steps of a score make a point."""
        return self._scales[scheme]

    @cached_property
    def _scales(self) -> dict[str, int]:
        scores = {name: scheme.score for name, scheme in self._schemes.items()}
        return {n: 1 if score is None else int(1 / score.kept_to) for n, score in scores.items()}

    def points(self, scheme: str, steps: int) -> str:
        """A number of points: `40`, `2.5`."""
        return number(Fraction(steps, self.scale(scheme)))

    def signed(self, scheme: str, steps: int) -> str:
        """Points with their sign: `+12`, `-2.5`."""
        return f"{'+' if steps >= 0 else ''}{self.points(scheme, steps)}"

    def why(self, scheme: str, consequence: str) -> str:
        """Why a consequence befell a citizen, as a clause."""
        return self._reasons[scheme, consequence]

    @cached_property
    def _reasons(self) -> dict[tuple[str, str], str]:
        return {
            (scheme.scheme, name): self._reason(consequence)
            for scheme in self.world.schemes
            for name, consequence in scheme.consequences.items()
        }

    def _reason(self, model: Consequence) -> str:
        reasons = []
        if model.best is not None:
            whole = "nation" if model.best.of == "nation" else "community"
            reasons.append(f"the score is among the best of the {whole}")
        if model.applies_to.expr != Yes(True):
            reasons.append(self.words.holds(model.applies_to.expr))
        return " and ".join(reasons) or "it is for everybody"


def is_routine(rule: Rule) -> bool:
    """Whether a rule fires month by month whatever the citizen does."""
    return rule.each == 1 and rule.missed is None and rule.straight_to is None


def citizen_text(citizen: int) -> str:
    """How a citizen is referred to: `citizen 123,456`."""
    return f"citizen {citizen:,}"


def chance_text(chance: int) -> str:
    """A chance in 2**-30 as a percentage: `7%`, `0.3%`."""
    share = 100 * chance / 2**30
    return f"{share:.0f}%" if share >= 1 else f"{share:.1f}%" if share >= 0.1 else "under 0.1%"


def share_text(share: int) -> str:
    """A share of 4096 as a percentage."""
    return f"{100 * share / 4096:.0f}%"


def means_text(means: int) -> str:
    """Means, in units of worth: `-3.5`."""
    return f"{means / 16:.1f}"


def times_text(count: int) -> str:
    """How often: `once`, `twice`, `5 times`."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def label(name: str) -> str:
    """A name with spaces."""
    return plain(name)
