"""Where a dossier has a community's surroundings from: the one part that lives all its citizens.

The reference finds those of a community of 120 in 24 months in a third of a second, and the machine
in three thousandths; but to load the machine takes another two thirds, and to compile it, once for
an installation, many seconds. So the machine is asked where this process has it loaded already, for
a run say, and else from the second community of a world on: one dossier never waits for it.
"""

from __future__ import annotations

import sys
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, final

from glasstown.engine.reference import Signals, Steps, Surroundings
from glasstown.world.world import World

if TYPE_CHECKING:
    from glasstown.engine.dossier.neighbours import Neighbours

_KEPT = 16
"""Communities whose surroundings are kept: a reader looks at a citizen's neighbours, too."""


@final
class Neighbourhoods:
    """The surroundings of any community of one world.

    signals: the national signals of each month, for a world that is coupled.
    """

    def __init__(self, world: World, steps: Steps, signals: Signals | None) -> None:
        self._world, self._steps, self._signals = world, steps, signals
        self._is_first = True
        self._kept = lru_cache(maxsize=_KEPT)(self._live)

    def of(self, community: int) -> Surroundings:
        """What the citizens of a community met of one another.

        Raises:
            ValueError: the world is coupled, and the signals do not cover its months.
        """
        return self._kept(community)

    def _live(self, community: int) -> Surroundings:
        signals = self._steps.monthly(self._signals)
        if self._is_first and not machine_is_loaded():
            self._is_first = False
            return self._steps.surroundings(community, signals)
        return self._neighbours.surroundings(community, signals)

    @cached_property
    def _neighbours(self) -> Neighbours:
        # Numba and what it compiled are loaded only here: see above.
        from glasstown.engine.dossier.neighbours import Neighbours

        return Neighbours(self._world)


def machine_is_loaded() -> bool:
    """Whether this process has the machine loaded already."""
    return "glasstown.engine.machine" in sys.modules
