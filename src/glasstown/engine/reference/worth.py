"""The worth of a score: what its consequences bring, some months ahead."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import compress

from glasstown.conduct.model import Conduct
from glasstown.engine.reference.arithmetic import clamp, faded
from glasstown.engine.reference.formulas import condition, reads
from glasstown.engine.reference.names import scheme_names, steps_to_a_point
from glasstown.luck import FADE, monthly_fade
from glasstown.scheme.model import Consequence, Fade, Scheme
from glasstown.world.world import World


@dataclass(frozen=True)
class Scale:
    """A scheme's score and tiers in steps."""

    steps: int
    low: int
    high: int
    floors: tuple[int, ...]
    lower_floors: tuple[int, ...]

    def reach(self, score: int) -> int:
        """The score, kept within the range."""
        return clamp(score, self.low, self.high)

    def tier(self, score: int) -> int:
        """The number of the highest tier whose floor the score reaches."""
        return _highest(self.floors, score)

    def tier_within_margin(self, score: int) -> int:
        """The number of the highest tier whose floor, less the margin, the score reaches."""
        return _highest(self.lower_floors, score)


def _highest(floors: tuple[int, ...], score: int) -> int:
    reached = [number for number, floor in enumerate(floors) if floor <= score]
    return reached[-1] if reached else 0


def scale_of(scheme: Scheme) -> Scale:
    """The score and tiers of a scheme that has a score."""
    assert scheme.score is not None
    steps = steps_to_a_point(scheme)
    low, high = (round(end * steps) for end in scheme.score.range)
    floors = [floor * steps for floor in scheme.tiers.values()]
    margin = scheme.tier_margin * steps
    return Scale(
        steps,
        low,
        high,
        tuple(map(round, floors)),
        tuple(round(floor - margin) for floor in floors),
    )


@dataclass(frozen=True)
class Fading:
    """How a score fades, in steps."""

    toward: int
    fade: int

    def __call__(self, score: int) -> int:
        """The score after a month's fade."""
        return score - faded(score - self.toward, self.fade)


def fading_of(scheme: Scheme) -> Fading:
    """How a scheme's score fades; not at all where it does not say."""
    assert scheme.score is not None
    fades: Fade | None = scheme.score.fades
    if fades is None:
        return Fading(0, 0)
    toward = round(fades.toward * steps_to_a_point(scheme))
    if fades.half_life is not None:
        return Fading(toward, monthly_fade(fades.half_life))
    return Fading(toward, round((fades.rate or 0) * FADE))


def factor(consequence: Consequence) -> Fraction:
    """How much of an occasion's worth a consequence brings or takes."""
    match consequence.outcome.kind:
        case "refuse":
            return Fraction(-1)
        case "advance":
            return Fraction(1)
        case "discount":
            return consequence.outcome.percent or Fraction(0)
        case "require":
            return Fraction(-1, 2)
    return Fraction(0)


def stake(consequence: Consequence, conduct: Conduct) -> Fraction:
    """`rate * worth * factor`: what a consequence is worth in a month; 0 without an occasion."""
    if consequence.occasion is None:
        return Fraction(0)
    occasion = conduct.occasions[consequence.occasion]
    return occasion.rate * occasion.worth * factor(consequence)


def worth(world: World, scheme: Scheme) -> list[int]:
    """`V`: the worth of each score from the lowest to the highest."""
    scale, fade, pull = scale_of(scheme), fading_of(scheme), world.conduct.pull
    spread = round(pull.spread * scale.steps)
    kept = round(pull.keeps * FADE)
    scores = range(scale.low, scale.high + 1)
    monthly = _monthly(world, scheme, scale)
    after = [fade(score) for score in scores]
    below = [scale.reach(score - spread) - scale.low for score in after]
    same = [scale.reach(score) - scale.low for score in after]
    above = [scale.reach(score + spread) - scale.low for score in after]
    value = [0] * len(scores)
    for _ in range(pull.months):
        value = [
            now + (kept * (value[down] + 2 * value[level] + value[up]) >> 17)
            for now, down, level, up in zip(monthly, below, same, above, strict=True)
        ]
    return [(v + 512) // 1024 for v in value]


def _monthly(world: World, scheme: Scheme, scale: Scale) -> list[int]:
    """`w`: what the consequences that look at nothing but the score bring in a month."""
    here = scheme_names(world, scheme)
    # The stakes that hold at a score are few sets, and each is added up and rounded once.
    found, sums = [], {}
    stakes = [
        (condition(c.applies_to.expr, here), stake(c, world.conduct))
        for c in scheme.consequences.values()
        if c.occasion is not None
        and c.best is None
        and reads(c.applies_to.expr, here) <= {"score", "tier"}
    ]
    for score in range(scale.low, scale.high + 1):
        view = {"score": score, "tier": scale.tier(score)}
        held = tuple(holds(view) for holds, _ in stakes)
        if held not in sums:
            sums[held] = round(2**16 * sum(compress((share for _, share in stakes), held)))
        found.append(sums[held])
    return found
