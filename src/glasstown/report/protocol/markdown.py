"""A description as Markdown, in which what strangers wrote stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glasstown.report.protocol.inline import pieces
from glasstown.report.protocol.model import Block, Command, Grid, Items, Protocol, Text

_SIGNS = re.compile(r"[\\`*\[\]<>|~$&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_START = re.compile(r"\A(?=[-+=](?:[-+=\s]|\Z)|#)|\A([0-9]+)(?=[.)](?:\s|\Z))")


def markdown(protocol: Protocol) -> str:
    """The whole description."""
    return "\n\n".join(_lines(protocol)) + "\n"


def _lines(protocol: Protocol) -> Iterator[str]:
    yield f"# {_inline(protocol.title)}"
    for block in protocol.before:
        yield _block(block)
    for part in protocol.parts:
        yield f"## {part.number} {part.title}"
        for element in part.elements:
            yield f"### {element.number} {element.title}"
            for answer in element.answers:
                yield f"#### {answer.number} {answer.title}"
                yield from (_block(block) for block in answer.blocks)


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return _begun(text)
        case Items(items, numbered):
            marks = (f"{place + 1}." if numbered else "-" for place in range(len(items)))
            return "\n".join(f"{m} {_begun(item)}" for m, item in zip(marks, items, strict=True))
        case Grid(caption, heads, rows):
            rule = "|" + "---|" * len(heads)
            return "\n".join([f"{_inline(caption)}:", "", _row(heads), rule, *map(_row, rows)])
        case Command(command):
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", command)), default=0))
            return f"{fence}sh\n{command}\n{fence}"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_inline(cell) for cell in cells) + " |"


def _begun(text: str) -> str:
    """A text at the start of a line, where some signs would begin a list or a heading."""
    return _START.sub(lambda found: f"{found[1] or ''}\\", _inline(text))


def _inline(text: str) -> str:
    return "".join(_piece(kind, piece) for kind, piece in pieces(text))


def _piece(kind: str, text: str) -> str:
    match kind:
        case "code":
            return "`" + text.replace("|", "\\|") + "`"
        case "link":
            return f"<{text}>"
    return _SIGNS.sub(lambda found: f"\\{found[0]}", text)
