"""The schemes that come with Glasstown, and schemes in files of one's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from glasstown.errors import FileProblems, Place, Problem, nearest, shown
from glasstown.files import Document, load, read_yaml, refuse_any
from glasstown.scheme.check import problems
from glasstown.scheme.model import Scheme

_FOLDER = Path(__file__).parent / "library"

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


def names() -> tuple[str, ...]:
    """The names of the library's schemes, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def path(name: str) -> Path:
    """Where a scheme of the library lies. Raises FileProblems where there is none of that name."""
    if name in names():
        return _FOLDER / f"{name}.yaml"
    raise FileProblems(
        Problem(
            Place(""),
            f"there is no scheme {shown(name)} in the library",
            why=f"it holds {', '.join(names())}",
            remedy="name one of these, or the path of a file that ends in .yaml",
            nearest=nearest(name, names()),
        )
    )


def find(name_or_path: str | Path, folder: str | Path = "") -> Path:
    """Where a scheme lies that is called by a name in the library, or by the path of a file.

    folder: where relative paths start. Raises FileProblems for a name that is not in the library.
    """
    text = os.fspath(name_or_path)
    if isinstance(name_or_path, str) and not _is_path(text):
        return path(text)
    return Path(folder) / text


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


def _is_path(text: str) -> bool:
    special = ("", ".", "..")
    return text.endswith((".yaml", ".yml")) or "/" in text or os.sep in text or text in special
