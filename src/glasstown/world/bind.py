"""Models bound into a world, and checked against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import pydantic

from glasstown.conduct import problems as conduct_problems
from glasstown.conduct.model import Conduct
from glasstown.errors import FileProblems, Problem
from glasstown.files import Document, document_of, load, refuse_any
from glasstown.nation import problems as nation_problems
from glasstown.nation.model import Nation
from glasstown.scheme import problems as scheme_problems
from glasstown.scheme.model import Scheme
from glasstown.world.check import problems
from glasstown.world.model import Count, WorldFile
from glasstown.world.world import World

M = TypeVar("M", bound=pydantic.BaseModel)


def bind(
    name: str,
    schemes: Sequence[Scheme],
    nation: Nation,
    conduct: Conduct,
    *,
    months: int = 12,
    seed: int = 2019,
    citizens: int | None = None,
    by: Sequence[str] = (),
    title: str = "",
    about: str = "",
) -> World:
    """A world of models made in Python, checked like one read from files.

    Raises:
        FileProblems: everything that is wrong with the parts or between them.
    """
    found: list[Problem] = []
    for scheme in schemes:
        found += scheme_problems(scheme, None)
    found += nation_problems(nation, None)
    found += conduct_problems(conduct, None)
    refuse_any(found)
    numbers = {"months": months, "seed": seed, "citizens": citizens}
    data = {"world": name, "nation": nation.nation, "conduct": conduct.conduct, **numbers}
    _model(WorldFile, data, "world")
    return checked(
        World(
            name=name,
            schemes=tuple(schemes),
            nation=nation,
            conduct=conduct,
            months=months,
            seed=seed,
            citizens=citizens or nation.citizens,
            by=tuple(by),
            title=title,
            about=about,
        ),
        {},
    )


def checked(world: World, documents: Mapping[str, Document]) -> World:
    """The world, when its parts fit each other.

    `documents` are the files it was read from: `world`, `nation`, `conduct`, each scheme by name.

    Raises:
        FileProblems: everything that does not fit.
    """
    refuse_any(problems(world, documents))
    return world


def world_from_dict(data: Mapping[str, Any]) -> World:
    """A world from what `World.to_dict` gave.

    Raises:
        FileProblems: everything that is wrong with it.
    """
    found: list[Problem] = []
    parts: dict[str, list[Any]] = {}
    wanted = [(Scheme, scheme, "scheme") for scheme in data["schemes"]]
    wanted += [(Nation, data["nation"], "nation"), (Conduct, data["conduct"], "conduct")]  # type: ignore[list-item]
    for model, part, kind in wanted:
        try:
            parts.setdefault(kind, []).append(_model(model, part, kind))
        except FileProblems as error:
            found += error.problems
    refuse_any(found)
    by = Count.model_validate({"by": data.get("by", ())}).by
    return bind(
        data["world"],
        parts.get("scheme", []),
        parts["nation"][0],
        parts["conduct"][0],
        months=data["months"],
        seed=data["seed"],
        citizens=data["citizens"],
        by=by,
        title=data.get("title", ""),
        about=data.get("about", ""),
    )


def _model(model: type[M], data: Any, kind: str) -> M:
    return load(model, document_of(kind, data))
