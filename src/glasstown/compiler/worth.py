"""The worth of a score: what a scheme's consequences make each score worth, months ahead."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from glasstown.conduct.model import Conduct
from glasstown.expr import (
    And,
    Binary,
    Call,
    Compare,
    Expr,
    IfElse,
    Name,
    Negate,
    Not,
    Or,
    Yes,
    constant,
    names,
    walk,
)
from glasstown.files import Outcome
from glasstown.luck import FADE, monthly_fade, nearest_whole
from glasstown.scheme.model import Consequence, Scheme, Score


def factor(outcome: Outcome) -> Fraction:
    """What share of an occasion's worth an outcome brings or takes."""
    match outcome.kind:
        case "refuse":
            return Fraction(-1)
        case "advance":
            return Fraction(1)
        case "discount":
            return outcome.percent or Fraction(0)
        case "require":
            return Fraction(-1, 2)
    return Fraction(0)


def fade_multiplier(score: Score) -> int:
    """What share of the distance to its resting value a score loses in a month, in 2**-15."""
    if score.fades is None:
        return 0
    if score.fades.half_life is not None:
        return monthly_fade(score.fades.half_life)
    return nearest_whole((score.fades.rate or Fraction(0)) * FADE)


def pulls_by_score(scheme: Scheme, consequence: Consequence) -> bool:
    """Whether a consequence makes some scores worth more than others."""
    expr = consequence.applies_to.expr
    read = names(expr) - set(scheme.tiers)
    only = read <= {"score", "tier"} and not any(
        isinstance(part, Call) and part.function not in ("between", "min", "max", "abs")
        for part in walk(expr)
    )
    return consequence.occasion is not None and consequence.best is None and only


def worth(scheme: Scheme, conduct: Conduct) -> NDArray[np.int64]:
    """V of every score from the lowest to the highest, in 1/64 of a unit of worth."""
    assert scheme.score is not None
    scale = int(1 / scheme.score.kept_to)
    low, high = (nearest_whole(end * scale) for end in scheme.score.range)
    steps = np.arange(low, high + 1, dtype=np.int64)
    gains, held = [], [np.zeros(len(steps), dtype=np.bool_)]
    for consequence in scheme.consequences.values():
        if pulls_by_score(scheme, consequence) and consequence.occasion is not None:
            occasion = conduct.occasions[consequence.occasion]
            gains.append(occasion.rate * occasion.worth * factor(consequence.outcome))
            held.append(_holds(consequence.applies_to.expr, scheme, steps, scale))
    # Few different sets of consequences hold at some score; each is added up once, exactly.
    together, which = np.unique(np.stack(held[1:] or held), axis=1, return_inverse=True)
    sums = [
        sum((gain for gain, holds in zip(gains, each, strict=False) if holds), Fraction(0))
        for each in together.T.tolist()
    ]
    now = np.array([nearest_whole(total * 2**16) for total in sums], dtype=np.int64)[which]
    after = _faded(steps, scheme.score, scale)
    spread = nearest_whole(conduct.pull.spread * scale)
    at = [np.clip(after + move, low, high) - low for move in (-spread, 0, spread)]
    kept = nearest_whole(conduct.pull.keeps * 2**15)
    value = np.zeros_like(now)
    for _ in range(conduct.pull.months):
        value = now + ((kept * (value[at[0]] + 2 * value[at[1]] + value[at[2]])) >> 17)
    return np.asarray((value + 512) >> 10, dtype=np.int64)


def _faded(steps: NDArray[np.int64], score: Score, scale: int) -> NDArray[np.int64]:
    if score.fades is None:
        return steps
    toward = nearest_whole(score.fades.toward * scale)
    away = steps - toward
    faded = np.sign(away) * ((np.abs(away) * fade_multiplier(score)) >> 15)
    return np.asarray(steps - faded, dtype=np.int64)


def _holds(expr: Expr, scheme: Scheme, steps: NDArray[np.int64], scale: int) -> NDArray[np.bool_]:
    """At which scores a condition holds."""
    floors = [nearest_whole(floor * scale) for floor in scheme.tiers.values()]
    names_of = list(scheme.tiers)
    tiers = sum((steps >= floor for floor in floors[1:]), np.zeros(len(steps), dtype=np.int64))
    if "score" in names(expr):
        each = zip(steps.tolist(), tiers.tolist(), strict=True)
        return np.array([_at(expr, Fraction(s, scale), tier, names_of) for s, tier in each])
    by_tier = [_at(expr, Fraction(0), tier, names_of) for tier in range(max(len(floors), 1))]
    return np.array(by_tier)[tiers]


def _at(expr: Expr, score: Fraction, tier: int, tiers: list[str]) -> bool:
    match expr:
        case Yes(value):
            return value
        case Not(arg):
            return not _at(arg, score, tier, tiers)
        case And(args):
            return all(_at(arg, score, tier, tiers) for arg in args)
        case Or(args):
            return any(_at(arg, score, tier, tiers) for arg in args)
        case IfElse(test, then, otherwise):
            return _at(then if _at(test, score, tier, tiers) else otherwise, score, tier, tiers)
        case Call("between", (value, low, high)):
            first, last = _amount(low, score, tier, tiers), _amount(high, score, tier, tiers)
            return first <= _amount(value, score, tier, tiers) <= last
        case Compare(op, left, right):
            a, b = _amount(left, score, tier, tiers), _amount(right, score, tier, tiers)
            return {
                "==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b,
            }[op]  # fmt: skip
    raise KeyError(f"{expr} is no condition on the score")


def _amount(expr: Expr, score: Fraction, tier: int, tiers: list[str]) -> Fraction:
    literal = constant(expr)
    if literal is not None:
        return literal
    match expr:
        case Name("score"):
            return score
        case Name("tier"):
            return Fraction(tier)
        case Name(name) if name in tiers:
            return Fraction(tiers.index(name))
        case Negate(arg):
            return -_amount(arg, score, tier, tiers)
        case Binary(op, left, right):
            a, b = _amount(left, score, tier, tiers), _amount(right, score, tier, tiers)
            return a + b if op == "+" else a - b if op == "-" else a * b if op == "*" else a / b
        case Call("min", args):
            return min(_amount(arg, score, tier, tiers) for arg in args)
        case Call("max", args):
            return max(_amount(arg, score, tier, tiers) for arg in args)
        case Call("abs", (arg,)):
            return abs(_amount(arg, score, tier, tiers))
        case IfElse(test, then, otherwise):
            return _amount(then if _at(test, score, tier, tiers) else otherwise, score, tier, tiers)
    return Fraction(int(_at(expr, score, tier, tiers)))
