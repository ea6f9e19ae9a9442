"""How a run is kept, what it took, and who is told: plain words that cost nothing to import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import final

Progress = Callable[[int, int], None]
"""Told how many citizen-months are done, and how many there are."""

Announce = Callable[[str], None]
"""Told what is about to take a while, or what went wrong without stopping the run."""


@final
class Often(StrEnum):
    """How often the state of a coupled world is kept."""

    AUTO = "auto"
    EACH_MONTH = "each-month"
    NONE = "none"


@final
@dataclass(frozen=True)
class Work:
    """What a run found kept, and what was left to live.

    unit: `span`, or `month` of a coupled world; there: how many were kept; lived: how many were
    lived now; again: of a coupled world, how many span-months were lived a second time, so that
    months could go on from them.
    """

    unit: str
    there: int
    lived: int
    again: int = 0
