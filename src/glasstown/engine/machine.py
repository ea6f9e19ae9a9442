"""The machine: one compiled function that runs any program, ward by ward.

This is the one module that knows Numba. Loops over lanes are free of branches and calls and have
one width of whole number throughout, so that they become vector instructions; `boundscheck` and
`fastmath` stay off. With NUMBA_DISABLE_JIT=1 the same code runs as plain Python.

Flags are 16-bit words: bit `b` of word `j` is that of lane `b * n + j`, with `n` words to a row. So
rows of shorts are compared into flags, and flags choose between shorts, without shuffling.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numba
import numpy as np
from numba import int16, int32, int64, uint16, uint32, uint64
from numpy.typing import NDArray

from glasstown.compiler.codes import COMMON, Code
from glasstown.luck import LOW_BITS, WARD_SEATS, Layout, logistic_table
from glasstown.luck.philox import MASK, MULTIPLIERS, ROUNDS, WEYL

# Numba takes a plain whole number at the top of a module for a constant; an enum's member it
# would look up each time.
ON_COMMONS = COMMON
CONST, COPY, ADD, SUB, MUL = map(int, (Code.CONST, Code.COPY, Code.ADD, Code.SUB, Code.MUL))
MIN, MAX, TERM, CLAMP = map(int, (Code.MIN, Code.MAX, Code.TERM, Code.CLAMP))
TRUNCMUL, TABLE, LT, LTI = map(int, (Code.TRUNCMUL, Code.TABLE, Code.LT, Code.LTI))
EQ, EQI = map(int, (Code.EQ, Code.EQI))
SCONST, SCOPY, SADD, SSUB = map(int, (Code.SCONST, Code.SCOPY, Code.SADD, Code.SSUB))
SADDI, SMIN, SMAX, SCLAMP = map(int, (Code.SADDI, Code.SMIN, Code.SMAX, Code.SCLAMP))
SMULADD, STERM, STRUNCMUL, SMUL12 = map(
    int, (Code.SMULADD, Code.STERM, Code.STRUNCMUL, Code.SMUL12)
)
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
CHANCE2, DECIDE, DECIDED, PICK = map(int, (Code.CHANCE2, Code.DECIDE, Code.DECIDED, Code.PICK))
M0, M1 = MULTIPLIERS

WHOLE_LIFE, BIRTH_ONLY, ONE_MONTH = 0, 1, 2
"""What a call does with each ward: all months; birth, to state kept outside; one month of that."""

Tables = tuple[
    NDArray[np.int32], NDArray[np.int16], NDArray[np.uint16], NDArray[np.int32], NDArray[np.uint16]
]

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

# Arrays are only lent to these functions, so none of them counts who refers to one: that would
# cost more than a short instruction does.
_jit = numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=False, _nrt=False)
_fused = numba.njit(
    nogil=True, cache=True, error_model="numpy", fastmath=False, _nrt=False, forceinline=True
)


def round_keys(seed: int) -> NDArray[np.uint64]:
    """The two keys of each of the ten rounds, uint64[20]."""
    keys = []
    k0, k1 = seed & MASK, seed >> 32
    for _ in range(ROUNDS):
        keys += [k0, k1]
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return np.array(keys, dtype=np.uint64)


def tables_of(numbers: NDArray[np.int32]) -> Tables:
    """A program's tables as the machine reads them, with the logistic one beside them.

    The numbers as they are; as shorts; the high halves of limits; the logistic table, and its.
    """
    capped = np.minimum(np.maximum(numbers, 0) >> LOW_BITS, 0xFFFF).astype(np.uint16)
    logistic = _logistic()
    likely = (logistic >> LOW_BITS).astype(np.uint16)
    return numbers, numbers.astype(np.int16), capped, logistic, likely


@cache
def _logistic() -> NDArray[np.int32]:
    return np.array(logistic_table(), dtype=np.int32)


@_jit
def _round(w: Any, x: Any, y: Any, z: Any, k0: Any, k1: Any) -> Any:
    """One round of Philox4x32 on 64-bit lanes, of which only the low halves are read."""
    p = (w & uint64(0xFFFFFFFF)) * uint64(M0)
    q = (y & uint64(0xFFFFFFFF)) * uint64(M1)
    return (q >> uint64(32)) ^ x ^ k0, q, (p >> uint64(32)) ^ z ^ k1, p


@_jit
def _luck(out: Any, at: Any, first: Any, stage: Any, month: Any, purpose: Any, keys: Any) -> None:
    """Sixteen bits of luck for every lane of a ward: uint32, which lie as the lanes' uint16."""
    # The keys are read before the loop: inside it, they could be what `out` is written over.
    a0, a1, a2, a3, a4 = keys[0], keys[2], keys[4], keys[6], keys[8]
    a5, a6, a7, a8, a9 = keys[10], keys[12], keys[14], keys[16], keys[18]
    b0, b1, b2, b3, b4 = keys[1], keys[3], keys[5], keys[7], keys[9]
    b5, b6, b7, b8, b9 = keys[11], keys[13], keys[15], keys[17], keys[19]
    for i in range(BLOCKS):
        w = uint64(first + uint64(i))
        x = (w >> uint64(32)) | stage
        w, x, y, z = _round(w, x, month, purpose, a0, b0)
        w, x, y, z = _round(w, x, y, z, a1, b1)
        w, x, y, z = _round(w, x, y, z, a2, b2)
        w, x, y, z = _round(w, x, y, z, a3, b3)
        w, x, y, z = _round(w, x, y, z, a4, b4)
        w, x, y, z = _round(w, x, y, z, a5, b5)
        w, x, y, z = _round(w, x, y, z, a6, b6)
        w, x, y, z = _round(w, x, y, z, a7, b7)
        w, x, y, z = _round(w, x, y, z, a8, b8)
        w, x, y, z = _round(w, x, y, z, a9, b9)
        out[uint64(at + i)] = uint32(w & uint64(0xFFFFFFFF))
        out[uint64(at + BLOCKS + i)] = uint32(x & uint64(0xFFFFFFFF))
        out[uint64(at + 2 * BLOCKS + i)] = uint32(y & uint64(0xFFFFFFFF))
        out[uint64(at + 3 * BLOCKS + i)] = uint32(z & uint64(0xFFFFFFFF))


