"""A run on a cluster that was stopped goes on, there or here, and ends in the same digest."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT
from tests.cluster.clusters import Nodes, until
from tests.keep.runs import world

import glasstown as gt
from glasstown.engine.work import Work

SIZES = {"small": (1_000_000, 24), "ranked": (100_000, 60)}


def stopped(here: Path, kind: str, sent: int, kept: str, nodes: Nodes) -> tuple[int, str]:
    """Run on the cluster, and stop that when so much is kept; the exit code, and what was said."""
    citizens, months = SIZES[kind]
    size = ["--citizens", str(citizens), "--months", str(months)]
    process = subprocess.Popen(
        [*COMMAND, "run", f"{kind}.yaml", *size, "--on", "ray", "--out", "run"],
        cwd=here,
        env={**ENVIRONMENT, "RAY_ADDRESS": nodes.address},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    progress = here / "run/progress"
    until(lambda: (progress / kept).exists() or process.poll() is not None)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert out == ""
    return process.returncode, err


def test_ctrl_c_stops_the_workers_and_the_run_goes_on_there(tmp_path: Path, nodes: Nodes) -> None:
    asked = world(tmp_path, "small", *SIZES["small"])
    code, said = stopped(tmp_path, "small", signal.SIGINT, "span-0020.bin", nodes)
    kept = len(list((tmp_path / "run/progress").glob("span-*")))
    spans = -(-asked.wards // 8)
    assert 0 < kept < spans
    assert (code, said) == (
        130,
        f"Stopped: {kept} of {spans} spans are kept.\nGo on with: glasstown resume run\n",
    )
    until(lambda: not nodes.workers("life"))
    resumed = gt.resume(tmp_path / "run", on="ray")
    assert resumed.work == Work("span", kept, spans - kept)
    assert resumed.digest == asked.run().digest
    assert gt.load_run(tmp_path / "run").digest == resumed.digest


def test_a_killed_coupled_run_goes_on_there_and_here(tmp_path: Path, nodes: Nodes) -> None:
    asked = world(tmp_path, "ranked", *SIZES["ranked"])
    digest = asked.run().digest
    code, said = stopped(tmp_path, "ranked", signal.SIGKILL, "month-0003.bin", nodes)
    assert (code, said) == (-signal.SIGKILL, "")
    until(lambda: not nodes.workers("Keeper"))
    shutil.copytree(tmp_path / "run", tmp_path / "other")
    kept = len(list((tmp_path / "run/progress").glob("month-*")))
    spans = -(-asked.wards // 8)
    for on, name in (("ray", "run"), (None, "other")):
        resumed = gt.resume(tmp_path / name, on=on)
        assert resumed.work == Work("month", kept, asked.months - kept, kept * spans)
        assert resumed.digest == digest


def test_a_state_that_stays_with_the_workers_is_not_promised(tmp_path: Path) -> None:
    asked = world(tmp_path, "ranked")
    with pytest.raises(gt.GlasstownError) as caught:
        asked.run(out=tmp_path / "run", on="ray", snapshots="each-month")
    said = str(caught.value)
    assert "the state of a world on a cluster cannot be kept each month" in said
    assert "do: leave `snapshots` or `on` out" in said
    assert not (tmp_path / "run").exists()
