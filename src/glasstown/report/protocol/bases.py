"""What numbers rest on: sources and assumptions, each with a number of its own in a description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, final

from glasstown.files import Cited, Source, path_text
from glasstown.report import words
from glasstown.report.origin import parts
from glasstown.world import World

NONE = "neither a source nor an assumption"


@final
class Bases:
    """The sources and assumptions of a world's files, numbered in the order of the files."""

    def __init__(self, world: World) -> None:
        self._sources: dict[tuple[str, str, str, str], str] = {}
        self._said: dict[str, tuple[str, list[str]]] = {}
        self._known: dict[str, dict[str, Source]] = {}
        for name, model in models(world):
            self._known[name] = dict(model.sources)
            for source in model.sources.values():
                self._sources.setdefault(_key(source), f"S{len(self._sources) + 1}")
            for path, cited in parts(model):
                for text in _texts(cited):
                    said = self._said.setdefault(text, (f"A{len(self._said) + 1}", []))
                    said[1].append(f"{name} {words.tidy(path_text(path))}".strip())

    def of(self, name: str, cited: Cited | None) -> str:
        """What a part of a file rests on, as numbers: `S1, A4`."""
        if cited is None:
            return NONE
        keys = (cited.source,) if isinstance(cited.source, str) else cited.source
        known = self._known[name]
        found = [self._sources[_key(known[key])] for key in keys if key in known]
        found += [self._said[text][0] for text in _texts(cited)]
        return ", ".join(dict.fromkeys(found)) or NONE

    def sources(self) -> tuple[str, ...]:
        """Each source with its number, a sentence or two."""
        return tuple(
            f"{code}: {', '.join(filter(None, key[:3]))}.{' ' + key[3] if key[3] else ''}"
            for key, code in self._sources.items()
        )

    def assumptions(self) -> tuple[tuple[str, str, str], ...]:
        """Each assumption or note: its number, the parts it stands with, what it says."""
        return tuple((code, _some(places), text) for text, (code, places) in self._said.items())


def models(world: World) -> Iterator[tuple[str, Any]]:
    """The models of a world's files, by the name that a changed value's path begins with."""
    for scheme in world.schemes:
        yield scheme.scheme, scheme
    yield "nation", world.nation
    yield "conduct", world.conduct


def _texts(cited: Cited) -> Iterator[str]:
    if cited.assumption:
        yield words.tidy(cited.assumption)
    if cited.note:
        yield f"Note: {words.tidy(cited.note)}"


def _key(source: Source) -> tuple[str, str, str, str]:
    said = (words.tidy(t) for t in (source.title, source.date, source.url, source.note))
    title, date, url, note = said
    return title, date, url, note


def _some(places: list[str]) -> str:
    return words.listed(f"`{place}`" for place in places)
