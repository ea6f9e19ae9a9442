"""All the numbers that are compiled into the machine, as plain ones.

Numba takes a plain whole number of a module for a constant; an enum's member it would look up each
time. What comes from elsewhere comes through here, so that what was compiled can be told from what
would be (see `sources`).
"""

from __future__ import annotations

from glasstown.compiler.codes import COMMON, Code
from glasstown.luck import WARD_SEATS
from glasstown.luck.philox import MULTIPLIERS
from glasstown.luck.philox import ROUNDS as ROUNDS

ON_COMMONS = COMMON
CONST, COPY, ADD, SUB, MUL = map(int, (Code.CONST, Code.COPY, Code.ADD, Code.SUB, Code.MUL))
MIN, MAX, TERM, CLAMP = map(int, (Code.MIN, Code.MAX, Code.TERM, Code.CLAMP))
TRUNCMUL, TABLE, LT, LTI = map(int, (Code.TRUNCMUL, Code.TABLE, Code.LT, Code.LTI))
EQ, EQI = map(int, (Code.EQ, Code.EQI))
SCONST, SCOPY, SADD, SSUB = map(int, (Code.SCONST, Code.SCOPY, Code.SADD, Code.SSUB))
SADDI, SMIN, SMAX, SCLAMP = map(int, (Code.SADDI, Code.SMIN, Code.SMAX, Code.SCLAMP))
SMULADD, STERM, STERM20 = map(int, (Code.SMULADD, Code.STERM, Code.STERM20))
STRUNCMUL, SMUL12, SADDIF = map(int, (Code.STRUNCMUL, Code.SMUL12, Code.SADDIF))
STABLE, SLIKELY, SSELECT, SSELECTI = map(
    int, (Code.STABLE, Code.SLIKELY, Code.SSELECT, Code.SSELECTI)
)
SMASK, SLT, SLTI, SEQ, SEQI = map(int, (Code.SMASK, Code.SLT, Code.SLTI, Code.SEQ, Code.SEQI))
FCONST, FCOPY, FAND, FOR = map(int, (Code.FCONST, Code.FCOPY, Code.FAND, Code.FOR))
FXOR, FANDNOT, FNOT, FSELECT = map(int, (Code.FXOR, Code.FANDNOT, Code.FNOT, Code.FSELECT))
WIDEN, NARROW, PACK, UNPACK = map(int, (Code.WIDEN, Code.NARROW, Code.PACK, Code.UNPACK))
SPREADF, SPREADS, SPREADW = map(int, (Code.SPREADF, Code.SPREADS, Code.SPREADW))
SIGNAL, MONTH, PERIOD, SIZE, CDRAW = map(
    int, (Code.SIGNAL, Code.MONTH, Code.PERIOD, Code.SIZE, Code.CDRAW)
)
FFIRST, SFIRST, WFIRST = map(int, (Code.FFIRST, Code.SFIRST, Code.WFIRST))
FSUM, SSUM, WSUM, SHARE = map(int, (Code.FSUM, Code.SSUM, Code.WSUM, Code.SHARE))
CUT, ROTATE, HIST = map(int, (Code.CUT, Code.ROTATE, Code.HIST))
FCOUNT, SCOUNT, WCOUNT, GROUP = map(int, (Code.FCOUNT, Code.SCOUNT, Code.WCOUNT, Code.GROUP))
LOADF, LOAD8, LOAD16, LOAD32 = map(int, (Code.LOADF, Code.LOAD8, Code.LOAD16, Code.LOAD32))
LOADC, STOREF, STORE8 = map(int, (Code.LOADC, Code.STOREF, Code.STORE8))
STORE16, STORE32, STOREC = map(int, (Code.STORE16, Code.STORE32, Code.STOREC))
DRAW, CHANCE, CHANCEI = map(int, (Code.DRAW, Code.CHANCE, Code.CHANCEI))
CHANCE2, DECIDE, DECIDED = map(int, (Code.CHANCE2, Code.DECIDE, Code.DECIDED))
PICK, LOOKUP = int(Code.PICK), int(Code.LOOKUP)
M0, M1 = MULTIPLIERS

WHOLE_LIFE, BIRTH_ONLY, ONE_MONTH = 0, 1, 2
"""What a call does with each ward: all months; birth, to state kept outside; one month of that."""

FEW = 32
"""Communities smaller than this are added up citizen by citizen."""

LANES = WARD_SEATS
N = LANES // 16
"""Words to a row of flags."""
QUADS = N // 4
"""The same in words of 64 bits."""
BLOCKS = LANES // 8
"""Counter blocks to a ward."""
LOW = LANES // 2
"""Where the low halves of luck begin among its words of 32 bits, after the high ones."""
