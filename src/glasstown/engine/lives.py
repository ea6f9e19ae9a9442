"""A program ready to be lived: what the machine is given for any span of wards."""

from __future__ import annotations

import os
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler import Program, counted_cells
from glasstown.engine import machine
from glasstown.errors import Place, Problem, RunProblem
from glasstown.luck import WARD_SEATS
from glasstown.world.world import World

State = tuple[NDArray[np.generic], ...]
"""What a coupled world keeps of every citizen: arrays whose first axis is wards."""

Counts = NDArray[np.int64]


@final
class Lives:
    """A world's program and all that the machine needs beside it, for any wards of the nation.

    It holds no state: any thread may live any span at any time.
    """

    def __init__(self, world: World, program: Program) -> None:
        self.world = world
        self.program = program
        self.layout = world.layout
        self.keys = machine.round_keys(world.seed)
        self.sections = np.array(list(program.sections.values()), dtype=np.int64)
        self.rows = tuple(program.registers.values())
        self.tables = machine.tables_of(program.tables)
        self.counted = np.array(counted_cells(world))
        starts = np.concatenate([[0], np.cumsum(program.histograms)]).astype(np.int64)
        self.offsets = starts[:-1] if program.histograms else np.zeros(1, dtype=np.int64)

    def citizens(self, start: int, wards: int) -> int:
        """How many citizens live in so many wards from one on."""
        seats = self.layout.seats
        return min((start + wards) * seats, self.world.citizens) - start * seats

    def zeros(self, months: int) -> Counts:
        """An empty ledger: int64, months x measures x cells."""
        return np.zeros(
            (max(months, 1), self.program.measures, len(self.world.cells)), dtype=np.int64
        )

    def histogram(self) -> Counts:
        """Empty histograms of scores, one after another."""
        return np.zeros(max(sum(self.program.histograms), 1), dtype=np.int64)

    def bytes_per_ward(self) -> int:
        """Bytes of state that a coupled world keeps for each ward."""
        return self.program.bytes_per_ward(self.layout.communities)

    def state(self, wards: int) -> State:
        """Room for what a coupled world keeps of the citizens of so many wards."""
        width = WARD_SEATS
        kinds = (
            ("flags", width // 16, np.uint16), ("bytes", width, np.int8),
            ("shorts", width, np.int16), ("words", width, np.int32),
            ("commons", self.layout.communities, np.int32),
        )  # fmt: skip
        columns = self.program.columns
        return tuple(np.zeros((wards, columns[name], row), dtype=t) for name, row, t in kinds)

    def live(
        self,
        mode: int,
        signals: NDArray[np.int32],
        first_month: int,
        months: int,
        state: State | None,
        start: int,
        wards: int,
    ) -> tuple[Counts, Counts]:
        """Live so many wards from `start` on: what they counted, and their scores' histograms.

        `mode` is one of the machine's; `signals` is int32, months x signals; `state` is that of
        these wards, and is changed.
        """
        program = self.program
        shape = (max(months, 1), program.measures, program.cells)
        counted, scores = np.zeros(shape, dtype=np.int64), self.histogram()
        machine.run_wards(
            mode, program.code, self.sections, self.rows, self.tables, signals, counted, scores,
            self.offsets, self.state(1) if state is None else state, self.keys, start, wards,
            self.layout, self.world.citizens, first_month, months,
        )  # fmt: skip
        return self._whole(counted), scores

    def _whole(self, counted: Counts) -> Counts:
        """A ledger with every cell, from those that were counted.

        The last group of each grouping is what the others leave of everyone.
        """
        cells = self.world.cells
        whole = np.zeros((*counted.shape[:2], len(cells)), dtype=np.int64)
        whole[:, :, self.counted] = counted
        for last in set(range(len(cells))) - set(self.counted.tolist()):
            own = [n for n in range(last) if cells[n].by == cells[last].by]
            whole[:, :, last] = whole[:, :, 0] - whole[:, :, own].sum(axis=2)
        return whole


def require_memory(lives: Lives) -> None:
    """Refuse a coupled world whose state does not fit in this machine.

    Raises:
        RunProblem: it does not.
    """
    world = lives.world
    needed, there = world.wards * lives.bytes_per_ward(), memory()
    if there is None or needed <= there:
        return
    each = -(-lives.bytes_per_ward() // lives.layout.seats)
    raise RunProblem(
        Problem(
            Place(f"world {world.name}"),
            f"a run of {world.citizens:,} citizens needs {needed / 2**30:,.1f} GiB of "
            f"memory, and this machine has {there / 2**30:,.1f} GiB",
            why=f"the world is coupled by national signals, so {each} "
            "bytes of every citizen are kept from month to month",
            remedy=f"run at most {int(world.citizens * there / needed * 0.9):,} "
            "citizens, or a world without national signals",
        )
    )


def memory() -> int | None:
    """The bytes of memory of this machine, where it says."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None
