"""Whether a conduct is in order in itself: everything that is wrong, at once.

What its names mean on people is for the world to check, which gives `formula_problems` the traits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from glasstown.conduct.formulas import own_names, scope, unreadable, uses
from glasstown.conduct.model import Action, Conduct, Occasion
from glasstown.errors import Problem, nearest, shown
from glasstown.expr import ExprError, Type, check
from glasstown.expr.guess import guess
from glasstown.files import Document, Path, path_text
from glasstown.files.citations import citation_problems
from glasstown.files.exact import decimal_text
from glasstown.files.phrases import rate_text

MOST = {"actions": 32, "occasions": 32, "conditions": 16}
"""How many of each a conduct may have."""

MOST_LOG_ODDS = 20
"""The largest coefficient, in log-odds: beyond it a chance is 0 or 1 for any purpose."""

MOST_WORTH = 1000
"""The most that being served on an occasion can be worth."""

STEEPEST_NORM = 100
"""The most log-odds for a full share of the others: a share moves by hundredths."""

_NOWHERE = Document("", {}, {}, {})


def problems(conduct: Conduct, document: Document | None = None) -> list[Problem]:
    """Everything wrong with a conduct, as far as it can be told without a nation.

    document: what it was loaded from, for the lines.
    """
    return list(_problems(conduct, document or _NOWHERE))


def formula_problems(
    conduct: Conduct,
    document: Document | None = None,
    *,
    traits: Mapping[str, Type] | None = None,
) -> list[Problem]:
    """Everything wrong with the formulas of a conduct.

    traits: those of a nation; None while the conduct stands alone: then names that are not its
    own may mean anything.
    """
    at = document or _NOWHERE
    found = [_told(at, path, error) for path, error in unreadable(conduct)]
    for use in uses(conduct):
        known = traits
        if known is None:
            known = guess(use.expr, use.want, own_names(conduct)).names
        _, errors = check(use.expr, scope(conduct, known), use.want)
        found += [_told(at, use.path, error) for error in errors]
    return found


def _told(at: Document, path: Path, error: ExprError) -> Problem:
    return at.problem(
        *path,
        what=f"`{path_text(path)}`: {error.what}",
        why=error.why,
        remedy=error.remedy,
        nearest=error.nearest,
        at_value="taste" not in path,
    )


def _problems(conduct: Conduct, at: Document) -> Iterator[Problem]:
    yield from _counts(conduct, at)
    if conduct.extends:
        yield at.problem(
            "extends",
            what="the conduct extends others, and has not been laid over them",
            why="that happens when its file is loaded; a conduct made in Python is whole as it is",
            remedy="load it from a file, or copy another: "
            "`load_conduct('indifferent').model_copy(update=...)`",
        )
    for name, action in conduct.actions.items():
        yield from _action(name, action, conduct, at)
    for name, occasion in conduct.occasions.items():
        yield from _moved_by_taste("occasions", name, occasion, (), at)
        yield from _within(("occasions", name, "worth"), "worth", occasion.worth, 0, MOST_WORTH, at)
    yield from _conditions(conduct, at)
    yield from _drives(conduct, at)
    yield from formula_problems(conduct, at)
    yield from citation_problems(conduct, conduct.sources, at)


def _counts(conduct: Conduct, at: Document) -> Iterator[Problem]:
    for section, most in MOST.items():
        count = len(getattr(conduct, section))
        if count > most:
            yield at.problem(
                section,
                what=f"the conduct has {count} {section}, and may have {most}",
                why="every citizen decides on each of them, every month",
                remedy="join those that are alike",
            )


def _action(name: str, action: Action, conduct: Conduct, at: Document) -> Iterator[Problem]:
    moved = [
        field for field, weight in (("norm", action.norm), ("fear", action.fear)) if weight != 0
    ]
    yield from _moved_by_taste("actions", name, action, moved, at)
    path = ("actions", name)
    yield from _within((*path, "pull"), "pull", action.pull, -20, 20, at)
    yield from _within((*path, "fear"), "fear", action.fear, -MOST_LOG_ODDS, MOST_LOG_ODDS, at)
    steep = action.norm * conduct.norm.weight
    if abs(steep) > STEEPEST_NORM:
        yield at.problem(
            *path,
            "norm",
            what=f"the norm of {shown(name)}, {_n(action.norm)}, times the conduct's weight, "
            f"{_n(conduct.norm.weight)}, is {_n(steep)} log-odds",
            why=f"for a full share of the others it may be {STEEPEST_NORM} either way",
            remedy="lower one of the two",
        )
    pull = action.pull * conduct.pull.weight
    if abs(pull) > STEEPEST_NORM:
        yield at.problem(
            *path,
            "pull",
            what=f"the pull of {shown(name)}, {_n(action.pull)}, times the conduct's weight, "
            f"{_n(conduct.pull.weight)}, is {_n(pull)} log-odds",
            why=f"for a unit of worth it may be {STEEPEST_NORM} either way",
            remedy="lower one of the two",
        )


def _moved_by_taste(
    section: str, name: str, part: Action | Occasion, moved: Sequence[str], at: Document
) -> Iterator[Problem]:
    movers = [*(["taste"] if part.taste else []), *moved]
    if part.rate in (0, 1) and movers:
        always, happens = "never", "never happens"
        if part.rate == 1:
            always, happens = "always", "happens every month"
        yield at.problem(
            section,
            name,
            movers[0],
            what=f"{shown(name)} {happens}, and has a {movers[0]}",
            why=f"no {movers[0]} moves a rate of {rate_text(part.rate).removesuffix(' a month')}: "
            f"what is so {always} is so for everybody",
            remedy="write a rate between 0% and 100%, such as 0.1% a month, or restrict `who`",
        )
    for key, weight in part.taste.items():
        path = (section, name, "taste", key)
        yield from _within(path, "taste", weight, -MOST_LOG_ODDS, MOST_LOG_ODDS, at)


_WHY = {
    "taste": "beyond that a chance is 0 or 1 for any purpose",
    "fear": "beyond that a chance is 0 or 1 for any purpose",
    "pull": "it multiplies the conduct's `pull.weight`",
    "worth": "worth is counted in units in which an ordinary service is about 1",
}


def _within(
    path: Path, what: str, number: Fraction, low: int, high: int, at: Document
) -> Iterator[Problem]:
    if not low <= number <= high:
        yield at.problem(
            *path,
            what=f"`{path_text(path)}` is {_n(number)}, not within {low} to {high}",
            why=_WHY[what],
            remedy=f"write a number from {low} to {high}",
        )


def _conditions(conduct: Conduct, at: Document) -> Iterator[Problem]:
    for name, condition in conduct.conditions.items():
        for field, action in (("begins", condition.begins), ("ends", condition.ends)):
            if action not in conduct.actions:
                yield at.problem(
                    "conditions",
                    name,
                    field,
                    what=f"the condition {shown(name)} {field} with {shown(action)}, which is no "
                    "action",
                    why=f"the actions are {', '.join(conduct.actions)}"
                    if conduct.actions
                    else "the conduct has no actions",
                    remedy="name an action of this conduct, or declare it under `actions:`",
                    nearest=nearest(action, conduct.actions),
                    at_value=True,
                )
        if condition.begins == condition.ends:
            yield at.problem(
                "conditions",
                name,
                "ends",
                what=f"the condition {shown(name)} begins and ends with {shown(condition.ends)}",
                remedy="let another action end it",
            )


def _drives(conduct: Conduct, at: Document) -> Iterator[Problem]:
    pull, norm, means = conduct.pull, conduct.norm, conduct.means
    limits = (
        (("pull", "weight"), pull.weight, 0, STEEPEST_NORM),
        (("pull", "spread"), pull.spread, 0, 10_000),
        (("norm", "weight"), norm.weight, -STEEPEST_NORM, STEEPEST_NORM),
        (("means", "limit"), means.limit, 0, 1000),
    )
    for path, number, low, high in limits:
        if not low <= number <= high:
            yield at.problem(
                *path,
                what=f"`{path_text(path)}` is {_n(number)}, not within {low:,} to {high:,}",
                remedy=f"write a number from {low:,} to {high:,}",
            )


def _n(number: Fraction) -> str:
    return decimal_text(number)
