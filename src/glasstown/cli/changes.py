"""What `--set PATH=VALUE` says."""

from __future__ import annotations

from typing import Any


def changes(written: list[str]) -> list[tuple[str, Any]]:
    """Each PATH=VALUE as a path and a value, read as a file would read it.

    Raises:
        GlasstownError: one is not of that form, or its value cannot be read.
    """
    from glasstown.errors import GlasstownError, Place, Problem, shown
    from glasstown.files import read_text

    found = []
    for text in written:
        path, equals, value = text.partition("=")
        if not equals or not path.strip():
            raise GlasstownError(
                Problem(
                    Place("--set"),
                    f"{shown(text)} does not say what to set",
                    remedy="write PATH=VALUE, as in rules.cheating.points=-80",
                )
            )
        found.append((path.strip(), read_text(f"value: {value}", f"--set {path}").get("value")))
    return found
