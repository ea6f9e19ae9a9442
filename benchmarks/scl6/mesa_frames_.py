"""SCL-6 in mesa-frames: an AgentSetPolars whose step is one query over its frame."""

from __future__ import annotations

import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from benchmarks.scl6.polars_ import KEPT, Luck, born, count, environment, lived
from benchmarks.scl6.workload import FIELDS, SIZE, TIERS, Counts

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its pandas half, at import
    from mesa_frames import AgentSetPolars, ModelDF

__all__ = ["environment", "run"]


class Citizens(AgentSetPolars):
    """All citizens."""

    def __init__(self, model: Nation, luck: Luck) -> None:
        super().__init__(model)
        self.luck = luck
        frame = born(model.citizens, luck)
        self.add(frame.with_columns(unique_id=np.arange(model.citizens)))

    def step(self) -> None:
        """Live a month, and count it."""
        query = lived(self.agents.lazy().with_columns(self.luck.columns()))
        month = query.collect(engine="streaming")
        count(month, self.model.counts[self.model.month])
        self.agents = month.select("unique_id", *KEPT)


class Nation(ModelDF):
    """Citizens, and what is counted of them."""

    def __init__(self, citizens: int, months: int, luck: Luck) -> None:
        super().__init__()
        self.citizens = citizens
        self.month = 0
        self.counts = np.zeros((months, TIERS, len(FIELDS)), dtype=np.int64)
        self.agents += Citizens(self, luck)

    def step(self) -> None:
        """Live a month."""
        self.agents.do("step")
        self.month += 1


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens, in whole communities."""
    n = citizens // SIZE * SIZE
    with ThreadPoolExecutor(threads) as pool:
        nation = Nation(n, months, Luck(n, seed, pool))
        for _ in range(months):
            nation.step()
    return nation.counts
