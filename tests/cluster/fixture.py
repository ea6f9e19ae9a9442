"""A real cluster on this machine: two nodes of one processor each, with a door for clients."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from tests.cluster.clusters import NODE, WATCH, Nodes, rays_own_warnings, until


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _started(cluster_of: Any) -> tuple[Any, str]:
    """A cluster whose door for clients is open, and that door.

    Nothing keeps a free port free until it is used, so another is tried where it never opens.
    """
    for _ in range(3):
        port = _free_port()
        head = {**NODE, "ray_client_server_port": port, "include_dashboard": False}
        with rays_own_warnings():
            cluster = cluster_of(
                initialize_head=True, head_node_args={**head, "_system_config": WATCH}
            )
        try:
            until(lambda: _answers(port), seconds=60)  # noqa: B023
        except AssertionError:
            with rays_own_warnings():
                cluster.shutdown()
            continue
        return cluster, f"ray://127.0.0.1:{port}"
    raise AssertionError("no door for clients opened")


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"
    import ray
    from ray.cluster_utils import Cluster

    cluster, client = _started(Cluster)
    try:
        found = Nodes(cluster, client)
        found.add()
        ray.init(cluster.address, log_to_driver=False, logging_level=logging.CRITICAL)
        yield found
    finally:
        with rays_own_warnings():
            ray.shutdown()
            cluster.shutdown()
