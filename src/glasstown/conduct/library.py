"""The conducts that come with Glasstown, and conducts in files of one's own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from glasstown.conduct.check import problems
from glasstown.conduct.load import read_extended
from glasstown.conduct.model import Conduct
from glasstown.errors import FileProblems, Place, Problem, nearest, shown
from glasstown.files import Document, load, refuse_any

_FOLDER = Path(__file__).parent / "library"

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


def names() -> tuple[str, ...]:
    """The names of the library's conducts, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


def path(name: str) -> Path:
    """Where a conduct of the library lies. Raises FileProblems where there is none so named."""
    if name in names():
        return _FOLDER / f"{name}.yaml"
    raise FileProblems(
        Problem(
            Place(""),
            f"there is no conduct {shown(name)} in the library",
            why=f"it holds {', '.join(names())}",
            remedy="name one of these, or the path of a file that ends in .yaml",
            nearest=nearest(name, names()),
        )
    )


def find(name_or_path: str | Path, folder: str | Path = "") -> Path:
    """Where a conduct lies that is called by a name in the library, or by the path of a file.

    folder: where relative paths start. Raises FileProblems for a name that is not in the library.
    """
    text = os.fspath(name_or_path)
    if isinstance(name_or_path, str) and not _is_path(text):
        return path(text)
    return Path(folder) / text


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


def _is_path(text: str) -> bool:
    special = ("", ".", "..")
    return text.endswith((".yaml", ".yml")) or "/" in text or os.sep in text or text in special
