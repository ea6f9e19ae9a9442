"""A run on a cluster is the run on one machine, whoever of the cluster comes, goes or dies."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.cluster.clusters import Event, Nodes, Told, until

import glasstown as gt
from glasstown.engine.execute import Outcome, execute
from glasstown.errors import RunProblem
from glasstown.world import World

WORLDS = {
    "uncoupled": ("unictown-campus", 60_000, 24, 1),
    "coupled": ("unictown-china-ranked", 120_000, 12, 8),
}
BUSY = {"uncoupled": ("life",), "coupled": ("Keeper.month", "Keeper")}


def world(kind: str) -> World:
    name, citizens, months, _ = WORLDS[kind]
    return gt.load_world(name, citizens=citizens, months=months)


@cache
def here(kind: str) -> Outcome:
    """The outcome on this machine's threads."""
    return execute(world(kind), threads=2, block=WORLDS[kind][3])


def on_cluster(kind: str, *events: Event, always: Callable[[], None] = lambda: None) -> None:
    """Run on the cluster, with what happens meanwhile; it must be the run on this machine."""
    told = Told(events, always)
    there = execute(world(kind), on="ray", block=WORLDS[kind][3], progress=told)
    assert np.array_equal(there.values, here(kind).values)
    assert np.array_equal(there.signals, here(kind).signals)
    assert there.signal_names == here(kind).signal_names
    assert not told.coming, "what should have happened in mid-run did not"
    assert told.told == sorted(told.told)
    assert told.told[-1] == told.total == world(kind).citizens * world(kind).months


@pytest.mark.parametrize("kind", WORLDS)
def test_who_dies_joins_and_leaves_changes_nothing(kind: str, nodes: Nodes) -> None:
    gone = nodes.any_worker_node()
    joined: list[Any] = []
    at_work: set[Any] = set()

    def look() -> None:
        at_work.update(node for node in joined if nodes.workers(BUSY[kind][-1], node))

    def kill_all() -> None:
        for process in nodes.workers(BUSY[kind][-1]):
            process.kill()

    on_cluster(
        kind,
        (0.1, lambda: nodes.kill_worker(*BUSY[kind])),
        (0.2, lambda: joined.append(nodes.add())),
        (0.6, lambda: nodes.remove(gone)),
        (0.8, kill_all),
        always=look,
    )
    assert at_work, "the node that joined took no part"
    until(lambda: not nodes.workers("Keeper"))


def test_a_nation_that_no_node_can_hold_is_refused(nodes: Nodes) -> None:
    large = gt.load_world("unictown-china-ranked", citizens=400_000_000, months=1)
    with pytest.raises(RunProblem) as caught:
        execute(large, on="ray")
    said = str(caught.value)
    assert "a run of 400,000,000 citizens needs" in said
    assert f"GiB of memory, and the nodes of the cluster have {nodes.count}.0 GiB for it" in said
    assert "citizens, or add nodes to the cluster" in said
    assert not nodes.workers("Keeper")
