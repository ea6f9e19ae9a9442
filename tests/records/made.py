"""A small world, and made-up numbers for it: records do not care where numbers come from."""

from pathlib import Path
from typing import Any

import numpy as np

from glasstown.conduct.model import Conduct
from glasstown.nation.model import Nation
from glasstown.records import Ledger, Making, Reservation, Signals, reserve, run_digest
from glasstown.scheme.model import Scheme
from glasstown.world import World, bind

VERSION = "0.0.0-test"


def small_world(months: int = 3, seed: int = 1, citizens: int = 400, **more: Any) -> World:
    scheme = Scheme.model_validate(
        {
            "scheme": "points",
            "title": "Points for studying",
            "score": {"range": [0, 100], "start": 50},
            "sensors": {"eye": {"detects": "90%", "false_alarm": "1%"}},
            "rules": {
                "studied": {"when": "study", "seen_by": "eye", "points": "+3"},
                "cheated": {"when": "cheat", "seen_by": "eye", "points": -20},
            },
            "tiers": {"low": 0, "high": 60},
            "registers": {"barred": {"enter": "score < 30", "leave": "score > 40"}},
            "consequences": {
                "no_ticket": {"occasion": "ticket", "for": "on(barred)", "outcome": "refuse"}
            },
        }
    )
    nation = Nation.model_validate(
        {
            "nation": "village",
            "citizens": 1000,
            "communities": {"size": 50},
            "traits": {
                "student": {"share": "40%"},
                "home": {"values": {"hill": "30%", "shore": "70%"}},
            },
        }
    )
    conduct = Conduct.model_validate(
        {
            "conduct": "plain",
            "actions": {
                "study": {"rate": "20%"},
                "cheat": {"rate": "5%"},
                "speak": {"rate": "10%", "voices": "student"},
            },
            "occasions": {"ticket": {"rate": "10%"}},
        }
    )
    return bind(
        "small",
        [scheme],
        nation,
        conduct,
        months=months,
        seed=seed,
        citizens=citizens,
        by=("student", "home", "student*home", "points.tier"),
        **more,
    )


def made_ledger(world: World, salt: int = 0) -> Ledger:
    cells = tuple((cell.by, cell.group) for cell in world.cells)
    shape = (world.months, len(world.measures), len(cells))
    numbers = np.random.default_rng(salt).integers(-(2**40), 2**40, size=shape, dtype=np.int64)
    return Ledger(world.measures, cells, numbers)


def no_signals(world: World) -> Signals:
    return Signals((), np.zeros((world.months, 0), dtype=np.int64))


def write(folder: Path, world: World, replace: bool = False, salt: int = 0) -> str:
    """Write a run of made-up numbers, and return its digest."""
    ledger, signals = made_ledger(world, salt), no_signals(world)
    digest = run_digest(world.to_dict(), ledger, signals)
    with reserve(folder, world.to_dict(), replace) as reservation:
        finish(reservation, world, ledger, digest)
    return digest


def begin(reservation: Reservation, world: World, **more: Any) -> Making:
    """Begin a run of one span."""
    options: dict[str, Any] = {
        "program": b"a program",
        "listing": "an instruction\n",
        "version": VERSION,
        "spans": 1,
        "wards": world.wards,
        "shape": made_ledger(world).values.shape,
        "coupled": False,
    }
    return reservation.begin(**{**options, **more})


def finish(
    reservation: Reservation, world: World, ledger: Ledger, digest: str, **more: Any
) -> None:
    """A whole run of one span."""
    begin(reservation, world, **more).keep_span(0, ledger.values)
    reservation.finish(digest=digest, ledger=ledger, signals=no_signals(world), version=VERSION)
