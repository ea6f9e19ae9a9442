"""`glasstown run --on` a cluster: its output, and who is turned away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.commands import ROOT, done, put_files
from tests.cluster.clusters import Nodes

import glasstown as gt
from glasstown.engine.execute import execute
from glasstown.errors import RunProblem


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


def test_a_client_of_a_cluster_runs_what_one_machine_runs(here: Path, nodes: Nodes) -> None:
    digest = gt.load_world(here / "ranked.yaml").run().digest
    said = done("run", "ranked.yaml", "--out", "there", "--on", nodes.client, at=here)
    assert f"Digest {digest}" in said
    assert gt.load_run(here / "there").digest == digest


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
