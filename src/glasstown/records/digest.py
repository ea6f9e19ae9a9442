"""The digest of a run: what was asked and what was counted, and nothing of how it was computed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.records.ledger import Ledger
from glasstown.records.signals import Signals

_KIND = "glasstown run 1"


def run_digest(world: Mapping[str, Any], ledger: Ledger, signals: Signals) -> str:
    """The SHA-256 of a run, in hex: a function of the world alone.

    It is taken over one line of JSON (what kind of digest this is; the whole world as
    `World.to_dict` gives it, its texts and sources too, in declared order; the names of the
    measures, cells and signals), a line end, the ledger's numbers and the signals' as 64-bit
    little-endian whole numbers. Nothing of threads, blocks, time, versions or file formats enters.
    """
    head = {
        "kind": _KIND,
        "world": world,
        "months": ledger.months,
        "measures": ledger.measures,
        "cells": ledger.cells,
        "signals": signals.names,
    }
    digest = hashlib.sha256(canonical(head) + b"\n")
    digest.update(_bytes(ledger.values))
    digest.update(_bytes(signals.values))
    return digest.hexdigest()


def canonical(data: object) -> bytes:
    """JSON in ASCII without spaces, in the order given: order is meaning in a world."""
    return json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode()


def _bytes(values: NDArray[np.int64]) -> bytes:
    return np.ascontiguousarray(values, dtype="<i8").tobytes()
