"""What a sweep was asked for, whole: two sweeps with the same ask give the same table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, final

from glasstown import __version__
from glasstown.records.digest import canonical
from glasstown.sweeps.axis import problem
from glasstown.sweeps.design import MOST_RUNS, Design, Setting
from glasstown.sweeps.outcomes import Outcome
from glasstown.sweeps.ranges import LeftOut, Range
from glasstown.world import World
from glasstown.world.bind import world_from_dict

MOST_ROWS = 50_000_000
"""Rows of one sweep's table, at the most."""

MOST_REPEATS = 10_000


@final
@dataclass(frozen=True)
class Ask:
    """A world, the settings to run it in, with how many seeds, and what to read off each run.

    The seeds are the world's own, the next one, and so on. cells: groupings and groups, everyone
    first; monthly: whether each month is read, and not the last or their sum.
    """

    world: World
    design: Design
    repeat: int
    outcomes: tuple[Outcome, ...]
    cells: tuple[tuple[str, str], ...]
    monthly: bool = False

    @property
    def seeds(self) -> range:
        """The seeds that every setting is run with."""
        return range(self.world.seed, self.world.seed + self.repeat)

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.design.settings) * self.repeat

    def setting(self, number: int) -> World:
        """The world in one of the settings, on the first seed.

        Raises:
            FileProblems: the world is not in order in this setting.
        """
        setting = self.design.settings[number]
        changes = setting.changes(self.design.paths)
        return self.world.changed(changes) if changes else self.world

    def seeded(self, world: World, place: int) -> World:
        """A setting's world on one of the seeds; luck apart it is the same world."""
        return replace(world, seed=self.seeds[place])

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the ask, in hex."""
        return hashlib.sha256(canonical(self.to_dict())).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """The ask as JSON-ready data; of the settings only a digest, for the table has them."""
        design = self.design
        return {
            "glasstown": __version__,
            "world": self.world.to_dict(),
            "kind": design.kind,
            "paths": list(design.paths),
            "settings": {"count": len(design.settings), "sha256": _digest(design.settings)},
            "samples": design.samples,
            "order": list(design.order),
            "ranges": [
                {"path": each.path, "ends": [str(each.low), str(each.high), str(each.step)]}
                for each in design.ranges
            ],
            "left_out": [asdict(each) for each in design.left_out],
            "repeat": self.repeat,
            "outcomes": [asdict(each) for each in self.outcomes],
            "cells": [list(cell) for cell in self.cells],
            "monthly": self.monthly,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], settings: tuple[Setting, ...]) -> Ask:
        """The ask that `to_dict` gave, with its settings from elsewhere.

        Raises:
            FileProblems: its world is not in order.
            LookupError, TypeError, ValueError: it is not such data.
        """
        ranges = (Range(r["path"], *map(Fraction, r["ends"])) for r in data["ranges"])
        design = Design(
            data["kind"],
            tuple(data["paths"]),
            settings,
            data["samples"],
            tuple(data["order"]),
            tuple(ranges),
            tuple(LeftOut(**each) for each in data["left_out"]),
        )
        return cls(
            world_from_dict(data["world"]),
            design,
            data["repeat"],
            tuple(Outcome(**each) for each in data["outcomes"]),
            tuple((by, group) for by, group in data["cells"]),
            data["monthly"],
        )


def require_possible(ask: Ask) -> None:
    """Refuse a sweep that is larger than anybody means.

    Raises:
        GlasstownError: too many runs, or too many rows.
    """
    if not 1 <= ask.repeat <= MOST_REPEATS:
        raise problem(
            "--repeat", f"{ask.repeat:,} is not from 1 to {MOST_REPEATS:,}", remedy="20 is usual"
        )
    if ask.seeds[-1] >= 2**64:
        raise problem(
            "--repeat",
            f"seed {ask.world.seed} and the {ask.repeat - 1:,} after it go beyond 2**64",
            remedy="begin with a smaller --seed",
        )
    settings = len(ask.design.settings)
    if ask.runs > MOST_RUNS:
        raise problem(
            "",
            f"this is {ask.runs:,} runs: {settings:,} settings with {ask.repeat:,} seeds each",
            why=f"a sweep has at most {MOST_RUNS:,} runs",
            remedy="take longer steps, fewer numbers, samples or seeds",
        )
    months = ask.world.months if ask.monthly else 1
    rows = ask.runs * len(ask.outcomes) * len(ask.cells) * months
    if rows > MOST_ROWS:
        raise problem(
            "",
            f"the table would have {rows:,} rows",
            why=f"at most {MOST_ROWS:,} are kept",
            remedy="leave out --monthly or a --by, or name what counts with --measure",
        )


def _digest(settings: tuple[Setting, ...]) -> str:
    digest = hashlib.sha256()
    for setting in settings:
        digest.update(canonical([value.given for value in setting.values]) + b"\n")
    return digest.hexdigest()
