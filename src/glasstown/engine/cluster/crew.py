"""A crew on the workers of a Ray cluster."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, final

import numpy as np
import ray
from numpy.typing import NDArray
from ray.exceptions import RayError, RaySystemError, RayTaskError

from glasstown.engine.cluster.connect import Connection
from glasstown.engine.cluster.crossing import crossing
from glasstown.engine.cluster.refusals import (
    cluster_gone,
    lost_too_often,
    no_processor,
    other_glasstown,
)
from glasstown.engine.cluster.team import Member, Team, plain, processors
from glasstown.engine.cluster.worker import parcel, stamp
from glasstown.engine.crew import Crew, Span
from glasstown.engine.lives import Counts, Lives

AHEAD = 2
"""Tasks under way for each processor of the cluster."""

LOSSES = 10
"""How often one span may be lost with its worker before the run ends."""

PATIENCE = 60.0
"""Seconds to wait for a processor where the cluster has none."""

LOOK = 5.0
"""Seconds without news after which the head of the cluster is looked for."""


@final
class RayCrew(Crew):
    """Lives spans on a cluster: by tasks, or where the world is coupled by actors with its state.

    A span whose worker died is lived again, from birth where need be, with the same signals; so
    what is yielded does not depend on the cluster.
    """

    def __init__(self, lives: Lives, connection: Connection) -> None:
        self._lives = lives
        self._connection = connection
        task, keeper = crossing()
        self._parcel = ray.put(parcel(lives))
        self._task = ray.remote(task).options(num_cpus=1, max_retries=LOSSES)
        self._team = Team(lives, ray.remote(keeper), stamp(), self._parcel)

    def lives(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Whole lives, each span a task; nodes that join take part."""
        with _there():
            yield from self._tasks(wanted)

    def births(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Birth, with the state kept by actors."""
        with _there():
            for span, (scores,) in self._kept("births", wanted):
                yield span, scores

    def month(
        self, wanted: Sequence[Span], signals: NDArray[np.int32]
    ) -> Iterator[tuple[Span, Counts, Counts]]:
        """One month more, each actor living its spans."""
        behind = len(signals) - 1
        with _there():
            self._connection.require()
            self._team.welcome(behind, self._lives.world.months - behind)
            for span, (counted, scores) in self._kept("month", wanted, signals):
                yield span, counted, scores

    def close(self) -> None:
        """Let the actors go, and leave the cluster."""
        with suppress(RayError, ConnectionError):
            self._connection.require()
            self._team.close()
        self._connection.close()

    def _tasks(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        todo = deque(wanted)
        waiting: dict[Any, Span] = {}
        try:
            while todo or waiting:
                while todo and len(waiting) < AHEAD * max(processors(), 1):
                    span = todo.popleft()
                    waiting[self._task.remote(stamp(), self._parcel, plain(span))] = span
                for task in self._finished(waiting):
                    span = waiting.pop(task)
                    trouble, counted = self._result(task, span)
                    if trouble:
                        raise other_glasstown(trouble)
                    yield span, counted
        finally:
            with suppress(RayError, ConnectionError):
                for task in waiting:
                    self._connection.require()
                    ray.cancel(task, force=True)

    def _kept(
        self, method: str, wanted: Sequence[Span], *arguments: object
    ) -> Iterator[tuple[Span, tuple[Counts, ...]]]:
        """Ask every keeper for what it keeps; ask another for what a keeper lost."""
        self._team.house(wanted)
        asked: dict[Any, tuple[Member, list[Span]]] = {}
        lost: Counter[int] = Counter()
        again = list(wanted)
        while again or asked:
            for member, spans in self._team.keepers(again):
                call = getattr(member.actor, method).remote([plain(s) for s in spans], *arguments)
                asked[call] = member, spans
            again = []
            for call in self._finished(asked):
                member, spans = asked.pop(call)
                try:
                    answer = ray.get(call)
                except RayTaskError as error:
                    raise error.cause from None
                except RayError as error:
                    lost.update(span.number for span in spans)
                    number, times = lost.most_common(1)[0]
                    if times > LOSSES:
                        raise lost_too_often(number, times, error) from None
                    self._connection.require()
                    self._team.dismiss(member)
                    self._team.house(spans)
                    again += spans
                    continue
                by_number = {span.number: span for span in spans}
                for number, *given in answer:
                    yield by_number[number], tuple(given)

    def _finished(self, waiting: dict[Any, Any]) -> list[Any]:
        """One or more of the calls that are under way, as they end."""
        without = 0.0
        while True:
            ended, _ = ray.wait(list(waiting), timeout=LOOK)
            if ended:
                return list(ended)
            self._connection.require()
            without = 0.0 if processors() else without + LOOK
            if without > PATIENCE:
                raise no_processor(PATIENCE)

    def _result(self, task: Any, span: Span) -> Any:
        try:
            return ray.get(task)
        except RayTaskError as error:
            raise error.cause from None
        except RayError as error:
            raise lost_too_often(span.number, LOSSES + 1, error) from None


@contextmanager
def _there() -> Iterator[None]:
    """Say in words that the cluster has gone."""
    try:
        yield
    except (ConnectionError, RaySystemError) as error:
        raise cluster_gone(error) from None
