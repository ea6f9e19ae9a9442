"""Worlds small enough to be reckoned by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from glasstown.conduct.model import Conduct
from glasstown.engine.reference import Life, live
from glasstown.engine.reference.events import Event
from glasstown.engine.reference.state import Citizen
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world import World, bind

SURE = {"rate": "100%"}
"""An action that all do who can."""

PLACES = 8


def small(
    scheme: Mapping[str, Any] | Sequence[Mapping[str, Any]] = (),
    conduct: Mapping[str, Any] | None = None,
    *,
    months: int = 4,
    citizens: int = 1,
    size: int | None = None,
    traits: Mapping[str, Any] | None = None,
    by: Sequence[str] = (),
    seed: int = 1,
) -> World:
    """A checked world of citizens with a `place`: by the fixture `seats`, that of their seat."""
    schemes = [scheme] if isinstance(scheme, Mapping) else list(scheme)
    named = [{"scheme": f"s{number or ''}", **each} for number, each in enumerate(schemes)]
    nation = {
        "nation": "small",
        "citizens": citizens,
        "communities": {"size": size or citizens},
        "traits": {"place": {"range": {"low": 0, "high": PLACES - 1}}, **(traits or {})},
    }
    return bind(
        "small",
        [Scheme.model_validate(each) for each in named],
        Nation.model_validate(nation),
        Conduct.model_validate({"conduct": "small", **(conduct or {})}),
        months=months,
        seed=seed,
        by=by,
    )


def scored(**parts: Any) -> dict[str, Any]:
    """A scheme whose score goes from 0 to 100 in whole points and starts at 50."""
    return {"score": {"range": [0, 100], "start": 50, "kept_to": 1}, **parts}


def doing(**when: str) -> dict[str, Any]:
    """A conduct whose actions are done for sure whenever their formula holds."""
    return {"actions": {name: {**SURE, "who": who} for name, who in when.items()}}


def lived(world: World, *, watch: bool = False) -> Life:
    """All the communities of an uncoupled world."""
    return live(world, range(world.communities), watch=range(world.citizens) if watch else ())


def series(world: World, measure: str, life: Life | None = None) -> list[int]:
    """A measure, for everyone, month by month."""
    number = world.measures.index(measure)
    return [month[number][0] for month in (life or lived(world)).counts]


def told(life: Life, kind: type[Event]) -> list[Any]:
    """The events of a kind."""
    return [event for event in life.events if isinstance(event, kind)]


def only(life: Life) -> Citizen:
    """The only citizen."""
    (citizen,) = life.citizens
    return citizen