@_jit
def _word(block: Any, stage: Any, month: Any, purpose: Any, keys: Any, number: Any) -> Any:
    """One of the four words of a counter block."""
    w = block
    x = (block >> uint64(32)) | stage
    y = month
    z = purpose
    for k in range(ROUNDS):
        w, x, y, z = _round(w, x, y, z, keys[2 * k], keys[2 * k + 1])
    if number == 0:
        return w & uint64(0xFFFFFFFF)
    if number == 1:
        return x & uint64(0xFFFFFFFF)
    if number == 2:
        return y & uint64(0xFFFFFFFF)
    return z & uint64(0xFFFFFFFF)


@_jit
def _below(flags: Any, d: Any, high: Any, limits: Any) -> Any:
    """Flags of the lanes whose luck is below their limit; 0 if some lane's is equal to it."""
    apart = uint16(0xFFFF)
    for j in range(N):
        word = uint16(0)
        for b in range(16):
            luck = high[b * N + j]
            limit = limits[b * N + j]
            word |= uint16(uint16(luck < limit) << uint16(b))
            x = uint16(luck ^ limit)
            apart = x if x < apart else apart
        flags[uint64(d + j)] = word
    return apart


@_jit
def _pick(
    shorts: Any, d: Any, words: Any, a: Any, high: Any, limits: Any, starts: Any, tables: Any,
    halves: Any, table: Any, thresholds: Any,
) -> None:  # fmt: skip
    """How many thresholds of its row each lane's draw reaches: a binary search of all at once.

    It goes by the high halves; where a threshold has the same, the low ones settle it.
    """
    for i in range(LANES):
        starts[i] = int32(table + int32(words[uint64(a + i)] * thresholds) - int32(1))
        shorts[uint64(d + i)] = 0
    last = int16(thresholds)
    step = int16(1)
    while step <= last:
        step = int16(step * 2)
    while step > 1:
        step = int16(step >> 1)
        for i in range(LANES):
            there = int16(shorts[uint64(d + i)] + step)
            there = there if there < last else last
            limits[i] = halves[uint64(int32(starts[i] + int32(there)))]
        for i in range(LANES):
            there = int16(shorts[uint64(d + i)] + step)
            passed = int16(int16(there <= last) & int16(high[i] >= limits[i]))
            shorts[uint64(d + i)] = int16(shorts[uint64(d + i)] + int16(step & int16(-passed)))
    for i in range(LANES):
        reached = shorts[uint64(d + i)]
        if reached > 0 and halves[uint64(int32(starts[i] + int32(reached)))] == high[i]:
            drawn = (int64(high[i]) << 14) | (int64(high[LANES + i]) & 0x3FFF)
            while reached > 0 and int64(tables[int64(starts[i]) + int64(reached)]) > drawn:
                reached = int16(reached - 1)
            shorts[uint64(d + i)] = reached


@_jit
def _ones(one: Any, a: Any, other: Any, b: Any) -> Any:
    """How many flags are set in both rows, read 64 at a time."""
    total = uint64(0)
    for j in range(QUADS):
        # In the form that compilers know for counting ones.
        x = one[uint64(a + j)] & other[uint64(b + j)]
        x = x - ((x >> uint64(1)) & uint64(0x5555555555555555))
        x = (x & uint64(0x3333333333333333)) + ((x >> uint64(2)) & uint64(0x3333333333333333))
        x = (x + (x >> uint64(4))) & uint64(0x0F0F0F0F0F0F0F0F)
        total += (x * uint64(0x0101010101010101)) >> uint64(56)
    return int64(total)


@_jit
def _high(limit: Any) -> Any:
    """The high half of a limit of 30 bits; that of certainty, which has 31, is kept to sixteen."""
    half = int32(limit >> int32(14))
    return uint16(half if half < int32(0xFFFF) else int32(0xFFFF))


