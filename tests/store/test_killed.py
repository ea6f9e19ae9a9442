"""Runs in a store that are killed, stopped, cut off, and wanted by two at once."""

import json
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT, done, failed
from tests.keep.runs import KINDS, world
from tests.store.server import put_in, served, system

import glasstown as gt
from glasstown.engine.verify import verify
from glasstown.errors import RunProblem
from glasstown.records import lease, objects
from glasstown.records.lease import leased
from glasstown.records.spots import Remote, spot

SIZES = {"small": (800_000, 12), "ranked": (100_000, 16)}
KILLS = 3


def started(here: Path, environment: dict[str, str], *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        cwd=here,
        env={**ENVIRONMENT, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kept(url: str) -> int:
    """How many pieces of a run in the making are there."""
    found = system().find(f"{url}/progress".removeprefix("s3://"))
    return sum("state-" not in name for name in found)


def await_more(process: "subprocess.Popen[str]", url: str, wanted: int) -> None:
    while process.poll() is None and kept(url) < wanted:
        time.sleep(0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_killed_at_many_moments_ends_in_the_same_digest(
    tmp_path: Path, store: dict[str, str], bucket: str, kind: str
) -> None:
    luck = random.Random(kind)
    citizens, months = SIZES[kind]
    asked = world(tmp_path, kind, citizens, months)
    url = f"{bucket}/run"
    size = ["--citizens", citizens, "--months", months, "--out", url]
    begin, go_on = ["run", f"{kind}.yaml", *size], ["resume", url]
    pieces = min(256, -(-asked.wards // 8)) if kind == "small" else months
    kills = 0
    for number in range(KILLS):
        process = started(tmp_path, store, *(begin if number == 0 else luck.choice([begin, go_on])))
        await_more(process, url, kept(url) + luck.randrange(1, max(2, pieces // KILLS)))
        time.sleep(luck.random() * 0.02)
        sent = signal.SIGTERM if number == 1 else signal.SIGKILL
        process.send_signal(sent)
        _, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        assert process.returncode in (0, 143, -signal.SIGKILL), err
        kills += process.returncode != 0
        if process.returncode == 143:
            assert f" are kept.\nGo on with: glasstown resume {url}\n" in err
    assert kills >= 2
    said = done("resume", url, at=tmp_path, **store)
    assert " were there and " in said
    digest = asked.run().digest
    assert f"Digest {digest}" in said
    assert gt.load_run(url).digest == digest
    assert set(put_in(bucket)) == {f"run/{name}" for name in put_in(url)}  # nothing lies beside it
    assert not any("progress" in name for name in put_in(url))


def test_of_two_writers_one_is_refused_and_a_killed_one_is_followed_at_once(
    tmp_path: Path, store: dict[str, str], bucket: str
) -> None:
    world(tmp_path, "small")
    url = f"{bucket}/run"
    size = ["--citizens", 4_000_000, "--months", 60, "--out", url]
    process = started(tmp_path, store, "run", "small.yaml", *size)
    await_more(process, url, 1)
    process.send_signal(signal.SIGSTOP)  # it holds its lease all the same
    for command in (["run", "small.yaml", *size], ["resume", url]):
        said = failed(*command, at=tmp_path, **store)
        assert f"{url}: this run is in use: process {process.pid} on " in said
    assert "this run is not finished" in failed("show", url, at=tmp_path, **store)
    process.kill()
    process.communicate(timeout=60)
    small = ["--citizens", 20_000, "--out", url, "--replace"]
    done("run", "small.yaml", *small, at=tmp_path, **store)
    assert gt.load_run(url).world.citizens == 20_000


def claim(url: str, **told: Any) -> None:
    """Claim a run as a process of another machine does."""
    folder, _, name = url.rpartition("/")
    about = {"holds": True, "host": "elsewhere", "machine": "another", "process": 17, **told}
    system().pipe(f"{folder}/.{name}.glasstown-lock/0123", json.dumps(about).encode())


def test_a_claim_from_elsewhere_holds_for_its_lease(
    tmp_path: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = world(tmp_path, "small", citizens=2000)
    url = f"{bucket}/runs/one"
    claim(url)
    with pytest.raises(RunProblem) as caught:
        asked.run(out=url)
    assert str(caught.value) == (
        f"1 problem in {url}\n"
        f"{url}: this run is in use: process 17 on elsewhere is writing it\n"
        "    do: wait until it ends (if it was killed, 60 seconds), or name another folder"
    )
    assert list(put_in(bucket)) == ["runs/.one.glasstown-lock/0123"]
    monkeypatch.setattr(lease, "LEASE", 1.0)
    time.sleep(2.5)  # the store's clock counts whole seconds
    digest = asked.run(out=url).digest
    assert gt.load_run(url).digest == digest
    assert all(name.startswith("runs/one/") for name in put_in(bucket))


def test_a_lease_is_renewed_while_its_holder_lives(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "LEASE", 2.0)
    monkeypatch.setattr(lease, "_machine", lambda: "")  # each is to the others another machine
    claims, folder = remote(f"{bucket}/lock"), remote(f"{bucket}/run")
    with leased(claims, folder) as first:
        time.sleep(4.5)
        with pytest.raises(RunProblem, match="this run is in use"), leased(claims, folder):
            pass
        first.require()
    with leased(claims, folder):
        pass
    assert put_in(bucket) == {}


def test_never_do_two_hold_a_lease(bucket: str) -> None:
    claims, folder = remote(f"{bucket}/lock"), remote(f"{bucket}/run")
    inside: list[int] = []
    most, held, wrong = 0, 0, []
    guard = threading.Lock()

    def contend(number: int) -> None:
        nonlocal most, held
        for _ in range(4):
            with suppress(RunProblem), leased(claims, folder):
                with guard:
                    inside.append(number)
                    most, held = max(most, len(inside)), held + 1
                time.sleep(0.02)
                with guard:
                    inside.remove(number)

    def noted(number: int) -> None:
        try:
            contend(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=noted, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert most == 1
    assert held >= 1
    assert put_in(bucket) == {}


def test_a_writer_that_has_lost_the_run_does_not_finish_it(tmp_path: Path, bucket: str) -> None:
    asked = world(tmp_path, "small")
    url = f"{bucket}/run"

    def lose(done: int, of: int) -> None:
        system().rm(f"{bucket}/.run.glasstown-lock", recursive=True)
        claim(url)

    with pytest.raises(RunProblem, match="this process has lost the run"):
        asked.run(out=url, progress=lose)
    assert "run/manifest.json" not in put_in(bucket)


class Killed(BaseException):
    pass


@pytest.fixture
def fuse(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """After so many changes of a store, all further ones fail, as if the process were killed."""
    left = [10**9]

    def cut(change: Callable[..., Any]) -> Callable[..., Any]:
        def changed(self: Any, *arguments: Any, **more: Any) -> Any:
            if left[0] <= 0:
                raise Killed
            left[0] -= 1
            return change(self, *arguments, **more)

        return changed

    from fsspec.implementations.memory import MemoryFileSystem

    for name in ("pipe_file", "rm_file", "cp_file"):
        monkeypatch.setattr(MemoryFileSystem, name, cut(getattr(MemoryFileSystem, name)))
    monkeypatch.setattr(
        MemoryFileSystem,
        "rm",
        lambda self, path, recursive: [
            self.rm_file(p) for p in self.expand_path(path, recursive=True) if self.isfile(p)
        ],
    )
    yield left
    left[0] = 10**9
    MemoryFileSystem.store.clear()


def test_a_kill_in_a_replacement_leaves_the_one_run_or_the_other(
    tmp_path: Path, fuse: list[int]
) -> None:
    url = "memory://runs/one"
    old = world(tmp_path, "small", citizens=2000)
    new = old.changed({"citizens": 1500})
    digests = {old.run(out=url).digest, new.run().digest}
    seen = set()
    for changes in range(1, 60):
        old.run(out=url, replace=True)
        fuse[0] = changes
        killed = True
        with suppress(Killed):
            new.run(out=url, replace=True)
            killed = False
        fuse[0] = 10**9
        objects.remove(remote("memory://runs/.one.glasstown-lock"))  # this process is not gone
        try:
            found = gt.load_run(url).digest
            assert found in digests
            assert verify(url, sample=1).passed
            seen.add("old" if found != new.run().digest else "new")
        except RunProblem as problem:
            seen.add(problem.problems[0].what)
        assert gt.resume(url).digest in digests
        assert new.run(out=url, replace=True).digest == new.run().digest
        if not killed:
            break
    assert seen == {"old", "this run is not finished", "new"}
    assert changes < 59


def test_a_store_that_goes_away_stops_a_run_that_can_be_resumed(tmp_path: Path) -> None:
    world(tmp_path, "small")
    with served() as (environment, server):
        from s3fs import S3FileSystem

        own = S3FileSystem(
            key="invented",
            secret="invented",
            endpoint_url=environment["AWS_ENDPOINT_URL"],
            skip_instance_cache=True,
            use_listings_cache=False,
        )
        own.mkdir("bucket")
        size = ["--citizens", 4_000_000, "--months", 60, "--out", "s3://bucket/run"]
        process = started(tmp_path, environment, "run", "small.yaml", *size)
        while not own.find("bucket/run/progress"):
            assert process.poll() is None
            time.sleep(0.01)
        server.kill()
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (2, "")
    assert "Traceback" not in err
    assert "the store cannot be reached" in err
    assert "; when it can be written again: glasstown resume s3://bucket/run\n" in err


def remote(url: str) -> Remote:
    found = spot(url)
    assert isinstance(found, Remote)
    return found
