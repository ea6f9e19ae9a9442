"""What is decided of citizens, and by which consequences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.standing import EITHER, NEVER, SURELY, Asked, Where
from glasstown.engine.panel import Panel
from glasstown.scheme.words import Words, listed, plain
from glasstown.world.world import World

_KINDS = {
    "refuse": "refused",
    "require": "required",
    "advance": "advanced",
    "discount": "discounted",
}
_DONE = {
    "refused": "Refused when",
    "required": "Asked for more when",
    "advanced": "Put ahead when",
    "discounted": "Given a discount when",
}


@final
@dataclass(frozen=True)
class Decision:
    """Something that is decided of citizens, and by which consequences.

    measure: in the ledger; before: measures of which none may hold for it to come up, after the
    first, which has to; none where it comes up for everybody each month.
    """

    measure: str
    says: str
    adverse: bool
    by: tuple[Asked, ...]
    before: tuple[str, ...] = ()

    def arises(self, panel: Panel) -> Where:
        """In which months it is decided of whom: citizens x months."""
        if not self.before:
            return np.ones((len(panel), panel.world.months), bool)
        wanted, *barred = self.before
        found = panel.of[wanted] != 0
        for name in barred:
            found &= panel.of[name] == 0
        return np.asarray(found)

    @property
    def drawn_on(self) -> str:
        """What of a citizen's standing the consequences read, in words."""
        parts: dict[str, None] = {}
        for asked in self.by:
            name = plain(asked.scheme.scheme)
            if asked.by_tier:
                parts[f"the tier of {name}"] = None
            if asked.by_score:
                parts[f"the score of {name}"] = None
            parts |= dict.fromkeys(f"the register {plain(r)}" for r in asked.registers)
        return listed(parts)

    def settled(self, said: list[NDArray[np.int8]]) -> Where:
        """Where the standing alone settles that it befalls the citizen.

        said: what the formula of each consequence says. Who is among the best is settled by scores
        alone, once the rest of the formula is.
        """
        sure = np.zeros(len(said[0]), bool)
        open_, may = np.zeros(len(said[0]), bool), np.zeros(len(said[0]), bool)
        for asked, answer in zip(self.by, said, strict=True):
            if asked.consequence.best is None:
                sure |= answer == SURELY
            open_ |= answer == EITHER
            may |= answer != NEVER
        return np.asarray(sure | (may & ~open_))


def decisions_of(world: World) -> tuple[Decision, ...]:
    """Everything that is decided of citizens where a score, tier or register may count."""
    return tuple(d for d in _decisions(world) if d.drawn_on)


def _decisions(world: World) -> Iterator[Decision]:
    words = Words({name: said for s in world.schemes for name, said in s.words.items()})
    every = [Asked(s, c) for s in world.schemes for c in s.consequences.values()]
    for occasion in world.conduct.occasions:
        here = [asked for asked in every if asked.consequence.occasion == occasion]
        for kind, done in _KINDS.items():
            by = tuple(asked for asked in here if asked.consequence.outcome.kind == kind)
            earlier = {"refuse": (), "require": ("refused",)}.get(kind, ("refused", "unmet"))
            before = (f"{name}.{occasion}" for name in earlier)
            if by:
                yield Decision(
                    f"{done}.{occasion}",
                    f"{_DONE[done]} {words.doing(occasion)}",
                    kind in ("refuse", "require"),
                    by,
                    (f"wanted.{occasion}", *(name for name in before if name in world.measures)),
                )
    for scheme in world.schemes:
        by = tuple(
            a for a in every if a.scheme is scheme and a.consequence.outcome.kind == "expose"
        )
        if by and all(asked.consequence.occasion is None for asked in by):
            yield Decision(f"{scheme.scheme}.exposed", "Exposed", True, by)
