"""A crew on the workers of a Ray cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, final

import numpy as np
import ray
from numpy.typing import NDArray
from ray.exceptions import RayError, RayTaskError

from glasstown.engine.cluster.connect import Connection
from glasstown.engine.cluster.crossing import crossing
from glasstown.engine.cluster.refusals import lost_too_often
from glasstown.engine.cluster.tasks import LOSSES, finished, tasks, there
from glasstown.engine.cluster.team import Member, Team, plain
from glasstown.engine.cluster.worker import parcel, stamp
from glasstown.engine.crew import Crew, Span
from glasstown.engine.lives import Counts, Lives


@final
class RayCrew(Crew):
    """Lives spans on a cluster: by tasks, or where the world is coupled by actors with its state.

    A span whose worker died is lived again, from birth where need be, with the same signals; so
    what is yielded does not depend on the cluster.
    """

    def __init__(self, lives: Lives, connection: Connection) -> None:
        self._lives = lives
        self._connection = connection
        task, _, keeper = crossing()
        with there():
            self._parcel = ray.put(parcel(lives))
        self._task = ray.remote(task).options(num_cpus=1, max_retries=LOSSES)
        self._team = Team(lives, ray.remote(keeper), stamp(), self._parcel)

    def lives(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Whole lives, each span a task; nodes that join take part."""
        with there():
            yield from tasks(self._connection, wanted, self._begin, _words)

    def births(self, wanted: Sequence[Span]) -> Iterator[tuple[Span, Counts]]:
        """Birth, with the state kept by actors."""
        with there():
            for span, (scores,) in self._kept("births", wanted):
                yield span, scores

    def month(
        self, wanted: Sequence[Span], signals: NDArray[np.int32]
    ) -> Iterator[tuple[Span, Counts, Counts]]:
        """One month more, each actor living its spans."""
        behind = len(signals) - 1
        with there():
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

    def _begin(self, span: Span) -> Any:
        return self._task.remote(stamp(), self._parcel, plain(span))

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
            for call in finished(self._connection, asked):
                member, spans = asked.pop(call)
                try:
                    answer = ray.get(call)
                except RayTaskError as error:
                    raise error.cause from None
                except RayError as error:
                    lost.update(span.number for span in spans)
                    number, times = lost.most_common(1)[0]
                    if times > LOSSES:
                        raise lost_too_often(f"span {number}", times, error) from None
                    self._connection.require()
                    self._team.dismiss(member)
                    self._team.house(spans)
                    again += spans
                    continue
                by_number = {span.number: span for span in spans}
                for number, *given in answer:
                    yield by_number[number], tuple(given)


def _words(span: Span) -> str:
    return f"span {span.number}"
