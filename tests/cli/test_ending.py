"""How commands end when somebody stops them, kills them, or stops listening."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT, FILES, done, failed, glasstown, put_files

from glasstown.records import read_record

LONG = ["run", "small.yaml", "--citizens", "20480000", "--months", "24", "--out", "long"]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


def begun(here: Path) -> "subprocess.Popen[str]":
    """A run of minutes that has reserved its folder and is living citizens."""
    process = subprocess.Popen(
        [*COMMAND, *LONG],
        cwd=here,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(600):
        if any((here / "long/progress").glob("span-*")):
            return process
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    raise AssertionError("the run did not begin")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_run_says_how_it_goes_on(here: Path, sent: int, code: int) -> None:
    process = begun(here)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (code, "")
    assert re.fullmatch(
        r"Stopped: \d+ of 256 spans are kept\.\nGo on with: glasstown resume long\n", err
    )
    assert sorted(p.name for p in here.iterdir()) == sorted([*FILES, "long"])
    said = failed("show", "long", at=here)
    assert "long: this run is not finished\n    why: " in said
    assert "do: go on with it: glasstown resume long\n" in said


def test_a_run_stopped_before_it_began_leaves_nothing(here: Path) -> None:
    code = "import os, signal; from glasstown.cli.outcome import stoppable\n"
    code += "from pathlib import Path\nwith stoppable(Path('long')): os.kill(os.getpid(), 15)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=here,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 143
    assert result.stderr == "Stopped before the run began: nothing is left of it.\n"


def test_a_second_writer_is_refused_and_a_killed_run_is_replaced_only_on_demand(
    here: Path,
) -> None:
    process = begun(here)
    try:
        for command in (["run", "small.yaml", "--out", "long", "--replace"], ["resume", "long"]):
            said = failed(*command, at=here)
            assert f"this run is in use: process {process.pid} is writing it" in said
    finally:
        process.kill()
        process.communicate()
    assert "this run is not finished" in failed("verify", "long", at=here)
    said = failed("run", "small.yaml", "--out", "long", at=here)
    assert "this folder holds an unfinished run (" in said
    assert " spans are kept) of another world: citizens `20480000`, not `1000`" in said
    done("run", "small.yaml", "--out", "long", "-q", "--replace", at=here)
    assert read_record(here / "long").world.citizens == 1000
    assert sorted(p.name for p in here.iterdir()) == sorted([*FILES, "long"])


def test_a_closed_pipe_is_quiet(here: Path) -> None:
    done("run", "small.yaml", "-q", "--months", 120, at=here)
    shell = f"{' '.join(COMMAND)} show runs/small --csv | head -1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(
        ["bash", "-c", shell],
        cwd=here,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "month,measure,by,group,value\n141\n"
    assert result.stderr == ""


@pytest.mark.parametrize("command", [["list"], ["explain", "none"], ["schema", "scheme"]])
def test_a_full_device_is_told(command: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*COMMAND, *command],
            cwd=tmp_path,
            env=ENVIRONMENT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr == "The output could not be written: no space left on device\n"


def test_a_small_file_limit_leaves_no_half_run(here: Path) -> None:
    shell = f"ulimit -f 4; {' '.join(COMMAND)} run small.yaml --out small"
    result = subprocess.run(
        ["bash", "-c", shell],
        cwd=here,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert "small: the disk is full: the run was not written" in result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(p.name for p in here.iterdir()) == sorted(FILES)


def test_a_terminal_of_few_letters_is_enough(here: Path) -> None:
    (here / "points.yaml").write_text(FILES["points.yaml"].replace("Points for", "Пункты für"))
    said = done("explain", "points.yaml", at=here, PYTHONIOENCODING="ascii")
    assert said.startswith("\\u041f")
    (here / "points.yaml").write_text("scheme: x\nпункты: 1\n")
    assert "\\u043f" in failed("check", "points.yaml", at=here, PYTHONIOENCODING="ascii")


def test_progress_is_shown_on_a_terminal_and_nowhere_else(here: Path) -> None:
    command = ["run", "small.yaml", "--citizens", "3000000", "--months", "3"]
    shown = _on_a_terminal([*command, "--out", "seen"], here)
    assert "Running" in shown
    assert "citizen-months/s" in shown
    assert "left" in shown
    assert _on_a_terminal([*command, "--out", "quiet", "--quiet"], here) == ""
    result = glasstown(*command, "--out", "piped", at=here)
    assert result.stderr == ""


def _on_a_terminal(arguments: list[str], here: Path) -> str:
    """What a command shows on stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=here,
        env={**ENVIRONMENT, "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0
    return shown.decode()
