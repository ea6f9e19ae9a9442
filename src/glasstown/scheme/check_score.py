"""Whether a scheme's score and tiers are in order."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from glasstown.errors import Problem, shown
from glasstown.files import Document
from glasstown.files.exact import decimal_text
from glasstown.scheme.model import Fade, Scheme, Score

MOST_STEPS = 32_767
"""How many steps wide a range may be, and how far from nought it may reach."""

MOST_STEPS_TO_A_POINT = 100

_KEPT_TO = tuple(Fraction(1, steps) for steps in (100, 50, 20, 10, 5, 2, 1))
_NEEDS = ("rules", "tiers")


def score_problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Everything wrong with the score and the tiers."""
    score = scheme.score
    if score is None:
        yield from _without_score(scheme, at)
        return
    low, high = score.range
    if low >= high:
        what = f"the score's range begins at {_n(low)} and ends at {_n(high)}"
        remedy = "write the lowest score first: [350, 800]"
        yield at.problem("score", "range", what=what, remedy=remedy)
        return
    if not low <= score.start <= high:
        yield at.problem(
            "score",
            "start",
            what=f"the score starts at {_n(score.start)}, outside of its range",
            why=f"the range is {_range(score)}",
            remedy="start within the range, or widen it",
        )
    yield from _steps(score, at)
    if score.fades is not None:
        yield from _fade(score.fades, score, at)
    yield from _tiers(scheme, score, at)


def _without_score(scheme: Scheme, at: Document) -> Iterator[Problem]:
    for part in _NEEDS:
        if getattr(scheme, part):
            yield at.problem(
                part,
                what=f"the scheme has {part}, and no score for them",
                remedy="add `score: {range: [350, 800], start: 550}`, or delete them",
            )


def _steps(score: Score, at: Document) -> Iterator[Problem]:
    kept = score.kept_to
    if kept <= 0 or (1 / kept).denominator != 1 or 1 / kept > MOST_STEPS_TO_A_POINT:
        yield at.problem(
            "score",
            "kept_to",
            what=f"a score cannot be kept to {_n(kept)} of a point",
            why="a point is divided into a whole number of steps, at most 100",
            remedy="write 1, 0.5, 0.2, 0.1, 0.05, 0.02 or 0.01",
        )
        return
    low, high = score.range
    width, reach = (high - low) / kept, max(abs(low), abs(high)) / kept
    if width > MOST_STEPS or reach > MOST_STEPS:
        yield _too_wide(score, width > MOST_STEPS, at)
        return
    for end in (low, high):
        if (end / kept).denominator != 1:
            yield at.problem(
                "score",
                "range",
                what=f"the range ends at {_n(end)}, and the score is kept to {_n(kept)}",
                why="both ends are scores that somebody can have",
                remedy=f"write multiples of {_n(kept)}, or a finer `kept_to`",
            )


def _too_wide(score: Score, wide: bool, at: Document) -> Problem:
    low, high = score.range
    most = max(high - low, abs(low), abs(high))
    fits = [kept for kept in _KEPT_TO if most / kept <= MOST_STEPS]
    measure = "is {:,} steps of {} wide" if wide else "reaches {:,} steps of {} from 0"
    steps = int((high - low if wide else max(abs(low), abs(high))) / score.kept_to)
    if fits:
        remedy = f"keep the score to {_n(fits[0])}: `kept_to: {_n(fits[0])}`"
    else:
        limits = f"-{MOST_STEPS:,} to {MOST_STEPS:,}"
        remedy = f"count in larger points, within {limits}, and keep to 1: `kept_to: 1`"
    return at.problem(
        "score",
        "range",
        what=f"the range {_range(score)} {measure.format(steps, _n(score.kept_to))}",
        why=f"scores are kept as whole steps, in 16 bits: at most {MOST_STEPS:,}",
        remedy=remedy,
    )


def _fade(fade: Fade, score: Score, at: Document) -> Iterator[Problem]:
    if (fade.half_life is None) == (fade.rate is None):
        both = fade.half_life is not None
        yield at.problem(
            "score",
            "fades",
            what="the score fades by both a `half_life` and a `rate`"
            if both
            else "the score fades, and nothing says how fast",
            remedy="keep one of the two" if both else "add `half_life: 24 months` or `rate: 3%`",
        )
    if not score.range[0] <= fade.toward <= score.range[1]:
        yield at.problem(
            "score",
            "fades",
            "toward",
            what=f"the score fades toward {_n(fade.toward)}, outside of its range",
            why=f"the range is {_range(score)}",
            remedy="fade toward a score within the range",
        )


def _tiers(scheme: Scheme, score: Score, at: Document) -> Iterator[Problem]:
    low, high = score.range
    if scheme.tier_margin < 0 or scheme.tier_margin > high - low:
        yield at.problem(
            "tier_margin",
            what=f"the margin of tiers is {_n(scheme.tier_margin)} points",
            why="it is how far a score may fall below a tier's floor before the tier is lost",
            remedy=f"write a number from 0 to {_n(high - low)}",
        )
    last, before = "", Fraction(0)
    for name, floor in scheme.tiers.items():
        if not last and floor > low:
            yield at.problem(
                "tiers",
                name,
                what=f"the lowest tier {shown(name)} begins at {_n(floor)}, above the lowest score",
                why=f"a score from {_n(low)} to {_n(floor)} would be in no tier",
                remedy=f"let it begin at {_n(low)}, or put a tier below it",
            )
        elif last and floor <= before:
            yield at.problem(
                "tiers",
                name,
                what=f"the tier {shown(name)} begins at {_n(floor)}, not above {shown(last)}, "
                f"which begins at {_n(before)}",
                why="tiers go from the lowest to the highest, each with a floor of its own",
                remedy="put them in order, or change the floor",
            )
        if floor > high or (last and floor < low):
            yield at.problem(
                "tiers",
                name,
                what=f"the tier {shown(name)} begins at {_n(floor)}, outside of the range",
                why=f"the range is {_range(score)}",
                remedy="let it begin within the range, or delete it",
            )
        last, before = name, floor


def _range(score: Score) -> str:
    return f"{_n(score.range[0])} to {_n(score.range[1])}"


def _n(number: Fraction) -> str:
    return decimal_text(number)
