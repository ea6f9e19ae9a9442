"""Iterative proportional fitting in decimal arithmetic.

Libraries do this in floating point, whose last digits differ between machines, and a nation must
be the same bytes everywhere: so these few lines are our own.
Source: Deming and Stephan, "On a least squares adjustment of a sampled frequency table when the
expected marginal totals are known", Annals of Mathematical Statistics 11 (1940).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from glasstown.nation.normal import exact_context

MET = Decimal("1e-12")
"""How near to its share every part must come."""

MOST_SWEEPS = 1000
_PATIENCE = 50
"""Sweeps in which the worst miss must at least halve; when it does not, no end is in sight."""


@dataclass(frozen=True)
class Target:
    """A division of the cells into parts, and the share of the whole that each part must have."""

    parts: tuple[tuple[int, ...], ...]
    shares: tuple[Decimal, ...]


@dataclass(frozen=True)
class Miss:
    """The part that came out farthest from its share: which target, which part, what it has."""

    target: int
    part: int
    found: Decimal


def rake(
    start: Sequence[Decimal], targets: Sequence[Target]
) -> tuple[tuple[Decimal, ...], Miss | None]:
    """Scale the cells until every part of every target has its share, and tell what misses.

    start: a number of at least 0 for each cell. A cell of 0 stays 0. The miss is None when every
    part is within `MET` of its share. The last target is met to the last digit.
    """
    with localcontext(exact_context()):
        cells = list(start)
        earlier = Decimal("Infinity")
        for sweep in range(MOST_SWEEPS):
            for target in targets:
                _fit(cells, target)
            miss, size = _worst(cells, targets)
            if size <= MET:
                return tuple(cells), None
            if sweep % _PATIENCE == _PATIENCE - 1:
                if size > earlier / 2:
                    break
                earlier = size
        return tuple(cells), miss


def _fit(cells: list[Decimal], target: Target) -> None:
    for part, share in zip(target.parts, target.shares, strict=True):
        found = sum((cells[cell] for cell in part), Decimal(0))
        if found:
            factor = share / found
            for cell in part:
                cells[cell] *= factor


def _worst(cells: list[Decimal], targets: Sequence[Target]) -> tuple[Miss, Decimal]:
    worst, size = Miss(0, 0, Decimal(0)), Decimal(-1)
    for i, target in enumerate(targets):
        for j, (part, share) in enumerate(zip(target.parts, target.shares, strict=True)):
            found = sum((cells[cell] for cell in part), Decimal(0))
            if abs(found - share) > size:
                worst, size = Miss(i, j, found), abs(found - share)
    return worst, size
