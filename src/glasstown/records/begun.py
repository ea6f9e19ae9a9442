"""`world.json`: what a run was begun with. It is written first, and stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, final

from glasstown.errors import RunProblem
from glasstown.records.digest import canonical
from glasstown.records.manifest import (
    MANIFEST,
    SPANS,
    WORLD,
    NotARun,
    own_digest,
    parse,
    require_world,
)
from glasstown.records.refuse import damaged, not_read
from glasstown.records.spots import Spot
from glasstown.records.store import names, read, size

PROGRESS = "progress"
"""The folder, in that of a run in the making, with what is finished of it."""

_LONGEST = 16_000_000


@final
@dataclass(frozen=True)
class Begun:
    """What a run was begun with.

    world: the whole world, as `World.to_dict` gave it; program: the SHA-256 of its program;
    spans: how many spans it is lived in; wards: how many wards a span has; coupled: whether it goes
    month by month; glasstown: the version that began it.
    """

    world: Mapping[str, Any]
    program: str
    spans: int
    wards: int
    coupled: bool
    glasstown: str

    @property
    def key(self) -> str:
        """What every sealed piece of this run bears, and no other run's: 32 hex digits."""
        told = [self.world, self.program, self.spans, self.wards]
        return hashlib.sha256(canonical(told)).hexdigest()[:32]

    def text(self) -> str:
        """The file's content: JSON, indented, in one order."""
        data = {"glasstown_begun": 1, "sha256": own_digest(self._told()), **self._told()}
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Begun:
        """Read one that may come from a stranger.

        Raises:
            NotARun: this is nothing that Glasstown wrote.
            ValueError: it is, and something in it is wrong.
        """
        data = parse(text)
        if not isinstance(data, dict) or data.get("glasstown_begun") != 1:
            raise NotARun("it does not call itself the beginning of a Glasstown run")
        if data.get("sha256") != own_digest(data):
            raise ValueError("its own SHA-256 is not that of what it holds")
        require_world(data.get("world"))
        match data:
            case {
                "program": str(program),
                "spans": int(spans),
                "wards": int(wards),
                "coupled": bool(coupled),
                "glasstown": str(glasstown),
            } if spans >= 1 and wards >= 1:
                return cls(data["world"], program, spans, wards, coupled, glasstown)
        raise ValueError("it does not say what the run was begun with")

    def _told(self) -> dict[str, Any]:
        return {
            "glasstown": self.glasstown,
            "program": self.program,
            "spans": self.spans,
            "wards": self.wards,
            "coupled": self.coupled,
            "world": self.world,
        }


def read_begun(folder: Spot) -> Begun | None:
    """What the run in a folder was begun with; None where no run was.

    Raises:
        RunProblem: `world.json` is there, and is damaged.
    """
    file = folder / WORLD
    try:
        if size(file) > _LONGEST:
            raise damaged(file, f"this file is larger than {_LONGEST:,} bytes")
        return Begun.from_text(read(file).decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise not_read(file, error) from None
    except ValueError as error:  # UnicodeDecodeError and NotARun among them
        raise damaged(file, f"this file is not as it was written: {error}") from None


def find_begun(folder: Spot) -> Begun | None:
    """What the run in a folder was begun with; None where that is damaged, too."""
    with suppress(RunProblem):
        return read_begun(folder)
    return None


def is_unfinished(folder: Spot) -> bool:
    """Whether a folder holds a run in the making, or one that has lost its manifest."""
    held = names(folder)
    return WORLD in held and MANIFEST not in held


def how_far(folder: Spot) -> str:
    """How much of a run in the making is kept, in words; nothing of it is read but its names.

    Raises:
        RunProblem: `world.json` is damaged.
    """
    begun = read_begun(folder)
    if begun is None:
        return "nothing is kept"
    unit, every = ("month", begun.world["months"]) if begun.coupled else ("span", begun.spans)
    if SPANS in names(folder):
        return f"all {every} {unit}s were lived"  # whether all are still there, `verify` says
    kept = sum(name.startswith(f"{unit}-") for name in names(folder / PROGRESS))
    return f"{kept} of {every} {unit}s are kept"
