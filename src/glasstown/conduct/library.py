"""The conducts that come with Glasstown, and conducts in files of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from glasstown.conduct.check import problems
from glasstown.conduct.load import read_extended
from glasstown.conduct.model import Conduct
from glasstown.errors import FileProblems, Problem
from glasstown.files import Document, Library, load, refuse_any

LIBRARY = Library("conduct", Path(__file__).parent / "library")
names, path, find = LIBRARY.names, LIBRARY.path, LIBRARY.find

STARTER = Path(__file__).parent / "starter.yaml"
"""The commented file that `glasstown new conduct` begins with."""


@dataclass(frozen=True)
class Read:
    """What came of reading a conduct's file, and the files that it extends.

    conduct: None where there is none to be had; document: all
    of them merged, None where one cannot be read at all;
    problems: everything that is wrong.
    """

    conduct: Conduct | None
    document: Document | None
    problems: tuple[Problem, ...]


def load_conduct(name_or_path: str | Path, folder: str | Path = "") -> Conduct:
    """Load a conduct by its name in the library or the path of its file, and check it.

    What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
    folder: where relative paths start. What it extends is merged in. Raises FileProblems where
    there is no such conduct, or with everything that is wrong with its files.
    """
    document = read_extended(find(name_or_path, folder), find)
    conduct = load(Conduct, document)
    refuse_any(problems(conduct, document))
    return conduct


def read_conduct(name_or_path: str | Path, folder: str | Path = "") -> Read:
    """Read a conduct as `load_conduct` does, as far as that goes; it never raises."""
    document = conduct = None
    try:
        document = read_extended(find(name_or_path, folder), find)
        conduct = load(Conduct, document)
    except FileProblems as error:
        return Read(conduct, document, error.problems)
    return Read(conduct, document, tuple(problems(conduct, document)))
