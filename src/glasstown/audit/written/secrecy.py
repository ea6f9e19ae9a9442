"""What are citizens not told?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import final

from glasstown.audit.finding import Figure, Finding, Step, Weight
from glasstown.audit.probe import About, Probe, Reference
from glasstown.audit.written.phrases import bears
from glasstown.audit.written.routes import Route
from glasstown.audit.written.trail import weightiest
from glasstown.audit.written.worth import is_told
from glasstown.audit.written.written import Written
from glasstown.scheme.words import listed, plain


@final
class Secrecy(Probe[Written]):
    """Scores, tiers, rules and registers that are kept from those they are about."""

    about = About(
        name="secrecy",
        title="Kept secret",
        asks="Which of its score, tiers, rules and registers does the scheme keep from citizens?",
        matters=(
            "Nobody can follow a rule that they do not know, contest a record that they never "
            "see, or check a formula that is kept from everybody. A hidden term among told ones "
            "is the worst: what is told then misleads."
        ),
        computed=(
            "What the scheme says that it discloses is held against what it has. Each thing kept "
            "secret is named with the consequences that it leads to: grave where something is "
            "imposed by it, serious where an advantage is withheld, notable where nothing follows. "
            "A rule that is hidden while others are told is named by itself. That the rules are "
            "secret is grave as well where no reasons are given either, since then nothing that "
            "follows can be verified. Reasons alone are the matter of another question."
        ),
        cannot=(
            "Whether what is told is true, complete or understood; what leaks. Whether a secret "
            "is justified, as against fraud. None of this is legal advice."
        ),
        sources=(
            Reference(
                "SyRI (District Court of The Hague, 2020)",
                "from memory: a risk model that nobody could verify breached Article 8 of the "
                "European Convention on Human Rights",
            ),
            Reference(
                "C-634/21 SCHUFA (Court of Justice of the European Union, 2023)",
                "a score whose weights are secret",
            ),
            Reference(
                "This small team is building a social credit system app for China's youth",
                "South China Morning Post, 2019: weights and points never published",
                "https://scmp.com/tech/apps-social/article/3003158/",
            ),
        ),
    )

    def findings(self, case: Written) -> Iterator[Finding]:
        """The score, the tiers, the rules, the registers."""
        scheme, told = case.scheme, case.scheme.discloses
        by_score = [route for route in case.routes if route.rule is not None]
        if scheme.score is not None and not told.score:
            yield _kept(case, "Citizens are not told their score", "score", by_score)
        if len(scheme.tiers) > 1 and not told.tier:
            yield _kept(case, "Citizens are not told which tier they are in", "tier", by_score)
        yield from _rules(case)
        for name, register in scheme.registers.items():
            if not (told.registers if register.disclosed is None else register.disclosed):
                yield _register(case, name)

    def looked(self, case: Written) -> str:
        """What there was to tell."""
        scheme = case.scheme
        return (
            f"{'a score' if scheme.score is not None else 'no score'}, {len(scheme.tiers)} tiers, "
            f"{len(scheme.rules)} rules, {len(scheme.registers)} registers"
        )


def _rules(case: Written) -> Iterator[Finding]:
    scheme = case.scheme
    secret = [name for name, rule in scheme.rules.items() if not is_told(scheme, rule)]
    ways = [route for route in case.routes if route.rule in secret]
    if secret and len(secret) == len(scheme.rules):
        yield _all_secret(case, secret, ways)
        return
    told = f"{len(scheme.rules) - len(secret)} of the {len(scheme.rules)} rules"
    for name in secret:
        own = [route for route in ways if route.rule == name]
        yield Finding(
            says=f"The rule {plain(name)} is hidden: citizens are told of {told}, and not of this "
            f"one.{_bears(case, own)}",
            weight=_weight(own, hidden=True),
            steps=_way(case, ("rules", name), own),
            figures=(Figure("rules kept secret", len(secret), f"of {len(scheme.rules)}"),),
            remedy=f"tell it: `rules.{name}.disclosed: yes`, or leave the rule out",
        )


def _all_secret(case: Written, secret: list[str], ways: list[Route]) -> Finding:
    scheme, told = case.scheme, case.scheme.discloses
    parts = {"score": told.score and scheme.score is not None}
    parts["tier"] = told.tier and len(scheme.tiers) > 1
    shown = listed(f"their {part}" for part, there in parts.items() if there)
    count = "the one rule" if len(secret) == 1 else f"any of the {len(secret)} rules"
    says = (
        f"Citizens are told {shown}, and not {count} behind that"
        if shown
        else f"Citizens are not told {count}"
    )
    unverified = bool(ways) and not told.reasons
    more = ", nor any reasons: nobody can verify what befalls them" if unverified else ""
    return Finding(
        says=f"{says}{more}.{_bears(case, ways)}",
        weight=Weight.GRAVE if unverified else _weight(ways),
        steps=(*_way(case, ("rules", secret[0]), ways), _disclosed(case, "rules", "rules")),
        figures=(Figure("rules kept secret", len(secret), f"of {len(secret)}"),),
        remedy="tell them: `discloses.rules: yes`"
        + (", and why each thing befalls somebody: `discloses.reasons: yes`" if unverified else ""),
    )


def _kept(case: Written, says: str, part: str, ways: list[Route]) -> Finding:
    return Finding(
        says=f"{says}.{_bears(case, ways)}",
        weight=_weight(ways),
        steps=(*(weightiest(ways).steps if ways else ()), _disclosed(case, part, f"their {part}")),
        remedy=f"tell it: `discloses.{part}: yes`",
    )


def _register(case: Written, name: str) -> Finding:
    ways = [route for route in case.routes if route.register == name]
    return Finding(
        says=f"Citizens are not told that they are on the register {plain(name)}."
        f"{_bears(case, ways)}",
        weight=_weight(ways),
        steps=_way(case, ("registers", name), ways),
        remedy=f"tell them: `registers.{name}.disclosed: yes`",
    )


def _way(case: Written, part: tuple[str, str], ways: list[Route]) -> tuple[Step, ...]:
    return weightiest(ways).steps if ways else (case.sheet.part(*part),)


def _disclosed(case: Written, field: str, what: str) -> Step:
    return case.sheet.step(("discloses", field), f"Citizens are not told {what}.")


def _bears(case: Written, ways: Iterable[Route]) -> str:
    return bears(case, (way.consequence for way in ways))


def _weight(ways: list[Route], *, hidden: bool = False) -> Weight:
    """How much a secret weighs, by what it leads to; a hidden term is never merely notable."""
    if any(way.treatment == "imposed" for way in ways):
        return Weight.GRAVE
    return Weight.SERIOUS if ways or hidden else Weight.NOTABLE
