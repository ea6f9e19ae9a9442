"""Goes through many runs on the workers of a Ray cluster: each run is one task."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, final

import ray

from glasstown.compiler import Program
from glasstown.engine.cluster.connect import Connection
from glasstown.engine.cluster.crossing import crossing
from glasstown.engine.cluster.refusals import no_room
from glasstown.engine.cluster.tasks import LOSSES, tasks, there
from glasstown.engine.cluster.team import memory
from glasstown.engine.cluster.worker import bundle, stamp
from glasstown.engine.runner import Finished, Runner, Wanted
from glasstown.engine.work import Announce
from glasstown.world.world import World


@final
class RayRunner(Runner):
    """Each run is a task on one processor; a worker that dies is replaced, and its run run again.

    A world and its program cross once for all seeds that follow one another.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._task = ray.remote(crossing()[1])
        self._sent: tuple[Any, Any, Any] = (None, None, None)

    def ready(self, announce: Announce | None) -> None:
        """Nothing runs here."""

    def runs(self, wanted: Iterable[Wanted]) -> Finished:
        """Run each; nodes that join take part."""
        with there():
            yield from tasks(
                self._connection, wanted, self._begin, lambda each: f"run {each.number}"
            )

    def close(self) -> None:
        """Leave the cluster."""
        self._sent = (None, None, None)
        self._connection.close()

    def _begin(self, wanted: Wanted) -> Any:
        made, task, sent = self._sent
        if made is not wanted.made:
            made = wanted.made
            state = state_bytes(wanted.world, made.program)
            task = self._task.options(num_cpus=1, max_retries=LOSSES, memory=state or None)
            sent = ray.put(bundle(wanted.world, made))
            self._sent = made, task, sent
        return task.remote(stamp(), sent, wanted.world.seed)


def state_bytes(world: World, program: Program) -> int:
    """The bytes of state that a run holds on its node, none if the world is not coupled.

    Raises:
        RunProblem: no node of the cluster gives so much to its workers.
    """
    if not world.coupled:
        return 0
    needed = world.wards * program.bytes_per_ward(world.layout.communities)
    most = max(memory().values(), default=0)
    if needed > most:
        raise no_room(world, needed, most)
    return needed
