"""Conducts from files, and from the files that these extend."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as FilePath

from glasstown.errors import FileProblems, Place, Problem, shown
from glasstown.files import Data, Document, Path, read_yaml

Finder = Callable[[str, FilePath], FilePath]
"""From what `extends` says, and the folder of the file that says it, to a file."""

MOST_FILES = 20
"""How many files one conduct may be put together from."""

_OF_ONE_FILE = ("conduct", "title", "about", "extends")


def read_extended(file: FilePath, find: Finder) -> Document:
    """Read a conduct's file with everything that it extends, merged to one document.

    Mappings are merged name by name, what is said later going before; a value of null removes an
    entry; lists are replaced. Each file counts once, however often it is extended. Every place
    points into the file that holds the value. Raises FileProblems with everything that is wrong
    with any of the files.
    """
    reader = _Reader(find)
    reader.read(file, ())
    if reader.problems:
        raise FileProblems(reader.problems)
    *bases, last = reader.documents
    whole = Document(last.file, {}, {}, {})
    for base in bases:
        whole = merged(whole, _without(base, _OF_ONE_FILE))
    return merged(whole, _without(last, ("extends",)))


class _Reader:
    """Reads files depth first, each once, the extended before the extending."""

    def __init__(self, find: Finder) -> None:
        self._find = find
        self._done: set[str] = set()
        self.documents: list[Document] = []
        self.problems: list[Problem] = []

    def read(
        self, file: FilePath, above: tuple[str, ...], said: str = "", said_at: Place | None = None
    ) -> None:
        name = _identity(file)
        if name in above:
            chain = [*above[above.index(name) :], name]
            self.problems.append(
                Problem(
                    said_at or Place(str(file)),
                    "the conduct extends itself: "
                    + " -> ".join(shown(os.path.basename(one)) for one in chain),
                    remedy="delete one of these `extends`",
                )
            )
            return
        if name in self._done:
            return
        self._done.add(name)
        if len(self._done) > MOST_FILES:
            if len(self._done) == MOST_FILES + 1:
                what = f"the conduct is put together from more than {MOST_FILES} files"
                place = said_at or Place(str(file))
                self.problems.append(Problem(place, what, remedy="extend fewer"))
            return
        try:
            document = read_yaml(file)
        except FileProblems as error:
            self.problems += [_at(one, said, said_at) for one in error.problems]
            return
        for path, text in _extended(document):
            place = document.value_place(*path)
            try:
                found = self._find(text, FilePath(file).parent)
            except FileProblems as error:
                self.problems += [replace(one, where=place) for one in error.problems]
                continue
            self.read(found, (*above, name), text, place)
        self.documents.append(document)


def _identity(file: FilePath) -> str:
    """One name for one file, however it is reached; of a path that cannot be one, itself."""
    try:
        return os.path.realpath(file)
    except (OSError, ValueError):
        return str(file)


def _at(problem: Problem, said: str, said_at: Place | None) -> Problem:
    """Tell a file that cannot be read at all where it is asked for."""
    if said_at is None or problem.where.line is not None:
        return problem
    what = f"{shown(said)} cannot be extended: {problem.what}"
    return replace(problem, where=said_at, what=what)


def _extended(document: Document) -> list[tuple[Path, str]]:
    """What a document extends, and where it says so; what is no text is left to the model."""
    said = document.get("extends")
    if isinstance(said, str):
        return [(("extends",), said)]
    if isinstance(said, list):
        return [(("extends", n), one) for n, one in enumerate(said) if isinstance(one, str)]
    return []


def merged(base: Document, over: Document) -> Document:
    """Lay one document over another; the places are those of the values that remain."""
    gone: set[Path] = set()
    data = _laid(base.data, over.data, (), gone)
    keys = {path: place for path, place in base.keys.items() if not _lies_in(path, gone)}
    values = {path: place for path, place in base.values.items() if not _lies_in(path, gone)}
    removed = {path for path in gone if path in over.values and over.get(*path) is None}
    keys |= {path: place for path, place in over.keys.items() if path not in removed}
    values |= {path: place for path, place in over.values.items() if path not in removed}
    return Document(over.file, data, keys, values)


def _laid(
    base: dict[str, Data], over: dict[str, Data], path: Path, gone: set[Path]
) -> dict[str, Data]:
    """Merge two mappings; gone: where what the base had is replaced or removed."""
    data = dict(base)
    for name, value in over.items():
        below = base.get(name)
        at = (*path, name)
        if isinstance(value, dict) and isinstance(below, dict):
            data[name] = _laid(below, value, at, gone)
            continue
        if name in base:
            gone.add(at)
        if value is None and name in base:
            del data[name]
        else:
            data[name] = value
    return data


def _lies_in(path: Path, gone: set[Path]) -> bool:
    return any(path[:end] in gone for end in range(1, len(path) + 1))


def _without(document: Document, names: tuple[str, ...]) -> Document:
    data = {name: value for name, value in document.data.items() if name not in names}
    if document.data.get("extends") is not None and not _extended(document):
        data["extends"] = document.data["extends"]
    gone: set[Path] = {(name,) for name in names if name not in data}
    keys = {path: place for path, place in document.keys.items() if not _lies_in(path, gone)}
    values = {path: place for path, place in document.values.items() if not _lies_in(path, gone)}
    return Document(document.file, data, keys, values)
