"""Single values of a world set by dotted path: the same world, but for one rule."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from glasstown.conduct.model import Conduct
from glasstown.errors import FileProblems, Place, Problem, nearest
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world.bind import world_from_dict
from glasstown.world.world import World

NUMBERS = ("months", "seed", "citizens")
ONE_OF_A_KIND = ("score", "discloses", "appeals")


def changed(world: World, changes: Mapping[str, Any]) -> World:
    """A world with single values set by dotted path; None removes an entry, or a whole scheme.

    Raises:
        FileProblems: a path names nothing, or the changed world is not in order.
    """
    data = world.to_dict()
    problems = [p for path, value in changes.items() for p in _change(data, path, value)]
    if problems:
        raise FileProblems(problems)
    return world_from_dict(data)


def held(world: World, path: str) -> Any:
    """What a world has at a dotted path, as its models hold it; None where nothing is set.

    Raises:
        FileProblems: the path names nothing.
    """
    parts = path.split(".")
    if parts[0] in NUMBERS and len(parts) == 1:
        return getattr(world, path)
    data = world.to_dict()
    owners = _owners(data, parts)
    if isinstance(owners, Problem):
        raise FileProblems(owners)
    target, rest = owners
    models: list[tuple[Any, Any]] = list(zip(data["schemes"], world.schemes, strict=True))
    models += [(data["nation"], world.nation), (data["conduct"], world.conduct)]
    value = next(model for part, model in models if part is target)
    for part in rest:
        value = _inside(value, part)
    return value


def _inside(value: Any, part: str) -> Any:
    """The part of a model or a mapping that has this name in a file."""
    if isinstance(value, Mapping):
        return next((inner for key, inner in value.items() if str(key) == part), None)
    for name, field in getattr(type(value), "model_fields", {}).items():
        if part == (field.alias or name):
            return getattr(value, name)
    return None


def _change(data: dict[str, Any], path: str, value: Any) -> list[Problem]:
    parts = path.split(".")
    if parts[0] in NUMBERS and len(parts) == 1:
        data[parts[0]] = value
        return []
    if value is None and any(scheme["scheme"] == path for scheme in data["schemes"]):
        data["schemes"] = [scheme for scheme in data["schemes"] if scheme["scheme"] != path]
        data["by"] = [by for by in data["by"] if not _reads_tier(by, path)]
        return []
    owners = _owners(data, parts)
    if isinstance(owners, Problem):
        return [owners]
    target, parts = owners
    for part in parts[:-1]:
        inner = target.setdefault(part, {})
        if not isinstance(inner, dict):
            return [_unknown(path, f"`{part}` holds no names", ())]
        target = inner
    if value is not None:
        target[parts[-1]] = _plain(value)
        return []
    if parts[-1] not in target:
        return [_unknown(path, "there is nothing there to remove", target, parts[-1])]
    del target[parts[-1]]
    return []


def _reads_tier(grouping: str, scheme: str) -> bool:
    """Whether a grouping is by the tiers of a scheme."""
    return f"{scheme}.tier" in (part.strip() for part in grouping.split("*"))


def _owners(data: dict[str, Any], parts: list[str]) -> tuple[dict[str, Any], list[str]] | Problem:
    """The part of the world that a path is in, and the rest of the path."""
    schemes = {scheme["scheme"]: scheme for scheme in data["schemes"]}
    named = {**schemes, "nation": data["nation"], "conduct": data["conduct"]}
    path = ".".join(parts)
    first, rest = parts[0], parts[1:]
    if first in named:
        if rest:
            return named[first], rest
        return _unknown(path, "it names a whole file", ())
    models = [(scheme, Scheme) for scheme in data["schemes"]]
    models += [(data["conduct"], Conduct), (data["nation"], Nation)]  # type: ignore[list-item]
    holding = [part for part, model in models if first in model.model_fields]
    if not holding:
        fields = {f for _, model in models for f in model.model_fields}
        return _unknown(path, f"no file has `{first}`", {*named, *NUMBERS, *fields}, first)
    exact = [part for part in holding if _may_hold(part, parts)]
    if len(exact) == 1:
        return exact[0], parts
    if not exact and len(holding) == 1:
        if isinstance(holding[0].get(first), dict) and len(parts) > 2:
            return _unknown(path, f"`{first}` has no `{parts[1]}`", holding[0][first], parts[1])
        return holding[0], parts
    if not exact and len(parts) > 1:
        entries = [name for part in holding for name in part.get(first) or ()]
        return _unknown(path, f"no scheme's `{first}` has `{parts[1]}`", entries, parts[1])
    return Problem(
        Place(""),
        f"`{path}` could be in any of {', '.join(f'`{name}`' for name in schemes)}",
        remedy=f"begin with the scheme: `{next(iter(schemes), 'scheme')}.{path}`",
    )


def _may_hold(part: dict[str, Any], path: list[str]) -> bool:
    """Whether a file has what a path begins with; every scheme discloses something."""
    inner = part.get(path[0])
    if path[0] in ONE_OF_A_KIND or len(path) < 2:
        return inner is not None or path[0] == "discloses"
    return isinstance(inner, dict) and path[1] in inner


def _unknown(path: str, why: str, candidates: Any, name: str = "") -> Problem:
    return Problem(
        Place(""),
        f"`{path}` names nothing in this world",
        why=why,
        nearest=nearest(name, candidates) if name else "",
        remedy="give the path as in `rules.cheating.points` or `SCHEME.rules.cheating.points`",
    )


def _plain(value: Any) -> Any:
    """A value as a file would hold it."""
    if isinstance(value, float):
        return str(Decimal(repr(value)))
    if isinstance(value, Decimal):
        return str(value)
    return value
