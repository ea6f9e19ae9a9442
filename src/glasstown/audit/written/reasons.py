"""Are those whom something befalls told why, so that it tells them something?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.phrases import begin
from glasstown.audit.written.routes import Route
from glasstown.audit.written.trail import weightiest
from glasstown.audit.written.treatments import treatment
from glasstown.audit.written.worth import is_told
from glasstown.audit.written.written import Written
from glasstown.scheme.words import listed, plain

MOST = 4
"""More reasons than this are unlikely to help, by the official comment on Regulation B."""


@final
class Reasons(Probe[Written]):
    """Reasons that are not given, cannot be specific, or are too many to name."""

    about = About(
        name="reasons",
        title="Reasons",
        asks=(
            "Is whoever is refused, asked for more or passed over told the specific reasons, and "
            f"can they be named in {MOST} at most?"
        ),
        matters=(
            "Without the reasons nobody can find a mistake, contest it, or do better. To be told "
            "that a score was too low says only that it was."
        ),
        computed=(
            "For each consequence that can be imposed or withheld: whether the scheme gives "
            "reasons; if so, whether any rule that leads there by the score is told, since "
            "otherwise no reason can be named but a score or tier that was missed; and how many "
            "rules, registers and other grounds lead there. Rules that give points count too: to "
            f"lack what they give is a reason. With more than {MOST}, the principal ones would "
            "have to be chosen. The standard was written for credit, and is held against every "
            "consequence here."
        ),
        cannot=(
            "Whether the reasons that somebody is given are the true ones, and whether taking "
            "them away would change the outcome: that takes a run. Whether the rule applies, "
            "outside credit in the United States. None of this is legal advice."
        ),
        sources=(
            Reference(
                "Regulation B, 12 CFR 1002.9(b)(2)",
                'reasons "must be specific and indicate the principal reason(s)"; "failed to '
                'achieve a qualifying score" is insufficient',
            ),
            Reference(
                "Regulation B, official comment",
                "more than four reasons are unlikely to help",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """No reasons; else none that can be specific, then too many to name."""
        if not case.scheme.discloses.reasons:
            yield from _none_given(case)
            return
        vague, many = [], []
        for name in case.scheme.consequences:
            ways = [route for route in case.routes if route.consequence == name]
            if _is_vague(case, ways):
                vague.append(name)
            elif len(_causes(ways)) > MOST:
                many.append(name)
        if vague:
            yield _vague(case, vague)
        if many:
            yield _many(case, many)

    def looked(self, case: Written) -> str:
        """How many consequences were looked at."""
        return f"{len(case.scheme.consequences)} consequences"


def _none_given(case: Written) -> Iterator[Finding]:
    """The consequences for which no reasons are given, imposed and withheld apart."""
    for imposed in (True, False):
        names = [
            name
            for name, consequence in case.scheme.consequences.items()
            if (consequence.outcome.kind not in ("advance", "discount")) == imposed
        ]
        if not names:
            continue
        says = listed(treatment(case, name) for name in names)
        said = f"for {says}" if imposed else f"to those who miss out on {says}"
        yield Finding(
            says=f"No reasons are given {said}.",
            weight=Weight.SERIOUS if imposed or _any_essential(case, names) else Weight.NOTABLE,
            steps=_steps(case, names),
            remedy="give them: `discloses.reasons: yes`",
            open=""
            if imposed
            else "Regulation B asks for reasons where credit is refused, and says nothing of "
            "advantages withheld",
        )


def _vague(case: Written, names: list[str]) -> Finding:
    told = [part for part in ("score", "tier") if getattr(case.scheme.discloses, part)]
    what = f"the {told[-1]}" if told else "a score that they are not told"
    return Finding(
        says=f"Reasons are said to be given for {listed(treatment(case, name) for name in names)}, "
        f"but no rule that leads there is told: the only reason that can be named is {what}.",
        weight=Weight.SERIOUS,
        steps=_steps(case, names),
        remedy="tell the rules: `discloses.rules: yes`",
    )


def _many(case: Written, names: list[str]) -> Finding:
    counts = {name: _causes([r for r in case.routes if r.consequence == name]) for name in names}
    most = max(len(causes) for causes in counts.values())
    said = f"{most}" if len({len(c) for c in counts.values()}) == 1 else f"up to {most}"
    return Finding(
        says=f"{begin(listed(treatment(case, name) for name in names))} can come of {said} things: "
        f"more than {MOST} reasons are unlikely to help, and the scheme does not say which it "
        "names.",
        weight=Weight.NOTABLE,
        steps=_steps(case, names),
        figures=tuple(
            Figure(
                f"what can lead to {treatment(case, name)}",
                len(causes),
                of=listed(plain(cause) for cause in causes),
            )
            for name, causes in counts.items()
        ),
        remedy="say how the principal reasons are chosen, or let fewer rules lead to "
        + listed(f"`consequences.{name}`" for name in names),
        open=f"for any one citizen {MOST} or fewer may account for it",
    )


def _is_vague(case: Written, ways: list[Route]) -> bool:
    """Whether all that leads to a consequence is rules that nobody is told."""
    return bool(ways) and all(
        way.rule is not None and not is_told(case.scheme, case.scheme.rules[way.rule])
        for way in ways
    )


def _causes(ways: list[Route]) -> list[str]:
    """What leads to a consequence, each rule, register or other ground once."""
    return list(dict.fromkeys(way.rule or way.register or way.ground.name for way in ways))


def _any_essential(case: Written, names: list[str]) -> bool:
    occasions = [case.scheme.consequences[name].occasion for name in names]
    known = [case.yardstick.occasions.get(occasion or "") for occasion in occasions]
    return any(occasion is not None and occasion.essential for occasion in known)


def _steps(case: Written, names: list[str]) -> tuple[Step, ...]:
    """The weightiest way to the first consequence, then the others, and what is said of reasons."""
    ways = [route for route in case.routes if route.consequence == names[0]]
    first = weightiest(ways).steps if ways else (case.sheet.part("consequences", names[0]),)
    rest = tuple(case.sheet.part("consequences", name) for name in names[1:])
    given = "are" if case.scheme.discloses.reasons else "are not"
    step = case.sheet.step(("discloses", "reasons"), f"Citizens {given} told the reasons.")
    return (*first, *rest, step)
