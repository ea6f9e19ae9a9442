"""The machine: one compiled function that runs any program, ward by ward.

This is the one module that knows Numba. Loops over lanes are free of branches and calls, typed
32 bits throughout, and never write the row they read, so that they become vector instructions;
`boundscheck` and `fastmath` stay off. With NUMBA_DISABLE_JIT=1 the same code runs as plain Python.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numba import int32, int64, uint32, uint64
from numpy.typing import NDArray

from glasstown.compiler.ops import Op
from glasstown.luck.philox import MASK, MULTIPLIERS, ROUNDS, WEYL

CONST, COPY = int(Op.CONST), int(Op.COPY)
ADD, SUB, MUL = int(Op.ADD), int(Op.SUB), int(Op.MUL)
MIN, MAX = int(Op.MIN), int(Op.MAX)
AND, OR, XOR, ANDNOT, NOT = int(Op.AND), int(Op.OR), int(Op.XOR), int(Op.ANDNOT), int(Op.NOT)
ADDI, RSUBI, MULI, MULADDI = int(Op.ADDI), int(Op.RSUBI), int(Op.MULI), int(Op.MULADDI)
CLAMP, SHLI, SHRI = int(Op.CLAMP), int(Op.SHLI), int(Op.SHRI)
TERM, TRUNCMUL = int(Op.TERM), int(Op.TRUNCMUL)
LT, LE, EQ = int(Op.LT), int(Op.LE), int(Op.EQ)
LTI, GEI, EQI = int(Op.LTI), int(Op.GEI), int(Op.EQI)
SELECT, SELECTI, MASKED = int(Op.SELECT), int(Op.SELECTI), int(Op.MASK)
TABLE, SIGNAL, MONTH, PERIOD = int(Op.TABLE), int(Op.SIGNAL), int(Op.MONTH), int(Op.PERIOD)
SIZE, FIRST, SUM, MEAN = int(Op.SIZE), int(Op.FIRST), int(Op.SUM), int(Op.MEAN)
ROTATE, CUT, HIST = int(Op.ROTATE), int(Op.CUT), int(Op.HIST)
COUNT, COUNTIF, GROUP = int(Op.COUNT), int(Op.COUNTIF), int(Op.GROUP)
LOAD8, LOAD16, LOAD32 = int(Op.LOAD8), int(Op.LOAD16), int(Op.LOAD32)
STORE8, STORE16, STORE32 = int(Op.STORE8), int(Op.STORE16), int(Op.STORE32)
DRAW, CHANCE, CHANCEI, CHANCE2 = int(Op.DRAW), int(Op.CHANCE), int(Op.CHANCEI), int(Op.CHANCE2)
DECIDE, PICK = int(Op.DECIDE), int(Op.PICK)
M0, M1 = MULTIPLIERS

WHOLE_LIFE, BIRTH_ONLY, ONE_MONTH = 0, 1, 2
"""What a call does with each ward: all months; birth, to state kept outside; one month of that."""

_jit = numba.njit(nogil=True, cache=True, error_model="numpy", fastmath=False)


def round_keys(seed: int) -> NDArray[np.uint32]:
    """The two keys of each of the ten rounds, uint32[20]."""
    keys = []
    k0, k1 = seed & MASK, seed >> 32
    for _ in range(ROUNDS):
        keys += [k0, k1]
        k0, k1 = (k0 + WEYL[0]) & MASK, (k1 + WEYL[1]) & MASK
    return np.array(keys, dtype=np.uint32)


@_jit
def _round(x0: Any, x1: Any, x2: Any, x3: Any, k0: Any, k1: Any) -> Any:
    """One round of Philox4x32."""
    p0 = uint64(x0) * uint64(M0)
    p1 = uint64(x2) * uint64(M1)
    return (
        uint32(uint32(p1 >> uint64(32)) ^ x1 ^ k0),
        uint32(p1 & uint64(0xFFFFFFFF)),
        uint32(uint32(p0 >> uint64(32)) ^ x3 ^ k1),
        uint32(p0 & uint64(0xFFFFFFFF)),
    )


@_jit
def _halves(
    out: Any, blocks: Any, first: Any, stage: Any, month: Any, purpose: Any, keys: Any
) -> None:
    """Sixteen bits of luck for every lane of a ward, into int32 `out`."""
    # The keys are read before the loop: inside it, they could be what `out` is written over.
    a0, a1, a2, a3, a4 = keys[0], keys[2], keys[4], keys[6], keys[8]
    a5, a6, a7, a8, a9 = keys[10], keys[12], keys[14], keys[16], keys[18]
    b0, b1, b2, b3, b4 = keys[1], keys[3], keys[5], keys[7], keys[9]
    b5, b6, b7, b8, b9 = keys[11], keys[13], keys[15], keys[17], keys[19]
    for i in range(blocks):
        block = uint64(first + uint64(i))
        w = uint32(block & uint64(0xFFFFFFFF))
        x = uint32(uint32(block >> uint64(32)) | stage)
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
        out[i] = int32(w & uint32(0xFFFF))
        out[blocks + i] = int32(w >> uint32(16))
        out[2 * blocks + i] = int32(x & uint32(0xFFFF))
        out[3 * blocks + i] = int32(x >> uint32(16))
        out[4 * blocks + i] = int32(y & uint32(0xFFFF))
        out[5 * blocks + i] = int32(y >> uint32(16))
        out[6 * blocks + i] = int32(z & uint32(0xFFFF))
        out[7 * blocks + i] = int32(z >> uint32(16))


@_jit
def _pack(bits: Any, flags: Any, start: Any, words: Any) -> None:
    """Flags as bits: bit `b` of word `j` is that of lane `b * words + j`."""
    for j in range(words):
        word = uint32(0)
        for b in range(32):
            word |= uint32(uint32(flags[uint64(start + b * words + j)] & int32(1)) << uint32(b))
        bits[j] = word


@_jit
def _common(one: Any, other: Any, words: Any) -> Any:
    """How many bits are set in both."""
    total = uint32(0)
    for j in range(words):
        x = uint32(one[j] & other[j])
        x = uint32(x - uint32(uint32(x >> uint32(1)) & uint32(0x55555555)))
        x = uint32(
            uint32(x & uint32(0x33333333)) + uint32(uint32(x >> uint32(2)) & uint32(0x33333333))
        )
        x = uint32(uint32(x + uint32(x >> uint32(4))) & uint32(0x0F0F0F0F))
        x = uint32(x + uint32(x >> uint32(8)))
        x = uint32(x + uint32(x >> uint32(16)))
        total = uint32(total + uint32(x & uint32(63)))
    return total


@_jit
def _masked_sum(values: Any, start: Any, bits: Any, words: Any) -> Any:
    """The sum of the values of the lanes whose bit is set."""
    total = int32(0)
    for j in range(words):
        word = bits[j]
        for b in range(32):
            here = int32(uint32(word >> uint32(b)) & uint32(1))
            total = int32(total + int32(values[uint64(start + b * words + j)] & int32(-here)))
    return total


@_jit
def _section(
    code: Any,
    start: Any,
    end: Any,
    regs: Any,
    high: Any,
    low: Any,
    limits: Any,
    packed: Any,
    groups_of: Any,
    tables: Any,
    logistic: Any,
    signals: Any,
    ledger: Any,
    hist: Any,
    offsets: Any,
    s8: Any,
    s16: Any,
    s32: Any,
    keys: Any,
    ward: Any,
    blocks: Any,
    seats: Any,
    size: Any,
    month: Any,
) -> None:
    """Run instructions `start` to `end` on one ward, of which `seats` lanes are citizens."""
    n = min((seats + 15) // 16 * 16, blocks * 8)
    words = blocks // 4
    width = int64(blocks) * 8
    groups = (seats + size - 1) // size
    first_block = uint64(uint64(ward) * uint64(blocks))
    for pc in range(start, end):
        op = code[pc, 0]
        d = int64(code[pc, 1]) * width
        a = int64(code[pc, 2]) * width
        b = int64(code[pc, 3]) * width
        c = int64(code[pc, 4]) * width
        i0 = code[pc, 5]
        i1 = code[pc, 6]
        i2 = code[pc, 7]
        if op >= DRAW:
            purpose = uint32(int64(i0) & int64(0xFFFFFFFF))
            at = month
            if op == PICK or ((op in (DRAW, CHANCEI)) and i1 == 0):
                at = int64(0)
            _halves(high, blocks, first_block, uint32(0), uint32(at), purpose, keys)
            if op in (DRAW, PICK):
                _halves(low, blocks, first_block, uint32(0x80000000), uint32(at), purpose, keys)
                if op == DRAW:
                    for i in range(n):
                        regs[uint64(d + i)] = int32(
                            int32(high[i] << int32(14)) | int32(low[i] & int32(0x3FFF))
                        )
                else:
                    for i in range(n):
                        high[i] = int32(int32(high[i] << int32(14)) | int32(low[i] & int32(0x3FFF)))
                        regs[uint64(d + i)] = 0
                    # A binary search: the thresholds of a row never fall.
                    step = int32(1)
                    while step <= i2:
                        step = int32(step * int32(2))
                    while step > 1:
                        step = int32(step >> int32(1))
                        for i in range(n):
                            there = int32(regs[uint64(d + i)] + step)
                            k = there if there < i2 else i2
                            row = int32(i1 + int32(regs[uint64(a + i)] * i2))
                            limit = tables[uint32(int32(row + int32(k - int32(1))))]
                            passed = int32(int32(there <= i2) & int32(high[i] >= limit))
                            regs[uint64(d + i)] = int32(
                                regs[uint64(d + i)] + int32(step & int32(-passed))
                            )
                continue
            if op == CHANCEI:
                limit = int32(i2 >> int32(14))
                rest = int32(i2 & int32(0x3FFF))
                ties = int32(0)
                for i in range(n):
                    regs[uint64(d + i)] = int32(high[i] < limit)
                    ties |= int32(high[i] == limit)
                if ties != 0 and rest != 0:
                    _halves(low, blocks, first_block, uint32(0x80000000), uint32(at), purpose, keys)
                    for i in range(n):
                        regs[uint64(d + i)] = int32(
                            regs[uint64(d + i)]
                            | int32(
                                int32(high[i] == limit)
                                & int32(int32(low[i] & int32(0x3FFF)) < rest)
                            )
                        )
                continue
            if op == CHANCE2:
                for i in range(n):
                    limits[i] = int32(i2 + int32(int32(i1 - i2) * regs[uint64(a + i)]))
            elif op == CHANCE:
                for i in range(n):
                    limits[i] = regs[uint64(a + i)]
            else:
                for i in range(n):
                    step = int32(regs[uint64(a + i)] >> int32(10))
                    step = step if step > int32(-16384) else int32(-16384)
                    step = step if step < int32(16383) else int32(16383)
                    limits[i] = int32(step + int32(16384))
                for i in range(n):
                    limits[i] = logistic[uint32(limits[i])]
            ties = int32(0)
            for i in range(n):
                limit = int32(limits[i] >> int32(14))
                regs[uint64(d + i)] = int32(high[i] < limit)
                ties |= int32(high[i] == limit)
            if ties != 0:
                _halves(low, blocks, first_block, uint32(0x80000000), uint32(at), purpose, keys)
                for i in range(n):
                    limit = int32(limits[i] >> int32(14))
                    rest = int32(limits[i] & int32(0x3FFF))
                    regs[uint64(d + i)] = int32(
                        regs[uint64(d + i)]
                        | int32(
                            int32(high[i] == limit) & int32(int32(low[i] & int32(0x3FFF)) < rest)
                        )
                    )
            continue
        if op == ADD:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] + regs[uint64(b + i)])
        elif op == ADDI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] + i0)
        elif op == MULADDI:
            for i in range(n):
                regs[uint64(d + i)] = int32(int32(regs[uint64(a + i)] * i0) + regs[uint64(b + i)])
        elif op == AND:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] & regs[uint64(b + i)])
        elif op == ANDNOT:
            for i in range(n):
                regs[uint64(d + i)] = int32(
                    regs[uint64(a + i)] & int32(regs[uint64(b + i)] ^ int32(1))
                )
        elif op == OR:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] | regs[uint64(b + i)])
        elif op == NOT:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] ^ int32(1))
        elif op == MASKED:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(b + i)] & int32(-regs[uint64(a + i)]))
        elif op == SELECT:
            for i in range(n):
                regs[uint64(d + i)] = int32(
                    regs[uint64(c + i)]
                    ^ int32(
                        int32(regs[uint64(b + i)] ^ regs[uint64(c + i)])
                        & int32(-regs[uint64(a + i)])
                    )
                )
        elif op == SELECTI:
            for i in range(n):
                regs[uint64(d + i)] = int32(
                    i1 ^ int32(int32(i0 ^ i1) & int32(-regs[uint64(a + i)]))
                )
        elif op == COUNTIF:
            _pack(packed, regs, a, words)
            for cell in range(i1, i2):
                ledger[i0, cell] += int64(_common(packed, groups_of[cell], words))
        elif op == COUNT:
            for cell in range(i1, i2):
                ledger[i0, cell] += int64(_masked_sum(regs, a, groups_of[cell], words))
        elif op == GROUP:
            cell_bits = groups_of[i0]
            _pack(cell_bits, regs, a, words)
            for j in range(words):
                cell_bits[j] = uint32(cell_bits[j] & groups_of[0, j])
        elif op == CONST:
            for i in range(n):
                regs[uint64(d + i)] = i0
        elif op == COPY:
            for i in range(n):
                regs[uint64(d + i)] = regs[uint64(a + i)]
        elif op == SUB:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] - regs[uint64(b + i)])
        elif op == MUL:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] * regs[uint64(b + i)])
        elif op == MIN:
            for i in range(n):
                regs[uint64(d + i)] = (
                    regs[uint64(a + i)]
                    if regs[uint64(a + i)] < regs[uint64(b + i)]
                    else regs[uint64(b + i)]
                )
        elif op == MAX:
            for i in range(n):
                regs[uint64(d + i)] = (
                    regs[uint64(a + i)]
                    if regs[uint64(a + i)] > regs[uint64(b + i)]
                    else regs[uint64(b + i)]
                )
        elif op == XOR:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] ^ regs[uint64(b + i)])
        elif op == RSUBI:
            for i in range(n):
                regs[uint64(d + i)] = int32(i0 - regs[uint64(a + i)])
        elif op == MULI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] * i0)
        elif op == CLAMP:
            for i in range(n):
                x = regs[uint64(a + i)] if regs[uint64(a + i)] > i0 else i0
                regs[uint64(d + i)] = x if x < i1 else i1
        elif op == SHLI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] << i0)
        elif op == SHRI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] >> i0)
        elif op == TERM:
            for i in range(n):
                regs[uint64(d + i)] = int32(int32(int32(regs[uint64(a + i)] * i0) + i2) >> i1)
        elif op == TRUNCMUL:
            for i in range(n):
                sign = int32(regs[uint64(a + i)] >> int32(31))
                x = int32(int32(int32(int32(regs[uint64(a + i)] ^ sign) - sign) * i0) >> int32(15))
                regs[uint64(d + i)] = int32(int32(x ^ sign) - sign)
        elif op == LT:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] < regs[uint64(b + i)])
        elif op == LE:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] <= regs[uint64(b + i)])
        elif op == EQ:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] == regs[uint64(b + i)])
        elif op == LTI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] < i0)
        elif op == GEI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] >= i0)
        elif op == EQI:
            for i in range(n):
                regs[uint64(d + i)] = int32(regs[uint64(a + i)] == i0)
        elif op == TABLE:
            last = int32(i1 - int32(1))
            for i in range(n):
                x = int32(regs[uint64(a + i)] + i2)
                x = x if x > int32(0) else int32(0)
                limits[i] = int32(i0 + (x if x < last else last))
            for i in range(n):
                regs[uint64(d + i)] = tables[uint32(limits[i])]
        elif op == SIGNAL:
            x = signals[i0]
            for i in range(n):
                regs[uint64(d + i)] = x
        elif op == MONTH:
            x = int32(month)
            for i in range(n):
                regs[uint64(d + i)] = x
        elif op == PERIOD:
            x = int32((month + int64(i1)) % int64(i0) == 0)
            for i in range(n):
                regs[uint64(d + i)] = x
        elif op == HIST:
            base = offsets[i0] - i1
            for i in range(seats):
                hist[base + regs[uint64(a + i)]] += 1
        elif op == LOAD8:
            for i in range(n):
                regs[uint64(d + i)] = int32(s8[i0, i])
        elif op == LOAD16:
            for i in range(n):
                regs[uint64(d + i)] = int32(s16[i0, i])
        elif op == LOAD32:
            for i in range(n):
                regs[uint64(d + i)] = s32[i0, i]
        elif op == STORE8:
            for i in range(n):
                s8[i0, i] = regs[uint64(a + i)]
        elif op == STORE16:
            for i in range(n):
                s16[i0, i] = regs[uint64(a + i)]
        elif op == STORE32:
            for i in range(n):
                s32[i0, i] = regs[uint64(a + i)]
        else:
            for g in range(groups):
                begin = g * size
                people = min(size, seats - begin)
                if op == SIZE:
                    for i in range(begin, begin + people):
                        regs[uint64(d + i)] = int32(people)
                elif op == FIRST:
                    x = regs[uint64(a + begin)]
                    for i in range(begin, begin + people):
                        regs[uint64(d + i)] = x
                elif op in (SUM, MEAN):
                    total = int32(0)
                    for i in range(begin, begin + people):
                        total = int32(total + regs[uint64(a + i)])
                    x = total
                    if op == MEAN:
                        x = int32((int64(total) * int64(i0)) // int64(people))
                    for i in range(begin, begin + people):
                        regs[uint64(d + i)] = x
                elif op == ROTATE:
                    step = int64(regs[uint64(b + begin)]) % int64(people)
                    for i in range(people - step):
                        regs[uint64(d + begin + step + i)] = regs[uint64(a + begin + i)]
                    for i in range(step):
                        regs[uint64(d + begin + i)] = regs[uint64(a + begin + people - step + i)]
                elif op == CUT:
                    quota = tables[i0 + people]
                    least = int64(i1)
                    most = int64(i2)
                    while least < most:
                        middle = (least + most) >> 1
                        above = int64(0)
                        for i in range(begin, begin + people):
                            above += int64(regs[uint64(a + i)] > int32(middle))
                        if above <= quota:
                            most = middle
                        else:
                            least = middle + 1
                    x = int32(least)
                    for i in range(begin, begin + people):
                        regs[uint64(d + i)] = x
            for i in range(seats, n):
                regs[uint64(d + i)] = 0


@_jit
def run_wards(
    mode: Any,
    code: Any,
    sections: Any,
    registers: Any,
    tables: Any,
    logistic: Any,
    signals: Any,
    ledger: Any,
    hist: Any,
    offsets: Any,
    s8: Any,
    s16: Any,
    s32: Any,
    keys: Any,
    first_ward: Any,
    wards: Any,
    blocks: Any,
    per_ward: Any,
    citizens: Any,
    size: Any,
    first_month: Any,
    months: Any,
) -> None:
    """Live wards `first_ward` to `first_ward + wards`, adding to `ledger` and `hist`.

    `sections` is int64[5, 2]; `signals` int32[months, signals]; `ledger` int64[months, measures,
    cells], of which month `first_month` is row 0; `hist` int64; the state arrays hold, for each of
    these wards, columns x lanes.
    """
    width = blocks * 8
    regs = np.zeros(registers * width, dtype=np.int32)
    high = np.zeros(width, dtype=np.int32)
    low = np.zeros(width, dtype=np.int32)
    limits = np.zeros(width, dtype=np.int32)
    words = blocks // 4
    packed = np.zeros(words, dtype=np.uint32)
    groups_of = np.zeros((ledger.shape[2], words), dtype=np.uint32)
    alive = np.zeros(width, dtype=np.int32)
    for w in range(wards):
        ward = first_ward + w
        seats = min(per_ward, citizens - ward * per_ward)
        for i in range(width):
            alive[i] = int32(i < seats)
        _pack(groups_of[0], alive, int64(0), words)
        v8 = s8[w] if mode != WHOLE_LIFE else s8[0]
        v16 = s16[w] if mode != WHOLE_LIFE else s16[0]
        v32 = s32[w] if mode != WHOLE_LIFE else s32[0]
        for step in range(-2, months):
            section = 0
            if step == -1:
                section = 1 if mode != ONE_MONTH else 2
            if step >= 0:
                section = 3
            at = max(step, 0)
            row = min(at, ledger.shape[0] - 1)
            _section(
                code, sections[section, 0], sections[section, 1], regs, high, low, limits,
                packed, groups_of, tables, logistic, signals[row], ledger[row], hist, offsets,
                v8, v16, v32, keys, ward, blocks, seats, size, int64(first_month + at),
            )  # fmt: skip
        if mode != WHOLE_LIFE:
            _section(
                code, sections[4, 0], sections[4, 1], regs, high, low, limits,
                packed, groups_of, tables, logistic, signals[0], ledger[0], hist, offsets,
                v8, v16, v32, keys, ward, blocks, seats, size, int64(first_month),
            )  # fmt: skip
