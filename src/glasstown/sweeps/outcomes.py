"""What is read off each run: a measure of the ledger, and what it is counted against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from glasstown.errors import nearest, shown
from glasstown.records import EVERYONE
from glasstown.sweeps.axis import problem
from glasstown.world import World

Unit: TypeAlias = Literal["share", "points", "number"]

MEANS = 16
"""Units of means to one of worth (docs/reference/month.md)."""

FEAR = 4096
"""Units of fear to all of it (likewise)."""

MISSING = -1
"""What `of` is for a measure or a group that a setting does not have."""

_OF_WANTED = ("refused", "required", "unmet", "advanced", "discounted")
_AT_END = ("in", "means", "fear", "score", "tier", "on", "wrongly_on", "citizens")
_USUAL = ("refused", "unmet", "discounted", "advanced", "silenced")
_USUAL_OF_SCHEME = ("score", "tier", "on", "wrongly_on")


@final
@dataclass(frozen=True)
class Outcome:
    """A measure, what it is counted against ("" for nothing), and how it is read.

    times: how many of the measure's units make one; at_end: read in the last month, and not added
    up over all of them.
    """

    measure: str
    of: str
    unit: Unit
    at_end: bool
    scheme: str = ""

    def units(self, world: World) -> int:
        """How many of the measure's units make one of the outcome's: steps to a point, say."""
        if self.measure in ("means", "fear"):
            return MEANS if self.measure == "means" else FEAR
        score = next((s.score for s in world.schemes if s.scheme == self.scheme), None)
        return int(1 / score.kept_to) if self.unit == "points" and score is not None else 1


def outcomes(world: World, asked: Sequence[str] = ()) -> tuple[Outcome, ...]:
    """The outcomes of the measures asked for, by name or pattern (`did.*`); else the usual ones.

    Raises:
        GlasstownError: the world counts no such measure.
    """
    every = {measure: outcome(world, measure) for measure in world.measures}
    if not asked:
        return tuple(found for found in every.values() if _usual(found)) or tuple(every.values())
    chosen: dict[str, Outcome] = {}
    for name in asked:
        matching = [measure for measure in every if fnmatchcase(measure, name)]
        if not matching:
            ending = next((measure for measure in every if measure.endswith("." + name)), "")
            raise problem(
                "--measure",
                f"this world counts no {shown(name)}",
                remedy="`glasstown show RUN --names` lists what a run of it counts",
                nearest=ending or nearest(name, every),
            )
        chosen |= {measure: every[measure] for measure in matching}
    return tuple(chosen.values())


def outcome(world: World, measure: str) -> Outcome:
    """How a measure is read."""
    scheme = next((s.scheme for s in world.schemes if measure.startswith(s.scheme + ".")), "")
    own = measure.removeprefix(scheme + ".") if scheme else measure
    kind, _, name = own.partition(".")
    lead = f"{scheme}." if scheme else ""
    of, unit = "citizens", "share"
    match kind:
        case "citizens":
            of, unit = "", "number"
        case "refused_wrongly":
            of = f"refused.{name}"
        case "wrong":
            of = f"{lead}fired.{name}"
        case "wrongly_on":
            of = f"{lead}on.{name}"
        case "upheld":
            of = f"{lead}heard"
        case "score" | "points":
            unit = "points"
        case "means":
            unit = "number"
        case _ if kind in _OF_WANTED:
            of = f"wanted.{name}"
    if of and of not in world.measures:
        of = "citizens"
    return Outcome(measure, of, unit, kind in _AT_END, scheme)  # type: ignore[arg-type]


def groupings(world: World, asked: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The cells of the groupings asked for, everyone first.

    Raises:
        GlasstownError: the world counts by no such grouping.
    """
    for by in asked:
        if by not in world.by:
            raise problem(
                "--by",
                f"this world does not count by {shown(by)}",
                why=f"it counts by {', '.join(world.by)}" if world.by else "it counts no groups",
                remedy="write the grouping under `count:` in the world's file",
                nearest=nearest(by, world.by),
            )
    cells = [(cell.by, cell.group) for cell in world.cells]
    return tuple(cell for cell in cells if cell[0] == EVERYONE or cell[0] in asked)


def read_off(
    world: World,
    values: NDArray[np.int64],
    wanted: Sequence[Outcome],
    cells: Sequence[tuple[str, str]],
    monthly: bool,
) -> NDArray[np.int64]:
    """What a run counted of each outcome: int64, outcomes x cells x months x 2 (count, of).

    values: months x measures x cells, as the ledger has them; the months are one where not
    `monthly`: the last, or all added up. `of` is in the outcome's units, and MISSING where the
    world does not have the measure or the group.
    """
    rows: Mapping[str, int] = {name: row for row, name in enumerate(world.measures)}
    columns = {(cell.by, cell.group): place for place, cell in enumerate(world.cells)}
    made = np.zeros((len(wanted), len(cells), world.months if monthly else 1, 2), dtype=np.int64)
    made[..., 1] = MISSING
    for n, its in enumerate(wanted):
        if its.measure not in rows or (its.of and its.of not in rows):
            continue
        for m, cell in enumerate(cells):
            if cell not in columns:
                continue
            of = (
                values[:, rows[its.of], columns[cell]] * its.units(world)
                if its.of
                else np.ones(world.months, dtype=np.int64)
            )
            pair = np.stack([values[:, rows[its.measure], columns[cell]], of], axis=1)
            made[n, m] = pair if monthly else (pair[-1] if its.at_end else _sum(pair, its))
    return made


def _sum(pair: NDArray[np.int64], its: Outcome) -> NDArray[np.int64]:
    total: NDArray[np.int64] = pair.sum(axis=0)
    return total if its.of else np.array([total[0], 1], dtype=np.int64)


def _usual(its: Outcome) -> bool:
    own = its.measure.removeprefix(its.scheme + ".") if its.scheme else its.measure
    kinds = _USUAL_OF_SCHEME if its.scheme else _USUAL
    return own.partition(".")[0] in kinds
