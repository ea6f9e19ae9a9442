"""What the ledger counts, in which cells, and how scores are spread."""

from __future__ import annotations

from typing import Any

from numba import int16, int32, int64, uint16, uint64

from glasstown.engine.machine.flags import ones
from glasstown.engine.machine.jit import fused
from glasstown.engine.machine.numbers import FCOUNT, HIST, LANES, QUADS, SCOUNT, WCOUNT, N


@fused
def counted(
    code: Any, pc: Any, op: Any, flags: Any, quads: Any, shorts: Any, words: Any, cells: Any,
    cell_quads: Any, lanes_of: Any, ledger: Any, row: Any, hist: Any, offsets: Any, seats: Any,
) -> None:  # fmt: skip
    """What the ledger counts, in which cells, and how scores are spread."""
    i0 = code[pc, 5]
    i1 = code[pc, 6]
    i2 = code[pc, 7]
    a = int64(code[pc, 2]) * LANES
    if op == FCOUNT:
        flag_a = int64(code[pc, 2]) * QUADS
        times = int64(code[pc, 3])
        for cell in range(i1, i2):
            ledger[row, i0, cell] += times * ones(quads, flag_a, cell_quads, int64(cell) * QUADS)
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
