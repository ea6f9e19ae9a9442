"""Is there a tier or a register that nobody can leave?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import final

from glasstown.audit.finding import Figure, Finding, Verdict, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.climb import LONGEST, Climb, climbs
from glasstown.audit.written.may import Known, truths
from glasstown.audit.written.written import Written
from glasstown.expr import Expr, Not
from glasstown.scheme.words import Words, listed, plain


@final
class NoExit(Probe[Written]):
    """States that keep whom they have: tiers without a way up, registers without a way off."""

    about = About(
        name="no-exit",
        title="No way out",
        asks="Can everybody who comes into a lower tier or onto a register leave it again?",
        matters=(
            "A penalty that cannot be worked off is for life, however small the act, and gives "
            "nobody a reason to do better."
        ),
        computed=(
            "For each reachable tier but the highest, and each kind of citizen that the rules tell "
            "apart, the life of somebody who does everything right is followed step by step, with "
            f"caps and fading, for {LONGEST // 12} years. If it stays, it is tried without caps: "
            "if that life stays too there is no exit, otherwise it cannot be told. A register has "
            "an exit if it has a longest stay, or if what it asks for leaving can come about."
        ),
        cannot=(
            "Whether anybody has the means to live so well; whether a kind of citizen told apart "
            "by the rules exists, or can become another kind."
        ),
        sources=(
            Reference(
                "Provisions of the Supreme People's Court on the list of judgment defaulters",
                "terms and removal",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """Tiers, then registers."""
        yield from _tiers(case)
        for name in case.scheme.registers:
            yield from _register(case, name)

    def looked(self, case: Written) -> str:
        """How many tiers and registers were looked at."""
        tiers, registers = max(len(case.scheme.tiers) - 1, 0), len(case.scheme.registers)
        return f"{tiers} tiers below the highest, {registers} registers"


def _tiers(case: Written) -> Iterator[Finding]:
    kept: dict[tuple[str, bool], list[Climb]] = {}
    free: set[str] = set()
    for climb in climbs(case.sheet):
        if climb.months is None:
            kept.setdefault((climb.tier, climb.shut), []).append(climb)
        else:
            free.add(climb.tier)
    for (tier, shut), found in kept.items():
        whom = "nobody" if tier not in free else f"nobody {_kinds(case, found)}"
        step = case.sheet.part("tiers", tier)
        if shut:
            yield Finding(
                says=f"From the lowest score of the tier {plain(tier)} {whom} comes out again, "
                "whatever they do.",
                weight=Weight.GRAVE if tier not in free else Weight.SERIOUS,
                steps=(step,),
                remedy="let the score fade upward, or add a rule by which everybody can gain",
            )
        else:
            yield Finding(
                says=f"From the lowest score of the tier {plain(tier)} {whom} was found to come "
                f"out within {LONGEST // 12} years.",
                verdict=Verdict.CANNOT_TELL,
                steps=(step,),
                open="a life that spends its caps at better moments may come out",
            )


def _kinds(case: Written, found: list[Climb]) -> str:
    """For whom there is no way out: the conditions that they share."""
    shared: Mapping[Expr, bool] = {
        expr: held
        for expr, held in found[0].kind.items()
        if all(climb.kind.get(expr) is held for climb in found)
    }
    words = Words(case.scheme.words)
    said = [words.holds(expr if held else Not(expr)) for expr, held in shared.items()]
    return (
        f"for whom it holds that {listed(said)}"
        if said
        else "of some kinds that the rules tell apart"
    )


def _register(case: Written, name: str) -> Iterator[Finding]:
    register = case.scheme.registers[name]
    if register.at_most is not None:
        return
    score = case.scheme.score
    known = Known(
        score=score.range if score is not None else (0, 0),
        tiers=tuple(case.scheme.tiers),
        numbers=case.sheet.numbers,
    )
    if True in truths(register.leave.expr, known):
        return
    appeal = case.scheme.appeals
    upheld = appeal is not None and appeal.filed > 0 and appeal.upheld.right > 0
    yield Finding(
        says=f"Nobody who is put on the register {plain(name)} comes off it"
        + (" but by an appeal that is upheld." if appeal is not None else "."),
        weight=Weight.SERIOUS if upheld else Weight.GRAVE,
        steps=(case.sheet.part("registers", name),),
        figures=(Figure("longest stay", float("inf"), "months"),),
        remedy=f"add `registers.{name}.leave` with a condition that can come about, or `at_most`",
    )