@_fused
def _on_words(code: Any, pc: Any, op: Any, words: Any, tables: Any, room: Any, base: Any) -> None:
    """Words, of lanes or of communities."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    lanes = LANES
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    b = int64(code[pc, 3]) * LANES
    if op >= ON_COMMONS:
        op = op - ON_COMMONS
        lanes = room
        d = base + int64(code[pc, 1]) * room
        a = base + int64(code[pc, 2]) * room
        b = base + int64(code[pc, 3]) * room
    if op == TERM:
        for i in range(lanes):
            words[uint64(d + i)] = int32(int32(int32(words[uint64(a + i)] * i0) + i2) >> i1)
    elif op == CONST:
        for i in range(lanes):
            words[uint64(d + i)] = i0
    elif op == COPY:
        for i in range(lanes):
            words[uint64(d + i)] = words[uint64(a + i)]
    elif op == ADD:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] + words[uint64(b + i)])
    elif op == SUB:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] - words[uint64(b + i)])
    elif op == MUL:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] * words[uint64(b + i)])
    elif op == MIN:
        for i in range(lanes):
            x = words[uint64(a + i)]
            y = words[uint64(b + i)]
            words[uint64(d + i)] = x if x < y else y
    elif op == MAX:
        for i in range(lanes):
            x = words[uint64(a + i)]
            y = words[uint64(b + i)]
            words[uint64(d + i)] = x if x > y else y
    elif op == CLAMP:
        for i in range(lanes):
            x = words[uint64(a + i)]
            x = x if x > i0 else i0
            words[uint64(d + i)] = x if x < i1 else i1
    elif op == TRUNCMUL:
        for i in range(lanes):
            x = words[uint64(a + i)]
            sign = int32(x >> int32(31))
            x = int32(int32(int32(int32(x ^ sign) - sign) * i0) >> int32(15))
            words[uint64(d + i)] = int32(int32(x ^ sign) - sign)
    elif op == TABLE:
        last = int32(i1 - int32(1))
        for i in range(lanes):
            x = int32(words[uint64(a + i)] + i2)
            x = x if x > int32(0) else int32(0)
            words[uint64(d + i)] = tables[uint32(int32(i0 + (x if x < last else last)))]
    elif op == LT:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] < words[uint64(b + i)])
    elif op == LTI:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] < i0)
    elif op == EQ:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] == words[uint64(b + i)])
    else:
        for i in range(lanes):
            words[uint64(d + i)] = int32(words[uint64(a + i)] == i0)


@_fused
def _on_flags(code: Any, pc: Any, op: Any, flags: Any) -> None:
    """Flags from flags."""
    i0 = code[pc, 5]
    d = int64(code[pc, 1]) * N
    a = int64(code[pc, 2]) * N
    b = int64(code[pc, 3]) * N
    c = int64(code[pc, 4]) * N
    if op == FAND:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] & flags[uint64(b + j)])
    elif op == FANDNOT:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] & uint16(~flags[uint64(b + j)]))
    elif op == FNOT:
        for j in range(N):
            flags[uint64(d + j)] = uint16(~flags[uint64(a + j)])
    elif op == FOR:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] | flags[uint64(b + j)])
    elif op == FCOPY:
        for j in range(N):
            flags[uint64(d + j)] = flags[uint64(a + j)]
    elif op == FXOR:
        for j in range(N):
            flags[uint64(d + j)] = uint16(flags[uint64(a + j)] ^ flags[uint64(b + j)])
    elif op == FSELECT:
        for j in range(N):
            flags[uint64(d + j)] = uint16(
                flags[uint64(c + j)]
                ^ uint16(uint16(flags[uint64(b + j)] ^ flags[uint64(c + j)]) & flags[uint64(a + j)])
            )
    else:
        for j in range(N):
            flags[uint64(d + j)] = uint16(-i0)


@_fused
def _compared(code: Any, pc: Any, op: Any, flags: Any, shorts: Any) -> None:
    """Shorts compared, into flags."""
    i0 = code[pc, 5]
    d = int64(code[pc, 1]) * N
    a = int64(code[pc, 2]) * LANES
    b = int64(code[pc, 3]) * LANES
    limit16 = int16(i0)
    if op == SLTI:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(uint16(shorts[uint64(a + k * N + j)] < limit16) << uint16(k))
            flags[uint64(d + j)] = word
    elif op == SLT:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(
                    uint16(shorts[uint64(a + k * N + j)] < shorts[uint64(b + k * N + j)])
                    << uint16(k)
                )
            flags[uint64(d + j)] = word
    elif op == SEQI:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(uint16(shorts[uint64(a + k * N + j)] == limit16) << uint16(k))
            flags[uint64(d + j)] = word
    else:
        for j in range(N):
            word = uint16(0)
            for k in range(16):
                word |= uint16(
                    uint16(shorts[uint64(a + k * N + j)] == shorts[uint64(b + k * N + j)])
                    << uint16(k)
                )
            flags[uint64(d + j)] = word


@_fused
def _selected(code: Any, pc: Any, op: Any, flags: Any, shorts: Any) -> None:
    """Shorts that flags choose."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * N
    b = int64(code[pc, 3]) * LANES
    c = int64(code[pc, 4]) * LANES
    if op == SMASK:
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                shorts[uint64(d + k * N + j)] = int16(shorts[uint64(b + k * N + j)] & int16(-flag))
    elif op == SSELECTI:
        yes16 = int16(i0)
        no16 = int16(i1)
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                shorts[uint64(d + k * N + j)] = int16(
                    no16 ^ int16(int16(yes16 ^ no16) & int16(-flag))
                )
    else:
        for k in range(16):
            for j in range(N):
                flag = int16(uint16(flags[uint64(a + j)] >> uint16(k)) & uint16(1))
                x = shorts[uint64(b + k * N + j)]
                y = shorts[uint64(c + k * N + j)]
                shorts[uint64(d + k * N + j)] = int16(y ^ int16(int16(x ^ y) & int16(-flag)))


