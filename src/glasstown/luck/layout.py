"""Where a citizen lives: community, seat, and the ward that fixes the citizen's luck."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

WARD_SEATS = 1024
"""The lanes of a ward, and so the most seats in it."""

LARGEST_NATION = 2**40
"""The most citizens in a nation."""


@dataclass(frozen=True)
class Layout:
    """How citizens are numbered into communities and wards.

    Citizens are numbered from 0; community `c` holds citizens `c*size` to `c*size + size - 1`,
    and the last community of a nation may hold fewer. A ward is a run of `communities` whole
    communities, as many as its 1,024 lanes hold; the first `communities * size` lanes are seats.
    """

    size: int
    communities: int

    @property
    def seats(self) -> int:
        """Citizens in a full ward."""
        return self.size * self.communities

    @property
    def blocks(self) -> int:
        """Counter blocks to a ward: an eighth of its lanes."""
        return WARD_SEATS // 8

    def place(self, citizen: int) -> tuple[int, int]:
        """The ward and the lane in it of a citizen."""
        return divmod(citizen, self.seats)

    def bits(self, citizen: int) -> tuple[int, int]:
        """The counter block of a citizen's luck, and which of its eight 16-bit parts it is.

        Part `2 * w` is the low half of word `w`, part `2 * w + 1` the high half. The lanes of a
        ward lie one after another in memory when all its blocks' first words are written down,
        then all their second words, and so on.
        """
        ward, lane = self.place(citizen)
        word, within = divmod(lane, 2 * self.blocks)
        return ward * self.blocks + within // 2, 2 * word + within % 2

    def community(self, citizen: int) -> tuple[int, int]:
        """The community and the seat in it of a citizen."""
        return divmod(citizen, self.size)


@lru_cache(maxsize=256)
def layout(size: int) -> Layout:
    """The layout for communities of `size` citizens, 1 to 1,024.

    It is part of the definition of luck: it must never depend on the machine.
    """
    if not 1 <= size <= WARD_SEATS:
        raise ValueError(f"a community holds 1 to {WARD_SEATS} citizens, not {size}")
    return Layout(size=size, communities=WARD_SEATS // size)
