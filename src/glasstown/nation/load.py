"""Nations from files, and those of the library by name."""

from __future__ import annotations

from pathlib import Path

from glasstown.files import Document, Library, load, read_yaml, refuse_any
from glasstown.nation.check import problems
from glasstown.nation.model import Nation

LIBRARY = Library("nation", Path(__file__).parent / "library")
names, path, find = LIBRARY.names, LIBRARY.path, LIBRARY.find

STARTER = Path(__file__).parent / "starter.yaml"
"""The commented file that `glasstown new nation` begins with."""


def read_nation(name_or_path: str | Path, folder: str | Path = "") -> tuple[Nation, Document]:
    """Read a nation by its name in the library or the path of its file, check it, keep the file.

    What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
    folder: where relative paths start.

    Raises:
        FileProblems: there is no such nation, or everything that is wrong with its file.
    """
    document = read_yaml(find(name_or_path, folder))
    nation = load(Nation, document)
    refuse_any(problems(nation, document))
    return nation, document


def load_nation(name_or_path: str | Path, folder: str | Path = "") -> Nation:
    """Read and check a nation, as `read_nation` does.

    Raises:
        FileProblems: there is no such nation, or everything that is wrong with its file.
    """
    return read_nation(name_or_path, folder)[0]
