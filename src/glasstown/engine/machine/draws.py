"""Luck, and what it decides: draws, chances and decisions."""

from __future__ import annotations

from typing import Any

from numba import int16, int32, int64, uint16, uint64

from glasstown.engine.machine.flags import flag_of, set_flag
from glasstown.engine.machine.jit import fused, jit
from glasstown.engine.machine.luck import luck_of_lane, luck_of_ward, whole_draw
from glasstown.engine.machine.numbers import (
    CHANCE,
    CHANCE2,
    CHANCEI,
    DECIDE,
    DECIDED,
    DRAW,
    LANES,
    LOOKUP,
    LOW,
    PICK,
    N,
)
from glasstown.engine.machine.picks import looked_up, pick


@fused
def drawn(
    code: Any, pc: Any, op: Any, flags: Any, shorts: Any, words: Any, luck: Any, high: Any,
    limits: Any, starts: Any, tables: Any, halves: Any, logistic: Any, likely: Any, lookups: Any,
    keys: Any, first_block: Any, drawn_for: Any, month: Any, seats: Any,
) -> None:  # fmt: skip
    """Luck, and what it decides."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    purpose = uint64(int64(i0) & int64(0xFFFFFFFF))
    at = uint64(month)
    if op in (PICK, LOOKUP) or (op != CHANCE2 and i1 == 0):
        at = uint64(0)
    flag_d = int64(code[pc, 1]) * N
    flag_a = int64(code[pc, 2]) * N
    d = int64(code[pc, 1]) * LANES
    a = int64(code[pc, 2]) * LANES
    whole = op in (DRAW, PICK, LOOKUP)
    for stage in range(2 if whole else 1):
        # Two decisions that share their luck, one after the other, draw it once.
        if stage == 1 or drawn_for[0] != purpose or drawn_for[1] != at:
            top = uint64(stage) << uint64(31)
            luck_of_ward(luck, stage * LOW, first_block, top, at, purpose, keys)
            if stage == 0:
                drawn_for[0] = purpose
                drawn_for[1] = at
    if op == DRAW:
        for i in range(LANES):
            words[uint64(d + i)] = int32(
                int32(int32(high[i]) << int32(14)) | int32(int32(high[LANES + i]) & int32(0x3FFF))
            )
        return
    if op == LOOKUP:
        looked_up(shorts, d, high, tables, lookups, int64(code[pc, 4]) << 16, i1)
        return
    if op == PICK:
        pick(shorts, d, words, a, high, limits, starts, tables, halves, i1, i2)
        return
    if op in (CHANCEI, CHANCE2):
        apart = uint16(0xFFFF)
        for turn in range(1 if op == CHANCEI else 2):
            one = _high(i2 if turn == 0 else i1)
            for j in range(N):
                word = uint16(0)
                for k in range(16):
                    luck16 = high[k * N + j]
                    word |= uint16(uint16(luck16 < one) << uint16(k))
                    x16 = uint16(luck16 ^ one)
                    apart = x16 if x16 < apart else apart
                limits[turn * N + j] = word
        if op == CHANCEI:
            for j in range(N):
                flags[uint64(flag_d + j)] = limits[j]
        else:
            for j in range(N):
                no = limits[j]
                yes = limits[N + j]
                flags[uint64(flag_d + j)] = uint16(
                    no ^ uint16(uint16(yes ^ no) & flags[uint64(flag_a + j)])
                )
    else:
        if op == DECIDE:
            for i in range(LANES):
                y16 = shorts[uint64(a + i)]
                y16 = y16 if y16 > int16(-16384) else int16(-16384)
                y16 = y16 if y16 < int16(16383) else int16(16383)
                limits[i] = uint16(int16(y16 + int16(16384)))
            for i in range(LANES):
                limits[i] = likely[uint64(limits[i])]
        elif op == CHANCE:
            for i in range(LANES):
                limits[i] = _high(words[uint64(a + i)])
        else:
            b = int64(code[pc, 3]) * LANES
            for i in range(LANES):
                limits[i] = uint16(shorts[uint64(b + i)])
        apart = _below(flags, flag_d, high, limits)
    if apart == 0:
        _settle(
            code, pc, op, flags, shorts, words, high, limits, logistic, keys, first_block, at,
            purpose, seats,
        )  # fmt: skip


@jit
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


@jit
def _settle(
    code: Any, pc: Any, op: Any, flags: Any, shorts: Any, words: Any, high: Any, limits: Any,
    logistic: Any, keys: Any, first_block: Any, at: Any, purpose: Any, seats: Any,
) -> None:  # fmt: skip
    """Decide for the few lanes whose sixteen bits are those of their limit, by fourteen more."""
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    flag_d = int64(code[pc, 1]) * N
    flag_a = int64(code[pc, 2]) * N
    a = int64(code[pc, 2]) * LANES
    if op in (CHANCEI, CHANCE2):
        yes = _high(i1)
        no = _high(i2)
        for i in range(LANES):
            limits[i] = no
            if op == CHANCE2:
                limits[i] = yes if flag_of(flags, flag_a, i) != 0 else no
    for i in range(seats):
        if high[i] == limits[i]:
            wide = int64(i2)
            if op == CHANCE:
                wide = int64(words[uint64(a + i)])
            elif op in (DECIDE, DECIDED):
                step = min(max(int64(shorts[uint64(a + i)]), -16384), 16383)
                wide = int64(logistic[step + 16384])
            elif op == CHANCE2 and flag_of(flags, flag_a, i) != 0:
                wide = int64(i1)
            low = luck_of_lane(i, first_block, uint64(0x80000000), at, purpose, keys)
            # The flag is not set yet: sixteen bits that are those of the limit are not below it.
            if whole_draw(high[i], low) < wide:
                set_flag(flags, flag_d, i)


@jit
def _high(limit: Any) -> Any:
    """The high half of a limit of 30 bits; that of certainty, which has 31, is kept to sixteen."""
    half = int32(limit >> int32(14))
    return uint16(half if half < int32(0xFFFF) else int32(0xFFFF))
