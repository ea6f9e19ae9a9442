"""Conditions and luck: what a graph of values can say beyond sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import final

from glasstown.compiler.arithmetic import AbstractArithmetic
from glasstown.compiler.ops import Op
from glasstown.luck import ONE, logistic


@final
class Graph(AbstractArithmetic):
    """The values of a world, and the arithmetic, conditions and luck that make them."""

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

    def less(self, a: int, b: int) -> int:
        """a < b."""
        (al, ah), (bl, bh) = self.bounds(a), self.bounds(b)
        if ah < bl:
            return self.const(1)
        if al >= bh:
            return self.const(0)
        y = self.known(b)
        if y is not None:
            one = self.nodes[a]
            if one.op is Op.SELECTI:
                then, otherwise = (self.const(int(x < y)) for x in one.imms[:2])
                return self.select(one.args[0], then, otherwise)
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
            if self.nodes[a].op is Op.SELECTI:
                return self.no(self.less(a, b))
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
