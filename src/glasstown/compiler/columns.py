"""Columns of state: what a stateful program keeps from month to month, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from glasstown.compiler.codes import Code, Kind
from glasstown.compiler.steps import Step

LOADS = {"flags": Code.LOADF, "bytes": Code.LOAD8, "shorts": Code.LOAD16, "words": Code.LOAD32,
         "commons": Code.LOADC}  # fmt: skip
STORES = {"flags": Code.STOREF, "bytes": Code.STORE8, "shorts": Code.STORE16,
          "words": Code.STORE32, "commons": Code.STOREC}  # fmt: skip

Slot: TypeAlias = tuple[str, int]
"""Where a column of state is kept: the kind of column, and its number among those."""


def slots(steps: Sequence[Step], kept: Iterable[int]) -> dict[int, Slot]:
    """Where the values of each kept step are, by its number."""
    counts = dict.fromkeys(LOADS, 0)
    found: dict[int, Slot] = {}
    for number in kept:
        width = _width(steps[number])
        found[number] = width, counts[width]
        counts[width] += 1
    return found


def _width(step: Step) -> str:
    """The narrowest kind of column that keeps a step's values."""
    match step.kind:
        case Kind.FLAG:
            return "flags"
        case Kind.COMMON:
            return "commons"
        case Kind.SHORT:
            return "bytes" if step.is_byte else "shorts"
        case Kind.WORD:
            return "words"
