"""What the ledger counts: the names of the measures, in order."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.conduct.model import Conduct
from glasstown.expr import names_called
from glasstown.scheme.model import Consequence, Scheme


def measures(schemes: tuple[Scheme, ...], conduct: Conduct) -> tuple[str, ...]:
    """The measures of a world, as `docs/reference/month.md` lists them in phase 8."""
    return tuple(_measures(schemes, conduct))


def _measures(schemes: tuple[Scheme, ...], conduct: Conduct) -> Iterator[str]:
    yield "citizens"
    for name, action in conduct.actions.items():
        yield f"did.{name}"
        if action.voices is not None:
            yield from (f"held.{name}", f"would.{name}", f"silenced.{name}")
    for name in conduct.conditions:
        yield f"in.{name}"
    for name in conduct.occasions:
        yield f"wanted.{name}"
        here = [c for s in schemes for c in s.consequences.values() if c.occasion == name]
        kinds = {consequence.outcome.kind for consequence in here}
        if "refuse" in kinds:
            yield f"refused.{name}"
        if any(c.outcome.kind == "refuse" and registers_read(c) for c in here):
            yield f"refused_wrongly.{name}"
        if "require" in kinds:
            yield from (f"required.{name}", f"unmet.{name}")
        if "advance" in kinds:
            yield f"advanced.{name}"
        if "discount" in kinds:
            yield f"discounted.{name}"
    yield from ("means", "fear")
    for scheme in schemes:
        yield from (f"{scheme.scheme}.{measure}" for measure in _of_scheme(scheme))


def _of_scheme(scheme: Scheme) -> Iterator[str]:
    if scheme.score is not None:
        yield "score"
        if scheme.tiers:
            yield from (f"tier.{tier}" for tier in scheme.tiers)
            yield from ("rose", "fell")
    for name, rule in scheme.rules.items():
        if rule.at_start:
            continue
        yield f"fired.{name}"
        if rule.when is not None:
            yield f"wrong.{name}"
        if rule.points is not None:
            yield f"points.{name}"
    for name in scheme.registers:
        yield from (f"on.{name}", f"entered.{name}", f"left.{name}", f"wrongly_on.{name}")
    if any(c.outcome.kind == "expose" for c in scheme.consequences.values()):
        yield "exposed"
    if scheme.appeals is not None:
        yield from ("appealed", "heard", "upheld")


def registers_read(consequence: Consequence) -> tuple[str, ...]:
    """The registers that a consequence's `for` names through `on()`, in order of mention."""
    return names_called(consequence.applies_to.expr, "on")
