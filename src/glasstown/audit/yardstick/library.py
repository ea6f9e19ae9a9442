"""The yardsticks that come with Glasstown, and yardsticks in files of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from glasstown.audit.yardstick.model import Yardstick
from glasstown.errors import Problem, nearest, shown
from glasstown.files import Document, Library, load, read_yaml, refuse_any
from glasstown.files.citations import citation_problems

LIBRARY = Library("yardstick", Path(__file__).parent / "library")
names, path, find = LIBRARY.names, LIBRARY.path, LIBRARY.find

DEFAULT = "ordinary"
"""The yardstick that is used where none is named."""


def load_yardstick(name_or_path: str | Path = DEFAULT, folder: str | Path = "") -> Yardstick:
    """Load a yardstick by its name in the library or the path of its file, and check it.

    What ends in .yaml or .yml, or has a folder in it, is a path; anything else is a name.
    folder: where relative paths start. Raises FileProblems where there is no such yardstick, or
    with everything that is wrong with its file.
    """
    document = read_yaml(find(name_or_path, folder))
    yardstick = load(Yardstick, document)
    refuse_any(problems(yardstick, document))
    return yardstick


def problems(yardstick: Yardstick, document: Document | None = None) -> list[Problem]:
    """Everything wrong with a yardstick. document: what it was loaded from, for the lines."""
    at = document or Document("", {}, {}, {})
    return [
        *_contexts(yardstick, at),
        *citation_problems(yardstick, yardstick.sources, at),
    ]


def _contexts(yardstick: Yardstick, at: Document) -> Iterator[Problem]:
    known = yardstick.contexts
    named = [
        (("contexts", name, "related"), other)
        for name, context in known.items()
        for other in context.related
    ]
    named += [
        (("occasions", name, "context"), occasion.context)
        for name, occasion in yardstick.occasions.items()
        if occasion.context
    ]
    for where, name in named:
        if name not in known:
            yield at.problem(
                *where,
                what=f"{shown(name)} is not among the contexts",
                why="a context is named by what it is related to, and by occasions",
                remedy="add it to `contexts:`, or name one of them",
                nearest=nearest(name, known),
            )
