"""What the citizens of a community meet of one another.

All else in a citizen's month follows from the citizen's own state and luck, and from the nation's
signals: with these whole numbers, one citizen can be lived alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Surroundings:
    """What a community's citizens met of one another: whole numbers by name.

    at_birth: `mean/SCHEME` and `cut/SCHEME/CONSEQUENCE`, as below, from the scores at birth.
    months: for each month, by name:

    - `share/ACTION`: the share of the citizens who did it, in 4096ths;
    - `mean/SCHEME`: the mean score at the month's end, in steps;
    - `cut/SCHEME/CONSEQUENCE`: the community's rank cut, once all are placed;
    - `cases/SCHEME/RULE`: how often a rule fired that is not disclosed, and pulls;
    - `harmed/explained`, `harmed/unexplained`: `share(A)` and `share(B)` of *Learn*;
    - `stray/SCHEME/SENSOR/ACTION` or `stray/SCHEME/REGISTER/enter`, of a sensor that mistakes
      citizens for one another: bit `k` is 1 when another's record fell on the citizen in seat `k`.
    """

    at_birth: Mapping[str, int]
    months: tuple[Mapping[str, int], ...]
