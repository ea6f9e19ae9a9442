"""Which scores and tiers a scheme's rules can lead to, exactly: every reachable one.

Scores are whole steps, so the set of those that somebody can have after a month is found by adding
to each what each rule may give, fading and clamping, as the month does. Each rule may fire or not,
whatever else happens: that takes in lives that nobody may live, and leaves none out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.written.may import Interval, Known, bounds
from glasstown.expr.field import Expression
from glasstown.luck import monthly_fade
from glasstown.scheme.model import Rule, Scheme, Score

LONGEST = 1200
"""Months after which no more is asked for."""

NOTHING: Mapping[str, Interval] = MappingProxyType({})

Gain = tuple[int, int]
"""The least and the most steps of something; all between are possible."""

Gains = tuple[Gain, ...]
"""What may be given at once: something within one of these, or nothing."""


@final
@dataclass(frozen=True)
class Reach:
    """The scores of a scheme in steps above the lowest: which can be reached, and when first.

    first: int32, one for each step: the month after which somebody can first have it (0 at the
    start), -1 where nobody ever can.
    """

    scheme: Scheme
    first: NDArray[np.int32]

    @cached_property
    def scores(self) -> NDArray[np.bool_]:
        """Which steps can be reached."""
        return self.first >= 0

    def tier(self, name: str) -> int | None:
        """The month after which a tier can first be reached; None if it never can."""
        number = list(self.scheme.tiers).index(name)
        months = self.first[(tier_numbers(self.scheme) == number) & self.scores]
        return int(months.min()) if months.size else None


def reach(scheme: Scheme, numbers: Mapping[str, Interval] = NOTHING) -> Reach | None:
    """What can be reached under a scheme; None where it has no score.

    numbers: within which the quantities lie that its formulas name; others may be anything.
    """
    score = scheme.score
    if score is None:
        return None
    steps = steps_of(score)
    now = _at_start(scheme, score, steps, numbers)
    first = np.where(now, 0, -1).astype(np.int32)
    gains = tuple(monthly_gains(scheme, numbers))
    faded = fade_of(score)
    for month in range(1, LONGEST + 1):
        now = now | _after(now, gains, faded)
        new = now & (first < 0)
        if not new.any():
            break
        first[new] = month
    return Reach(scheme, first)


def steps_of(score: Score) -> int:
    """How many scores there are."""
    low, high = score.range
    return int((high - low) / score.kept_to) + 1


def in_steps(score: Score, points: Fraction) -> int:
    """Points in steps, rounded as the month rounds."""
    return round(points / score.kept_to)


def score_at(score: Score, step: int) -> Fraction:
    """The score that is so many steps above the lowest."""
    return score.range[0] + step * score.kept_to


def fade_of(score: Score) -> NDArray[np.int64]:
    """Where each score stands after one month's fade, in steps above the lowest."""
    low = in_steps(score, score.range[0])
    scores = np.arange(steps_of(score), dtype=np.int64) + low
    if score.fades is None:
        return np.arange(steps_of(score), dtype=np.int64)
    if score.fades.half_life is not None:
        share = monthly_fade(score.fades.half_life)
    else:
        share = round((score.fades.rate or 0) * 2**15)
    away = scores - in_steps(score, score.fades.toward)
    moved = np.sign(away) * (np.abs(away) * share // 2**15)
    return np.asarray(scores - moved - low, np.int64)


def tier_numbers(scheme: Scheme) -> NDArray[np.int64]:
    """The number of the tier of each score; 0 where none has so low a floor."""
    score = scheme.score
    assert score is not None
    low = in_steps(score, score.range[0])
    floors = [in_steps(score, floor) - low for floor in scheme.tiers.values()]
    found = np.searchsorted(np.array(floors), np.arange(steps_of(score)), side="right") - 1
    return np.asarray(np.maximum(found, 0), np.int64)


def gains_of(rule: Rule, score: Score, numbers: Mapping[str, Interval] = NOTHING) -> Gains:
    """What a rule may give when it fires; where a cap is nearly used up, only the rest of it."""
    span = steps_of(score) - 1
    if rule.points is None:
        return ()
    if isinstance(rule.points, Expression):
        low, high = bounds(rule.points.expr, Known(score=score.range, numbers=numbers))
    else:
        low, high = rule.points.low, rule.points.high
    least, most = _in_steps(score, low, span), _in_steps(score, high, span)
    if rule.at_most is None:
        return ((least, most),)
    cap = in_steps(score, abs(rule.at_most.points))
    if least != most:
        return ((max(min(least, 0), -cap), min(max(most, 0), cap)),)
    sign, size = (-1, -least) if least < 0 else (1, least)
    if size >= cap:
        return ((sign * cap, sign * cap),)
    rest = cap % size if size else 0
    return tuple((sign * given, sign * given) for given in (size, rest) if given)


def monthly_gains(scheme: Scheme, numbers: Mapping[str, Interval] = NOTHING) -> Iterator[Gains]:
    """What each rule may give in a month, and what an upheld appeal may give back."""
    score = scheme.score
    assert score is not None
    for rule in scheme.rules.values():
        if rule.at_start:
            continue
        gains = gains_of(rule, score, numbers)
        yield gains
        lost = max((-least for least, _ in gains), default=0)
        if scheme.appeals is not None and lost > 0:
            yield ((0, lost),)


def _in_steps(score: Score, points: Interval | Fraction | float, span: int) -> int:
    """An end of what a rule gives in steps, at most the whole range either way."""
    if isinstance(points, float) and math.isinf(points):
        return span if points > 0 else -span
    return max(-span, min(span, in_steps(score, Fraction(points))))  # type: ignore[arg-type]


def _at_start(
    scheme: Scheme, score: Score, steps: int, numbers: Mapping[str, Interval]
) -> NDArray[np.bool_]:
    now = np.zeros(steps, np.bool_)
    if score.link == "logistic":
        now[:] = True
        return now
    now[min(max(in_steps(score, score.start) - in_steps(score, score.range[0]), 0), steps - 1)] = 1
    gains = tuple(gains_of(rule, score, numbers) for rule in scheme.rules.values() if rule.at_start)
    return now | _after(now, gains, np.arange(steps))


def _after(
    now: NDArray[np.bool_], gains: tuple[Gains, ...], faded: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """The scores after a month, of those that can be had before it."""
    below = sum(max([0, *(-least for least, _ in each)]) for each in gains)
    above = sum(max([0, *(most for _, most in each)]) for each in gains)
    wide = np.zeros(len(now) + below + above, np.bool_)
    wide[below : below + len(now)] = now
    for each in gains:
        wide = np.logical_or.reduce([wide, *(_shifted(wide, *given) for given in each)])
    ended = np.zeros_like(now)
    inside = wide[below : below + len(now)]
    clamped = inside.copy()
    clamped[0] |= wide[:below].any()
    clamped[-1] |= wide[below + len(now) :].any()
    ended[faded[clamped]] = True
    return ended


def _shifted(wide: NDArray[np.bool_], least: int, most: int) -> NDArray[np.bool_]:
    """Everything that lies from `least` to `most` beyond something that is there."""
    begins = np.zeros(len(wide) + 1, np.int64)
    at = np.flatnonzero(wide)
    size = len(wide)
    np.add.at(begins, np.clip(at + least, 0, size), 1)
    np.add.at(begins, np.clip(at + most + 1, 0, size), -1)
    return np.cumsum(begins[:-1]) > 0
