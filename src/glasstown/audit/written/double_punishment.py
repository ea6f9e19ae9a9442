"""Is anybody punished twice for one act?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import final

from glasstown.audit.finding import Figure, Finding, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.grounds import Ground
from glasstown.audit.written.may import Known, truths
from glasstown.audit.written.phrases import bears, begin, ground_words
from glasstown.audit.written.routes import Route
from glasstown.audit.written.trail import Root, known, roots, unknown, weightiest
from glasstown.audit.written.treatments import treatment
from glasstown.audit.written.worth import lowers
from glasstown.audit.written.written import Written
from glasstown.expr import And, Compare, Expr, IfElse, Name, Not, Or, children
from glasstown.expr.tree import Call
from glasstown.scheme.model import Rule
from glasstown.scheme.words import listed, plain

MOST_OPEN = 8
"""How many conditions of two rules are tried each way."""


@final
class DoublePunishment(Probe[Written]):
    """One act that is punished by law already, or more than once by the scheme itself."""

    about = About(
        name="double-punishment",
        title="Punished twice",
        asks=(
            "Does the scheme punish what law punishes already, or one act by several rules or in "
            "several ways?"
        ),
        matters=(
            "A court weighs an act once, hears the accused, and ends there. A second penalty by "
            "points is weighed by nobody, and the two together may be more than the act deserves."
        ),
        computed=(
            "Every rule that can take points, every register, and every consequence that is "
            "imposed is named if it rests on a ground that a law punishes by the yardstick. A rule "
            "for what was not done, and a condition that the ground must be absent, do not count. "
            "Then acts are named that cost points under several rules whose conditions can hold "
            "together, and acts that lead to one consequence both by the score and by a register."
        ),
        cannot=(
            "Whether the law is in fact enforced, or whether a second penalty is lawful where it "
            "is; two grounds that are one thing under two names, such as falling behind and being "
            "in debt. None of this is legal advice."
        ),
        sources=(
            Reference(
                "Trusting by Numbers (Liu and Rona-Tas, Critical Sociology 51(6))",
                "of 265 punishing rules in a model city, 66% of offences, and 83% of the most "
                "severe, fell under existing law",
                "https://scceichinabriefs.substack.com/p/assessing-chinas-national-model-social",
            ),
            Reference(
                "Charter of Fundamental Rights of the European Union",
                "Article 50, from memory: not to be punished twice in criminal proceedings",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """By law, by several rules, by score and register; then what cannot be told."""
        share = _share(case)
        for root in _by_law(case):
            yield _punished(root, share)
        yield from _by_rules(case)
        yield from _by_both(case)
        yield from unknown(
            case, "Whether law punishes what counts", "`punished_by`, empty where no law does"
        )

    def looked(self, case: Written) -> str:
        """How much was looked at."""
        punishing = len(_punishing(case))
        return f"{punishing} rules that take points, {len(case.scheme.registers)} registers"


def _punishing(case: Written) -> list[str]:
    """The rules that can take points, or hold somebody down."""
    return [name for name, rule in case.scheme.rules.items() if lowers(case.sheet, rule)]


def _by_law(case: Written) -> Iterator[Root]:
    """What can punish somebody for something that law punishes."""
    punishing = set(_punishing(case))

    def asked(ground: Ground) -> bool:
        said = known(case, ground)
        return said is not None and bool(said.punished_by)

    for root in roots(case, asked):
        if not any(_present(case, root, ground) for ground in root.grounds):
            continue
        if root.section == "rules" and root.name not in punishing:
            continue
        if root.section == "consequences" and not root.imposed:
            continue
        yield root


def _present(case: Written, root: Root, ground: Ground) -> bool:
    """Whether the part asks for the ground, and not for its absence."""
    name = root.name
    if root.section == "rules":
        rule = case.scheme.rules[name]
        if ground.name in (rule.when, rule.missed):
            return rule.when == ground.name
        formula = rule.only_if
    elif root.section == "registers":
        formula = case.scheme.registers[name].enter
    else:
        formula = case.scheme.consequences[name].applies_to
    return True in truths(formula.expr, Known(facts={Name(ground.name): True}))


def _share(case: Written) -> Figure:
    """How many of the rules that take points punish what law punishes."""
    rules = _punishing(case)
    doubled = {root.name for root in _by_law(case) if root.section == "rules"}
    return Figure(
        "rules that punish what law punishes already",
        len(doubled) / len(rules) if rules else 0.0,
        "of the rules that take points",
        of=f"{len(doubled)} of {len(rules)} rules that take points; in a model city with 265 "
        "punishing rules, 66% of offences (Liu and Rona-Tas 2024)",
    )


def _punished(root: Root, share: Figure) -> Finding:
    laws = dict.fromkeys(
        said.punished_by
        for ground in root.grounds
        if (said := known(root.case, ground)) is not None and said.punished_by
    )
    return Finding(
        says=f"{begin(root.part)} punishes {root.said}, which {listed(laws)} punishes already."
        f"{root.bears}",
        weight=Weight.SERIOUS if root.imposed else Weight.NOTABLE,
        steps=root.steps,
        figures=(share,),
        remedy=f"leave `{root.section}.{root.name}` out, and the act to {listed(laws)}",
        open="the yardstick says what law punishes; where the scheme is used, the law may differ",
    )


def _by_rules(case: Written) -> Iterator[Finding]:
    """Acts that cost points under several rules at once."""
    by_act: dict[str, list[str]] = defaultdict(list)
    for name in _punishing(case):
        rule = case.scheme.rules[name]
        if rule.when is not None:
            by_act[rule.when].append(name)
    for act, names in by_act.items():
        pairs = combinations(names, 2)
        met = [pair for pair in pairs if _together(*(case.scheme.rules[name] for name in pair))]
        together = [name for name in names if any(name in pair for pair in met)]
        if not together:
            continue
        ways = [route.consequence for route in case.routes if route.rule in together]
        yield Finding(
            says=f"{begin(ground_words(case, act))} can cost points under {len(together)} rules at "
            f"once: {listed(plain(name) for name in together)}.{bears(case, ways)}",
            weight=Weight.SERIOUS if ways else Weight.NOTABLE,
            steps=tuple(case.sheet.part("rules", name) for name in together),
            figures=(Figure("rules that one act can set off", len(together), "rules"),),
            remedy="merge "
            + listed(f"`rules.{name}`" for name in together)
            + ", or give them conditions that exclude one another",
            open="conditions on the score, or of several names, are held to be independent",
        )


def _by_both(case: Written) -> Iterator[Finding]:
    """Acts that lead to one consequence by the score, and again by a register."""
    by_score: dict[tuple[str, str], list[Route]] = defaultdict(list)
    by_register: dict[tuple[str, str], list[Route]] = defaultdict(list)
    for route in case.routes:
        key = route.ground.name, route.consequence
        if route.register is not None:
            by_register[key].append(route)
        elif route.rule is not None and route.lowers:
            by_score[key].append(route)
    for key in by_score:
        if key not in by_register:
            continue
        act, consequence = key
        one, other = weightiest(by_score[key]), weightiest(by_register[key])
        yield Finding(
            says=f"{begin(ground_words(case, act))} leads to {treatment(case, consequence)} twice "
            f"over: through the score, by the rule {plain(one.rule or '')}, and by the register "
            f"{plain(other.register or '')}.",
            weight=Weight.SERIOUS,
            steps=(*one.steps, *other.steps),
            remedy=f"take the score or the register out of `consequences.{consequence}.for`, or "
            f"leave `rules.{one.rule}` out",
            open="who escapes one way may be caught by the other; how often takes a run",
        )


def _together(one: Rule, other: Rule) -> bool:
    """Whether the conditions of two rules can hold at once."""
    both = And((one.only_if.expr, other.only_if.expr))
    open_ = list(dict.fromkeys(_conditions(both)))[:MOST_OPEN]
    return any(
        True in truths(both, Known(facts=dict(zip(open_, way, strict=True))))
        for way in product((True, False), repeat=len(open_))
    )


def _conditions(expr: Expr) -> list[Expr]:
    """The parts that hold or do not, and are not made of such parts."""
    match expr:
        case And() | Or() | Not() | IfElse():
            return [found for part in children(expr) for found in _conditions(part)]
        case Name() | Call() | Compare():
            return [expr]
    return []
