"""Whether a scheme is in order in itself: everything that is wrong, at once.

What its names mean on people (that there is a trait `student`, an action `publish_paper`, an
occasion `buy_course`) is for the world to check.
"""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.errors import Problem, shown
from glasstown.files import Document
from glasstown.files.citations import citation_problems
from glasstown.scheme.check_formulas import formula_problems
from glasstown.scheme.check_lists import (
    appeal_problems,
    consequence_problems,
    register_problems,
    sensor_problems,
)
from glasstown.scheme.check_rules import rule_problems
from glasstown.scheme.check_score import score_problems
from glasstown.scheme.model import Scheme

MOST = {"sensors": 32, "rules": 64, "tiers": 16, "registers": 32, "consequences": 64}
"""How many of each a scheme may have."""


def problems(scheme: Scheme, document: Document | None = None) -> list[Problem]:
    """Everything wrong with a scheme, as far as it can be told without a nation and a conduct.

    document: what it was loaded from, for the lines.
    """
    return list(_problems(scheme, document or Document("", {}, {}, {})))


def _problems(scheme: Scheme, at: Document) -> Iterator[Problem]:
    yield from _counts(scheme, at)
    yield from _names(scheme, at)
    yield from score_problems(scheme, at)
    yield from sensor_problems(scheme, at)
    yield from rule_problems(scheme, at)
    yield from register_problems(scheme, at)
    yield from consequence_problems(scheme, at)
    yield from appeal_problems(scheme, at)
    yield from formula_problems(scheme, at)
    tiers = {f"tiers.{name}": floor for name, floor in scheme.tiers.items()}
    yield from citation_problems(scheme, scheme.sources, at, {("score",): tiers})


def _counts(scheme: Scheme, at: Document) -> Iterator[Problem]:
    for section, most in MOST.items():
        count = len(getattr(scheme, section))
        if count > most:
            yield at.problem(
                section,
                what=f"the scheme has {count} {section}, and may have {most}",
                why="every citizen carries the state of each of them, every month",
                remedy="join those that are alike, or make a second scheme of some and put both "
                "in a world",
            )


def _names(scheme: Scheme, at: Document) -> Iterator[Problem]:
    """Luck is drawn by name, so a name belongs to one sensor, rule or register alone."""
    first: dict[str, str] = {"appeal": "the appeals"}
    for section, kind in (("sensors", "sensor"), ("rules", "rule"), ("registers", "register")):
        for name in getattr(scheme, section):
            if name in first:
                yield at.problem(
                    section,
                    name,
                    what=f"the {kind} {shown(name)} has the name of {first[name]}",
                    why="luck is drawn by name, and the two would share it",
                    remedy=f"rename it: `{name}_{kind}`"[:60],
                )
            first.setdefault(name, f"a {kind}")
