"""Groups of citizens, each held against all the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.inside import Inside
from glasstown.engine.panel import Panel
from glasstown.scheme.words import plain

MOST = 12
"""A trait with more values than this makes no groups: each would be too small."""


@final
@dataclass(frozen=True)
class Group:
    """The citizens with one value of a trait, and all the others.

    other: the one other value, where there is but one; at: the value as panels hold it.
    """

    feature: str
    value: str
    other: str
    at: int

    @property
    def key(self) -> str:
        """The group in the names of figures."""
        return f"{self.feature}|{self.value}"

    def mask(self, panel: Panel) -> NDArray[np.bool_]:
        """Which citizens of a panel belong to it."""
        return np.asarray(panel.traits[self.feature] == self.at)

    @property
    def where(self) -> str:
        """The group in words: `where income is low`."""
        return f"where {plain(self.feature)} is {plain(self.value)}"

    @property
    def elsewhere(self) -> str:
        """All the others in words."""
        if self.other:
            return f"where {plain(self.feature)} is {plain(self.other)}"
        return "where it is not"


def groups_of(case: Inside) -> Iterator[Group]:
    """Every group of every trait that citizens are told apart by; of two values, the last alone.

    The two groups of a trait with two values differ from one another in the same thing.
    """
    for table in case.world.trait_tables:
        labels = table.labels
        if table.name not in case.groups or not 2 <= len(labels) <= MOST:
            continue
        for number, label in enumerate(labels):
            at = int(label) if table.kind == "number" else number
            if len(labels) > 2:
                yield Group(table.name, label, "", at)
            elif number:
                yield Group(table.name, label, labels[0], at)
