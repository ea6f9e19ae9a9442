"""Files in which one value, anywhere, is replaced by something absurd."""

from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from glasstown.files import Data, Document, Path

ABSURD: tuple[Data, ...] = (
    None,
    True,
    -1,
    0,
    10**17,
    Decimal("-0.000000001"),
    "",
    "yes",
    "140%",
    "-3 months",
    "score",
    "score / 0",
    "((((",
    "__import__('os')",
    "\u202eevil",
    "on(nobody) and seen(nothing)",
    "a" * 3000,
    [],
    [1, 2, 3],
    {},
    {"else": 1},
)


def mangled(document: Document, draw: Callable[[st.SearchStrategy[Any]], Any]) -> Document:
    """The document with up to three of its values replaced."""
    data = deepcopy(document.data)
    paths = [path for path in document.values if path and path != ("extends",)]
    for path in draw(st.lists(st.sampled_from(paths), min_size=1, max_size=3, unique=True)):
        _replace(data, path, deepcopy(draw(st.sampled_from(ABSURD))))
    return replace(document, data=data)


def _replace(data: Any, path: Path, value: Data) -> None:
    with suppress(KeyError, IndexError, TypeError):  # an earlier replacement took it away
        for part in path[:-1]:
            data = data[part]
        if isinstance(data, dict | list):
            data[path[-1]] = value  # type: ignore[index]
