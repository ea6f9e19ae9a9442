"""Who goes through many runs: this process, one after another, or a cluster, many at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.work import Announce
from glasstown.world.world import World

if TYPE_CHECKING:  # what is finished already needs no machine
    from glasstown.engine.execute import Compiled


@final
@dataclass(frozen=True, eq=False)
class Wanted:
    """A run that is wanted: its number among them, its world, and what that is compiled to.

    Worlds that differ in nothing but their seeds share one `made`.
    """

    number: int
    world: World
    made: Compiled


Finished = Generator[tuple[Wanted, NDArray[np.int64]]]
"""Runs as they end, each with its ledger's values: months x measures x cells."""


class Runner(ABC):
    """Goes through runs. What each gives is a function of its world alone."""

    @abstractmethod
    def ready(self, announce: Announce | None) -> None:
        """Have the machine compiled, where it is this process's."""

    @abstractmethod
    def runs(self, wanted: Iterable[Wanted]) -> Finished:
        """Run each; whoever stops listening closes what is returned, and stops the others.

        They end in any order; `wanted` is asked for the next one as there is room.

        Raises:
            RunProblem: one of them cannot be run there.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of what was used."""

    def __enter__(self) -> Runner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@final
class Here(Runner):
    """One run after another, each on so many threads of this process."""

    def __init__(self, threads: int | None) -> None:
        self._threads = threads

    def ready(self, announce: Announce | None) -> None:
        """Have the machine compiled, or loaded."""
        from glasstown.engine.execute import ready

        ready(announce)

    def runs(self, wanted: Iterable[Wanted]) -> Finished:
        """Run each in turn."""
        from glasstown.engine.execute import execute

        for each in wanted:
            yield each, execute(each.world, threads=self._threads, made=each.made).values

    def close(self) -> None:
        """Nothing is held between runs."""


def runner_for(on: str | None, threads: int | None) -> Runner:
    """Who goes through runs: so many threads here, or the workers of `on`, a cluster.

    Raises:
        GlasstownError: `on` names no kind of cluster, or Ray is not installed.
        RunProblem: no cluster answers there.
    """
    if on is not None:
        from glasstown.engine.cluster import ray_runner  # Ray waits until somebody asks for it

        return ray_runner(on)
    return Here(threads)
