"""A sweep on a cluster is the sweep on one machine, whoever of the cluster dies."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT, done, failed
from tests.cluster.clusters import Nodes, until
from tests.sweep.made import put_files

import glasstown as gt
from glasstown.errors import RunProblem

POINTS = "rules.cheated.points"
VALUES = "-30:0:10"
ASK: dict[str, Any] = {"vary": {POINTS: VALUES}, "repeat": 4}
COMMAND_LINE = ["sweep", "small.yaml", "--vary", f"{POINTS}={VALUES}", "--repeat", "4",
                "--citizens", "300000", "--months", "24", "--out", "swept"]  # fmt: skip


def loaded(here: Path) -> gt.World:
    return gt.load_world(here / "small.yaml", citizens=300_000, months=24)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


def test_a_sweep_whose_workers_and_nodes_go_gives_the_same_bytes(here: Path, nodes: Nodes) -> None:
    third = nodes.add()
    coming = [(2, lambda: nodes.kill_worker("run")), (6, lambda: nodes.remove(third))]
    told: list[tuple[str, int, int]] = []

    def progress(*news: Any) -> None:
        told.append(news)
        if coming and news[0] == "run" and news[1] >= coming[0][0]:
            coming.pop(0)[1]()

    there = gt.sweep(loaded(here), **ASK, out=here / "there", on="ray", progress=progress)
    assert not coming
    assert [done for what, done, _ in told if what == "run"] == list(range(17))
    by_one = gt.sweep(loaded(here), **ASK, out=here / "here")
    for name in ("manifest.json", "table.parquet"):
        assert (here / "there" / name).read_bytes() == (here / "here" / name).read_bytes()
    assert there.table().equals(by_one.table())


def test_a_coupled_world_is_swept_where_each_run_fits_a_node(here: Path, nodes: Nodes) -> None:
    ranked = gt.load_world(here / "ranked.yaml")
    ask: dict[str, Any] = {"vary": {POINTS: "-40,0"}, "repeat": 2, "measures": ["points.*"]}
    there = gt.sweep(ranked, **ask, on="ray")
    assert there.table().equals(gt.sweep(ranked, **ask).table())
    large = gt.load_world(here / "ranked.yaml", citizens=2_000_000_000, months=1)
    with pytest.raises(RunProblem) as caught:
        gt.sweep(large, **ask, out=here / "swept", on="ray")
    said = str(caught.value)
    assert "a run of 2,000,000,000 citizens needs" in said
    assert "GiB of memory, and no node of the cluster has more than 1.0 GiB for it" in said
    assert "each run of a sweep is on one processor of one node" in said
    assert "citizens, or add a larger node, or sweep without --on" in said


def test_ctrl_c_stops_the_workers_and_the_sweep_goes_on_here(here: Path, nodes: Nodes) -> None:
    process = subprocess.Popen(
        [*COMMAND, *COMMAND_LINE, "--on", "ray"],
        cwd=here,
        env={**ENVIRONMENT, "RAY_ADDRESS": nodes.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    parts = here / "swept/parts"
    until(lambda: len(list(parts.glob("*.part"))) >= 3 or process.poll() is not None)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    kept = len(list(parts.glob("*.part")))
    assert (process.returncode, out) == (130, "")
    assert err == f"{kept} of 16 runs are kept in swept. The same command goes on.\nStopped.\n"
    until(lambda: not nodes.workers("run"))
    done(*COMMAND_LINE, "--quiet", "--on", "ray", at=here, RAY_ADDRESS=nodes.address)
    assert gt.load_sweep(here / "swept").table().equals(gt.sweep(loaded(here), **ASK).table())


def test_who_is_turned_away_from_a_cluster_has_touched_nothing(here: Path) -> None:
    ask = ("sweep", "small.yaml", "--vary", f"{POINTS}=-40,0", "--out", "swept", "--on")
    assert "--on: a run cannot be on `rays`" in failed(*ask, "rays", at=here)
    said = failed(*ask, "ray", "--threads", 2, at=here)
    assert "a run is on a cluster or on so many threads, not both" in said
    said = failed(*ask, "ray://127.0.0.1:1", at=here)
    assert "--on: no Ray cluster could be reached at ray://127.0.0.1:1" in said
    assert not (here / "swept").exists()
    gt.sweep(gt.load_world(here / "small.yaml"), vary={POINTS: "-40,0"}, out=here / "swept")
    before = (here / "swept/table.parquet").read_bytes()
    done(*ask, "ray://127.0.0.1:1", "--quiet", at=here)  # what is finished needs no cluster
    failed(*ask, "ray://127.0.0.1:1", "--repeat", 2, "--replace", at=here)
    assert (here / "swept/table.parquet").read_bytes() == before
