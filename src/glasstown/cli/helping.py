"""The texts of `--help`."""

from __future__ import annotations

from collections.abc import Callable
from inspect import cleandoc
from typing import Any


def help_of(command: Callable[..., Any]) -> str:
    """A command's docstring with each paragraph on one line, so that it fits any width."""
    paragraphs = cleandoc(command.__doc__ or "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def examples(*lines: str) -> str:
    """The examples under a command's help, one on each line."""
    return "\n".join(["Examples:", *(f"[cyan]  {line}[/cyan]" for line in lines)])
