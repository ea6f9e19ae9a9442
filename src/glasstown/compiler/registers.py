"""Registers: a row for each value while something still needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from glasstown.compiler.codes import Kind


@final
@dataclass
class Registers:
    """The registers of the four kinds: those with an owner for life, and those lent in turn."""

    counts: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    _fixed: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    _free: dict[Kind, list[int]] = field(default_factory=lambda: {kind: [] for kind in Kind})

    def own(self, kind: Kind) -> int:
        """A register that is never lent again; asked for before any is lent."""
        self._fixed[kind] += 1
        return self._new(kind)

    def lend(self, kind: Kind) -> int:
        """A register for a while: the one given back last, which is the likeliest to be near."""
        return self._free[kind].pop() if self._free[kind] else self._new(kind)

    def back(self, kind: Kind, register: int) -> None:
        """Take a lent register back; one that is owned stays with its owner."""
        if register >= self._fixed[kind]:
            self._free[kind].append(register)

    def all_back(self) -> None:
        """Take every lent register back."""
        for kind in Kind:
            self._free[kind] = list(range(self.counts[kind] - 1, self._fixed[kind] - 1, -1))

    def _new(self, kind: Kind) -> int:
        self.counts[kind] += 1
        return self.counts[kind] - 1
