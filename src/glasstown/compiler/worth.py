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
    now = np.zeros_like(steps)
    gains: dict[tuple[Fraction, ...], int] = {}
    held = []
    for consequence in scheme.consequences.values():
        if pulls_by_score(scheme, consequence) and consequence.occasion is not None:
            occasion = conduct.occasions[consequence.occasion]
            gain = occasion.rate * occasion.worth * factor(consequence.outcome)
            holds = _holds(consequence.applies_to.expr, scheme, steps, scale)
            held.append([gain if here else Fraction(0) for here in holds])
    for i, together in enumerate(zip(*held, strict=True)):
        if together not in gains:
            gains[together] = nearest_whole(sum(together, Fraction(0)) * 2**16)
        now[i] = gains[together]
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


def _holds(expr: Expr, scheme: Scheme, steps: NDArray[np.int64], scale: int) -> list[bool]:
    floors = [nearest_whole(floor * scale) for floor in scheme.tiers.values()]
    tiers = list(scheme.tiers)
    found: dict[tuple[int, int], bool] = {}
    reads_score = "score" in names(expr)
    held = []
    for step in steps.tolist():
        tier = max(sum(step >= floor for floor in floors[1:]), 0)
        key = (tier, step if reads_score else 0)
        if key not in found:
            found[key] = _at(expr, Fraction(step, scale), tier, tiers)
        held.append(found[key])
    return held


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
