"""What a worker does: live spans, keep the state of those of a coupled world, run a small world.

Nothing here knows Ray. Spans cross as plain tuples, the world as JSON, its program as bytes. Of a
world of many, both cross pickled: to bind it anew would take longer than many a run of it.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import final

import numpy as np
from numpy.typing import NDArray

import glasstown
from glasstown.compiler import program_from_bytes
from glasstown.engine.crew import Span
from glasstown.engine.execute import Compiled, execute
from glasstown.engine.lives import Counts, Lives
from glasstown.engine.threads import Threads
from glasstown.world.bind import world_from_dict
from glasstown.world.world import World

Plain = tuple[int, int, int]
"""A span as it crosses: number, start, wards."""

Parcel = tuple[bytes, bytes]
"""A world as it crosses: as JSON, and its program."""


@cache
def stamp() -> str:
    """The version of Glasstown in this process, with a digest of its source.

    Workers whose stamps are equal count the same; a version alone does not say so of a checkout.
    """
    root = Path(glasstown.__file__).parent
    total = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda file: file.relative_to(root).as_posix()):
        total.update(file.relative_to(root).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).digest())
    return f"{glasstown.__version__} (source {total.hexdigest()[:8]})"


def parcel(lives: Lives) -> Parcel:
    """All that another process needs to live the same lives."""
    return json.dumps(lives.world.to_dict()).encode(), lives.program.to_bytes()


def life(sent: Parcel, span: Plain) -> Counts:
    """The whole lives of a span of an uncoupled world: months x measures x cells."""
    crew = Threads(_lives(*sent), 1)
    try:
        return next(counted for _, counted in crew.lives([Span(*span)]))
    finally:
        crew.close()


def bundle(world: World, made: Compiled) -> bytes:
    """All that another process with the same stamp needs to run a world on any seed."""
    return pickle.dumps((world, made))


def run(sent: bytes, seed: int) -> Counts:
    """A whole run of a world on a seed, on one thread: months x measures x cells."""
    world, made = _unpacked(sent)
    return execute(replace(world, seed=seed), threads=1, made=made).values


@final
class Kept:
    """The state of some spans of a coupled world.

    A span whose state is not here is lived from birth with the signals that are known: so the one
    who asks need not know what is here.
    """

    def __init__(self, sent: Parcel) -> None:
        self._crew = Threads(_lives(*sent), 1)

    def births(self, plain: Sequence[Plain]) -> list[tuple[int, Counts]]:
        """Birth: each span's number and histograms of scores."""
        born = self._crew.births([Span(*span) for span in plain])
        return [(span.number, scores) for span, scores in born]

    def month(
        self, plain: Sequence[Plain], signals: NDArray[np.int32]
    ) -> list[tuple[int, Counts, Counts]]:
        """One month more: each span's number, measures x cells, and histograms.

        `signals` is int32, months so far with this one x signals.
        """
        lived = self._crew.month([Span(*span) for span in plain], signals)
        return [(span.number, counted, scores) for span, counted, scores in lived]

    def forget(self, numbers: Sequence[int]) -> None:
        """Let the state of spans go that another keeps now."""
        self._crew.forget(numbers)


@lru_cache(maxsize=2)
def _lives(world: bytes, program: bytes) -> Lives:
    return Lives(world_from_dict(json.loads(world)), program_from_bytes(program))


@lru_cache(maxsize=2)
def _unpacked(sent: bytes) -> tuple[World, Compiled]:
    world, made = pickle.loads(sent)
    return world, made
