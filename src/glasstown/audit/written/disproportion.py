"""Is what befalls people out of proportion to what they did?"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Verdict, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.evaluation import REGISTERS, steps_of
from glasstown.audit.written.grounds import OTHERS
from glasstown.audit.written.proportion import Pair, Times, pairs
from glasstown.audit.written.treatments import (
    WITHHELD,
    missed,
    ranged,
    treatment,
    unknown_occasion,
    weight_of,
    withheld,
)
from glasstown.audit.written.written import Written
from glasstown.scheme.words import capital, listed, number, plain


@final
class Disproportion(Probe[Written]):
    """Treatment more severe than the act that it answers."""

    about = About(
        name="disproportion",
        title="Treatment out of proportion",
        asks="Is any treatment more severe than what it answers is grave?",
        matters=(
            "A small act that costs a job, or a lawful one that costs anything, is punished beyond "
            "its measure. The EU AI Act bans it as the second limb of social scoring."
        ),
        computed=(
            "For each rule that takes points, each register, and each consequence that asks for an "
            "act or a trait itself, the severity of every treatment that it can lead to is set "
            "against the gravity of the ground; the gravest, where there are several. Both are "
            "declared in the yardstick, and so is k: the severity that is allowed for each unit "
            "of gravity. The verdict is by the declared numbers. The k at which it turns is told, "
            "and how far that moves over the declared ranges of gravity and severity."
        ),
        cannot=(
            "How grave or severe anything is: that is declared, not known. Whether a treatment is "
            "unjustified for another reason, or answers a risk and not a wrong. How much one rule "
            "does beside the others. This is not legal advice."
        ),
        sources=(
            Reference(
                "Regulation (EU) 2024/1689 (AI Act)",
                "Article 5(1)(c)(ii)",
                "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """One for each rule, register or ground; then what the yardstick does not know."""
        k = case.yardstick.proportion.at_most
        grouped: dict[str, list[Pair]] = {}
        every = tuple(pairs(case))
        for pair in every:
            if pair.gravity is not None and pair.severity is not None and pair.times[0] > k:
                grouped.setdefault(pair.source, []).append(pair)
        for source, found in grouped.items():
            sure = [pair for pair in found if not pair.lacking]
            if sure:
                yield _found(case, source, sure)
        yield from _untold(case, every)

    def looked(self, case: Written) -> str:
        """How many pairs were looked at, and how many a smaller k would find."""
        least = ranged(case.yardstick.proportion, "at_most").low
        known = [p for p in pairs(case) if p.gravity is not None and p.severity is not None]
        below = sum(pair.times[0] > least for pair in known)
        return (
            f"{len(known)} pairs of a ground and a treatment; at k = {number(least)}, the least of "
            f"its range, {below} of them would be out of proportion"
        )


RISK = (
    "If the treatment answers a risk and not a wrong, as with a loan, gravity does not measure it, "
    "and what has to be asked is whether it is justified by the risk."
)


def _found(case: Written, source: str, found: list[Pair]) -> Finding:
    k = ranged(case.yardstick.proportion, "at_most")
    gravity = found[0].gravity
    assert gravity is not None
    found = sorted(found, key=lambda pair: pair.times[0], reverse=True)
    ends: list[tuple[Times, Times, Times]] = [pair.times for pair in found]
    gains = any(withheld(case, pair.consequence) for pair in found)
    weights = [weight_of(case, p.consequence, p.times[1] > k.high) for p in found]
    opens = [
        *([WITHHELD] if gains else []),
        *([REGISTERS] if source.startswith("registers.") else []),
        *([RISK] if _is_of_money(case, found) else []),
    ]
    return Finding(
        says=capital(
            f"{_named(case, found[0])} (gravity {number(gravity.value)} of 10) can lead to "
            f"{listed(_severe(case, pair) for pair in found)}: more than the "
            f"{number(k.value)} of severity allowed for each unit of gravity, and so "
            f"{_standing(ends[0], k.low, k.high)}. This meets the wording of Article 5(1)(c)(ii) "
            "of the EU AI Act"
        ),
        weight=min(weights, key=list(Weight).index),
        steps=steps_of(route for pair in found for route in pair.routes),
        figures=tuple(
            Figure(
                f"k from which {treatment(case, pair.consequence)} is in proportion",
                float(now),
                "severity for each unit of gravity",
                low=float(least),
                high=float(most),
                of="the ends of the declared ranges of gravity and severity",
            )
            for pair, (now, least, most) in zip(found, ends, strict=True)
        ),
        remedy="; or ".join(
            [
                f"keep `{source}` from leading there",
                "make the outcome milder in "
                + listed(f"`consequences.{pair.consequence}.outcome`" for pair in found),
            ]
        ),
        open=" ".join(opens),
    )


def _is_of_money(case: Written, found: list[Pair]) -> bool:
    names = {route.ground.name for pair in found for route in pair.routes}
    grounds = case.yardstick.grounds
    return any(grounds[name].kind == "economic" for name in names if name in grounds)


def _named(case: Written, pair: Pair) -> str:
    section, name, *_ = pair.source.split(".")
    grounds = dict.fromkeys(route.ground.name for route in pair.routes)
    says = listed(
        case.sheet.called(name) if name != OTHERS else "the scores of others" for name in grounds
    )
    kind = {"rules": "the rule", "registers": "the register"}.get(section)
    if kind is None:
        return f"what is asked of a citizen for {plain(name)}, {plain(next(iter(grounds)))},"
    return f"{kind} {plain(name)}, for {'leaving undone ' if pair.undone else ''}{says}"


def _severe(case: Written, pair: Pair) -> str:
    assert pair.severity is not None
    name = pair.consequence
    said = missed(case, name) if withheld(case, name) else treatment(case, name)
    return f"{said} (severity {number(pair.severity.value)})"


def _standing(ends: tuple[Times, Times, Times], low: Times, high: Times) -> str:
    """For which k the worst of the pairs is out of proportion."""
    now, least, most = ends
    whole = f"from {_number(low)} to {_number(high)}"
    if low == high:
        return f"at the k declared, {_number(low)}"
    if least > high:
        return f"at every k {whole}, over the whole ranges of gravity and severity"
    at = (
        f"at every k below {_number(now)}, of a range {whole}"
        if now <= high
        else f"at every k {whole}"
    )
    return f"{at} (over the ranges of gravity and severity, from {_below(least)} to {_below(most)})"


def _below(value: Times) -> str:
    if math.isinf(value):
        return "every k"
    return f"k below {_number(value)}" if value else "no k"


def _number(value: Times) -> str:
    return f"{float(value):.3g}"


def _untold(case: Written, every: tuple[Pair, ...]) -> Iterator[Finding]:
    by = case.yardstick.yardstick
    k = case.yardstick.proportion.at_most
    for name in dict.fromkeys(pair.consequence for pair in every if pair.severity is None):
        yield unknown_occasion(case, name)
    lacking: dict[tuple[str, bool], list[Pair]] = {}
    for pair in every:
        allowed = k * pair.gravity.value if pair.gravity is not None else 0
        if pair.severity is not None and pair.severity.value > allowed:
            for ground in pair.lacking:
                # Of a rule for something left undone, only what it is about is not known so.
                undone = pair.undone and ground in case.yardstick.grounds
                lacking.setdefault((ground, undone), []).append(pair)
    for (ground, undone), found in lacking.items():
        what = f"leaving {plain(ground)} undone" if undone else plain(ground)
        yield Finding(
            says=f"How grave {what} is cannot be told: the yardstick {by} "
            + ("knows the act alone." if undone else "does not know it."),
            verdict=Verdict.CANNOT_TELL,
            steps=steps_of(route for pair in found for route in pair.routes),
            remedy=(
                f"write what is owed as a condition that `{found[0].source}` asks for, and add it "
                "to `grounds` of the yardstick"
                if undone
                else f"add `grounds.{ground}` to the yardstick, with a gravity from 0 to 10"
            ),
        )
