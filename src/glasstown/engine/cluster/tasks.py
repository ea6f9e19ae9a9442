"""Have tasks done by a cluster, a few ahead of each processor, whoever comes, goes or dies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import ray
from ray.exceptions import RayError, RaySystemError, RayTaskError

from glasstown.engine.cluster.connect import Connection
from glasstown.engine.cluster.refusals import (
    cluster_gone,
    lost_too_often,
    no_processor,
    other_glasstown,
)
from glasstown.engine.cluster.team import processors

T = TypeVar("T")

AHEAD = 2
"""Tasks under way for each processor of the cluster."""

LOSSES = 10
"""How often one task may be lost with its worker before the run ends."""

PATIENCE = 60.0
"""Seconds to wait for a processor where the cluster has none."""

LOOK = 5.0
"""Seconds without news after which the head of the cluster is looked for."""


def tasks(
    connection: Connection,
    wanted: Iterable[T],
    begin: Callable[[T], Any],
    words: Callable[[T], str],
) -> Iterator[tuple[T, Any]]:
    """Begin a task for each that is wanted; yields what it answers, as it ends.

    `wanted` is asked for the next one as there is room; a task answers (trouble, what was asked
    for); `words` say what it did, if its worker dies again and again. Whoever stops listening
    stops those that are under way: by leaving the cluster where that is near, for a task that ends
    while it is cancelled can end this process too (a check of Ray's fails).

    Raises:
        RunProblem: a worker has another Glasstown, or the cluster has gone or lost too much.
    """
    todo = iter(wanted)
    waiting: dict[Any, T] = {}
    more = True
    try:
        while more or waiting:
            room = more and len(waiting) < AHEAD * max(processors(), 1)
            if room:
                for each in todo:
                    waiting[begin(each)] = each
                    break
                else:
                    room = more = False
            # What has ended is taken while there is room, too: to begin may take longer than to do.
            for task in _ended(waiting) if room else finished(connection, waiting):
                each = waiting.pop(task)
                yield each, _answer(task, words(each))
    finally:
        if not connection.own:
            with suppress(RayError, ConnectionError):
                for task in waiting:
                    connection.require()
                    ray.cancel(task)


def finished(connection: Connection, waiting: Collection[Any]) -> list[Any]:
    """One or more of the calls that are under way, as they end.

    Raises:
        ConnectionError: the cluster has gone.
        RunProblem: it has had no processor for a while.
    """
    without = 0.0
    while waiting:
        ended, _ = ray.wait(list(waiting), timeout=LOOK)
        if ended:
            return list(ended)
        connection.require()
        without = 0.0 if processors() else without + LOOK
        if without > PATIENCE:
            raise no_processor(PATIENCE)
    return []


@contextmanager
def there() -> Iterator[None]:
    """Say in words that the cluster has gone."""
    try:
        yield
    except (ConnectionError, RaySystemError) as error:
        raise cluster_gone(error) from None


def _ended(waiting: Iterable[Any]) -> list[Any]:
    """What has ended already, one at the most."""
    return list(ray.wait(list(waiting), timeout=0)[0])


def _answer(task: Any, words: str) -> Any:
    try:
        trouble, answer = ray.get(task)
    except RayTaskError as error:
        raise error.cause from None
    except RayError as error:
        raise lost_too_often(words, LOSSES + 1, error) from None
    if trouble:
        raise other_glasstown(trouble)
    return answer
