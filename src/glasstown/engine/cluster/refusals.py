"""What a run on a cluster can be refused for, in words."""

from __future__ import annotations

from glasstown.engine.cluster.worker import stamp
from glasstown.engine.lives import Lives
from glasstown.errors import Place, Problem, RunProblem
from glasstown.world.world import World

_PLACE = Place("--on")


def other_glasstown(trouble: str) -> RunProblem:
    """A worker has no Glasstown, or another; `trouble` says which, beginning with its address."""
    return RunProblem(
        Problem(
            _PLACE,
            f"the worker at {trouble}",
            why=f"a run is the same bytes everywhere by the same code alone; here is {stamp()}",
            remedy="install one version of glasstown[cluster] on every machine of the cluster",
        )
    )


def no_memory(lives: Lives, there: int) -> RunProblem:
    """The nodes of the cluster, which hold so many bytes, cannot hold the state of the world."""
    world, each = lives.world, -(-lives.bytes_per_ward() // lives.layout.seats)
    needed = world.wards * lives.bytes_per_ward()
    return RunProblem(
        Problem(
            Place(f"world {world.name}"),
            f"a run of {world.citizens:,} citizens needs {needed / 2**30:,.1f} GiB of memory, and "
            f"the nodes of the cluster have {there / 2**30:,.1f} GiB for it",
            why=f"the world is coupled by national signals, so {each} bytes of every citizen are "
            "kept from month to month",
            remedy=f"{_fewer(world, needed, there)}add nodes to the cluster",
        )
    )


def no_room(world: World, needed: int, most: int) -> RunProblem:
    """One of many runs holds so many bytes of state, and the largest node has `most` for it."""
    return RunProblem(
        Problem(
            Place(f"world {world.name}"),
            f"a run of {world.citizens:,} citizens needs {needed / 2**30:,.1f} GiB of memory, and "
            f"no node of the cluster has more than {most / 2**30:,.1f} GiB for it",
            why="the world is coupled by national signals, and each run of a sweep is on one "
            "processor of one node",
            remedy=f"{_fewer(world, needed, most)}add a larger node, or sweep without --on: each "
            "run uses all of this machine then",
        )
    )


def no_processor(waited: float) -> RunProblem:
    """No node of the cluster has had a processor to spare."""
    return RunProblem(
        Problem(
            _PLACE,
            f"the cluster has had no free processor for {waited:.0f} seconds",
            why="its nodes have gone, or others use them",
            remedy="`ray status` says who uses what; run again when one is free",
        )
    )


def lost_too_often(what: str, times: int, last: BaseException) -> RunProblem:
    """The worker of one span, or of one run, has died again and again."""
    return RunProblem(
        Problem(
            _PLACE,
            f"the workers that lived {what} have died, {times} times",
            why=_said(last),
            remedy="look whether the machines of the cluster have memory left, and run again",
        )
    )


def cluster_gone(error: BaseException) -> RunProblem:
    """The cluster itself no longer answers."""
    return RunProblem(
        Problem(
            _PLACE,
            "the cluster no longer answers",
            why=_said(error),
            remedy="see that its head still runs, and run again",
        )
    )


def _fewer(world: World, needed: int, room: int) -> str:
    """How many citizens would do with the room there is, at the beginning of a remedy."""
    most = int(world.citizens * room / needed * 0.9)
    return f"run at most {most:,} citizens, or " if 0 < most < world.citizens else ""


def _said(error: BaseException) -> str:
    """The first line of what an error says, or its kind where it says nothing."""
    lines = (line.strip() for line in str(error).splitlines())
    return next(filter(None, lines), type(error).__name__)
