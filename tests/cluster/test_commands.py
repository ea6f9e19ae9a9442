"""`glasstown run --on` a cluster: its output, its end, and who is turned away."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT, ROOT, done, put_files
from tests.cluster.clusters import Nodes, until

import glasstown as gt
from glasstown.engine.execute import execute
from glasstown.errors import RunProblem
from glasstown.records import read_record


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


def digest(run: Path) -> str:
    return read_record(run).manifest.digest


def test_a_client_of_a_cluster_runs_what_one_machine_runs(here: Path, nodes: Nodes) -> None:
    done("run", "ranked.yaml", "-q", "--out", "here", at=here)
    said = done("run", "ranked.yaml", "--out", "there", "--on", nodes.client, at=here)
    assert f"Digest {digest(here / 'here')}" in said
    assert digest(here / "there") == digest(here / "here")


def test_a_cluster_of_this_machine_is_started_and_ends(here: Path) -> None:
    done("run", "small.yaml", "-q", "--out", "here", at=here)
    assert done("run", "small.yaml", "-q", "--out", "there", "--on", "ray", at=here) == ""
    assert digest(here / "there") == digest(here / "here")


@pytest.mark.parametrize(
    ("world", "named"), [("small.yaml", "life"), ("ranked.yaml", "Keeper.month")]
)
def test_ctrl_c_stops_the_workers(world: str, named: str, here: Path, nodes: Nodes) -> None:
    arguments = [
        "run",
        world,
        "--citizens",
        "4000000",
        "--months",
        "1000",
        "--on",
        "ray",
        "--out",
        "x",
    ]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=here,
        env={**ENVIRONMENT, "RAY_ADDRESS": nodes.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until(lambda: nodes.workers(named))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, "", "Stopped.\n")
    assert sorted(here.iterdir()) == sorted(here.glob("*.yaml"))
    until(lambda: not nodes.workers(named.partition(".")[0]))


def test_a_worker_with_another_glasstown_is_turned_away(nodes: Nodes, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src/glasstown", tmp_path / "glasstown")
    package = tmp_path / "glasstown/__init__.py"
    package.write_text(package.read_text() + '\n__version__ = "0.0.9"\n')
    node = nodes.add(env_vars={"PYTHONPATH": str(tmp_path)})
    try:
        for name in ("unictown-campus", "unictown-china-ranked"):
            with pytest.raises(RunProblem) as caught:
                execute(gt.load_world(name, citizens=2_000_000, months=2), on="ray")
            said = str(caught.value)
            assert " has Glasstown 0.0.9 (source " in said
            assert "why: a run is the same bytes everywhere by the same code alone; here is" in said
            assert "do: install one version of glasstown[cluster] on every machine" in said
    finally:
        nodes.remove(node)
