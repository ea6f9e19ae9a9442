"""How to read the state that a program keeps: its kinds of columns, and flags lane by lane."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = ("flags", "bytes", "shorts", "words", "commons")
"""The kinds of columns, in the order of the arrays of a `State`."""


def lanes(flags: NDArray[Any]) -> NDArray[np.uint16]:
    """Rows of flags as 0 or 1, one for each lane: the last axis becomes sixteen times as long.

    Bit `b` of word `j` of `n` is that of lane `b * n + j`.
    """
    words = flags.astype(np.uint16)[..., None, :]
    bits = words >> np.arange(16, dtype=np.uint16)[:, None] & 1
    return np.asarray(bits.reshape(*flags.shape[:-1], -1), np.uint16)
