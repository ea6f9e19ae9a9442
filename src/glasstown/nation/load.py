"""Nations from files, and those of the library by name."""

from __future__ import annotations

import os
from pathlib import Path

from glasstown.errors import FileProblems, Place, Problem, nearest, shown
from glasstown.files import Document, load, read_yaml, refuse_any
from glasstown.nation.check import problems
from glasstown.nation.model import Nation

_LIBRARY = Path(__file__).parent / "library"

STARTER = Path(__file__).parent / "starter.yaml"
"""The commented file that `glasstown new nation` begins with."""


def names() -> tuple[str, ...]:
    """The names of the nations in the library, sorted."""
    return tuple(sorted(file.stem for file in _LIBRARY.glob("*.yaml")))


def path(name: str) -> Path:
    """The file of a nation in the library.

    Raises:
        FileProblems: there is none of this name; the nearest is told.
    """
    if name not in names():
        raise FileProblems(
            Problem(
                Place(""),
                f"there is no nation {shown(name)} in the library",
                why=f"it holds {', '.join(names())}",
                remedy="name one of these, or the path of a file that ends in .yaml",
                nearest=nearest(name, names()),
            )
        )
    return _LIBRARY / f"{name}.yaml"


def read_nation(name_or_path: str | Path, folder: str | Path = "") -> tuple[Nation, Document]:
    """Read a nation by its name in the library or the path of its file, check it, keep the file.

    What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
    folder: where relative paths start.

    Raises:
        FileProblems: there is no such nation, or everything that is wrong with its file.
    """
    text = os.fspath(name_or_path)
    is_path = (
        isinstance(name_or_path, Path)
        or text.endswith((".yaml", ".yml"))
        or "/" in text
        or os.sep in text
        or text in ("", ".", "..")
    )
    document = read_yaml(Path(folder) / text if is_path else path(text))
    nation = load(Nation, document)
    refuse_any(problems(nation, document))
    return nation, document


def load_nation(name_or_path: str | Path, folder: str | Path = "") -> Nation:
    """Read and check a nation, as `read_nation` does.

    Raises:
        FileProblems: there is no such nation, or everything that is wrong with its file.
    """
    return read_nation(name_or_path, folder)[0]
