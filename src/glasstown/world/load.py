"""Worlds from files, and those of the library by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from glasstown.conduct import read_conduct
from glasstown.conduct.model import Conduct
from glasstown.errors import FileProblems, Problem
from glasstown.files import Document, Library, is_path, load, read_yaml, refuse_any
from glasstown.nation import read_nation
from glasstown.scheme import read_scheme
from glasstown.scheme.model import Scheme
from glasstown.world.bind import checked
from glasstown.world.model import WorldFile
from glasstown.world.world import World

LIBRARY = Library("world", Path(__file__).parent / "library")
names, path, find = LIBRARY.names, LIBRARY.path, LIBRARY.find
T = TypeVar("T")


def load_world(
    name_or_path: str | Path,
    *,
    months: int | None = None,
    seed: int | None = None,
    citizens: int | None = None,
) -> World:
    """Read a world by its name in the library or the path of its file, and check it.

    What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
    `months`, `seed` and `citizens`, where given, take the place of the file's.

    Raises:
        FileProblems: there is no such world, or everything that is wrong with its files.
    """
    document = read_yaml(find(name_or_path))
    world = read_world(document)
    asked = {"months": months, "seed": seed, "citizens": citizens}
    given = {name: value for name, value in asked.items() if value is not None}
    return world.changed(given) if given else world


def read_world(document: Document) -> World:
    """A world from the content of its file.

    Raises:
        FileProblems: everything that is wrong with it and the files it names.
    """
    file = load(WorldFile, document)
    problems: list[Problem] = []

    schemes = [_part(document, problems, _scheme, "schemes", i) for i in range(len(file.schemes))]
    nation = _part(document, problems, read_nation, "nation")
    conduct = _part(document, problems, _conduct, "conduct")
    refuse_any(problems)
    documents = {"world": document, "nation": nation[1], "conduct": conduct[1]}
    documents |= {scheme.scheme: its for scheme, its in schemes}
    world = World(
        name=file.world,
        schemes=tuple(scheme for scheme, _ in schemes),
        nation=nation[0],
        conduct=conduct[0],
        months=file.months,
        seed=file.seed,
        citizens=file.citizens or nation[0].citizens,
        by=file.count.by,
        title=file.title,
        about=file.about,
    )
    world = checked(world, documents)
    return world.changed(file.changes) if file.changes else world


def _part(
    document: Document,
    problems: list[Problem],
    reader: Callable[[str | Path], tuple[T, Document]],
    *at: str | int,
) -> Any:
    """What a world's file names, with its document; problems are added where it cannot be had."""
    try:
        return reader(_resolved(str(document.get(*at)), document))
    except FileProblems as error:
        problems += [
            p
            if p.where.file
            else Problem(document.value_place(*at), p.what, p.why, p.remedy, p.nearest)
            for p in error.problems
        ]
        return None


def _scheme(name_or_path: str | Path) -> tuple[Scheme, Document]:
    read = read_scheme(name_or_path)
    refuse_any(read.problems)
    assert read.scheme is not None
    assert read.document is not None
    return read.scheme, read.document


def _conduct(name_or_path: str | Path) -> tuple[Conduct, Document]:
    read = read_conduct(name_or_path)
    refuse_any(read.problems)
    assert read.conduct is not None
    assert read.document is not None
    return read.conduct, read.document


def _resolved(text: str, document: Document) -> str | Path:
    """A name as it is; a path from the folder of the file that gives it."""
    return Path(document.file).parent / text if is_path(text) else text
