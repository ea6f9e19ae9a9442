"""The terminal that output goes to."""

from __future__ import annotations

from rich.console import Console


def output() -> Console:
    """Stdout: plain text where it is not a terminal, and never a colour for a number."""
    return Console(highlight=False, markup=False, emoji=False)


def errors() -> Console:
    """Stderr, for what is shown while something is going on."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)
