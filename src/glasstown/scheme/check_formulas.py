"""Whether the formulas of a scheme make sense."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from glasstown.errors import Problem, nearest, shown
from glasstown.expr import (
    Call,
    Compare,
    ExprError,
    Name,
    Type,
    check,
    names_called,
    text,
    walk,
)
from glasstown.expr.guess import guess
from glasstown.files import Document, path_text
from glasstown.scheme.formulas import OWN_CHOICES, OWN_FUNCTIONS, OWN_NAMES, Use, scope, uses
from glasstown.scheme.model import Scheme
from glasstown.scheme.reads import sensors_of

_NOWHERE = Document("", {}, {}, {})
_ONLY_TRAITS = "at the start there are only traits: nobody has a score, a tier or a record yet"


def formula_problems(
    scheme: Scheme,
    document: Document | None = None,
    *,
    traits: Mapping[str, Type] | None = None,
    conditions: Iterable[str] = (),
    actions: Iterable[str] = (),
) -> list[Problem]:
    """Everything wrong with the formulas of a scheme.

    document: what the scheme was loaded from. traits: those of a nation, with the conditions and
    actions of a conduct; None while the scheme stands alone: then names that are not its own may
    mean anything.
    """
    at = document or _NOWHERE
    problems = []
    for use in uses(scheme):
        for error in _errors(scheme, use, traits, tuple(conditions), tuple(actions)):
            problems.append(
                at.problem(
                    *use.path,
                    what=f"`{path_text(use.path)}`: {error.what}",
                    why=error.why,
                    remedy=error.remedy,
                    nearest=error.nearest,
                    at_value=True,
                )
            )
    return problems


def _errors(
    scheme: Scheme,
    use: Use,
    traits: Mapping[str, Type] | None,
    conditions: tuple[str, ...],
    actions: tuple[str, ...],
) -> list[ExprError]:
    expr = use.formula.expr
    own = list(_own_errors(scheme, use))
    if traits is None:
        traits = guess(expr, use.want, OWN_NAMES, OWN_CHOICES).names
        conditions = names_called(expr, "months")
        actions = names_called(expr, "seen")
    found = scope(scheme, traits, conditions, actions, at_start=use.at_start, sees=use.sees)
    _, errors = check(expr, found, use.want)
    told = {error.column for error in own}
    for part in walk(expr):
        # Beside a `tier` that has no meaning, the tier's name need not be told to have none.
        if isinstance(part, Compare) and {part.left.column, part.right.column} & told:
            told |= {part.left.column, part.right.column}
    every = [*own, *(error for error in errors if error.column not in told)]
    once = {(error.column, error.what): error for error in every}
    return sorted(once.values(), key=lambda error: error.column)


def _own_errors(scheme: Scheme, use: Use) -> Iterator[ExprError]:
    """What the expression language cannot know: which words have a meaning in this place."""
    for part in walk(use.formula.expr):
        if isinstance(part, Name) and part.name in OWN_NAMES:
            yield from _own_name(scheme, use, part)
        elif isinstance(part, Call) and part.function in OWN_FUNCTIONS:
            yield from _own_call(scheme, use, part)


def _own_name(scheme: Scheme, use: Use, name: Name) -> Iterator[ExprError]:
    if use.at_start:
        yield _not_at_start(name.name, name.column)
    elif name.name == "score" and scheme.score is None:
        yield _no_score(name.name, name.column)
    elif name.name == "tier" and not scheme.tiers:
        yield ExprError(
            "the scheme has no tiers for `tier` to be one of",
            remedy="declare `tiers:`, or compare the score",
            column=name.column,
        )
    elif name.name == "tier" and scheme.score is None:
        yield _no_score(name.name, name.column)


def _own_call(scheme: Scheme, use: Use, call: Call) -> Iterator[ExprError]:
    written = f"{call.function}()"
    if use.at_start:
        yield _not_at_start(written, call.column)
    elif call.function == "mean" and scheme.score is None:
        yield _no_score(written, call.column)
    elif call.function == "seen" and not use.sees:
        yield _not_here(use, call)
    elif call.function == "seen":
        yield from _seen(scheme, call)


def _seen(scheme: Scheme, call: Call) -> Iterator[ExprError]:
    if len(call.args) > 2:
        yield ExprError(
            f"`seen` takes an action and perhaps a sensor, and has {len(call.args)} arguments here",
            remedy="write `seen(action)` or `seen(action, sensor)`",
            column=call.column,
        )
        return
    if len(call.args) == 2:
        sensor = call.args[1]
        named = text(sensor)
        if named not in scheme.sensors:
            yield ExprError(
                f"there is no sensor {shown(named)}",
                _listed("the sensors are", scheme.sensors),
                "name a sensor of this scheme",
                nearest(named, scheme.sensors),
                sensor.column,
            )
        return
    if not call.args or not isinstance(call.args[0], Name):
        return
    action = call.args[0].name
    sensors = sensors_of(scheme, action)
    if not sensors:
        example = next(iter(scheme.sensors), "SENSOR")
        yield ExprError(
            f"no rule reads {shown(action)}, so it is not told which sensor sees it",
            remedy=f"name the sensor: `seen({action}, {example})`",
            column=call.column,
        )
    elif len(sensors) > 1:
        yield ExprError(
            f"several sensors see {shown(action)}: {', '.join(sensors)}",
            remedy=f"say which is meant: `seen({action}, {sensors[0]})`",
            column=call.column,
        )


def _not_here(use: Use, call: Call) -> ExprError:
    if use.path[0] == "registers":
        return ExprError(
            "what a sensor has to find out cannot itself ask `seen()`",
            "the register is `seen_by` a sensor, which looks at how things are",
            "drop `seen_by`, or say in `enter` what the sensor looks for",
            column=call.column,
        )
    return ExprError(
        "`seen()` is not asked here",
        "only the formulas of rules and registers read what sensors saw this month",
        "let a rule or a register read it, and ask for the tier, the score or `on()` here",
        column=call.column,
    )


def _not_at_start(written: str, column: int) -> ExprError:
    return ExprError(
        f"`{written}` has no meaning at the start",
        _ONLY_TRAITS,
        "ask for traits only, or write `each: month` in place of `at_start: yes`",
        column=column,
    )


def _no_score(written: str, column: int) -> ExprError:
    return ExprError(
        f"the scheme has no score for `{written}`",
        remedy="declare `score:` with a range and a start, or ask for a register",
        column=column,
    )


def _listed(label: str, names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"{label} {listed}" if listed else ""
