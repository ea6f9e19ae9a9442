"""SCL-6 as a Glasstown world: world.yaml beside this file, run as anybody would run it.

It differs from SCL-6 as workload.py has it in what follows, and in nothing that its check values
show at the sizes compared:

- a month takes 655 / 32,768 of the distance from 1,000 away, not a fiftieth: at most a tenth of a
  point less;
- a community's mean is rounded down to 1 / 4,096, and `ref` to the nearest: at most 0.001 log-odds;
- a utility is cut to 1 / 1,024 of a log-odd, and z is q / 127 to at least 14 binary digits;
- welfare is `means`, which cannot be kept for ever: half of it is lost in a hundred years.

It does more than SCL-6 asks for: a chance is kept to 2**-30, wrong records and entries are told
from right ones, and 45 measures are counted for everybody and for each tier, not 18 for each tier.
"""

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
