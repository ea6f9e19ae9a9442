"""unictown-china at any size, as an engine for the worker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

import glasstown as gt
from glasstown.engine.execute import execute


def run(citizens: int, months: int, threads: int, seed: int = 1) -> NDArray[np.int64]:
    """Run so many citizens; what the ledger counts of everybody."""
    world = gt.load_world("unictown-china", citizens=citizens, months=months, seed=seed)
    return execute(world, threads=threads).values[:, :, 0]
