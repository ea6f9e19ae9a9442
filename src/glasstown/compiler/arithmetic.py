"""Sums, products and limits of the values of a graph."""

from __future__ import annotations

from glasstown.compiler.nodes import HIGHEST, AbstractGraph, TooWide
from glasstown.compiler.ops import Op


class AbstractArithmetic(AbstractGraph):
    """A graph that can reckon with its values.

    Each method gives the value of what it says, folded or shared where that is known already.
    """

    def add(self, a: int, b: int) -> int:
        """a + b."""
        x, y = self.known(a), self.known(b)
        if x is not None:
            a, b, x, y = b, a, y, x
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if y == 0:
            return a
        if y is not None:
            node = self.nodes[a]
            if node.op is Op.ADDI:
                return self.add(node.args[0], self.const(node.imms[0] + y))
            return self.node(Op.ADDI, (a,), al + y, ah + y, (y, 0, 0))
        return self.node(Op.ADD, (a, b), al + bl, ah + bh)

    def sub(self, a: int, b: int) -> int:
        """a - b."""
        x, y = self.known(a), self.known(b)
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if a == b:
            return self.const(0)
        if y is not None:
            return self.add(a, self.const(-y))
        if x is not None:
            return self.node(Op.RSUBI, (b,), x - bh, x - bl, (x, 0, 0))
        return self.node(Op.SUB, (a, b), al - bh, ah - bl)

    def mul(self, a: int, b: int) -> int:
        """a * b."""
        x, y = self.known(a), self.known(b)
        if x is not None:
            a, b, x, y = b, a, y, x
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        corners = (al * bl, al * bh, ah * bl, ah * bh)
        low, high = min(corners), max(corners)
        if y is not None:
            if y == 1:
                return a
            return self.node(Op.MULI, (a,), low, high, (y, 0, 0))
        return self.node(Op.MUL, (a, b), low, high)

    def muladd(self, a: int, factor: int, b: int) -> int:
        """a * factor + b."""
        if self.known(a) is not None or self.known(b) is not None or factor in (0, 1):
            return self.add(self.mul(a, self.const(factor)), b)
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        low, high = sorted((al * factor, ah * factor))
        self.must_fit(low, high)
        return self.node(Op.MULADDI, (a, b), low + bl, high + bh, (factor, 0, 0))

    def shift_right(self, a: int, bits: int) -> int:
        """floor(a / 2**bits)."""
        low, high = self.bounds(a)
        return self.node(Op.SHRI, (a,), low >> bits, high >> bits, (bits, 0, 0)) if bits else a

    def shift_left(self, a: int, bits: int) -> int:
        """a * 2**bits."""
        low, high = self.bounds(a)
        return self.node(Op.SHLI, (a,), low << bits, high << bits, (bits, 0, 0)) if bits else a

    def rounded(self, a: int, factor: int, bits: int) -> int:
        """floor((a * factor + 2**(bits-1)) / 2**bits)."""
        half = 1 << (bits - 1)
        low, high = sorted(x * factor + half for x in self.bounds(a))
        self.must_fit(low, high)
        return self.node(Op.TERM, (a,), low >> bits, high >> bits, (factor, bits, half))

    def scaled_toward_zero(self, a: int, factor: int) -> int:
        """trunc(a * factor / 2**15)."""
        low, high = self.bounds(a)
        if max(-low, high) * factor > HIGHEST:
            raise TooWide(self.label, low * factor, high * factor)
        least, most = (_trunc(x * factor, 15) for x in (low, high))
        return self.node(Op.TRUNCMUL, (a,), least, most, (factor, 0, 0))

    def minimum(self, a: int, b: int) -> int:
        """The lesser of a and b."""
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if ah <= bl or a == b:
            return a
        if bh <= al:
            return b
        for one, other in ((a, b), (b, a)):
            limit = self.known(other)
            if limit is not None:
                return self.clamp(one, min(al, bl), limit)
        return self.node(Op.MIN, (a, b), min(al, bl), min(ah, bh))

    def maximum(self, a: int, b: int) -> int:
        """The greater of a and b."""
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if al >= bh or a == b:
            return a
        if bl >= ah:
            return b
        for one, other in ((a, b), (b, a)):
            limit = self.known(other)
            if limit is not None:
                return self.clamp(one, limit, max(ah, bh))
        return self.node(Op.MAX, (a, b), max(al, bl), max(ah, bh))

    def clamp(self, a: int, low: int, high: int) -> int:
        """a, but no less than low and no more than high."""
        al, ah = self.bounds(a)
        if al >= low and ah <= high:
            return a
        return self.node(
            Op.CLAMP, (a,), min(max(al, low), high), min(max(ah, low), high), (low, high, 0)
        )


def _trunc(value: int, bits: int) -> int:
    return value >> bits if value >= 0 else -(-value >> bits)
