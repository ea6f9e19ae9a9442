"""A plan as a graph of values, each known to lie between two whole numbers.

Values are built once and shared; what is known before any citizen is looked at is folded away.
A value whose bounds leave 32 bits is refused when it is built, so no sum in a run can wrap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from glasstown.compiler.nodes import HIGHEST, LOWEST, AbstractGraph, TooWide
from glasstown.compiler.ops import Op
from glasstown.luck import ONE, logistic

MOST_COUNTED = 2**21
"""A counted value stays below this, so that the sum over a ward fits 32 bits."""


@final
class Graph(AbstractGraph):
    """The values of a world, and the arithmetic, conditions and luck that make them."""

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
        if low < LOWEST or high > HIGHEST:
            raise TooWide(self.label, low, high)
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
        if low < LOWEST or high > HIGHEST:
            raise TooWide(self.label, low, high)
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

    def both(self, a: int, b: int) -> int:
        """Whether a and b hold."""
        for one, other in ((a, b), (b, a)):
            value = self.known(one)
            if value is not None:
                return other if value else self.const(0)
        if a == b:
            return a
        if self.nodes[b].op is Op.NOT:
            return self.node(Op.ANDNOT, (a, self.nodes[b].args[0]), 0, 1)
        if self.nodes[a].op is Op.NOT:
            return self.node(Op.ANDNOT, (b, self.nodes[a].args[0]), 0, 1)
        return self.node(Op.AND, (min(a, b), max(a, b)), 0, 1)

    def either(self, a: int, b: int) -> int:
        """Whether a or b holds."""
        for one, other in ((a, b), (b, a)):
            value = self.known(one)
            if value is not None:
                return self.const(1) if value else other
        if a == b:
            return a
        return self.node(Op.OR, (min(a, b), max(a, b)), 0, 1)

    def all_of(self, parts: Sequence[int]) -> int:
        """Whether all of the parts hold."""
        result = self.const(1)
        for part in parts:
            result = self.both(result, part)
        return result

    def any_of(self, parts: Sequence[int]) -> int:
        """Whether any of the parts holds."""
        result = self.const(0)
        for part in parts:
            result = self.either(result, part)
        return result

    def no(self, a: int) -> int:
        """Whether a does not hold."""
        value = self.known(a)
        if value is not None:
            return self.const(1 - value)
        node = self.nodes[a]
        if node.op is Op.NOT:
            return node.args[0]
        return self.node(Op.NOT, (a,), 0, 1)

    def differ(self, a: int, b: int) -> int:
        """Whether one of a and b holds, and the other does not."""
        for one, other in ((a, b), (b, a)):
            value = self.known(one)
            if value is not None:
                return self.no(other) if value else other
        return self.node(Op.XOR, (min(a, b), max(a, b)), 0, 1)

    def less(self, a: int, b: int) -> int:
        """a < b."""
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if ah < bl:
            return self.const(1)
        if al >= bh:
            return self.const(0)
        y = self.known(b)
        if y is not None:
            return self.node(Op.LTI, (a,), 0, 1, (y, 0, 0))
        x = self.known(a)
        if x is not None:
            return self.at_least(b, self.const(x + 1))
        return self.node(Op.LT, (a, b), 0, 1)

    def at_least(self, a: int, b: int) -> int:
        """a >= b."""
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if al >= bh:
            return self.const(1)
        if ah < bl:
            return self.const(0)
        y = self.known(b)
        if y is not None:
            return self.node(Op.GEI, (a,), 0, 1, (y, 0, 0))
        x = self.known(a)
        if x is not None:
            return self.less(b, self.const(x + 1))
        return self.node(Op.LE, (b, a), 0, 1)

    def equal(self, a: int, b: int) -> int:
        """Whether a and b are the same number."""
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if a == b:
            return self.const(1)
        if ah < bl or bh < al:
            return self.const(0)
        for one, other in ((a, b), (b, a)):
            value = self.known(other)
            if value is not None:
                if self.bounds(one) == (0, 1):
                    return one if value else self.no(one)
                return self.node(Op.EQI, (one,), 0, 1, (value, 0, 0))
        return self.node(Op.EQ, (min(a, b), max(a, b)), 0, 1)

    def select(self, test: int, then: int, otherwise: int) -> int:
        """`then` where the test holds, else `otherwise`."""
        value = self.known(test)
        if value is not None:
            return then if value else otherwise
        if then == otherwise:
            return then
        x, y = self.known(then), self.known(otherwise)
        (tl, th), (ol, oh) = self.bounds(then), self.bounds(otherwise)
        low, high = min(tl, ol), max(th, oh)
        if (x, y) == (1, 0):
            return test
        if (x, y) == (0, 1):
            return self.no(test)
        if x is not None and y is not None:
            return self.node(Op.SELECTI, (test,), low, high, (x, y, 0))
        if y == 0:
            if (tl, th) == (0, 1):
                return self.both(test, then)
            return self.node(Op.MASK, (test, then), low, high)
        if x == 0:
            return self.select(self.no(test), otherwise, then)
        return self.node(Op.SELECT, (test, then, otherwise), low, high)

    def masked(self, test: int, a: int) -> int:
        """a where the test holds, else 0."""
        return self.select(test, a, self.const(0))

    def draw(self, name: str, monthly: bool = True) -> int:
        """A draw from 0 to 2**30 - 1."""
        number = self.purpose(name)
        return self.node(Op.DRAW, (), 0, ONE - 1, (number, int(monthly), 0), monthly)

    def chance(self, threshold: int, name: str, monthly: bool = True) -> int:
        """Whether the draw is below a threshold known for all."""
        if threshold <= 0 or threshold >= ONE:
            return self.const(int(threshold > 0))
        number = self.purpose(name)
        return self.node(Op.CHANCEI, (), 0, 1, (number, int(monthly), threshold), monthly)

    def chance_of(self, threshold: int, name: str, monthly: bool = True) -> int:
        """Whether the draw is below a threshold that is itself a value."""
        value = self.known(threshold)
        if value is not None:
            return self.chance(value, name, monthly)
        node = self.nodes[threshold]
        if node.op is Op.SELECT and monthly:
            test, *limits = node.args
            return self.select(test, *(self.chance_of(limit, name) for limit in limits))
        number = self.purpose(name)
        if node.op is Op.SELECTI and monthly:
            imms = (number, node.imms[0], node.imms[1])
            return self.node(Op.CHANCE2, node.args, 0, 1, imms, True)
        return self.node(Op.CHANCE, (threshold,), 0, 1, (number, int(monthly), 0), monthly)

    def decide(self, utility: int, name: str) -> int:
        """Whether this month's draw is below the logistic of a utility."""
        value = self.known(utility)
        if value is not None:
            return self.chance(logistic(value), name)
        return self.node(Op.DECIDE, (utility,), 0, 1, (self.purpose(name), 1, 0), True)

    def uniform(self, low: int, high: int, name: str, monthly: bool = True) -> int:
        """A whole number from low to high."""
        step = self.shift_right(self.draw(name, monthly), 14)
        return self.add(
            self.shift_right(self.mul(step, self.const(high - low + 1)), 16), self.const(low)
        )


def _trunc(value: int, bits: int) -> int:
    return value >> bits if value >= 0 else -(-value >> bits)
