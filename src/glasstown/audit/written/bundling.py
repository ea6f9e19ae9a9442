"""Does something that people value for its own sake hang on a political act?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from glasstown.audit.finding import Figure, Finding, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.grounds import OTHERS
from glasstown.audit.written.phrases import begin
from glasstown.audit.written.routes import Route
from glasstown.audit.written.trail import Root, known, roots, unknown, weightiest
from glasstown.audit.written.treatments import treatment
from glasstown.audit.written.worth import is_told, most_a_year
from glasstown.audit.written.written import Written
from glasstown.scheme.words import listed, number, percent, plain


@final
class Bundling(Probe[Written]):
    """Political grounds bound together with good deeds or matters of money."""

    about = About(
        name="bundling",
        title="Politics in the bundle",
        asks=(
            "Does a score or a condition add political grounds to others, so that an advantage "
            "valued for its own sake depends on a political act or allegiance?"
        ),
        matters=(
            "A score of good deeds and debts paid tells people something that they want to know. "
            "With a political term in it, everybody who acts on the score enforces that term, and "
            "nobody who needs a job or a loan can stay out of politics."
        ),
        computed=(
            "The consequences to which a ground leads that the yardstick calls political are "
            "gathered by what else leads there. For the rules, the most points that each can move "
            "a score by in a year, up or down, is added up, each firing as often as it can within "
            "its cap, and the political share of the sum is given. Rules for the start are left "
            "out of the sum. Whether citizens are told of the political terms is said."
        ),
        cannot=(
            "How many points anybody does gain or lose by politics, and whether anybody changes "
            "what they say: that takes a run. A ground that is not called political may stand in "
            "for one, as a place of work may for membership. None of this is legal advice."
        ),
        sources=(
            Reference("Digital Dystopia (Tirole, American Economic Review)", "2021, from memory"),
            Reference(
                "EU AI Act, recital 31",
                "data points in multiple contexts",
                "https://ai-act-law.eu/recital/31",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """One for each bundle, then political rules that lead nowhere yet."""
        for bundle in _bundles(case):
            yield _finding(case, bundle)
        for root in _political(case):
            if not root.routes:
                yield Finding(
                    says=f"{begin(root.part)} counts {root.said}, which is political; nothing "
                    "follows from it yet.",
                    weight=Weight.SERIOUS,
                    steps=root.steps,
                    remedy=f"leave `{root.section}.{root.name}` out",
                )
        yield from unknown(case, "Whether what counts is political", "their `kind`")

    def looked(self, case: Written) -> str:
        """How many grounds were looked at."""
        names = {ground.name for root in roots(case, lambda _: True) for ground in root.grounds}
        return f"{len(names)} grounds of rules, registers and consequences"


@final
@dataclass(frozen=True)
class _Bundle:
    """Consequences to which the same political and other grounds lead."""

    consequences: tuple[str, ...]
    political: tuple[Route, ...]
    kinds: tuple[str, ...]


def _bundles(case: Written) -> Iterator[_Bundle]:
    alike: dict[tuple[object, ...], _Bundle] = {}
    for name in case.scheme.consequences:
        own = [route for route in case.routes if route.consequence == name]
        political = tuple(route for route in own if _kind(case, route) == "political")
        if not political:
            continue
        others = [kind for route in own if (kind := _kind(case, route)) != "political"]
        kinds = tuple(dict.fromkeys(others))
        key = (*((r.rule, r.register, r.ground.name) for r in political), kinds)
        before = alike[key].consequences if key in alike else ()
        alike[key] = _Bundle((*before, name), political, kinds)
    yield from alike.values()


def _kind(case: Written, route: Route) -> str:
    said = known(case, route.ground)
    if route.ground.name == OTHERS:
        return "ties"
    return "unknown" if said is None else said.kind


def _political(case: Written) -> Iterator[Root]:
    return roots(case, lambda g: (said := known(case, g)) is not None and said.kind == "political")


def _finding(case: Written, bundle: _Bundle) -> Finding:
    rules = list(dict.fromkeys(route.rule for route in bundle.political if route.rule))
    terms = [f"the rule {plain(rule)}" for rule in rules]
    for route in bundle.political:
        if route.rule is None:
            part = "register" if route.register else "consequence"
            terms.append(f"the {part} {plain(route.register or route.consequence)}")
    terms = list(dict.fromkeys(terms))
    paths = [f"`rules.{rule}`" for rule in rules]
    paths += [
        f"`registers.{r.register}`" if r.register else f"`consequences.{r.consequence}.for`"
        for r in bundle.political
        if r.rule is None
    ]
    whats = listed(treatment(case, name) for name in bundle.consequences)
    beside = (
        f", beside grounds of other kinds ({listed(bundle.kinds)})" if bundle.kinds else " alone"
    )
    share, figures = _figures(case, rules)
    return Finding(
        says=f"{begin(whats)} can hang on a political act or allegiance{beside}, by "
        f"{listed(terms)}{share}.{_told(case, rules)}",
        weight=Weight.GRAVE,
        steps=weightiest(bundle.political).steps,
        figures=figures,
        remedy=f"take the political ground out of {listed(dict.fromkeys(paths))}",
    )


def _figures(case: Written, rules: list[str]) -> tuple[str, tuple[Figure, ...]]:
    """The political share of what can move the score, as the end of a sentence and in figures."""
    moved = {name: most_a_year(case.sheet, rule) for name, rule in case.scheme.rules.items()}
    whole = sum(moved.values(), Fraction(0))
    own = sum((moved[name] for name in rules), Fraction(0))
    if not whole or not own:
        return "", ()
    figures = [
        Figure(f"most that {plain(name)} can move a score by", float(moved[name]), "points a year")
        for name in rules
    ]
    of = f"{number(own)} of {number(whole)} points a year, each rule firing as often as it can"
    figures.append(Figure("political share of what can move a score", float(own / whole), of=of))
    near = percent(Fraction(round(own / whole * 1000), 1000))
    points = number(Fraction(round(own * 10), 10))
    said = f", which can move a score by {points} points a year ({near} of what all rules can)"
    return said, tuple(figures)


def _told(case: Written, rules: list[str]) -> str:
    secret = [name for name in rules if not is_told(case.scheme, case.scheme.rules[name])]
    if not secret:
        return ""
    if len(secret) < len(rules):
        return f" Citizens are not told of {listed(plain(name) for name in secret)}."
    if len(rules) == 1:
        return " Citizens are not told of it."
    return f" Citizens are told of {'neither' if len(rules) == 2 else 'none'}."
