"""Run a world, or many, on a Ray cluster. Nothing else in Glasstown knows Ray."""

from __future__ import annotations

from glasstown.engine.cluster.address import Address as Address
from glasstown.engine.cluster.address import read_address as read_address
from glasstown.engine.cluster.quiet import quiet_ray
from glasstown.engine.crew import Crew
from glasstown.engine.lives import Lives
from glasstown.engine.runner import Runner


def ray_crew(lives: Lives, on: str) -> Crew:
    """A crew on the workers of a Ray cluster.

    `on` is an address as `read_address` reads it.

    Raises:
        GlasstownError: it is no such address, or Ray is not installed.
        RunProblem: no cluster answers there, or it went away at once.
    """
    address = read_address(on)
    quiet_ray()
    from glasstown.engine.cluster.connect import connect  # these need Ray
    from glasstown.engine.cluster.crew import RayCrew

    connection = connect(address)
    try:
        return RayCrew(lives, connection)
    except BaseException:
        connection.close()  # nobody else would, and a cluster of this machine would stay
        raise


def ray_runner(on: str) -> Runner:
    """Who goes through many runs on a Ray cluster, to which it connects once.

    Raises:
        GlasstownError: `on` is no address as `read_address` reads it, or Ray is not installed.
        RunProblem: no cluster answers there.
    """
    address = read_address(on)
    quiet_ray()
    from glasstown.engine.cluster.connect import connect  # these need Ray
    from glasstown.engine.cluster.runner import RayRunner

    return RayRunner(connect(address))
