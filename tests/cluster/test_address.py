"""Which cluster is meant, and what is said where none is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from tests.cli.commands import ENVIRONMENT, failed, put_files

import glasstown as gt
from glasstown.engine.cluster.address import AUTO, LOCAL, Address, read_address
from glasstown.errors import GlasstownError, RunProblem

RUN = ("run", "small.yaml", "--out", "kept", "--on")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


@pytest.mark.parametrize(
    ("on", "environment", "expected"),
    [
        ("ray", "", LOCAL),
        ("ray", "local", LOCAL),
        ("ray", "auto", AUTO),
        ("ray", "10.0.0.7:6379", Address("10.0.0.7:6379", "10.0.0.7", 6379)),
        ("ray", "ray://head:10001", Address("ray://head:10001", "head", 10001)),
        ("ray:auto", "10.0.0.7:6379", AUTO),
        ("ray://head:10001", "10.0.0.7:6379", Address("ray://head:10001", "head", 10001)),
        ("ray://[::1]:10001", "", Address("ray://[::1]:10001", "::1", 10001)),
    ],
)
def test_an_address_is_read(
    on: str, environment: str, expected: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", environment)
    assert read_address(on) == expected


@pytest.mark.parametrize(
    "on", ["ray://", "ray://head", "ray://head:", "ray://:1", "ray://head:0", "ray://a b:1"]
)
def test_no_address_of_a_cluster(on: str) -> None:
    with pytest.raises(GlasstownError, match="no address of a Ray cluster") as caught:
        read_address(on)
    assert "write `ray://HOST:PORT`" in str(caught.value)


def test_another_kind_of_place(here: Path) -> None:
    assert failed(*RUN, "rays", at=here) == (
        "1 problem in --on\n"
        "--on: a run cannot be on `rays`\n"
        "    did you mean: ray\n"
        "    why: it is on this machine's threads, or on a Ray cluster\n"
        "    do: write `ray`, `ray:auto`, `ray://HOST:PORT`, or leave it out\n"
    )
    assert not (here / "kept").exists()


def test_threads_are_of_this_machine(here: Path) -> None:
    world = gt.load_world(here / "small.yaml")
    with pytest.raises(GlasstownError, match="on a cluster or on so many threads, not both"):
        world.run(out=here / "kept", on="ray", threads=2)
    with pytest.raises(GlasstownError, match="on a cluster or on so many threads, not both"):
        gt.resume(here / "kept", on="ray", threads=2)
    assert not (here / "kept").exists()


def test_nobody_answers(here: Path) -> None:
    said = failed(*RUN, "ray", at=here, RAY_ADDRESS="127.0.0.1:1")
    assert "--on: no Ray cluster could be reached at 127.0.0.1:1\n    why: connection ref" in said
    assert "    do: see that the cluster runs" in said
    assert sorted(here.iterdir()) == sorted(here.glob("*.yaml"))


WITHOUT_RAY = """
import sys
sys.modules["ray"] = None
sys.argv[0] = "glasstown"
from glasstown.cli import main
main()
"""


def test_ray_is_not_installed(here: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-c", WITHOUT_RAY, *RUN, "ray"],
        cwd=here,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "1 problem in --on\n"
        "--on: Ray is not installed\n"
        "    why: a run on many machines needs it\n"
        "    do: pip install 'glasstown[cluster]', on every machine of the cluster\n"
    )
    assert sorted(here.iterdir()) == sorted(here.glob("*.yaml"))


def test_ray_is_imported_by_no_other_run(here: Path) -> None:
    code = WITHOUT_RAY.replace('sys.modules["ray"] = None', "").replace(
        "main()", 'import atexit; atexit.register(lambda: print("ray" in sys.modules)); main()'
    )
    arguments = [*RUN[:-1], "--quiet"]
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=here,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "False\n"


def test_a_cluster_that_goes_away_at_once_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    import ray

    from glasstown.engine.cluster import connect, ray_crew
    from glasstown.engine.execute import compiled
    from glasstown.engine.lives import Lives

    left: list[object] = []
    monkeypatch.setattr(connect.Connection, "close", lambda self: left.append(self))
    monkeypatch.setattr(connect, "connect", lambda address: connect.Connection(True, None))
    monkeypatch.setattr(ray, "put", Mock(side_effect=ConnectionError("gone")))
    world = gt.load_world("unictown-campus", citizens=50, months=1)
    with pytest.raises(RunProblem, match="the cluster no longer answers"):
        ray_crew(Lives(world, compiled(world).program), "ray")
    assert len(left) == 1
