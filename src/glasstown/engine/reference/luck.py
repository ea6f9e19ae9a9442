"""The luck of one community: the draws of its citizens for a purpose, several months at once.

`glasstown.luck.draw` says what a draw is. Here the two counters of each draw, of every citizen and
of several months, share one long integer, 64 bits to a counter, so that Python multiplies all of
them in one step: no other reason.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from glasstown.luck import LOW_BITS, Layout, purpose
from glasstown.luck.philox import MASK, MULTIPLIERS, ROUNDS, WEYL

_MOST_LANES = 512
_LOW = (1 << LOW_BITS) - 1


class Luck:
    """The draws of the citizens in some seats of the community that begins with citizen `first`.

    months: how many there are to draw for.
    """

    def __init__(
        self, seed: int, layout: Layout, first: int, seats: Sequence[int], months: int
    ) -> None:
        self.seats = tuple(seats)
        self._home = self
        if self.seats[0] != 0:
            self._home = Luck(seed, layout, first, (0,), months)
        n = len(self.seats)
        self._span = span = max(1, min(months, _MOST_LANES // (2 * n)))
        self._lanes = 2 * n * span
        blocks, parts = zip(*(layout.bits(first + seat) for seat in self.seats), strict=True)
        # The lanes of a month are the high halves of all the seats, then the low ones.
        high = [block >> 32 for block in blocks]
        low = [word | (1 << 31) for word in high]
        self._x0 = self._pack([block & MASK for block in blocks] * (2 * span))
        self._x1 = self._pack([*high, *low] * span)
        self._months = self._pack([month for month in range(span) for _ in range(2 * n)])
        self._ones = self._pack([1] * self._lanes)
        self._words = self._ones * MASK
        key_low, key_high = seed & MASK, seed >> 32
        self._keys = [
            (
                self._ones * ((key_low + turn * WEYL[0]) & MASK),
                self._ones * ((key_high + turn * WEYL[1]) & MASK),
            )
            for turn in range(ROUNDS)
        ]
        self._parts = [(part >> 1, 16 * (part & 1)) for part in parts]
        self._found: dict[str, tuple[int, list[list[int]]]] = {}

    def draws(self, name: str, month: int) -> list[int]:
        """Each seat's draw for a purpose in a month: whole numbers from 0 to 2**30 - 1."""
        run, place = divmod(month, self._span)
        found = self._found.get(name)
        if found is None or found[0] != run:
            self._found[name] = found = (run, self._draw(purpose(name), run * self._span))
        return found[1][place]

    def of_community(self, name: str, month: int) -> int:
        """The community's draw, which is that of its first citizen."""
        return self._home.draws(name, month)[0]

    def _draw(self, purpose_number: int, first_month: int) -> list[list[int]]:
        """The draws of a run of months: for each month, each seat's."""
        words, n = self._philox(purpose_number, first_month), len(self.seats)
        return [
            [
                (words[word][lane] >> shift & 0xFFFF) << LOW_BITS
                | (words[word][lane + n] >> shift & _LOW)
                for lane, (word, shift) in enumerate(self._parts, start)
            ]
            for start in range(0, self._lanes, 2 * n)
        ]

    def _philox(self, purpose_number: int, first_month: int) -> list[tuple[int, ...]]:
        """The four words of every lane."""
        words = self._words
        x0, x1 = self._x0, self._x1
        x2, x3 = self._months + self._ones * first_month, self._ones * purpose_number
        for k0, k1 in self._keys:
            p0 = x0 * MULTIPLIERS[0]
            p1 = x2 * MULTIPLIERS[1]
            x0, x1, x2, x3 = (
                ((p1 >> 32) & words) ^ x1 ^ k0,
                p1 & words,
                ((p0 >> 32) & words) ^ x3 ^ k1,
                p0 & words,
            )
        return [self._unpack(x) for x in (x0, x1, x2, x3)]

    def _pack(self, words: list[int]) -> int:
        return int.from_bytes(struct.pack(f"<{self._lanes}Q", *words), "little")

    def _unpack(self, packed: int) -> tuple[int, ...]:
        words: tuple[int, ...] = struct.unpack(
            f"<{self._lanes}Q", packed.to_bytes(8 * self._lanes, "little")
        )
        return words
