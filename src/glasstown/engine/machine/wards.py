"""The one entry to what is compiled: so many wards, lived."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.machine.loop import entry
from glasstown.engine.machine.numbers import FEW, LANES, LOW, N
from glasstown.engine.machine.sources import sources
from glasstown.engine.machine.tables import Tables
from glasstown.luck import Layout


def run_wards(
    mode: int, code: NDArray[np.int32], sections: NDArray[np.int64], rows: tuple[int, ...],
    tables: Tables, signals: NDArray[np.int32], ledger: NDArray[np.int64],
    hist: NDArray[np.int64], offsets: NDArray[np.int64], state: tuple[NDArray[np.generic], ...],
    keys: NDArray[np.uint64], first_ward: int, wards: int, layout: Layout, citizens: int,
    first_month: int, months: int,
) -> None:  # fmt: skip
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
        compiled(
            mode, code, sections, *tables, signals, ledger, hist, offsets, *state, keys,
            first_ward, wards, layout.seats, citizens, layout.size, first_month, months,
            communities, base, flags, flags.view(np.uint64),
            np.zeros(rows[1] * LANES, dtype=np.int16),
            np.zeros(base + rows[3] * communities, dtype=np.int32), luck, luck.view(np.uint16),
            np.zeros(2, dtype=np.uint64), np.zeros(LANES, dtype=np.uint16),
            np.zeros(LANES, dtype=np.int32), cells, cells.view(np.uint64),
            np.zeros(ledger.shape[2] * LANES, dtype=np.int16), citizens_of,
            citizens_of.view(np.uint64),
        )  # fmt: skip


compiled = entry(sources())
