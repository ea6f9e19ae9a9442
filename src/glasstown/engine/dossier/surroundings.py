"""Where a dossier has a community's surroundings from: the one part that lives all its citizens.

Here the reference does. The machine can, by writing out these values of its graph: in each month
for the lanes of the community, and those of birth from what month 0 loads.

| name | value |
|---|---|
| `share/ACTION` | `context.shares[ACTION]` at the month's end: the mean of `does` |
| `mean/SCHEME` | `standing.mean` at the month's end, of a scheme with a score |
| `cut/SCHEME/CONSEQUENCE` | `standing.cuts[CONSEQUENCE]` after `place`, of `best: of community` |
| `cases/SCHEME/RULE` | `context.total(standing.fired[RULE])`, whatever actions' pull is |
| `harmed/explained`, `harmed/unexplained` | `share` in `_learn_fear`, 0 where nobody is harmed so |
| `stray/PURPOSE` | `landed` in `_strays`, whose lanes are the bits, seat 0 the lowest |

The first five are the same in every lane of the community.
"""

from __future__ import annotations

from functools import lru_cache
from typing import final

from glasstown.engine.reference import Signals, Steps, Surroundings

_KEPT = 16
"""Communities whose surroundings are kept: a reader looks at a citizen's neighbours, too."""


@final
class Neighbourhoods:
    """The surroundings of any community of one world.

    signals: the national signals of each month, for a world that is coupled.
    """

    def __init__(self, steps: Steps, signals: Signals | None) -> None:
        self._steps, self._signals = steps, signals
        self._kept = lru_cache(maxsize=_KEPT)(self._live)

    def of(self, community: int) -> Surroundings:
        """What the citizens of a community met of one another."""
        return self._kept(community)

    def _live(self, community: int) -> Surroundings:
        return self._steps.surroundings(community, self._signals)
