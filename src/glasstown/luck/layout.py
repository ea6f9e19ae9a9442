"""Where a citizen lives: community, seat, and the ward that fixes the citizen's luck."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

WARD_SEATS = 1024
"""The most seats in a ward."""

LARGEST_NATION = 2**40
"""The most citizens in a nation."""


@dataclass(frozen=True)
class Layout:
    """How citizens are numbered into communities and wards.

    Citizens are numbered from 0; community `c` holds citizens `c*size` to `c*size + size - 1`,
    and the last community of a nation may hold fewer. A ward is a run of `communities` whole
    communities; it has `width` lanes, a multiple of 128, of which the first
    `communities * size` are seats.
    """

    size: int
    communities: int
    width: int

    @property
    def seats(self) -> int:
        """Citizens in a full ward."""
        return self.size * self.communities

    @property
    def blocks(self) -> int:
        """Counter blocks to a ward: an eighth of its lanes."""
        return self.width // 8

    def place(self, citizen: int) -> tuple[int, int]:
        """The ward and the lane in it of a citizen."""
        return divmod(citizen, self.seats)

    def community(self, citizen: int) -> tuple[int, int]:
        """The community and the seat in it of a citizen."""
        return divmod(citizen, self.size)


@lru_cache(maxsize=256)
def layout(size: int) -> Layout:
    """The layout for communities of `size` citizens, 1 to 1,024.

    Of the wards that hold 512 to 1,024 seats, the one that wastes the fewest lanes is
    taken, and the larger of two that waste alike. It is part of the definition of luck: it
    must never depend on the machine.
    """
    if not 1 <= size <= WARD_SEATS:
        raise ValueError(f"a community holds 1 to {WARD_SEATS} citizens, not {size}")
    candidates = []
    for communities in range(1, WARD_SEATS // size + 1):
        seats = communities * size
        if seats < WARD_SEATS // 2:
            continue
        width = -(-seats // 128) * 128
        candidates.append((Fraction(width, seats), -communities, width))
    _, negative, width = min(candidates)
    return Layout(size=size, communities=-negative, width=width)
