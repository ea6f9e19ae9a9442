"""SCL-6 as a Glasstown world: world.yaml beside this file, run as anybody would run it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import glasstown as gt
from benchmarks.scl6.workload import FIELDS, TIERS, Counts
from glasstown.engine.execute import execute

WORLD = Path(__file__).with_name("world.yaml")
SCHEME = "scl-6"
ACTIONS = ("study", "volunteer", "publish", "cheat", "leave_a_fine_unpaid", "speak_critically")
RULES = ("studied", "volunteered", "published", "cheated", "unpaid", "criticised")
MEASURES = (
    "citizens", f"{SCHEME}.score",
    *(f"did.{action}" for action in ACTIONS), *(f"{SCHEME}.fired.{rule}" for rule in RULES),
    "refused.buy_ticket", "discounted.take_course", "advanced.seek_job",
    f"{SCHEME}.on.defaulters",
)  # fmt: skip
"""Where the ledger keeps each of the fields."""


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens."""
    world = gt.load_world(WORLD, citizens=citizens, months=months, seed=seed)
    values = execute(world, threads=threads).values
    rows = [world.measures.index(measure) for measure in MEASURES]
    cells = [cell.by for cell in world.cells].index(f"{SCHEME}.tier")
    counts = values[:, rows, cells : cells + TIERS].transpose(0, 2, 1)
    assert counts.shape == (months, TIERS, len(FIELDS))
    return np.ascontiguousarray(counts)
