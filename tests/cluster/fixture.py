"""A real cluster on this machine: two nodes of one processor each, with a door for clients."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator

import pytest
from tests.cluster.clusters import NODE, WATCH, Nodes, rays_own_warnings


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def nodes() -> Iterator[Nodes]:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO"] = "0"
    import ray
    from ray.cluster_utils import Cluster

    port = _free_port()
    head = {**NODE, "ray_client_server_port": port, "include_dashboard": False}
    with rays_own_warnings():
        cluster = Cluster(initialize_head=True, head_node_args={**head, "_system_config": WATCH})
    try:
        found = Nodes(cluster, f"ray://127.0.0.1:{port}")
        found.add()
        ray.init(cluster.address, log_to_driver=False, logging_level=logging.CRITICAL)
        yield found
    finally:
        with rays_own_warnings():
            ray.shutdown()
            cluster.shutdown()
