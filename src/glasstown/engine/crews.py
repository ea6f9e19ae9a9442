"""Who lives a run: threads of this machine, or a cluster."""

from __future__ import annotations

from glasstown.engine.crew import Crew
from glasstown.engine.lives import Lives
from glasstown.engine.threads import Threads


def crew_for(lives: Lives, on: str | None, threads: int) -> Crew:
    """The crew that lives a world: on so many threads here, or `on` a cluster.

    Raises:
        GlasstownError: `on` names no kind of cluster, or Ray is not installed.
        RunProblem: no cluster answers there.
    """
    if on is not None:
        from glasstown.engine.cluster import ray_crew  # Ray waits until somebody asks for it

        return ray_crew(lives, on)
    return Threads(lives, threads)
