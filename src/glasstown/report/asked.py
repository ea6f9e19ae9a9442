"""What a comparison is asked for: measures by name or pattern, and traits to tell citizens by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
from glasstown.report.totals import Reading
from glasstown.world import World


def measures(every: Mapping[str, Reading], asked: Sequence[str]) -> list[str]:
    """The measures asked for by name or pattern; all of them, where none is.

    Raises:
        GlasstownError: neither world has one; the nearest is told.
    """
    if not asked:
        return list(every)
    chosen: dict[str, None] = {}
    for name in asked:
        matching = [measure for measure in every if fnmatchcase(measure, name)]
        if not matching:
            ending = next((measure for measure in every if measure.endswith("." + name)), "")
            raise GlasstownError(
                Problem(
                    Place(""),
                    f"neither world counts {shown(name)}",
                    remedy="`glasstown show RUN --names` lists what a run counts",
                    nearest=ending or nearest(name, every),
                )
            )
        chosen |= dict.fromkeys(matching)
    return list(chosen)


def groups(world: World) -> list[str]:
    """The traits that a world counts by, alone or crossed."""
    parts = [part.strip() for by in world.by for part in by.split("*")]
    known = {table.name for table in world.trait_tables}
    return list(dict.fromkeys(part for part in parts if part in known))


def traits(world: World, asked: Sequence[str]) -> list[str]:
    """The traits asked for, each once.

    Raises:
        GlasstownError: one is not a trait with a few values; the nearest is told.
    """
    known = [table.name for table in world.trait_tables if table.kind != "number"]
    for name in asked:
        if name not in known:
            raise GlasstownError(
                Problem(
                    Place(""),
                    f"citizens cannot be told apart by {shown(name)}",
                    why=f"it is no yes-or-no trait or choice of {world.nation.nation}",
                    remedy=f"name one of {', '.join(known)}" if known else "it has none",
                    nearest=nearest(name, known),
                )
            )
    return list(dict.fromkeys(asked))
