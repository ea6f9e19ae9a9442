"""The manifest of a sweep's folder: what was asked, and whether the table is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from glasstown.records.refuse import not_read, refusal

FORMAT = 1
"""The version of the sweep's folder: raised when an older Glasstown could not read it."""

MANIFEST = "manifest.json"

_NAMES = {
    "glasstown": "the version of Glasstown",
    "paths": "the varied paths",
    "settings": "the values that are set",
    "kind": "the kind of sweep",
    "samples": "the number of samples",
    "ranges": "the ranges",
    "repeat": "--repeat",
    "outcomes": "the measures",
    "cells": "the groupings",
    "monthly": "--monthly",
}


def read(folder: Path) -> dict[str, Any]:
    """What the manifest of a sweep's folder says.

    Raises:
        RunProblem: there is none, or it is of no sweep.
    """
    file = folder / MANIFEST
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise not_read(file, error) from None
    except (ValueError, RecursionError):
        raise _no_sweep(file, "it is not JSON") from None
    if not isinstance(data, dict) or "glasstown_sweep" not in data:
        said = "it is the manifest of a run" if _is_run(data) else "it does not call itself one"
        raise _no_sweep(file, said)
    version = data["glasstown_sweep"]
    if version != FORMAT:
        raise _no_sweep(file, f"its version is {version}, and this Glasstown reads {FORMAT}")
    kinds = {"digest": str, "files": dict, "ask": dict}
    for name, kind in kinds.items():
        if not isinstance(data.get(name), kind):
            raise _no_sweep(file, f"`{name}` is missing or not what it should be")
    return data


def difference(held: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """The first thing in which two asks differ, for a person."""
    for key in ("world", "citizens", "months", "seed"):
        one, other = held["world"].get(key), asked["world"].get(key)
        if one != other:
            name = "its world is" if key == "world" else f"{key} is"
            return f"{name} `{one}`, not `{other}`"
    for key, name in _NAMES.items():
        one, other = held.get(key), asked.get(key)
        if one == other:
            continue
        if isinstance(one, str | int | bool) and isinstance(other, str | int | bool):
            return f"{name} is `{one}`, not `{other}`"
        if key == "paths" and isinstance(one, list) and isinstance(other, list) and len(one) < 9:
            return f"it varies {', '.join(f'`{path}`' for path in one)}"
        return f"{name} differ"
    return "its world differs"


def _is_run(data: Any) -> bool:
    return isinstance(data, dict) and "glasstown_run" in data


def _no_sweep(file: Path, why: str) -> Exception:
    return refusal(file, f"this is not the manifest of a sweep: {why}", remedy="check the path")
