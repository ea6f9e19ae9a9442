"""What a formula says where only a citizen's standing is known: score, tier and registers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.written.may import ANYTHING, Known, truths
from glasstown.engine.panel import Panel
from glasstown.expr import Call, Expr, Name, names_called, walk
from glasstown.scheme.model import Consequence, Scheme

Codes = NDArray[np.int64]
Where = NDArray[np.bool_]

NEVER, EITHER, SURELY = 0, 1, 2
"""What a formula says of a standing, and thus of everybody who has it."""


@final
@dataclass(frozen=True)
class Asked:
    """A consequence with its scheme."""

    scheme: Scheme
    consequence: Consequence

    @property
    def formula(self) -> Expr:
        """Of whom it is."""
        return self.consequence.applies_to.expr

    @property
    def by_score(self) -> bool:
        """Whether it reads the score itself, and not only a tier."""
        return Name("score") in walk(self.formula) or self.consequence.best is not None

    @property
    def by_tier(self) -> bool:
        """Whether it reads the tier."""
        return Name("tier") in walk(self.formula)

    @property
    def registers(self) -> tuple[str, ...]:
        """The registers it reads."""
        return names_called(self.formula, "on")

    @property
    def measures(self) -> Iterator[str]:
        """What has to be read of citizens to know their standing, as far as it reads it."""
        name = self.scheme.scheme
        if self.by_score:
            yield f"{name}.score"
        if self.by_tier:
            yield from (f"{name}.tier.{tier}" for tier in self.scheme.tiers)
        yield from (f"{name}.on.{register}" for register in self.registers)

    def says(self, panel: Panel, where: Where) -> NDArray[np.int8]:
        """What its formula says of each citizen-month: `NEVER`, `EITHER` or `SURELY`.

        where: citizens x months, those that are asked for; the result is one value for each, in
        the order of `np.nonzero`. Whether a citizen is among the best is not asked.
        """
        codes, known = self._standings(panel, where)
        answers = np.array([_answer(truths(self.formula, each)) for each in known], np.int8)
        return answers[codes] if len(answers) else np.zeros(0, np.int8)

    def standings(self, panel: Panel, where: Where) -> Codes:
        """A number for each citizen-month; the same for the same tier and registers."""
        columns = [
            panel.of[name][where].astype(np.int64)
            for name in self.measures
            if not name.endswith(".score")
        ]
        return together(columns, int(where.sum()))

    def _standings(self, panel: Panel, where: Where) -> tuple[Codes, list[Known]]:
        """For each citizen-month the number of its standing, and the standings."""
        names = list(self.measures)
        columns = [panel.of[name][where].astype(np.int64) for name in names]
        codes = together(columns, int(where.sum()))
        _, first = np.unique(codes, return_index=True)
        found = []
        for at in first.tolist():
            state = {name: int(col[at]) for name, col in zip(names, columns, strict=True)}
            found.append(self._known(state))
        return codes, found

    def _known(self, state: dict[str, int]) -> Known:
        name, tiers = self.scheme.scheme, tuple(self.scheme.tiers)
        score = ANYTHING
        if f"{name}.score" in state and self.scheme.score is not None:
            points = Fraction(state[f"{name}.score"]) * self.scheme.score.kept_to
            score = points, points
        held = [at for at, tier in enumerate(tiers) if state.get(f"{name}.tier.{tier}")]
        facts: dict[Expr, bool] = {
            Call("on", (Name(register),)): bool(state[f"{name}.on.{register}"])
            for register in self.registers
        }
        return Known(score, tiers, (held[0], held[0]) if held else None, facts)


def together(columns: list[Codes], length: int) -> Codes:
    """One number for each row of several columns, from 0 up; the same for equal rows."""
    codes = np.zeros(length, np.int64)
    for column in columns:
        part, more = _numbered(column)
        codes = _numbered(codes * more + part)[0]
    return codes


def _numbered(column: Codes) -> tuple[Codes, int]:
    """The place of each value among those that occur, in order, and how many occur."""
    if not len(column):
        return column, 1
    low, high = int(column.min()), int(column.max())
    if high - low > len(column):
        values, places = np.unique(column, return_inverse=True)
        return np.asarray(places, np.int64), len(values)
    there = np.zeros(high - low + 1, np.int64)
    there[column - low] = 1
    return there.cumsum()[column - low] - 1, int(there.sum())


def _answer(said: frozenset[bool]) -> int:
    return EITHER if len(said) == 2 else SURELY if True in said else NEVER
