"""Reach: which values of a plan are needed, when, and which of birth's are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glasstown.compiler.codes import DRAWS, Kind
from glasstown.compiler.plan import Plan
from glasstown.compiler.steps import Step


def live(planned: Plan) -> set[int]:
    """Every value that some effect needs, or that is to be read, through the months."""
    graph = planned.graph
    found: set[int] = set()
    todo = [*planned.met.values(), *(a for e in graph.effects for a in e.args)]
    while todo:
        node = graph.nodes[todo.pop()]
        if node.id in found:
            continue
        found.add(node.id)
        todo += node.args
        if node.state >= 0:
            state = graph.states[node.state]
            todo += [state.birth, state.new]
    return found


def needed(
    steps: Sequence[Step], roots: Iterable[int], monthly: bool = False, without: Iterable[int] = ()
) -> list[int]:
    """The roots and the steps they are made of, in order; `monthly`: only those."""
    found: set[int] = set()
    known = set(without)
    todo = list(roots)
    while todo:
        step = steps[todo.pop()]
        if step.id in found or step.id in known or step.code is None:
            continue
        if monthly and not step.monthly:
            continue
        found.add(step.id)
        todo += step.args
    return sorted(found)


def kept(steps: Sequence[Step], static: Iterable[int]) -> list[int]:
    """What a stateful program keeps of birth: the smallest values that all others are made of.

    Luck that falls at birth is not drawn anew each month: from what is needed, down to the
    first values with luck in them that are short enough to keep.
    """
    found: dict[int, None] = {}
    seen: set[int] = set()
    todo = list(static)
    while todo:
        step = steps[todo.pop()]
        if step.id in seen or not step.drawn:
            continue
        seen.add(step.id)
        assert step.code is not None
        small = step.kind is Kind.FLAG or step.is_byte
        if small or step.code in DRAWS or step.kind is Kind.COMMON:
            found[step.id] = None
        else:
            todo += step.args
    return sorted(found)
