"""The order of a section: values as they are needed, and effects among them."""

from __future__ import annotations

from collections.abc import Sequence

from glasstown.compiler.counting import Tally
from glasstown.compiler.steps import Step


def ordered(steps: Sequence[int], tallies: Sequence[Tally]) -> list[int | Tally]:
    """Values in order, each effect as soon as its values are there."""
    present = set(steps)
    when: dict[int, list[Tally]] = {}
    order: list[int | Tally] = []
    for tally in tallies:
        ready = [s for s in (tally.value, *tally.masks) if s in present]
        if ready:
            when.setdefault(max(ready), []).append(tally)
        else:
            order.append(tally)
    for step in steps:
        order.append(step)
        order += when.get(step, [])
    return order


def lifetimes(
    steps: Sequence[Step], order: Sequence[int | Tally]
) -> tuple[dict[int, int], dict[int, int]]:
    """At which place of an order each step is read last, and at which it is made."""
    last: dict[int, int] = {}
    made: dict[int, int] = {}
    for position, item in enumerate(order):
        if isinstance(item, Tally):
            last[item.value] = position
            continue
        for a in steps[item].args:
            last[a] = position
        made[item] = position
    return last, made
