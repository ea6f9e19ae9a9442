"""The same world with one thing taken away: what a run is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, final

from glasstown.scheme.words import plain
from glasstown.world.world import World


@final
@dataclass(frozen=True)
class Variant:
    """A world made from another. name: as figures call it; says: what was changed, in words."""

    name: str
    says: str
    of: Callable[[World], World]


def _unscored(world: World) -> World:
    return world.without(*(scheme.scheme for scheme in world.schemes))


def _harmless(world: World) -> World:
    return world.changed(
        {
            f"{scheme.scheme}.consequences.{name}": None
            for scheme in world.schemes
            for name in scheme.consequences
        }
    )


def _flawless(world: World) -> World:
    return world.without(*(path for path, _, _ in _errors(world)))


def _disclosing(rules: bool, reasons: bool | None = None) -> Callable[[World], World]:
    def changed(world: World) -> World:
        changes: dict[str, Any] = {}
        for scheme in world.schemes:
            changes[f"{scheme.scheme}.discloses.rules"] = rules
            if reasons is not None:
                changes[f"{scheme.scheme}.discloses.reasons"] = reasons
            for name, rule in scheme.rules.items():
                if rule.disclosed is not None:
                    changes[f"{scheme.scheme}.rules.{name}.disclosed"] = None
        return world.changed(changes)

    return changed


HERE = Variant("here", "the world as it is", lambda world: world)
UNSCORED = Variant("unscored", "no scheme at all", _unscored)
HARMLESS = Variant("harmless", "people are scored and listed, and nothing follows", _harmless)
FLAWLESS = Variant("flawless", "no sensor reports what was not done", _flawless)
TOLD = Variant("told", "all rules are told", _disclosing(True))
SECRET = Variant("secret", "all rules are secret", _disclosing(False))
EXPLAINED = Variant(
    "explained", "all rules are told and reasons are given", _disclosing(True, reasons=True)
)
UNEXPLAINED = Variant(
    "unexplained",
    "all rules are secret and no reasons are given",
    _disclosing(False, reasons=False),
)


def without_each_rule(world: World) -> Iterator[Variant]:
    """For each rule of each scheme, the world without it."""
    for scheme in world.schemes:
        for name in scheme.rules:
            path = f"{scheme.scheme}.rules.{name}"
            yield Variant(path, f"the rule {name} is taken out", _without(path))


def without_each_error(world: World) -> Iterator[Variant]:
    """For each sensor and each way it can report what was not done, the world without that."""
    for path, sensor, kind in _errors(world):
        yield Variant(path, f"{kind} of the {plain(sensor)}", _without(path))


def _errors(world: World) -> Iterator[tuple[str, str, str]]:
    """Where sensors can report what was not done: the path, the sensor, what it does, in words."""
    for scheme in world.schemes:
        for name, sensor in scheme.sensors.items():
            at = f"{scheme.scheme}.sensors.{name}"
            if sensor.false_alarm != 0:
                yield f"{at}.false_alarm", name, "false alarms"
            if sensor.mistaken:
                yield f"{at}.mistaken", name, "mistaken identities"


def _without(path: str) -> Callable[[World], World]:
    return lambda world: world.without(path)
