"""The schemes that come with Glasstown, and schemes in files of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from glasstown.errors import FileProblems, Problem
from glasstown.files import Document, Library, load, read_yaml, refuse_any
from glasstown.scheme.check import problems
from glasstown.scheme.model import Scheme

LIBRARY = Library("scheme", Path(__file__).parent / "library")
names, path, find = LIBRARY.names, LIBRARY.path, LIBRARY.find

STARTER = Path(__file__).parent / "starter.yaml"
"""The commented file that `glasstown new scheme` begins with."""


@dataclass(frozen=True)
class Read:
    """What came of reading a scheme's file.

    scheme: None where there is none to be had; document: None where it cannot be read at all;
    problems: everything that is wrong.
    """

    scheme: Scheme | None
    document: Document | None
    problems: tuple[Problem, ...]


def load_scheme(name_or_path: str | Path, folder: str | Path = "") -> Scheme:
    """Load a scheme by its name in the library or the path of its file, and check it.

    What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
    folder: where relative paths start. Raises FileProblems where there is no such scheme, or with
    everything that is wrong with its file.
    """
    document = read_yaml(find(name_or_path, folder))
    scheme = load(Scheme, document)
    refuse_any(problems(scheme, document))
    return scheme


def read_scheme(name_or_path: str | Path, folder: str | Path = "") -> Read:
    """Read a scheme as `load_scheme` does, as far as that goes; it never raises."""
    document = scheme = None
    try:
        document = read_yaml(find(name_or_path, folder))
        scheme = load(Scheme, document)
    except FileProblems as error:
        return Read(scheme, document, error.problems)
    return Read(scheme, document, tuple(problems(scheme, document)))
