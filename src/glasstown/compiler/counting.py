"""Effects to instructions: what the ledger counts, and in which cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from glasstown.compiler.codes import Code, Kind
from glasstown.compiler.lower import Lowered
from glasstown.compiler.nodes import Effect
from glasstown.compiler.ops import Op


@dataclass(frozen=True)
class Tally:
    """An instruction that counts the value of a step, `times` times over.

    `masks` are steps that must have been made, and so made known as groups, before it.
    """

    code: Code
    value: int
    imms: tuple[int, int, int]
    times: int
    masks: tuple[int, ...]
    label: str


def tallies(lowered: Lowered, effect: Effect) -> list[Tally]:
    """The instructions of an effect: of a count, one a run of cells known at birth or monthly.

    `effect.args` are the value and the masks of all cells but everyone's.
    """
    if effect.op is Op.HIST:
        step = lowered.get(effect.args[0], Kind.WORD)
        return [Tally(Code.HIST, step, effect.imms, 0, (), effect.label)]
    masks = tuple(lowered.get(m, Kind.FLAG) for m in effect.args[1:])
    runs = [(False, 0, 1)]
    for cell, mask in enumerate(masks, start=1):
        monthly, first, _ = runs[-1]
        if lowered.steps[mask].monthly == monthly:
            runs[-1] = (monthly, first, cell + 1)
        else:
            runs.append((not monthly, cell, cell + 1))
    found = (_tally(lowered, effect, masks, (first, end)) for _, first, end in runs)
    return [t for t in found if t is not None]


def _tally(
    lowered: Lowered, effect: Effect, masks: Sequence[int], cells: tuple[int, int]
) -> Tally | None:
    """What a count adds in the cells from one up to another; None if nothing."""
    graph = lowered.graph
    value = effect.args[0]
    times, kind = 1, lowered.kind(value)
    node = graph.nodes[value]
    known = graph.known(value)
    if known == 0:
        return None
    if known is not None:
        times, value, kind = known, graph.const(1), Kind.FLAG
    elif node.op is Op.SELECTI and node.imms[1] == 0:
        times, value, kind = node.imms[0], node.args[0], Kind.FLAG
    elif (node.low, node.high) == (0, 1):
        kind = Kind.FLAG
    elif kind is Kind.COMMON:
        kind = Kind.SHORT if lowered.is_short(value) else Kind.WORD
    code = {Kind.FLAG: Code.FCOUNT, Kind.SHORT: Code.SCOUNT, Kind.WORD: Code.WCOUNT}[kind]
    imms = (effect.imms[0], *cells)
    own = tuple(masks[cell - 1] for cell in range(max(cells[0], 1), cells[1]))
    return Tally(code, lowered.get(value, kind), imms, times, own, effect.label)
