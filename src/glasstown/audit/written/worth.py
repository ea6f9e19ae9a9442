"""What rules can give and take, and which of them citizens are told."""

from __future__ import annotations

import math
from fractions import Fraction

from glasstown.audit.written.reach import gains_of
from glasstown.audit.written.sheet import Sheet
from glasstown.scheme.model import Rule, Scheme

YEAR = 12


def lowers(sheet: Sheet, rule: Rule) -> bool:
    """Whether a rule can take points, or hold somebody down to a tier."""
    if rule.straight_to is not None or (rule.log_odds or 0) < 0:
        return True
    score = sheet.scheme.score
    return score is not None and any(low < 0 for low, _ in gains_of(rule, score, sheet.numbers))


def most_a_year(sheet: Sheet, rule: Rule) -> Fraction:
    """The most points that a rule can move a score by in a year, up or down; 0 at the start.

    It fires at most once a month; what has no bound is bounded by the score's range.
    """
    score = sheet.scheme.score
    if score is None or rule.at_start or rule.points is None:
        return Fraction(0)
    gains = gains_of(rule, score, sheet.numbers)
    most = max((max(abs(low), abs(high)) for low, high in gains), default=0) * score.kept_to
    moved = most * Fraction(YEAR, rule.each or 1)
    if rule.at_most is None:
        return moved
    rounds = math.ceil(Fraction(YEAR, rule.at_most.months)) if rule.at_most.months else 1
    return min(moved, abs(rule.at_most.points) * rounds)


def is_told(scheme: Scheme, rule: Rule) -> bool:
    """Whether citizens are told of a rule."""
    return scheme.discloses.rules if rule.disclosed is None else rule.disclosed
