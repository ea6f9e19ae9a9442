"""Can a citizen contest what befalls them, and does an act ever cease to count?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.phrases import bears
from glasstown.audit.written.trail import weightiest
from glasstown.audit.written.worth import lowers
from glasstown.audit.written.written import Written
from glasstown.expr import Yes
from glasstown.scheme.model import Appeals, Register
from glasstown.scheme.words import listed, months, percent, plain


@final
class Contest(Probe[Written]):
    """Appeals that are missing, empty or too late, and acts that are never forgotten."""

    about = About(
        name="contest",
        title="No way to contest",
        asks=(
            "Can citizens contest what is held against them, in time and with a chance, and does "
            "what they did once cease to count?"
        ),
        matters=(
            "Every sensor errs. Without an appeal that can be won while it still matters, an "
            "error stands, and the burden of it lies on the one who was wronged. What is never "
            "forgotten cannot be outlived."
        ),
        computed=(
            "Where rules can take points, registers list, or something is imposed or withheld, "
            "the scheme must have appeals; somebody must file them; those against a mistake must "
            "be upheld, and more often than others; and they must be heard before the harm is "
            "over: the longest stay on a register, or half of a deduction faded. An upheld appeal "
            "gives points back and takes off registers, and no more: rules that hold somebody "
            "down to a tier are out of its reach. Without fading, points that were taken count "
            "for ever, though others may make up for them."
        ),
        cannot=(
            "Whether appeals are heard by somebody independent, what they cost, and who dares to "
            "file one: of that, only a run shows something. None of this is legal advice."
        ),
        sources=(
            Reference("GDPR, Article 22(3)", "human intervention, one's own view, and contest"),
            Reference("EU AI Act, Article 27(1)(f)", "measures, with a route for complaints"),
            Reference(
                "Provisions of the Supreme People's Court on the list of judgment defaulters",
                "from memory: a correction is answered within 15 days",
            ),
            Reference("GDPR, Article 5(1)(e)", "from memory: kept no longer than is necessary"),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """The appeals, what they do not reach, and memory."""
        appeals = case.scheme.appeals
        if appeals is None:
            yield from _none(case)
        else:
            yield from _chances(case, appeals)
            yield from _late(case, appeals)
            yield from _beyond(case)
        yield from _for_ever(case)

    def looked(self, case: Written) -> str:
        """How much can be contested."""
        return (
            f"{len(_lowering(case))} rules that take points, {len(case.scheme.registers)} "
            f"registers, {len(case.scheme.consequences)} consequences"
        )


def _lowering(case: Written) -> list[str]:
    """The rules that can take points after the start, or hold somebody down."""
    rules = case.scheme.rules.items()
    return [name for name, rule in rules if not rule.at_start and lowers(case.sheet, rule)]


def _none(case: Written) -> Iterator[Finding]:
    scheme = case.scheme
    rules = _lowering(case)
    harms = {
        "losing points": bool(rules),
        "being put on a register": bool(scheme.registers),
    }
    named = [harm for harm, there in harms.items() if there]
    if not named and not scheme.consequences:
        return
    against = f" against {listed(named, 'or')}" if named else ""
    imposed = any(route.treatment == "imposed" for route in case.routes)
    yield Finding(
        says=f"There is no appeal{against}."
        f"{bears(case, (route.consequence for route in case.routes))}",
        weight=Weight.GRAVE if imposed else Weight.SERIOUS if case.routes else Weight.NOTABLE,
        steps=_way(case),
        remedy="add `appeals`, with how soon they are heard and how often they are upheld",
        open="`oversight.safeguards` names a way to contest, and nothing says how it works"
        if "contest" in scheme.oversight.safeguards
        else "",
    )


def _chances(case: Written, appeals: Appeals) -> Iterator[Finding]:
    wrong, right = appeals.upheld.wrong, appeals.upheld.right
    figures = (
        Figure("appeals against a mistake that are upheld", float(wrong)),
        Figure("other appeals that are upheld", float(right)),
    )
    steps = (case.sheet.part("appeals"),)
    if appeals.filed == 0:
        yield Finding(
            says="There is an appeal, and nobody files one.",
            weight=Weight.SERIOUS,
            steps=steps,
            figures=(Figure("appeals filed, of those that could be", 0.0),),
            remedy="bring `appeals.filed` above 0: tell people of it, and let it cost nothing",
        )
    if wrong == 0:
        yield Finding(
            says="No appeal against a mistake is ever upheld.",
            weight=Weight.GRAVE,
            steps=steps,
            figures=figures,
            remedy="bring `appeals.upheld.wrong` above 0, and above `appeals.upheld.right`",
        )
    elif wrong <= right:
        yield Finding(
            says=f"An appeal does not tell mistakes from the rest: {percent(wrong)} of those "
            f"against a mistake are upheld, and {percent(right)} of the others.",
            weight=Weight.SERIOUS,
            steps=steps,
            figures=figures,
            remedy="bring `appeals.upheld.wrong` above `appeals.upheld.right`",
        )


def _late(case: Written, appeals: Appeals) -> Iterator[Finding]:
    """Registers and deductions that are over, or half over, when an appeal is heard."""
    wait = appeals.heard_after
    heard = case.sheet.part("appeals")
    remedy = (
        "bring `appeals.heard_after` down, or let nothing be held against the citizen meanwhile"
    )
    for name, register in case.scheme.registers.items():
        longest = _longest(register)
        if longest is not None and wait >= longest:
            yield Finding(
                says=f"An appeal is heard after {months(wait)}, when nobody is on the register "
                f"{plain(name)} any more: the longest stay is {months(longest)}.",
                weight=Weight.SERIOUS,
                steps=(case.sheet.part("registers", name), heard),
                figures=(
                    Figure("until an appeal is heard", wait, "months"),
                    Figure("longest stay", longest, "months"),
                ),
                remedy=remedy,
            )
    score = case.scheme.score
    fades = score.fades if score is not None else None
    if fades is not None and fades.half_life is not None and wait >= fades.half_life:
        rules = _lowering(case)
        if rules:
            yield Finding(
                says=f"An appeal against losing points is heard after {months(wait)}, when half "
                "or more of the loss has faded by itself.",
                weight=Weight.SERIOUS,
                steps=(case.sheet.part("rules", rules[0]), case.sheet.part("score"), heard),
                figures=(
                    Figure("until an appeal is heard", wait, "months"),
                    Figure("until half of a loss has faded", fades.half_life, "months"),
                ),
                remedy=remedy,
            )


def _longest(register: Register) -> int | None:
    """The most months that somebody stays on a register; None where there is no end."""
    ends = [] if register.at_most is None else [register.at_most]
    if register.leave.expr == Yes(True) and register.extend is None:
        ends.append(max(register.at_least, 1))
    return min(ends, default=None)


def _beyond(case: Written) -> Iterator[Finding]:
    """Rules that hold somebody down, which no appeal undoes."""
    for name, rule in case.scheme.rules.items():
        if rule.straight_to is not None and rule.lasts is not None:
            yield Finding(
                says=f"No appeal lifts what the rule {plain(name)} does: it holds a citizen down "
                f"to the tier {plain(rule.straight_to)} for {months(rule.lasts)}, even if an "
                "appeal against it is upheld.",
                weight=Weight.SERIOUS,
                steps=(case.sheet.part("rules", name), case.sheet.part("appeals")),
                figures=(Figure("held down for", rule.lasts, "months"),),
                remedy=f"give `rules.{name}` points in place of `straight_to`, or put the citizen "
                "on a register, which an appeal can undo",
            )


def _for_ever(case: Written) -> Iterator[Finding]:
    score = case.scheme.score
    if score is None or score.fades is not None:
        return
    rules = [name for name in _lowering(case) if case.scheme.rules[name].points is not None]
    if not rules:
        return
    ways = [route for route in case.routes if route.rule in rules and route.lowers]
    yield Finding(
        says="Points that were taken count for ever: nothing fades, so an act of long ago weighs "
        f"as much as one of today.{bears(case, (way.consequence for way in ways))}",
        weight=Weight.SERIOUS if ways else Weight.NOTABLE,
        steps=weightiest(ways).steps
        if ways
        else (case.sheet.part("rules", rules[0]), case.sheet.part("score")),
        figures=(Figure("rules whose deductions last", len(rules), "rules"),),
        remedy="add `score.fades`, with a half-life",
        open="whether points gained by other acts make up for it",
    )


def _way(case: Written) -> tuple[Step, ...]:
    """The weightiest way that cannot be contested."""
    if case.routes:
        return weightiest(case.routes).steps
    for section in ("rules", "registers", "consequences"):
        for name in _lowering(case) if section == "rules" else getattr(case.scheme, section):
            return (case.sheet.part(section, name),)
    return ()
