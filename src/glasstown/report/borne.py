"""Whom the one of two worlds does most harm, and most good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.report.totals import Totals
from glasstown.scheme.words import Words
from glasstown.world import World

MOST = 3
"""Citizens that are named of those who lose most, and of those who gain most."""

RULE = (
    "Citizens are ordered by how often they were put ahead or given a discount, less how often "
    "they were refused, could not meet a requirement or were named in public: by what this is more "
    "in the first world than in the second. Those with the same are ordered by how many points "
    "their scores differ at the end, added up over the schemes that both worlds have, and then by "
    "number."
)
"""How the citizens who lose and gain most are found."""

_ADVERSE, _FAVOURABLE = ("refused", "unmet"), ("advanced", "discounted")
_WORDS = {
    "refused": "refused when {}",
    "unmet": "asked for more than was at hand when {}",
    "advanced": "put ahead when {}",
    "discounted": "given a discount when {}",
}


@final
@dataclass(frozen=True)
class Borne:
    """What the first world does to one citizen that the second does not.

    treatments: how much better it treats the citizen, counted by `RULE`; points: by how many the
    scores of both worlds differ; says: what differs, in words.
    """

    citizen: int
    treatments: int
    points: float
    says: tuple[str, ...]

    @staticmethod
    def counts(measure: str) -> bool:
        """Whether a measure has a part in the order."""
        kind, _, name = measure.partition(".")
        return kind in (*_ADVERSE, *_FAVOURABLE) or name in ("exposed", "score")

    def to_dict(self) -> dict[str, Any]:
        """The citizen as JSON-ready data."""
        return {
            "citizen": self.citizen,
            "treatments": self.treatments,
            "points": self.points,
            "says": list(self.says),
        }


def borne(own: Totals, worlds: Sequence[World]) -> tuple[tuple[Borne, ...], tuple[Borne, ...]]:
    """The citizens who lose most and those who gain most in the first world, by `RULE`."""
    better = np.zeros(len(own.citizens), np.int64)
    points = np.zeros(len(own.citizens))
    both = set(worlds[0].measures) & set(worlds[1].measures)
    for measure in filter(Borne.counts, own.here):
        reading = own.readings[measure]
        effect = reading.effect(own.here[measure], own.there[measure])
        if measure.endswith(".score"):
            if measure in both:
                points += reading.scaled(effect)
        elif measure.partition(".")[0] in _FAVOURABLE:
            better += effect
        else:
            better -= effect
    order = np.lexsort((own.citizens, points, better))
    lost = [n for n in order[:MOST].tolist() if (better[n], points[n]) < (0, 0)]
    backward = np.lexsort((own.citizens, -points, -better))
    gained = [n for n in backward[:MOST].tolist() if (better[n], points[n]) > (0, 0)]

    def told(places: Sequence[int]) -> tuple[Borne, ...]:
        return tuple(
            Borne(
                int(own.citizens[n]),
                int(better[n]),
                float(points[n]),
                tuple(_says(own, worlds, n, both)),
            )
            for n in places
        )

    return told(lost), told(gained)


def _says(own: Totals, worlds: Sequence[World], place: int, both: set[str]) -> Iterator[str]:
    words = Words({k: v for w in worlds for s in w.schemes for k, v in s.words.items()})
    for measure in filter(Borne.counts, own.here):
        reading = own.readings[measure]
        sides: list[NDArray[np.int64]] = [own.here[measure], own.there[measure]]
        here, there = (int(column[place]) for column in sides)
        if measure.endswith(".score"):
            if measure in both and here * reading.per[1] != there * reading.per[0]:
                ends = f"{here / reading.per[0]:,g} points at the end against "
                ends += f"{there / reading.per[1]:,g}"
                yield f"{measure.removesuffix('.score')}: {ends}"
            continue
        if here == there:
            continue
        kind, _, name = measure.partition(".")
        doing = f"named in public by {kind}"
        if kind in _WORDS:
            doing = _WORDS[kind].format(words.doing(name))
        yield f"{doing}: {_times(here)} against {_times(there)}"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")
