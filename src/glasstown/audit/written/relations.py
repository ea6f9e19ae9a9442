"""Whether contexts are related, by three readings of what the yardstick declares."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import combinations

from glasstown.audit.written.written import Written
from glasstown.audit.yardstick import Yardstick


class Reading(StrEnum):
    """How far relation goes: to the same context only, as declared, or on through others."""

    STRICT = "strict"
    DECLARED = "declared"
    LOOSE = "loose"


def related(yardstick: Yardstick, one: str, other: str, reading: Reading) -> bool:
    """Whether two contexts are related by a reading. A context always is to itself."""
    if one == other:
        return True
    if reading is Reading.STRICT:
        return False
    met = _neighbours(yardstick, one)
    if reading is Reading.LOOSE:
        new = met
        while new:
            new = {far for near in new for far in _neighbours(yardstick, near)} - met
            met |= new
    return other in met


def several(yardstick: Yardstick, contexts: Iterable[str], reading: Reading) -> bool:
    """Whether among these contexts are two that are not related."""
    return any(
        not related(yardstick, one, other, reading)
        for one, other in combinations(sorted(set(contexts)), 2)
    )


def unknown(yardstick: Yardstick, contexts: Iterable[str]) -> list[str]:
    """Those of several contexts that the yardstick does not have."""
    return [name for name in dict.fromkeys(contexts) if name and name not in yardstick.contexts]


def context_of(case: Written, consequence: str) -> str:
    """The context of a consequence, as the scheme says it or else the yardstick; "" if neither."""
    said = case.scheme.consequences[consequence]
    occasion = case.yardstick.occasions.get(said.occasion or "")
    return said.context or (occasion.context if occasion is not None else "")


def _neighbours(yardstick: Yardstick, name: str) -> set[str]:
    own = yardstick.contexts.get(name)
    named = set(own.related) if own is not None else set()
    return named | {
        other for other, context in yardstick.contexts.items() if name in context.related
    }
