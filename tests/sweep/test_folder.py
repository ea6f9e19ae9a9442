"""A sweep's folder: killed at any time it goes on, and ends in the same bytes."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT, done, failed
from tests.cli.test_ending import on_a_terminal
from tests.sweep.made import put_files, world

import glasstown as gt
from glasstown.errors import RunProblem, StoreProblem

POINTS = "rules.cheated.points"
LONG = ["sweep", "small.yaml", "--vary", f"{POINTS}=-30:0:5", "--repeat", "5", "--measure",
        "points.*", "--citizens", "60000", "--months", "40", "--out", "long", "-q"]  # fmt: skip


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


def begun(here: Path, parts: int) -> subprocess.Popen[str]:
    """A sweep that has finished some runs, and has many before it."""
    process = subprocess.Popen(
        [*COMMAND, *LONG],
        cwd=here,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(2400):
        if len(list(here.glob("long/parts/*.part"))) >= parts:
            return process
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    raise AssertionError("the sweep did not begin")


def test_killed_again_and_again_it_ends_in_the_same_bytes(here: Path) -> None:
    for parts in (1, 6):
        process = begun(here, parts)
        if parts == 6:
            said = failed(*LONG, at=here)
            assert f"this sweep is in use: process {process.pid} is writing it" in said
        process.kill()
        process.communicate()
        assert not (here / "long/table.parquet").exists()
        assert "this sweep is not finished" in load_error(here / "long")
    kept = len(list(here.glob("long/parts/*.part")))
    first = min(here.glob("long/parts/*.part"))
    first.write_bytes(first.read_bytes()[:-1])  # as a failing disk might leave it
    (here / "long/parts/.000099.part.tmp").write_bytes(b"half")

    told: list[tuple[str, int, int]] = []
    loaded = gt.load_world(here / "small.yaml", citizens=60000, months=40)
    asks = {"vary": {POINTS: "-30:0:5"}, "repeat": 5, "measures": ["points.*"]}
    swept = gt.sweep(
        loaded,
        **asks,
        out=here / "long",
        progress=lambda *each: told.append(each),  # type: ignore[arg-type]
    )
    begins = next(each for each in told if each[0] == "run")
    assert begins == ("run", kept - 1, 35)  # all but the broken one are not run again
    assert told[-1] == ("run", 35, 35)
    assert sorted(path.name for path in (here / "long").iterdir()) == [
        "manifest.json",
        "table.parquet",
    ]
    gt.sweep(loaded, **asks, out=here / "whole")  # type: ignore[arg-type]
    for name in ("manifest.json", "table.parquet"):
        assert (here / "long" / name).read_bytes() == (here / "whole" / name).read_bytes()
    assert swept.table().equals(gt.load_sweep(here / "whole").table())


def test_ctrl_c_says_how_to_go_on(here: Path) -> None:
    process = begun(here, 2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    kept = len(list(here.glob("long/parts/*.part")))
    assert (process.returncode, out) == (130, "")
    assert err == f"{kept} of 35 runs are kept in long. The same command goes on.\nStopped.\n"


def load_error(folder: Path) -> str:
    with pytest.raises(RunProblem) as caught:
        gt.load_sweep(folder)
    return str(caught.value)


def small(out: Path, values: str = "-40,0", **more: object) -> gt.Sweep:
    return gt.sweep(
        world(),
        vary={POINTS: values},
        **{"repeat": 2, "out": out, **more},  # type: ignore[arg-type]
    )


def test_a_finished_sweep_is_read_back_and_not_run_again(tmp_path: Path) -> None:
    first = small(tmp_path / "swept")
    again = small(tmp_path / "swept", progress=lambda *_: pytest.fail("it ran again"))
    loaded = gt.load_sweep(tmp_path / "swept")
    for other in (again, loaded):
        assert other.table().equals(first.table())
        assert other.effects().equals(first.effects())
        assert other.folder == tmp_path / "swept"
    assert (loaded.seeds, loaded.measures) == (first.seeds, first.measures)
    in_memory = gt.sweep(world(), vary={POINTS: "-40,0"}, repeat=2)
    assert in_memory.folder is None
    assert in_memory.table().equals(first.table())


def test_a_sample_is_read_back_with_its_indices(tmp_path: Path) -> None:
    over = {"conduct.actions.study.rate": (0, 0.5), "points.rules.cheated.disclosed": (0, 1)}
    swept = gt.sweep(world(), over=over, morris=3, measures=["did.study"], out=tmp_path / "swept")
    assert gt.load_sweep(tmp_path / "swept").indices().equals(swept.indices())


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"values": "-30,0"}, "the values that are set differ"),
        ({"repeat": 3}, "--repeat is `2`, not `3`"),
        ({"measures": ["fear"]}, "the measures differ"),
        ({"by": ["home"]}, "the groupings differ"),
        ({"monthly": True}, "--monthly is `False`, not `True`"),
    ],
)
def test_another_sweep_is_not_replaced_unasked(
    more: dict[str, object], said: str, tmp_path: Path
) -> None:
    small(tmp_path / "swept")
    before = (tmp_path / "swept/table.parquet").read_bytes()
    with pytest.raises(RunProblem) as caught:
        small(tmp_path / "swept", **more)  # type: ignore[arg-type]
    assert f"this folder holds another sweep: {said}" in str(caught.value)
    assert "let it go with --replace" in str(caught.value)
    assert (tmp_path / "swept/table.parquet").read_bytes() == before
    other = small(tmp_path / "swept", replace=True, **more)  # type: ignore[arg-type]
    assert gt.load_sweep(tmp_path / "swept").table().equals(other.table())


@pytest.mark.parametrize("url", ["s3://sweeps", "memory://a/b", "odd://a", Path("s3://a/b")])
def test_a_sweep_is_not_kept_in_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: Path | str
) -> None:
    monkeypatch.chdir(tmp_path)
    for act in (lambda: gt.sweep(world(), vary={POINTS: [0]}, out=url), lambda: gt.load_sweep(url)):
        with pytest.raises(StoreProblem, match="a sweep is kept on a disk, and this is a URL"):
            act()
    assert list(tmp_path.iterdir()) == []


def test_the_command_keeps_no_sweep_in_a_store(here: Path) -> None:
    before = sorted(here.iterdir())
    said = failed("sweep", "small.yaml", "--vary", f"{POINTS}=0", "--out", "s3://sweeps", at=here)
    assert said == (
        "1 problem in s3://sweeps\n"
        "s3://sweeps: a sweep is kept on a disk, and this is a URL\n"
        "    do: name a folder; it can be copied to a store when all is done\n"
    )
    assert sorted(here.iterdir()) == before


def test_a_sweep_goes_where_a_url_names_a_folder_of_this_machine(tmp_path: Path) -> None:
    swept = gt.sweep(world(), vary={POINTS: [0]}, repeat=1, out=f"file://{tmp_path}/sweep")
    assert swept.folder == tmp_path / "sweep"
    assert gt.load_sweep(f"file://{tmp_path}/sweep").runs == swept.runs


def test_what_is_no_sweep_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("years")
    world().run(out=tmp_path / "run")
    (tmp_path / "file").write_text("")
    for name, said in (
        ("mine", "this folder is not a Glasstown sweep"),
        ("run", "it is the manifest of a run"),
        ("file", "this is a file, and a sweep is a folder"),
        ("no/such/place", "there is no such folder to put a sweep in"),
    ):
        with pytest.raises(RunProblem) as caught:
            small(tmp_path / name, replace=True)
        assert said in str(caught.value)
    assert (tmp_path / "mine/thesis.txt").read_text() == "years"
    small(tmp_path / "swept")
    (tmp_path / "swept/.thesis").write_text("years")
    with pytest.raises(RunProblem, match=r"also holds `\.thesis`"):
        small(tmp_path / "swept", "-1,0", replace=True)


def test_a_damaged_sweep_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "swept"
    small(folder)
    assert "this cannot be read" in load_error(tmp_path / "none")
    table = folder / "table.parquet"
    table.write_bytes(table.read_bytes()[:-9])
    assert "the table is not as it was written" in load_error(folder)
    table.unlink()
    assert "the table cannot be read" in load_error(folder)
    small(folder)  # what was lost is run again
    manifest = folder / "manifest.json"
    whole = json.loads(manifest.read_text())
    for change, said in (
        ({"glasstown_sweep": 2}, "its version is 2"),
        ({"ask": None}, "`ask` is missing"),
        ({"ask": {**whole["ask"], "kind": "grid", "cells": 3}}, "this sweep is damaged"),
    ):
        manifest.write_text(json.dumps({**whole, **change}))
        assert said in load_error(folder)
    manifest.write_text("{")
    assert "it is not JSON" in load_error(folder)


def test_a_full_disk_is_told_and_what_is_finished_is_kept(here: Path) -> None:
    shell = (
        f"ulimit -f 30; {' '.join(COMMAND)} sweep small.yaml --vary '{POINTS}=-30:0:3' "
        "--repeat 4 --monthly --measure '*' --by home --set months=40 --out full"
    )
    result = subprocess.run(
        ["bash", "-c", shell],
        cwd=here,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "full: the sweep cannot go on: the disk is full" in result.stderr
    assert "give the same command again" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_command_says_what_came_of_it(here: Path) -> None:
    said = done(
        "sweep", "small.yaml", "--vary", f"{POINTS}=-40:0:20", "--repeat", 3, at=here
    )  # fmt: skip
    assert "A village that counts points" in said
    assert "2 settings of rules.cheated.points and the world as written, each on 3 seeds" in said
    assert "farthest at" in said
    assert "Kept in sweeps/small" in said
    assert {"manifest.json", "table.parquet", "report.html"} == {
        path.name for path in (here / "sweeps/small").iterdir()
    }
    quiet = done("sweep", "small.yaml", "--over", "assumptions", "--sobol", 2, "-q",
                 "--out", "sampled", at=here)  # fmt: skip
    assert quiet == ""
    assert gt.load_sweep(here / "sampled").kind == "sobol"
    shown = done("sweep", "small.yaml", "--over", "assumptions", "--sobol", 2,
                 "--out", "sampled", at=here)  # fmt: skip
    assert "moved most by" in shown
    assert "Left out: nation.traits.home.values.hill, for it is a share of a whole" in shown


def test_progress_is_shown_on_a_terminal_and_nowhere_else(here: Path) -> None:
    size = ["--citizens", "20000", "--measure", "fear"]
    command = ["sweep", "small.yaml", "--vary", f"{POINTS}=-30:0:1", *size]
    shown = on_a_terminal(command, here)
    assert "Checking settings" in shown
    assert "Running" in shown
    assert "/155" in shown
    assert on_a_terminal([*command, "--quiet"], here) == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--vary", "rules.cheated.points"], "does not say what to vary"),
        (["--vary", f"{POINTS}=1", "--vary", f"{POINTS}=2"], "is varied twice"),
        (["--over", "assumptions:nobody", "--morris", "4"], "no number of `nobody`"),
        (["--vary", f"{POINTS}=1,2", "--set", "rules.cheated.pionts=1"], "pionts"),
        ([], "nothing is varied"),
    ],
)
def test_what_is_wrong_is_told_before_a_folder_is_made(
    options: list[str], said: str, here: Path
) -> None:
    assert said in failed("sweep", "small.yaml", *options, at=here)
    assert not (here / "sweeps").exists()
