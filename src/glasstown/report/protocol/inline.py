"""A text taken apart: plain words, code between backticks, and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"`(?P<code>[^`]+)`|(?P<link>https?://[^\s<>\"'`|\\]*[^\s<>\"'`|\\.,;:)])")


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The kind of each piece (`plain`, `code` or `link`) with its text."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield "plain", text[end : found.start()]
        kind = found.lastgroup or "plain"
        yield kind, found[kind]
        end = found.end()
    if end < len(text):
        yield "plain", text[end:]
