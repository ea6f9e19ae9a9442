"""What a description of a model is made of: elements, answers, and blocks of text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, final


@final
@dataclass(frozen=True)
class Text:
    """A paragraph. What stands in backticks is code; addresses become links."""

    text: str


@final
@dataclass(frozen=True)
class Items:
    """A list, in the manner of `Text`; numbered where the order means something."""

    items: tuple[str, ...]
    numbered: bool = False


@final
@dataclass(frozen=True)
class Grid:
    """A table: its caption, the headings of its columns, and its rows of cells."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@final
@dataclass(frozen=True)
class Command:
    """Something to type."""

    command: str


Block: TypeAlias = Text | Items | Grid | Command


@final
@dataclass(frozen=True)
class Answer:
    """What a description says to one of the protocol's questions."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@final
@dataclass(frozen=True)
class Element:
    """An element of the protocol, with its answers."""

    number: str
    title: str
    answers: tuple[Answer, ...]


@final
@dataclass(frozen=True)
class Part:
    """One of the protocol's three parts, with its elements."""

    number: str
    title: str
    elements: tuple[Element, ...]


@final
@dataclass(frozen=True)
class Protocol:
    """A whole description, with its title and what is said before the first element."""

    title: str
    before: tuple[Block, ...]
    parts: tuple[Part, ...]
