"""What the tests do to a cluster: its nodes, its worker processes."""

from __future__ import annotations

import gc
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import Any

import psutil

NODE: dict[str, Any] = {
    "num_cpus": 1,
    "object_store_memory": 80 * 2**20,
    "memory": 2**30,
}

WATCH = {
    "health_check_initial_delay_ms": 0,
    "health_check_period_ms": 500,
    "health_check_timeout_ms": 5000,
    "health_check_failure_threshold": 4,
}
"""The head's settings: a node that is gone is missed in 2 seconds, not in 20."""


@dataclass
class Nodes:
    """A cluster, and where clients knock."""

    cluster: Any
    client: str

    @property
    def address(self) -> str:
        return str(self.cluster.address)

    @property
    def count(self) -> int:
        return 1 + len(self.cluster.worker_nodes)

    def add(self, **more: Any) -> Any:
        with rays_own_warnings():
            return self.cluster.add_node(**{**NODE, **more})

    def remove(self, node: Any) -> None:
        """The node goes without a word, as when its plug is pulled."""
        with rays_own_warnings():
            self.cluster.remove_node(node, allow_graceful=False)

    def any_worker_node(self) -> Any:
        return next(iter(self.cluster.worker_nodes))

    def workers(self, named: str, node: Any = None) -> list[psutil.Process]:
        """The worker processes that do `named`, such as "life" or "Keeper": of a node, or all."""
        found = []
        every = [self.cluster.head_node, *self.cluster.worker_nodes]
        for one in [node] if node is not None else every:
            raylet = one.all_processes["raylet"][0].process.pid
            for process in psutil.Process(raylet).children(recursive=True):
                try:
                    if process.cmdline()[:1] and process.cmdline()[0].startswith(f"ray::{named}"):
                        found.append(process)
                except psutil.NoSuchProcess:
                    continue
        return found

    def kill_worker(self, *named: str) -> None:
        """SIGKILL a worker in the middle of what it does: the first of the names that any does.

        It is halted first, so that it cannot finish what it is at, or is asked for next.
        """
        busy: list[psutil.Process] = []

        def found() -> bool:
            busy[:] = [process for name in named for process in self.workers(name)]
            return bool(busy)

        try:
            until(found, seconds=5)  # between two tasks a worker goes by another name
        except AssertionError:
            busy = self.workers("")  # all that was begun has ended: any worker that is there
        victim = busy[0]
        victim.suspend()
        Timer(0.5, victim.kill).start()


@contextmanager
def rays_own_warnings() -> Iterator[None]:
    """Ray leaves the log files of the processes that it starts to the collector."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


Event = tuple[float, Callable[[], object]]
"""A share of a run, and what happens when so much of it is done."""


class Told:
    """Told of a run's progress; sees to it that what is to happen meanwhile does."""

    def __init__(self, events: Sequence[Event], always: Callable[[], None]) -> None:
        self.coming = list(events)
        self.always = always
        self.told: list[int] = []
        self.total = 0

    def __call__(self, done: int, total: int) -> None:
        self.told.append(done)
        self.total = total
        self.always()
        if self.coming and done > self.coming[0][0] * total:
            self.coming.pop(0)[1]()


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something to come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.1)
