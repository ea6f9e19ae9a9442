"""The machine's instructions: their numbers, names and operands.

An instruction is eight 32-bit whole numbers: `op, dst, a, b, c, i, j, k`. `dst`, `a`, `b`, `c` are
registers (rows of one whole number per lane); `i`, `j`, `k` are immediate numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

WORDS = 8
"""Whole numbers to an instruction."""


class Op(IntEnum):
    """What an instruction does. The docstring of `SIGNATURES` says with what."""

    CONST = 0
    COPY = 1
    ADD = 2
    SUB = 3
    MUL = 4
    MIN = 5
    MAX = 6
    AND = 7
    OR = 8
    XOR = 9
    ANDNOT = 10
    NOT = 11
    ADDI = 12
    RSUBI = 13
    MULI = 14
    MULADDI = 15
    CLAMP = 16
    SHLI = 17
    SHRI = 18
    TERM = 19
    TRUNCMUL = 20
    LT = 21
    LE = 22
    EQ = 23
    LTI = 24
    GEI = 25
    EQI = 26
    SELECT = 27
    SELECTI = 28
    MASK = 29
    TABLE = 30
    SIGNAL = 31
    MONTH = 32
    PERIOD = 33
    SIZE = 34
    FIRST = 35
    SUM = 36
    MEAN = 37
    ROTATE = 38
    CUT = 39
    COUNT = 40
    COUNTIF = 41
    GROUP = 42
    HIST = 43
    LOAD8 = 44
    LOAD16 = 45
    LOAD32 = 46
    STORE8 = 47
    STORE16 = 48
    STORE32 = 49
    DRAW = 50
    CHANCE = 51
    CHANCEI = 52
    CHANCE2 = 53
    DECIDE = 54
    PICK = 55


FIRST_DRAW = Op.DRAW
"""From this one on, instructions draw luck: `i` is the purpose."""


@dataclass(frozen=True)
class Signature:
    """How an instruction reads in a listing: a template over its operands."""

    template: str
    registers: int
    writes: bool = True


def _s(template: str, registers: int, writes: bool = True) -> Signature:
    return Signature(template, registers, writes)


SIGNATURES: dict[Op, Signature] = {
    Op.CONST: _s("{i}", 0),
    Op.COPY: _s("{a}", 1),
    Op.ADD: _s("{a} + {b}", 2),
    Op.SUB: _s("{a} - {b}", 2),
    Op.MUL: _s("{a} * {b}", 2),
    Op.MIN: _s("min({a}, {b})", 2),
    Op.MAX: _s("max({a}, {b})", 2),
    Op.AND: _s("{a} and {b}", 2),
    Op.OR: _s("{a} or {b}", 2),
    Op.XOR: _s("{a} xor {b}", 2),
    Op.ANDNOT: _s("{a} and not {b}", 2),
    Op.NOT: _s("not {a}", 1),
    Op.ADDI: _s("{a} + {i}", 1),
    Op.RSUBI: _s("{i} - {a}", 1),
    Op.MULI: _s("{a} * {i}", 1),
    Op.MULADDI: _s("{a} * {i} + {b}", 2),
    Op.CLAMP: _s("clamp({a}, {i}, {j})", 1),
    Op.SHLI: _s("{a} << {i}", 1),
    Op.SHRI: _s("{a} >> {i}", 1),
    Op.TERM: _s("({a} * {i} + {k}) >> {j}", 1),
    Op.TRUNCMUL: _s("trunc({a} * {i} / 2^15)", 1),
    Op.LT: _s("{a} < {b}", 2),
    Op.LE: _s("{a} <= {b}", 2),
    Op.EQ: _s("{a} == {b}", 2),
    Op.LTI: _s("{a} < {i}", 1),
    Op.GEI: _s("{a} >= {i}", 1),
    Op.EQI: _s("{a} == {i}", 1),
    Op.SELECT: _s("{b} if {a} else {c}", 3),
    Op.SELECTI: _s("{i} if {a} else {j}", 1),
    Op.MASK: _s("{b} if {a} else 0", 2),
    Op.TABLE: _s("table[{i} + clamp({a} + {k}, 0, {j} - 1)]", 1),
    Op.SIGNAL: _s("signal {i}", 0),
    Op.MONTH: _s("month", 0),
    Op.PERIOD: _s("(month + {j}) mod {i} == 0", 0),
    Op.SIZE: _s("citizens of the community", 0),
    Op.FIRST: _s("the community's first {a}", 1),
    Op.SUM: _s("the community's sum of {a}", 1),
    Op.MEAN: _s("the community's mean of {a} * {i}", 1),
    Op.ROTATE: _s("{a} of the citizen {b} seats before", 2),
    Op.CUT: _s("the community's cut of {a}, quotas at {i}, from {j} to {k}", 1),
    Op.COUNT: _s("measure {i}, cells {j} to {k}: add {a}", 1, writes=False),
    Op.COUNTIF: _s("measure {i}, cells {j} to {k}: count {a}", 1, writes=False),
    Op.GROUP: _s("cell {i}: {a}", 1, writes=False),
    Op.HIST: _s("histogram {i}: {a} - {j}", 1, writes=False),
    Op.LOAD8: _s("column {i} of 8 bits", 0),
    Op.LOAD16: _s("column {i} of 16 bits", 0),
    Op.LOAD32: _s("column {i} of 32 bits", 0),
    Op.STORE8: _s("column {i} of 8 bits = {a}", 1, writes=False),
    Op.STORE16: _s("column {i} of 16 bits = {a}", 1, writes=False),
    Op.STORE32: _s("column {i} of 32 bits = {a}", 1, writes=False),
    Op.DRAW: _s("draw {i}", 0),
    Op.CHANCE: _s("draw {i} < {a}", 1),
    Op.CHANCEI: _s("draw {i} < {k}", 0),
    Op.CHANCE2: _s("draw {i} < ({j} if {a} else {k})", 1),
    Op.DECIDE: _s("draw {i} < logistic({a})", 1),
    Op.PICK: _s("pick {i} from table {j} row {a}, {k} thresholds", 1),
}
"""Of each instruction: its template, how many registers it reads, whether it writes `dst`."""
