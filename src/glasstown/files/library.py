"""Files that come with Glasstown, found by name, and files of one's own, found by path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import final

from glasstown.errors import FileProblems, Place, Problem, nearest, shown


@final
@dataclass(frozen=True)
class Library:
    """The files of one kind, a scheme or a nation say, that come in a folder."""

    kind: str
    folder: Path

    def names(self) -> tuple[str, ...]:
        """The names in the library, sorted."""
        return tuple(sorted(file.stem for file in self.folder.glob("*.yaml")))

    def path(self, name: str) -> Path:
        """Where the file of a name lies.

        Raises:
            FileProblems: there is none of this name; the nearest is told.
        """
        names = self.names()
        if name in names:
            return self.folder / f"{name}.yaml"
        raise FileProblems(
            Problem(
                Place(""),
                f"there is no {self.kind} {shown(name)} in the library",
                why=f"it holds {', '.join(names)}",
                remedy="name one of these, or the path of a file that ends in .yaml",
                nearest=nearest(name, names),
            )
        )

    def find(self, name_or_path: str | Path, folder: str | Path = "") -> Path:
        """Where a file lies that is called by its name in the library, or by its path.

        What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
        folder: where relative paths start.

        Raises:
            FileProblems: a name that is not in the library.
        """
        if isinstance(name_or_path, str) and not is_path(name_or_path):
            return self.path(name_or_path)
        return Path(folder) / name_or_path


def is_path(text: str) -> bool:
    """Whether a text is meant as the path of a file rather than as a name in a library."""
    special = ("", ".", "..")
    return text.endswith((".yaml", ".yml")) or "/" in text or os.sep in text or text in special
