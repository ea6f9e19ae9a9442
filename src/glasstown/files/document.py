"""A file as plain data that remembers on which line each thing stood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from glasstown.errors import FileProblems, Place, Problem

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | Decimal | bool | None"
"""What a file can hold. Numbers with a point are `Decimal`: exactly what was written."""

Path: TypeAlias = tuple[str | int, ...]
"""The way to something in a document: names in mappings, positions (from 0) in lists."""

_LONGEST_NAME = 60


@dataclass(frozen=True)
class Document:
    """The content of one file, and the place of every name and value in it.

    file: the file's name as the reader knows it; data: its content, a mapping; keys: the place of
    the name that a path ends in (absent for items of lists); values: the place of its value.
    """

    file: str
    data: dict[str, Data]
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]

    def has(self, *path: str | int) -> bool:
        """Tell whether the file holds anything at this path."""
        return path in self.values

    def get(self, *path: str | int) -> Data:
        """Return what stands at this path; None where nothing does."""
        at: Data = self.data
        for part in path:
            if isinstance(at, dict) and isinstance(part, str):
                at = at.get(part)
            elif isinstance(at, list) and isinstance(part, int) and 0 <= part < len(at):
                at = at[part]
            else:
                return None
        return at

    def place(self, *path: str | int) -> Place:
        """Find where the name that this path ends in was written.

        For an item of a list, where the item begins. Where the path leads to nothing, the place of
        the nearest ancestor that is there: the file itself, without a line, if none is.
        """
        for end in range(len(path), 0, -1):
            found = self.keys.get(path[:end]) or self.values.get(path[:end])
            if found is not None:
                return found
        return Place(self.file)

    def value_place(self, *path: str | int) -> Place:
        """Find where the value at this path begins; like `place` where there is none."""
        return self.values[path] if path and path in self.values else self.place(*path)

    def problem(
        self,
        *path: str | int,
        what: str,
        why: str = "",
        remedy: str = "",
        nearest: str = "",
        at_value: bool = False,
    ) -> Problem:
        """Make a problem that points at a path, for checks made after loading.

        at_value: point at the value and not at the name, where they stand on different lines.
        """
        where = self.value_place(*path) if at_value else self.place(*path)
        return Problem(where, what, why, remedy, nearest)


def document_of(name: str, data: dict[str, Data]) -> Document:
    """A document of data that was never a file: problems name it and the path, and no line."""
    values: dict[Path, Place] = {}

    def walk(part: Data, path: Path) -> None:
        values[path] = Place(name)
        if isinstance(part, dict):
            for key, inner in part.items():
                walk(inner, (*path, key))
        elif isinstance(part, list):
            for index, inner in enumerate(part):
                walk(inner, (*path, index))

    walk(data, ())
    return Document(name, data, {}, values)


def refuse_any(problems: Iterable[Problem]) -> None:
    """Raise `FileProblems` with all of them if there are any; otherwise do nothing."""
    found = tuple(problems)
    if found:
        raise FileProblems(found)


def path_text(path: Iterable[str | int]) -> str:
    """Write a path the way messages do: `rules.cheating.points[2]`, items counted from 1.

    A name longer than 60 characters is cut.
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            name = part if len(part) <= _LONGEST_NAME else part[: _LONGEST_NAME - 3] + "..."
            text += f".{name}" if text else name
    return text
