"""What a community has in common, and what its citizens are given by it."""

from __future__ import annotations

from typing import Any

from numba import int16, int32, int64, uint16, uint64

from glasstown.engine.machine.flags import flag_of, ones, set_flag
from glasstown.engine.machine.jit import fused, jit
from glasstown.engine.machine.luck import luck_of_lane, whole_draw
from glasstown.engine.machine.numbers import (
    CDRAW,
    CUT,
    FEW,
    FFIRST,
    FSUM,
    LANES,
    MONTH,
    PERIOD,
    QUADS,
    SFIRST,
    SHARE,
    SIGNAL,
    SIZE,
    SPREADS,
    SPREADW,
    SSUM,
    WFIRST,
    WSUM,
    N,
)


@fused
def of_communities(
    code: Any, pc: Any, op: Any, flags: Any, quads: Any, shorts: Any, words: Any,
    citizen_quads: Any, tables: Any, signals: Any, row: Any, month: Any, keys: Any,
    first_block: Any, base: Any, room: Any, groups: Any, size: Any, seats: Any,
) -> None:  # fmt: skip
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
                x = int32(ones(quads, int64(code[pc, 2]) * QUADS, citizen_quads, g * QUADS))
            else:
                for i in range(begin, begin + people):
                    x = int32(x + int32(flag_of(flags, int64(code[pc, 2]) * N, i)))
        elif op == CDRAW:
            purpose = uint64(int64(i0) & int64(0xFFFFFFFF))
            at = uint64(month) if i1 != 0 else uint64(0)
            top = luck_of_lane(begin, first_block, uint64(0), at, purpose, keys)
            rest = luck_of_lane(begin, first_block, uint64(0x80000000), at, purpose, keys)
            x = int32(whole_draw(top, rest))
        elif op == FFIRST:
            x = int32(flag_of(flags, int64(code[pc, 2]) * N, begin))
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


@fused
def spread(
    code: Any, pc: Any, op: Any, flags: Any, shorts: Any, words: Any, citizens_of: Any, base: Any,
    room: Any, groups: Any, size: Any, seats: Any,
) -> None:  # fmt: skip
    """A community's common, to each of its citizens."""
    a = base + int64(code[pc, 2]) * room
    if op == SPREADS:
        _spread_lanes(shorts, int64(code[pc, 1]) * LANES, words, a, groups, size, seats)
    elif op == SPREADW:
        _spread_lanes(words, int64(code[pc, 1]) * LANES, words, a, groups, size, seats)
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
                        set_flag(flags, d, i)


@fused
def _spread_lanes(row: Any, d: Any, words: Any, a: Any, groups: Any, size: Any, seats: Any) -> None:
    """The same to a row of shorts or of words; lanes without a citizen get 0."""
    for g in range(groups):
        value = words[a + g]
        for i in range(d + g * size, d + min((g + 1) * size, seats)):
            row[uint64(i)] = value
    for i in range(d + seats, d + LANES):
        row[uint64(i)] = 0


@jit
def rotated(
    code: Any, pc: Any, flags: Any, words: Any, cells: Any, base: Any, room: Any, size: Any,
    seats: Any,
) -> None:  # fmt: skip
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
            if flag_of(flags, a, i) != 0:
                g = i // size
                people = min(size, seats - g * size)
                lane = g * size + (i - g * size + int64(words[b + g])) % people
                set_flag(flags, d, lane)


@jit
def note_seats(seats: Any, size: Any, cells: Any, lanes_of: Any, citizens_of: Any) -> None:
    """Note which lanes of a ward are citizens, and of which community."""
    for j in range(N):
        cells[j] = 0
    for j in range(citizens_of.size):
        citizens_of[j] = 0
    for i in range(seats):
        set_flag(cells, 0, i)
        if size >= FEW:
            set_flag(citizens_of, i // size * N, i)
    for i in range(LANES):
        lanes_of[i] = int16(i < seats)
