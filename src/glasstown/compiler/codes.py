"""The machine's instructions: their numbers, what they read and write, and how they read.

An instruction is eight 32-bit whole numbers: `code, dst, a, b, c, i, j, k`. `dst`, `a`, `b`, `c`
are registers; `i`, `j`, `k` are immediate numbers. A register is a row for one ward, of one of
four kinds: flags, one bit a lane; shorts, 16 bits a lane; words, 32 bits a lane; commons, 32 bits
a community.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

WORDS = 8
"""Whole numbers to an instruction."""


class Kind(StrEnum):
    """The kinds of registers, by the letter that a listing gives them."""

    FLAG = "f"
    SHORT = "s"
    WORD = "w"
    COMMON = "c"


class Code(IntEnum):
    """What an instruction does; `SIGNATURES` says with what."""

    CONST = 0
    COPY = 1
    ADD = 2
    SUB = 3
    MUL = 4
    MIN = 5
    MAX = 6
    TERM = 7
    CLAMP = 8
    TRUNCMUL = 9
    TABLE = 10
    LT = 11
    LTI = 12
    EQ = 13
    EQI = 14
    SCONST = 15
    SCOPY = 16
    SADD = 17
    SSUB = 18
    SADDI = 19
    SMIN = 20
    SMAX = 21
    SCLAMP = 22
    SMULADD = 23
    STERM = 24
    STRUNCMUL = 25
    SMUL12 = 26
    STABLE = 27
    SLIKELY = 28
    SSELECT = 29
    SSELECTI = 30
    SMASK = 31
    SLT = 32
    SLTI = 33
    SEQ = 34
    SEQI = 35
    FCONST = 36
    FCOPY = 37
    FAND = 38
    FOR = 39
    FXOR = 40
    FANDNOT = 41
    FNOT = 42
    FSELECT = 43
    WIDEN = 44
    NARROW = 45
    PACK = 46
    UNPACK = 47
    SPREADF = 48
    SPREADS = 49
    SPREADW = 50
    SIGNAL = 51
    MONTH = 52
    PERIOD = 53
    SIZE = 54
    CDRAW = 55
    FFIRST = 56
    SFIRST = 57
    WFIRST = 58
    FSUM = 59
    SSUM = 60
    WSUM = 61
    SHARE = 62
    CUT = 63
    ROTATE = 64
    HIST = 65
    FCOUNT = 66
    SCOUNT = 67
    WCOUNT = 68
    GROUP = 69
    LOADF = 70
    LOAD8 = 71
    LOAD16 = 72
    LOAD32 = 73
    LOADC = 74
    STOREF = 75
    STORE8 = 76
    STORE16 = 77
    STORE32 = 78
    STOREC = 79
    DRAW = 80
    CHANCE = 81
    CHANCEI = 82
    CHANCE2 = 83
    DECIDE = 84
    DECIDED = 85
    PICK = 86


FIRST_DRAW = Code.DRAW
"""From this one on, instructions draw luck for every lane: `i` is the purpose."""

DRAWS = frozenset({Code.CDRAW, *(code for code in Code if code >= FIRST_DRAW)})
"""The instructions that draw luck."""

COMMON = 256
"""Added to the code of an instruction on words to have it work on commons instead."""


@dataclass(frozen=True)
class Signature:
    """How an instruction reads in a listing, and the kinds of its registers.

    `reads` has a letter for each register read; `writes` is the letter of the one written, or "".
    """

    template: str
    reads: str
    writes: str


def _s(template: str, reads: str, writes: str) -> Signature:
    return Signature(template, reads, writes)


_TERM = "({a} * {i} + {k}) >> {j}"
_TABLE = "table[{i} + clamp({a} + {k}, 0, {j} - 1)]"

SIGNATURES: dict[Code, Signature] = {
    Code.CONST: _s("{i}", "", "w"),
    Code.COPY: _s("{a}", "w", "w"),
    Code.ADD: _s("{a} + {b}", "ww", "w"),
    Code.SUB: _s("{a} - {b}", "ww", "w"),
    Code.MUL: _s("{a} * {b}", "ww", "w"),
    Code.MIN: _s("min({a}, {b})", "ww", "w"),
    Code.MAX: _s("max({a}, {b})", "ww", "w"),
    Code.TERM: _s(_TERM, "w", "w"),
    Code.CLAMP: _s("clamp({a}, {i}, {j})", "w", "w"),
    Code.TRUNCMUL: _s("trunc({a} * {i} / 2^15)", "w", "w"),
    Code.TABLE: _s(_TABLE, "w", "w"),
    Code.LT: _s("{a} < {b}", "ww", "w"),
    Code.LTI: _s("{a} < {i}", "w", "w"),
    Code.EQ: _s("{a} == {b}", "ww", "w"),
    Code.EQI: _s("{a} == {i}", "w", "w"),
    Code.SCONST: _s("{i}", "", "s"),
    Code.SCOPY: _s("{a}", "s", "s"),
    Code.SADD: _s("{a} + {b}", "ss", "s"),
    Code.SSUB: _s("{a} - {b}", "ss", "s"),
    Code.SADDI: _s("{a} + {i}", "s", "s"),
    Code.SMIN: _s("min({a}, {b})", "ss", "s"),
    Code.SMAX: _s("max({a}, {b})", "ss", "s"),
    Code.SCLAMP: _s("clamp({a}, {i}, {j})", "s", "s"),
    Code.SMULADD: _s("{a} * {i} + {k}", "s", "s"),
    Code.STERM: _s("({a} * {i} + {k}) >> 16", "s", "s"),
    Code.STRUNCMUL: _s("trunc({a} * {i} / 2^15)", "s", "s"),
    Code.SMUL12: _s("({a} * {b}) >> 12", "ss", "s"),
    Code.STABLE: _s(_TABLE, "s", "s"),
    Code.SLIKELY: _s("the high half of logistic({a})", "s", "s"),
    Code.SSELECT: _s("{b} if {a} else {c}", "fss", "s"),
    Code.SSELECTI: _s("{i} if {a} else {j}", "f", "s"),
    Code.SMASK: _s("{b} if {a} else 0", "fs", "s"),
    Code.SLT: _s("{a} < {b}", "ss", "f"),
    Code.SLTI: _s("{a} < {i}", "s", "f"),
    Code.SEQ: _s("{a} == {b}", "ss", "f"),
    Code.SEQI: _s("{a} == {i}", "s", "f"),
    Code.FCONST: _s("{i}", "", "f"),
    Code.FCOPY: _s("{a}", "f", "f"),
    Code.FAND: _s("{a} and {b}", "ff", "f"),
    Code.FOR: _s("{a} or {b}", "ff", "f"),
    Code.FXOR: _s("{a} xor {b}", "ff", "f"),
    Code.FANDNOT: _s("{a} and not {b}", "ff", "f"),
    Code.FNOT: _s("not {a}", "f", "f"),
    Code.FSELECT: _s("{b} if {a} else {c}", "fff", "f"),
    Code.WIDEN: _s("{a}", "s", "w"),
    Code.NARROW: _s("{a}", "w", "s"),
    Code.PACK: _s("{a}", "w", "f"),
    Code.UNPACK: _s("{a}", "f", "w"),
    Code.SPREADF: _s("{a}, to each citizen", "c", "f"),
    Code.SPREADS: _s("{a}, to each citizen", "c", "s"),
    Code.SPREADW: _s("{a}, to each citizen", "c", "w"),
    Code.SIGNAL: _s("signal {i}", "", "c"),
    Code.MONTH: _s("month", "", "c"),
    Code.PERIOD: _s("(month + {j}) mod {i} == 0", "", "c"),
    Code.SIZE: _s("citizens of the community", "", "c"),
    Code.CDRAW: _s("the community's first draw {i}", "", "c"),
    Code.FFIRST: _s("the community's first {a}", "f", "c"),
    Code.SFIRST: _s("the community's first {a}", "s", "c"),
    Code.WFIRST: _s("the community's first {a}", "w", "c"),
    Code.FSUM: _s("the community's sum of {a}", "f", "c"),
    Code.SSUM: _s("the community's sum of {a}", "s", "c"),
    Code.WSUM: _s("the community's sum of {a}", "w", "c"),
    Code.SHARE: _s("{a} * {i} / citizens of the community", "c", "c"),
    Code.CUT: _s("the community's cut of {a}, quotas at {i}, from {j} to {k}", "w", "c"),
    Code.ROTATE: _s("{a} of the citizen {b} seats before", "fc", "f"),
    Code.HIST: _s("histogram {i}: {a} - {j}", "w", ""),
    Code.FCOUNT: _s("measure {i}, cells {j} to {k}: add {b} for each {a}", "f", ""),
    Code.SCOUNT: _s("measure {i}, cells {j} to {k}: add {a}", "s", ""),
    Code.WCOUNT: _s("measure {i}, cells {j} to {k}: add {a}", "w", ""),
    Code.GROUP: _s("cell {i}: {a}", "f", ""),
    Code.LOADF: _s("column {i} of flags", "", "f"),
    Code.LOAD8: _s("column {i} of 8 bits", "", "s"),
    Code.LOAD16: _s("column {i} of 16 bits", "", "s"),
    Code.LOAD32: _s("column {i} of 32 bits", "", "w"),
    Code.LOADC: _s("column {i} of communities", "", "c"),
    Code.STOREF: _s("column {i} of flags = {a}", "f", ""),
    Code.STORE8: _s("column {i} of 8 bits = {a}", "s", ""),
    Code.STORE16: _s("column {i} of 16 bits = {a}", "s", ""),
    Code.STORE32: _s("column {i} of 32 bits = {a}", "w", ""),
    Code.STOREC: _s("column {i} of communities = {a}", "c", ""),
    Code.DRAW: _s("draw {i}", "", "w"),
    Code.CHANCE: _s("draw {i} < {a}", "w", "f"),
    Code.CHANCEI: _s("draw {i} < {k}", "", "f"),
    Code.CHANCE2: _s("draw {i} < ({j} if {a} else {k})", "f", "f"),
    Code.DECIDE: _s("draw {i} < logistic({a})", "s", "f"),
    Code.DECIDED: _s("draw {i} < logistic({a}), of high half {b}", "ss", "f"),
    Code.PICK: _s("pick {i} from table {j} row {a}, {k} thresholds", "w", "s"),
}
"""Of each instruction: its template, the kinds it reads, the kind it writes."""
