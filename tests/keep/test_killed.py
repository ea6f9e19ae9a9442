"""A run that is killed again and again, at any moment, ends in the digest of one that never was."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.cli.commands import ENVIRONMENT, done
from tests.keep.runs import KINDS, world

import glasstown as gt
from glasstown.engine import machine

TRACE = Path(__file__).with_name("trace.py")
THREADS = 2
SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
SIZES = {"small": (1_600_000, 24), "ranked": (400_000, 24)}
KILLS = 6


def started(here: Path, *arguments: object) -> "subprocess.Popen[str]":
    command = [sys.executable, TRACE, here / "trace.txt", *arguments, "--threads", THREADS]
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=here,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines(here: Path) -> list[str]:
    trace = here / "trace.txt"
    return trace.read_text().splitlines() if trace.exists() else []


def stopped(
    process: "subprocess.Popen[str]", here: Path, after: int, more: float, sent: int
) -> str:
    """Stop a process some time after it has lived so many spans more; what it said then."""
    wanted = len(lines(here)) + after
    while process.poll() is None and len(lines(here)) < wanted:
        time.sleep(0.002)
    time.sleep(more)
    process.send_signal(sent)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    if process.returncode == 0:  # it was done before the signal came
        return ""
    assert process.returncode in (-signal.SIGKILL, 143, 130), err
    assert out == ""
    return err


def twice(here: Path, mode: int) -> int:
    """How many times something was lived in this mode that had been begun before."""
    every = Counter(line for line in lines(here) if line.startswith(f"{mode} "))
    return sum(every.values()) - len(every)


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_killed_at_many_moments_ends_in_the_same_digest(
    tmp_path: Path, kind: str, seed: int
) -> None:
    luck = random.Random(f"{kind} {seed}")
    citizens, months = SIZES[kind]
    asked = world(tmp_path, kind, citizens, months)
    size = ["--citizens", citizens, "--months", months, "--out", "run"]
    begin = ["run", f"{kind}.yaml", *size, "--snapshots", "each-month"]
    go_on = ["resume", "run", "--snapshots", "each-month"]
    spans = -(-asked.wards // max(8, -(-asked.wards // 256)))
    calls = spans if kind == "small" else spans * months
    kills = 0
    for number in range(KILLS):
        command = begin if number == 0 else luck.choice([begin, go_on])
        process = started(tmp_path, *command)
        after = luck.randrange(1, max(2, 2 * calls // KILLS))
        said = stopped(process, tmp_path, after, luck.random() * 0.02, luck.choice(SIGNALS))
        kills += process.returncode != 0
        if process.returncode in (130, 143):
            unit = f"{spans} spans" if kind == "small" else f"{months} months"
            assert said.startswith("Stopped: ")
            assert f" of {unit} are kept.\nGo on with: glasstown resume run\n" in said
    assert kills >= 2
    said = done("resume", "run", at=tmp_path)
    digest = gt.run(asked, threads=THREADS).digest
    assert f"Digest {digest}" in said
    assert gt.load_run(tmp_path / "run").digest == digest
    if kind == "small":
        assert twice(tmp_path, machine.WHOLE_LIFE) <= kills * (THREADS + 1)
    else:
        assert twice(tmp_path, machine.ONE_MONTH) <= kills * spans  # one month of the nation


@pytest.mark.parametrize("often", ["auto", "none"])
def test_without_a_state_at_hand_the_signals_are_enough(tmp_path: Path, often: str) -> None:
    asked = world(tmp_path, "ranked", months=8)

    class Stop(BaseException):
        pass

    def stop(done: int, of: int) -> None:
        if done > of * 0.7:
            raise Stop

    with pytest.raises(Stop):
        asked.run(out=tmp_path / "run", progress=stop, snapshots=often)
    for state in (tmp_path / "run/progress").glob("state-*"):
        state.write_bytes(state.read_bytes()[:100])  # all are damaged: from birth, then
    told: list[int] = []
    resumed = gt.resume(tmp_path / "run", progress=lambda done, of: told.append(done))
    assert resumed.work is not None
    assert (resumed.work.there, resumed.work.lived, resumed.work.again) == (5, 3, 5 * 5)
    assert told[0] == 5 * asked.citizens
    assert told[-1] == 8 * asked.citizens
    assert resumed.digest == asked.run().digest


def test_a_damaged_month_is_lived_again_with_those_after_it(tmp_path: Path) -> None:
    asked = world(tmp_path, "ranked", months=8)

    class Stop(BaseException):
        pass

    def stop(done: int, of: int) -> None:
        if done > of * 0.7:
            raise Stop

    with pytest.raises(Stop):
        asked.run(out=tmp_path / "run", progress=stop, snapshots="each-month")
    month = tmp_path / "run/progress/month-0003.bin"
    month.write_bytes(month.read_bytes()[:100])
    resumed = gt.run(asked, out=tmp_path / "run")
    assert resumed.work is not None
    assert (resumed.work.there, resumed.work.lived) == (3, 5)
    assert resumed.digest == asked.run().digest


def test_a_run_over_a_whole_one_can_be_stopped_and_gone_on_with(tmp_path: Path) -> None:
    asked = world(tmp_path, "small")
    first = asked.run(out=tmp_path / "run")

    class Stop(BaseException):
        pass

    def stop(done: int, of: int) -> None:
        if done > of * 0.5:
            raise Stop

    with pytest.raises(Stop):
        asked.run(out=tmp_path / "run", progress=stop)
    assert gt.load_run(tmp_path / "run").digest == first.digest
    resumed = gt.resume(tmp_path / "run")
    assert resumed.work is not None
    assert resumed.work.there >= 3
    assert resumed.digest == first.digest
    assert not list(tmp_path.glob(".run*"))
