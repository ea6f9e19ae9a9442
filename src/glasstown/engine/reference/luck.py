"""The luck of one community: every seat's draw for a purpose in a month, at once.

`glasstown.luck.draw` says what a draw is. Here the seats of a community share one long integer,
64 bits to a seat, so that Python multiplies all of them in one step: no other reason.
"""

from __future__ import annotations

import struct

from glasstown.luck import LOW_BITS, Layout, purpose
from glasstown.luck.philox import MASK, MULTIPLIERS, ROUNDS, WEYL

_SEAT_BITS = 64


class Luck:
    """The draws of the citizens `first` to `first + n - 1`."""

    def __init__(self, seed: int, layout: Layout, first: int, n: int) -> None:
        self._n = n
        self._ones = sum(1 << (_SEAT_BITS * seat) for seat in range(n))
        self._words = self._ones * MASK
        blocks, self._parts = zip(*(layout.bits(first + seat) for seat in range(n)), strict=True)
        self._block_low = self._pack([block & MASK for block in blocks])
        self._block_high = self._pack([block >> 32 for block in blocks])
        key_low, key_high = seed & MASK, seed >> 32
        self._keys = [
            (
                self._ones * ((key_low + turn * WEYL[0]) & MASK),
                self._ones * ((key_high + turn * WEYL[1]) & MASK),
            )
            for turn in range(ROUNDS)
        ]

    def draws(self, name: str, month: int) -> list[int]:
        """Each seat's draw for a purpose in a month: whole numbers from 0 to 2**30 - 1."""
        high = self._halves(purpose(name), month, 0)
        low = self._halves(purpose(name), month, 1)
        keep = (1 << LOW_BITS) - 1
        return [(h << LOW_BITS) | (w & keep) for h, w in zip(high, low, strict=True)]

    def _halves(self, purpose_number: int, month: int, stage: int) -> list[int]:
        x0 = self._block_low
        x1 = self._block_high | (self._ones * (stage << 31))
        x2 = self._ones * month
        x3 = self._ones * purpose_number
        words = self._words
        for k0, k1 in self._keys:
            p0 = x0 * MULTIPLIERS[0]
            p1 = x2 * MULTIPLIERS[1]
            x0, x1, x2, x3 = (
                ((p1 >> 32) & words) ^ x1 ^ k0,
                p1 & words,
                ((p0 >> 32) & words) ^ x3 ^ k1,
                p0 & words,
            )
        of_word = [self._unpack(x) for x in (x0, x1, x2, x3)]
        return [
            of_word[part >> 1][seat] >> 16 if part & 1 else of_word[part >> 1][seat] & 0xFFFF
            for seat, part in enumerate(self._parts)
        ]

    def _pack(self, words: list[int]) -> int:
        return int.from_bytes(struct.pack(f"<{self._n}Q", *words), "little")

    def _unpack(self, packed: int) -> tuple[int, ...]:
        words: tuple[int, ...] = struct.unpack(
            f"<{self._n}Q", packed.to_bytes(8 * self._n, "little")
        )
        return words
