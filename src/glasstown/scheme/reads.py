"""What a scheme reads of the people it is put over: actions, occasions, conditions, traits."""

from __future__ import annotations

from collections.abc import Iterable

from glasstown.expr import Call, Expr, Name, names_called, walk
from glasstown.expr.guess import guess
from glasstown.files import Path
from glasstown.scheme.formulas import OWN_CHOICES, OWN_NAMES, uses
from glasstown.scheme.model import RateByGroup, Scheme

Places = dict[str, list[Path]]
"""Names, each with the paths where it is used."""


def actions_read(scheme: Scheme) -> Places:
    """The actions that rules and `seen()` name, and where."""
    found: list[tuple[str, Path]] = []
    for name, rule in scheme.rules.items():
        for field, action in (("when", rule.when), ("missed", rule.missed)):
            if action is not None:
                found.append((action, ("rules", name, field)))
    for use in uses(scheme):
        named = (seen(scheme, call)[0] for call in _calls_of_seen(use.formula.expr))
        found += [(action, use.path) for action in named if action]
    return _gather(found)


def occasions_read(scheme: Scheme) -> Places:
    """The occasions that consequences name, and where."""
    return _gather(
        (consequence.occasion, ("consequences", name, "occasion"))
        for name, consequence in scheme.consequences.items()
        if consequence.occasion is not None
    )


def conditions_read(scheme: Scheme) -> Places:
    """The conditions whose months formulas ask for, and where.

    A condition may also stand alone, as yes or no; there it cannot be told from a trait, and is
    among the `free_names`.
    """
    return _gather(
        (condition, use.path)
        for use in uses(scheme)
        for condition in names_called(use.formula.expr, "months")
    )


def free_names(scheme: Scheme) -> Places:
    """The names that a world must give a meaning to, as traits or conditions, and where.

    A name that is only compared with another, as `adult` in `age_band >= adult`, is taken for a
    value and left out.
    """
    found: list[tuple[str, Path]] = []
    for name, sensor in scheme.sensors.items():
        for field, rate in (("detects", sensor.detects), ("false_alarm", sensor.false_alarm)):
            if isinstance(rate, RateByGroup):
                found.append((rate.by, ("sensors", name, field, "by")))
    for use in uses(scheme):
        known = guess(use.formula.expr, use.want, OWN_NAMES, OWN_CHOICES).names
        found += [(name, use.path) for name in known]
    return _gather(found)


def records_read(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """Each sensor and action that a rule or a `seen()` of the scheme reads, in order.

    The order is that of the sensors, and for each sensor that of the first mention: first by the
    rules' `when` and `missed`, then by formulas.
    """
    found: dict[str, dict[str, None]] = {sensor: {} for sensor in scheme.sensors}
    for rule in scheme.rules.values():
        action = rule.when or rule.missed
        if action is not None and rule.seen_by in found:
            found[rule.seen_by][action] = None
    for use in uses(scheme):
        for call in _calls_of_seen(use.formula.expr):
            action, sensor = seen(scheme, call)
            if action and sensor in found:
                found[sensor][action] = None
    return tuple((sensor, action) for sensor, actions in found.items() for action in actions)


def seen(scheme: Scheme, call: Call) -> tuple[str, str]:
    """The action and the sensor that a call of `seen()` means; "" for what it leaves open.

    Where no sensor is given it is the one through which rules read the action.
    """
    given = [arg.name if isinstance(arg, Name) else "" for arg in call.args]
    action = given[0] if given else ""
    if len(given) > 1:
        return action, given[1]
    return action, next(iter(sensors_of(scheme, action)), "")


def sensors_of(scheme: Scheme, action: str) -> tuple[str, ...]:
    """The sensors through which rules read an action."""
    named = (
        rule.seen_by
        for rule in scheme.rules.values()
        if rule.seen_by is not None and action in (rule.when, rule.missed)
    )
    return tuple(dict.fromkeys(named))


def _calls_of_seen(expr: Expr) -> list[Call]:
    return [part for part in walk(expr) if isinstance(part, Call) and part.function == "seen"]


def _gather(found: Iterable[tuple[str, Path]]) -> Places:
    places: Places = {}
    for name, path in found:
        paths = places.setdefault(name, [])
        if path not in paths:
            paths.append(path)
    return places