@_fused
def _on_shorts(
    code: Any, pc: Any, op: Any, shorts: Any, limits: Any, short_tables: Any, likely: Any
) -> None:
    """Shorts from shorts."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    b = int64(code[pc, 3]) * LANES
    s0 = int16(i0)
    s1 = int16(i1)
    if op == SADD:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(shorts[uint64(a + i)] + shorts[uint64(b + i)])
    elif op == STERM:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(
                int32(int32(int32(int32(shorts[uint64(a + i)]) * i0) + i2) >> int32(16))
            )
    elif op == SMULADD:
        s2 = int16(i2)
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(int16(shorts[uint64(a + i)] * s0) + s2)
    elif op == SCLAMP:
        for i in range(LANES):
            y = shorts[uint64(a + i)]
            y = y if y > s0 else s0
            shorts[uint64(d + i)] = y if y < s1 else s1
    elif op == SSUB:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(shorts[uint64(a + i)] - shorts[uint64(b + i)])
    elif op == SADDI:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(shorts[uint64(a + i)] + s0)
    elif op == SMUL12:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(
                int32(
                    int32(int32(shorts[uint64(a + i)]) * int32(shorts[uint64(b + i)])) >> int32(12)
                )
            )
    elif op == SLIKELY:
        for i in range(LANES):
            x = int32(shorts[uint64(a + i)])
            x = x if x > int32(-16384) else int32(-16384)
            x = x if x < int32(16383) else int32(16383)
            shorts[uint64(d + i)] = int16(likely[uint64(int32(x + int32(16384)))])
    elif op == STABLE:
        # In two goes: what looks numbers up one by one would hold up the rest.
        last16 = int16(i1 - int32(1))
        shift = int32(i2)
        for i in range(LANES):
            x = int32(int32(shorts[uint64(a + i)]) + shift)
            x = x if x > int32(0) else int32(0)
            limits[i] = uint16(x if x < int32(last16) else int32(last16))
        for i in range(LANES):
            shorts[uint64(d + i)] = short_tables[uint64(i0) + uint64(limits[i])]
    elif op == SMIN:
        for i in range(LANES):
            y = shorts[uint64(a + i)]
            z = shorts[uint64(b + i)]
            shorts[uint64(d + i)] = y if y < z else z
    elif op == SMAX:
        for i in range(LANES):
            y = shorts[uint64(a + i)]
            z = shorts[uint64(b + i)]
            shorts[uint64(d + i)] = y if y > z else z
    elif op == SCOPY:
        for i in range(LANES):
            shorts[uint64(d + i)] = shorts[uint64(a + i)]
    elif op == STRUNCMUL:
        for i in range(LANES):
            x = int32(shorts[uint64(a + i)])
            sign = int32(x >> int32(31))
            x = int32(int32(int32(int32(x ^ sign) - sign) * i0) >> int32(15))
            shorts[uint64(d + i)] = int16(int32(int32(x ^ sign) - sign))
    else:
        for i in range(LANES):
            shorts[uint64(d + i)] = s0


@_fused
def _drawn(
    code: Any,
    pc: Any,
    op: Any,
    flags: Any,
    shorts: Any,
    words: Any,
    luck: Any,
    high: Any,
    limits: Any,
    starts: Any,
    tables: Any,
    halves: Any,
    logistic: Any,
    likely: Any,
    keys: Any,
    first_block: Any,
    drawn_for: Any,
    month: Any,
    seats: Any,
) -> None:
    """Luck, and what it decides."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    purpose = uint64(int64(i0) & int64(0xFFFFFFFF))
    at = uint64(month)
    if op == PICK or (op != CHANCE2 and i1 == 0):
        at = uint64(0)
    flag_d = int64(code[pc, 1]) * N
    flag_a = int64(code[pc, 2]) * N
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    if op == DECIDE:
        for i in range(LANES):
            x16 = shorts[uint64(a + i)]
            x16 = x16 if x16 > int16(-16384) else int16(-16384)
            x16 = x16 if x16 < int16(16383) else int16(16383)
            limits[i] = uint16(int16(x16 + int16(16384)))
        for i in range(LANES):
            limits[i] = likely[uint64(limits[i])]
    elif op == CHANCE2:
        yes = _high(i1)
        no = _high(i2)
        for k in range(16):
            for j in range(N):
                flag = uint16(uint16(flags[uint64(flag_a + j)] >> uint16(k)) & uint16(1))
                limits[k * N + j] = uint16(no ^ uint16(uint16(yes ^ no) & uint16(uint16(0) - flag)))
    elif op == CHANCE:
        for i in range(LANES):
            limits[i] = _high(words[uint64(a + i)])
    elif op == CHANCEI:
        one = _high(i2)
        for i in range(LANES):
            limits[i] = one
    elif op == DECIDED:
        b = int64(code[pc, 3]) * LANES
        for i in range(LANES):
            limits[i] = uint16(shorts[uint64(b + i)])
    stage = 0
    while stage < 2:
        # Two decisions that share their luck, one after the other, draw it once.
        if stage == 1 or drawn_for[0] != purpose or drawn_for[1] != at:
            top = uint64(stage) << uint64(31)
            _luck(luck, stage * LOW, first_block, top, at, purpose, keys)
            if stage == 0:
                drawn_for[0] = purpose
                drawn_for[1] = at
        if stage == 0 and op != DRAW and op != PICK and _below(flags, flag_d, high, limits) != 0:
            break
        stage += 1
    if stage < 2:
        return
    if op == DRAW:
        for i in range(LANES):
            words[uint64(d + i)] = int32(
                int32(int32(high[i]) << int32(14)) | int32(int32(high[LANES + i]) & int32(0x3FFF))
            )
    elif op == PICK:
        _pick(shorts, d, words, a, high, limits, starts, tables, halves, i1, i2)
    else:
        # Some lane's sixteen bits are those of its limit: fourteen more decide, and then
        # every draw is below its limit or is not.
        for i in range(seats):
            bit = uint16(uint16(1) << uint16(i // N))
            word64 = uint64(i % N)
            wide = int64(i2)
            if op == CHANCE:
                wide = int64(words[uint64(a + i)])
            elif op in (DECIDE, DECIDED):
                there64 = min(max(int64(shorts[uint64(a + i)]), -16384), 16383)
                wide = int64(logistic[there64 + 16384])
            elif op == CHANCE2 and flags[uint64(flag_a) + word64] & bit != 0:
                wide = int64(i1)
            drawn64 = (int64(high[i]) << 14) | (int64(high[LANES + i]) & 0x3FFF)
            if drawn64 < wide:
                flags[uint64(flag_d) + word64] = uint16(flags[uint64(flag_d) + word64] | bit)


@_fused
def _counted(
    code: Any,
    pc: Any,
    op: Any,
    flags: Any,
    quads: Any,
    shorts: Any,
    words: Any,
    cells: Any,
    cell_quads: Any,
    lanes_of: Any,
    ledger: Any,
    row: Any,
    hist: Any,
    offsets: Any,
    seats: Any,
) -> None:
    """What the ledger counts, in which cells, and how scores are spread."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    a = int64(code[pc, 2]) * LANES
    if op == FCOUNT:
        flag_a = int64(code[pc, 2]) * QUADS
        times = int64(code[pc, 3])
        for cell in range(i1, i2):
            ledger[row, i0, cell] += times * _ones(quads, flag_a, cell_quads, int64(cell) * QUADS)
    elif op == SCOUNT:
        for cell in range(i1, i2):
            total = int32(0)
            for i in range(LANES):
                total = int32(
                    total
                    + int32(
                        int32(shorts[uint64(a + i)])
                        * int32(lanes_of[uint64(int64(cell) * LANES + i)])
                    )
                )
            ledger[row, i0, cell] += int64(total)
    elif op == WCOUNT:
        for cell in range(i1, i2):
            total = int32(0)
            for i in range(LANES):
                total = int32(
                    total
                    + int32(
                        words[uint64(a + i)]
                        & int32(-int32(lanes_of[uint64(int64(cell) * LANES + i)]))
                    )
                )
            ledger[row, i0, cell] += int64(total)
    elif op == HIST:
        first = offsets[i0] - i1
        for i in range(seats):
            hist[first + words[uint64(a + i)]] += 1
    else:
        flag_a = int64(code[pc, 2]) * N
        for j in range(N):
            cells[uint64(int64(i0) * N + j)] = uint16(flags[uint64(flag_a + j)] & cells[uint64(j)])
        for k in range(16):
            for j in range(N):
                word = cells[uint64(int64(i0) * N + j)]
                lanes_of[uint64(int64(i0) * LANES + k * N + j)] = int16(
                    uint16(word >> uint16(k)) & uint16(1)
                )


@_fused
def _converted(code: Any, pc: Any, op: Any, flags: Any, shorts: Any, words: Any) -> None:
    """Rows of one kind from rows of another."""

    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    if op == WIDEN:
        for i in range(LANES):
            words[uint64(d + i)] = int32(shorts[uint64(a + i)])
    elif op == NARROW:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(words[uint64(a + i)])
    elif op == PACK:
        flag_d = int64(code[pc, 1]) * N
        for j in range(N):
            wide_word = uint32(0)
            for k in range(16):
                wide_word |= uint32(uint32(words[uint64(a + k * N + j)] & int32(1)) << uint32(k))
            flags[uint64(flag_d + j)] = uint16(wide_word)
    else:
        flag_a = int64(code[pc, 2]) * N
        for k in range(16):
            for j in range(N):
                words[uint64(d + k * N + j)] = int32(
                    uint16(flags[uint64(flag_a + j)] >> uint16(k)) & uint16(1)
                )


@_fused
def _spread(
    code: Any,
    pc: Any,
    op: Any,
    flags: Any,
    shorts: Any,
    words: Any,
    citizens_of: Any,
    base: Any,
    room: Any,
    groups: Any,
    size: Any,
    seats: Any,
) -> None:
    """A community's common, to each of its citizens."""

    a = base + int64(code[pc, 2]) * room
    if op == SPREADS:
        d = int64(code[pc, 1]) * LANES
        for g in range(groups):
            value = int16(words[a + g])
            for i in range(d + g * size, d + min((g + 1) * size, seats)):
                shorts[uint64(i)] = value
        for i in range(d + seats, d + LANES):
            shorts[uint64(i)] = 0
    elif op == SPREADW:
        d = int64(code[pc, 1]) * LANES
        for g in range(groups):
            wide = words[a + g]
            for i in range(d + g * size, d + min((g + 1) * size, seats)):
                words[uint64(i)] = wide
        for i in range(d + seats, d + LANES):
            words[uint64(i)] = 0
    else:
        d = int64(code[pc, 1]) * N
        for j in range(N):
            flags[uint64(d + j)] = 0
        for g in range(groups):
            if words[a + g] != 0:
                if size >= FEW:
                    for j in range(N):
                        flags[uint64(d + j)] = uint16(
                            flags[uint64(d + j)] | citizens_of[uint64(g * N + j)]
                        )
                else:
                    for i in range(g * size, min((g + 1) * size, seats)):
                        flags[uint64(d + i % N)] = uint16(
                            flags[uint64(d + i % N)] | uint16(uint16(1) << uint16(i // N))
                        )


@_jit
def _rotated(
    code: Any,
    pc: Any,
    flags: Any,
    words: Any,
    cells: Any,
    base: Any,
    room: Any,
    size: Any,
    seats: Any,
) -> None:
    """Flags moved on by so many seats, around each community."""

    d = int64(code[pc, 1]) * N
    a = int64(code[pc, 2]) * N
    b = base + int64(code[pc, 3]) * room
    any_ = uint16(0)
    for j in range(N):
        flags[uint64(d + j)] = 0
        any_ |= uint16(flags[uint64(a + j)] & cells[uint64(j)])
    if any_ != 0:
        for i in range(seats):
            if (flags[a + i % N] >> uint16(i // N)) & uint16(1) != 0:
                g = i // size
                people = min(size, seats - g * size)
                lane = g * size + (i - g * size + int64(words[b + g])) % people
                flags[d + lane % N] = uint16(
                    flags[d + lane % N] | uint16(uint16(1) << uint16(lane // N))
                )


@_jit
def _kept(
    code: Any,
    pc: Any,
    op: Any,
    flags: Any,
    shorts: Any,
    words: Any,
    kept_flags: Any,
    bytes_: Any,
    kept_shorts: Any,
    kept_words: Any,
    commons: Any,
    here: Any,
    base: Any,
    room: Any,
    groups: Any,
) -> None:
    """State that is kept from month to month."""
    i0 = code[pc, 5]
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    if op == LOADF:
        flag_d = int64(code[pc, 1]) * N
        for j in range(N):
            flags[uint64(flag_d + j)] = kept_flags[here, i0, j]
    elif op == LOAD8:
        for i in range(LANES):
            shorts[uint64(d + i)] = int16(bytes_[here, i0, i])
    elif op == LOAD16:
        for i in range(LANES):
            shorts[uint64(d + i)] = kept_shorts[here, i0, i]
    elif op == LOAD32:
        for i in range(LANES):
            words[uint64(d + i)] = kept_words[here, i0, i]
    elif op == LOADC:
        common_d = base + int64(code[pc, 1]) * room
        for g in range(groups):
            words[uint64(common_d + g)] = commons[here, i0, g]
    elif op == STOREF:
        flag_a = int64(code[pc, 2]) * N
        for j in range(N):
            kept_flags[here, i0, j] = flags[uint64(flag_a + j)]
    elif op == STORE8:
        for i in range(LANES):
            bytes_[here, i0, i] = np.int8(shorts[uint64(a + i)])
    elif op == STORE16:
        for i in range(LANES):
            kept_shorts[here, i0, i] = shorts[uint64(a + i)]
    elif op == STORE32:
        for i in range(LANES):
            kept_words[here, i0, i] = words[uint64(a + i)]
    else:
        common_a = base + int64(code[pc, 2]) * room
        for g in range(groups):
            commons[here, i0, g] = words[uint64(common_a + g)]


@_fused
def _of_communities(
    code: Any,
    pc: Any,
    op: Any,
    flags: Any,
    quads: Any,
    shorts: Any,
    words: Any,
    citizen_quads: Any,
    tables: Any,
    signals: Any,
    row: Any,
    month: Any,
    keys: Any,
    first_block: Any,
    base: Any,
    room: Any,
    groups: Any,
    size: Any,
    seats: Any,
) -> None:
    """What a community has in common, a community at a time."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    d = base + int64(code[pc, 1]) * room
    a = int64(code[pc, 2]) * LANES
    for g in range(groups):
        begin = g * size
        people = min(size, seats - begin)
        x = int32(0)
        if op == SIGNAL:
            x = signals[row, i0]
        elif op == MONTH:
            x = int32(month)
        elif op == PERIOD:
            x = int32((month + int64(i1)) % int64(i0) == 0)
        elif op == SIZE:
            x = int32(people)
        elif op == SHARE:
            total64 = int64(words[base + int64(code[pc, 2]) * room + g])
            x = int32((total64 * int64(i0)) // int64(people))
        elif op == FSUM:
            if size >= FEW:
                x = int32(_ones(quads, int64(code[pc, 2]) * QUADS, citizen_quads, g * QUADS))
            else:
                for i in range(begin, begin + people):
                    word = flags[uint64(int64(code[pc, 2]) * N + i % N)]
                    x = int32(x + int32(uint16(word >> uint16(i // N)) & uint16(1)))
        elif op == CDRAW:
            purpose = uint64(int64(i0) & int64(0xFFFFFFFF))
            at = uint64(month) if i1 != 0 else uint64(0)
            part = begin // (2 * BLOCKS)
            within = begin % (2 * BLOCKS)
            block = first_block + uint64(within // 2)
            shift = uint64(16 * (within % 2))
            top = _word(block, uint64(0), at, purpose, keys, part) >> shift
            rest = _word(block, uint64(0x80000000), at, purpose, keys, part) >> shift
            x = int32(((top & uint64(0xFFFF)) << uint64(14)) | (rest & uint64(0x3FFF)))
        elif op == FFIRST:
            word = flags[int64(code[pc, 2]) * N + begin % N]
            x = int32(uint16(word >> uint16(begin // N)) & uint16(1))
        elif op == SFIRST:
            x = int32(shorts[a + begin])
        elif op == WFIRST:
            x = words[a + begin]
        elif op == SSUM:
            for i in range(a + begin, a + begin + people):
                x = int32(x + int32(shorts[uint64(i)]))
        elif op == WSUM:
            for i in range(a + begin, a + begin + people):
                x = int32(x + words[uint64(i)])
        elif op == CUT:
            quota = tables[i0 + people]
            least = int64(i1)
            most = int64(i2)
            while least < most:
                middle = (least + most) >> 1
                above = int64(0)
                for i in range(a + begin, a + begin + people):
                    above += int64(words[uint64(i)] > int32(middle))
                if above <= quota:
                    most = middle
                else:
                    least = middle + 1
            x = int32(least)
        words[d + g] = x


@_jit
def _seated(seats: Any, size: Any, cells: Any, lanes_of: Any, citizens_of: Any) -> None:
    """Note which lanes of a ward are citizens, and of which community."""
    for j in range(N):
        cells[j] = 0
    for j in range(citizens_of.size):
        citizens_of[j] = 0
    for i in range(seats):
        bit = uint16(uint16(1) << uint16(i // N))
        cells[i % N] = uint16(cells[i % N] | bit)
        if size >= FEW:
            at = i // size * N + i % N
            citizens_of[at] = uint16(citizens_of[at] | bit)
    for i in range(LANES):
        lanes_of[i] = int16(i < seats)


# fmt: off
@_jit
def _wards(
    mode: Any, code: Any, sections: Any, tables: Any, short_tables: Any, halves: Any,
    logistic: Any, likely: Any, signals: Any, ledger: Any, hist: Any, offsets: Any,
    kept_flags: Any, bytes_: Any, kept_shorts: Any, kept_words: Any, commons: Any, keys: Any,
    first_ward: Any, wards: Any, per_ward: Any, citizens: Any, size: Any, first_month: Any,
    months: Any, room: Any, base: Any, flags: Any, quads: Any, shorts: Any, words: Any, luck: Any,
    high: Any, drawn_for: Any, limits: Any, starts: Any, cells: Any, cell_quads: Any,
    lanes_of: Any, citizens_of: Any, citizen_quads: Any,
) -> None:
    """Live ward after ward, instruction after instruction.

    Rows of commons begin at `base` of `words` and have room for `room` communities. `quads`,
    `high`, `cell_quads` and `citizen_quads` are what stands before them, in words of another width.
    """
    # Each kind of life is a run of steps: birth or the load, the months, the store.
    last_step = months
    if mode != WHOLE_LIFE:
        last_step = 1 if mode == BIRTH_ONLY else 2
    seated = int64(0)
    for w in range(wards):
        ward = first_ward + w
        seats = min(per_ward, citizens - ward * per_ward)
        if seats != seated:
            _seated(seats, size, cells, lanes_of, citizens_of)
            seated = seats
        drawn_for[0] = uint64(0xFFFFFFFFFFFFFFFF)
        groups = (seats + size - 1) // size
        first_block = uint64(uint64(ward) * uint64(BLOCKS))
        here = w if mode != WHOLE_LIFE else 0
        for step in range(-1, last_step):
            section = 2
            if step < 0:
                section = 1 if mode == ONE_MONTH else 0
            elif mode == BIRTH_ONLY or (mode == ONE_MONTH and step == 1):
                section = 3
            at_month = max(step, 0) if mode == WHOLE_LIFE else 0
            row = min(at_month, ledger.shape[0] - 1)
            month = int64(first_month + at_month)
            for pc in range(sections[section, 0], sections[section, 1]):
                op = code[pc, 0]
                if op >= ON_COMMONS or op <= EQI:
                    _on_words(code, pc, op, words, tables, room, base)
                elif op >= DRAW:
                    _drawn(
                        code, pc, op, flags, shorts, words, luck, high, limits, starts, tables,
                        halves, logistic, likely, keys, first_block, drawn_for, month, seats,
                    )
                elif op >= SCONST and op <= SLIKELY:
                    _on_shorts(code, pc, op, shorts, limits, short_tables, likely)
                elif op >= SSELECT and op <= SMASK:
                    _selected(code, pc, op, flags, shorts)
                elif op >= SLT and op <= SEQI:
                    _compared(code, pc, op, flags, shorts)
                elif op >= FCONST and op <= FSELECT:
                    _on_flags(code, pc, op, flags)
                elif op >= WIDEN and op <= UNPACK:
                    _converted(code, pc, op, flags, shorts, words)
                elif op >= SPREADF and op <= SPREADW:
                    _spread(
                        code, pc, op, flags, shorts, words, citizens_of, base, room, groups, size,
                        seats,
                    )
                elif op >= SIGNAL and op <= CUT:
                    _of_communities(
                        code, pc, op, flags, quads, shorts, words, citizen_quads, tables, signals,
                        row, month, keys, first_block, base, room, groups, size, seats,
                    )
                elif op == ROTATE:
                    _rotated(code, pc, flags, words, cells, base, room, size, seats)
                elif op <= GROUP:
                    _counted(
                        code, pc, op, flags, quads, shorts, words, cells, cell_quads, lanes_of,
                        ledger, row, hist, offsets, seats,
                    )
                else:
                    _kept(
                        code, pc, op, flags, shorts, words, kept_flags, bytes_, kept_shorts,
                        kept_words, commons, here, base, room, groups,
                    )


def run_wards(
    mode: int, code: NDArray[np.int32], sections: NDArray[np.int64], rows: tuple[int, ...],
    tables: Tables, signals: NDArray[np.int32], ledger: NDArray[np.int64],
    hist: NDArray[np.int64], offsets: NDArray[np.int64], state: tuple[NDArray[np.generic], ...],
    keys: NDArray[np.uint64], first_ward: int, wards: int, layout: Layout, citizens: int,
    first_month: int, months: int,
) -> None:
    """Live so many wards, from one on, and add to the ledger and the histograms.

    `sections` int64[4, 2]; `rows`: registers of flags, shorts, words and commons; `signals`
    int32[months, signals]; `ledger` int64[months, measures, cells], of which month `first_month`
    is row 0; `hist` int64; `state` holds, for each of these wards, columns x what each column is
    of: flags' words uint16, lanes int8, int16 and int32, or communities int32.
    """
    communities = (layout.communities + 15) // 16 * 16
    base = rows[2] * LANES
    flags = np.zeros(rows[0] * N, dtype=np.uint16)
    luck = np.zeros(2 * LOW, dtype=np.uint32)
    cells = np.zeros(ledger.shape[2] * N, dtype=np.uint16)
    members = layout.communities if layout.size >= FEW else 1
    citizens_of = np.zeros(members * N, dtype=np.uint16)
    # Words wrap: what is wrong on the way is right at the end, and spare lanes hold anything.
    with np.errstate(over="ignore"):
        _wards(
            mode, code, sections, *tables, signals, ledger, hist, offsets, *state, keys,
            first_ward, wards, layout.seats, citizens, layout.size, first_month, months,
            communities, base, flags, flags.view(np.uint64),
            np.zeros(rows[1] * LANES, dtype=np.int16),
            np.zeros(base + rows[3] * communities, dtype=np.int32), luck, luck.view(np.uint16),
            np.zeros(2, dtype=np.uint64), np.zeros(LANES, dtype=np.uint16),
            np.zeros(LANES, dtype=np.int32), cells, cells.view(np.uint64),
            np.zeros(ledger.shape[2] * LANES, dtype=np.int16), citizens_of,
            citizens_of.view(np.uint64),
        )
# fmt: on
