"""What differs between the files of two worlds: the paths, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, final

from glasstown.scheme import Scheme, sentence
from glasstown.world.world import World

_NAMED = ("sensors", "rules", "registers", "consequences")
_SECTIONS = (*_NAMED, "score", "tiers", "appeals", "discloses")
_OF_ENTRIES = (*_NAMED, "tiers", "actions", "occasions", "conditions")

Leaf: TypeAlias = tuple[tuple[str, ...], Any, Any]

_SAID = {"title", "about", "sources", "source", "assumption", "sweep", "note", "context", "words"}
"""What a file says about itself: it changes nobody's life."""


@final
@dataclass(frozen=True)
class Difference:
    """One path at which two worlds differ.

    path: as `world.changed` takes it; one, other: what a file would hold there, None where it says
    nothing; one_says, other_says: the same in a sentence, "" where there is none.
    """

    path: str
    one: Any
    other: Any
    one_says: str = ""
    other_says: str = ""


def differences(one: World, other: World) -> tuple[Difference, ...]:
    """The paths at which two worlds differ, as far as it can change a citizen's life.

    What files say of themselves (titles, sources, assumptions, contexts) is left out, and so is by
    what is counted.
    """
    return tuple(_of_worlds(one, other))


def _of_worlds(one: World, other: World) -> Iterator[Difference]:
    for name in ("months", "seed", "citizens"):
        if getattr(one, name) != getattr(other, name):
            yield Difference(name, getattr(one, name), getattr(other, name))
    mine, theirs = one.to_dict(), other.to_dict()
    for kind in ("nation", "conduct"):
        for path, here, there in _of_parts((kind,), mine[kind], theirs[kind]):
            yield Difference(".".join(path), here, there)
    schemes = {s.scheme: s for s in one.schemes}, {s.scheme: s for s in other.schemes}
    for name in dict.fromkeys([*schemes[0], *schemes[1]]):
        first, second = (each.get(name) for each in schemes)
        if first is None or second is None:
            yield Difference(name, _title(first), _title(second))
            continue
        parts = [next(s for s in each["schemes"] if s["scheme"] == name) for each in (mine, theirs)]
        for path, here, there in _of_parts((name,), *parts):
            said = _sentences(path[1:], first, second)
            yield Difference(".".join(path), here, there, *said)


def _of_parts(path: tuple[str, ...], one: Any, other: Any) -> Iterator[Leaf]:
    """Path, one and other for each leaf that differs, or entry that only one of them has."""
    if one == other:
        return
    if len(path) == 2 and path[1] in _OF_ENTRIES:
        one, other = one or {}, other or {}
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        yield path, one, other
        return
    for name in dict.fromkeys([*one, *other]):
        # A title is a text; an action that is called `title` is not.
        if name in _SAID and not _is_entry(path, one.get(name), other.get(name)):
            continue
        # The name of the file itself: one that extends another, say.
        if len(path) == 1 and name in ("nation", "conduct"):
            continue
        yield from _of_parts((*path, str(name)), one.get(name), other.get(name))


def _is_entry(path: tuple[str, ...], *values: Any) -> bool:
    """Whether what is called like something said is an entry of a section, with parts."""
    return len(path) == 2 and any(isinstance(value, Mapping) for value in values)


def _title(scheme: Scheme | None) -> str | None:
    return None if scheme is None else scheme.title or scheme.scheme


def _sentences(path: tuple[str, ...], one: Scheme, other: Scheme) -> tuple[str, str]:
    """What each scheme says in a sentence of the part that a path is in."""
    section, name = path[0], path[1] if len(path) > 1 else ""
    if section not in _SECTIONS:
        return "", ""
    key = name if section in _NAMED else ""
    return _sentence(one, section, key), _sentence(other, section, key)


def _sentence(scheme: Scheme, section: str, name: str) -> str:
    try:
        return sentence(scheme, section, name)
    except KeyError:  # it has no such entry
        return ""
