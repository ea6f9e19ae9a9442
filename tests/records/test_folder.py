"""Writing a run folder: whole or not at all, by one writer, over nothing but a run."""

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.records.made import (
    VERSION,
    begin,
    finish,
    made_ledger,
    no_signals,
    small_world,
    write,
)

from glasstown.errors import RunProblem
from glasstown.records import FILES, read_manifest, read_record, reserve, run_digest

WORLD = small_world()


def listing(folder: Path) -> dict[str, str]:
    """Every file under a folder, hidden ones too, with its digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(folder: Path, replace: bool = False, world: object = None) -> str:
    with pytest.raises(RunProblem) as caught:
        write(folder, small_world() if world is None else world, replace)  # type: ignore[arg-type]
    return str(caught.value)


def in_another_process(code: str, **more: object) -> "subprocess.Popen[str]":
    """Python, with the tests' made-up run at hand."""
    head = "from pathlib import Path\nfrom tests.records.made import *\n"
    return subprocess.Popen(
        [sys.executable, "-c", head + textwrap.dedent(code)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", ".", *sys.path])},
        **more,  # type: ignore[call-overload]
    )


# --- what is written --------------------------------------------------------------------------


def test_a_run_comes_back_from_its_folder(tmp_path: Path) -> None:
    digest = write(tmp_path / "run", WORLD)
    record = read_record(tmp_path / "run")
    assert record.manifest.digest == digest
    assert record.manifest.seed == 1
    assert record.manifest.glasstown == VERSION
    assert record.world.to_dict() == WORLD.to_dict()
    assert record.ledger == made_ledger(WORLD)
    assert record.signals == no_signals(WORLD)


def test_the_manifest_has_the_digest_of_every_other_file(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    found = listing(tmp_path / "run")
    manifest = json.loads((tmp_path / "run/manifest.json").read_text())
    assert found.keys() == {"manifest.json", *FILES}
    assert {name: entry["sha256"] for name, entry in manifest["files"].items()} == {
        name: digest for name, digest in found.items() if name != "manifest.json"
    }
    assert manifest["world"] == WORLD.to_dict()
    assert set(manifest["made_with"]) == {"python", "numpy"}


def test_the_same_run_is_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "one", WORLD)
    write(tmp_path / "two", WORLD)
    assert listing(tmp_path / "one") == listing(tmp_path / "two")


def test_nothing_is_left_beside_a_run(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    write(tmp_path / "run", WORLD)
    assert os.listdir(tmp_path) == ["run"]


def test_one_missing_level_of_folders_is_made(tmp_path: Path) -> None:
    write(tmp_path / "runs/first", WORLD)
    assert read_manifest(tmp_path / "runs/first").seed == 1


# --- the digest -------------------------------------------------------------------------------


def test_the_digest_is_a_function_of_world_and_numbers() -> None:
    digest = run_digest(WORLD.to_dict(), made_ledger(WORLD), no_signals(WORLD))
    again = run_digest(small_world().to_dict(), made_ledger(WORLD), no_signals(WORLD))
    other_seed = run_digest(small_world(seed=2).to_dict(), made_ledger(WORLD), no_signals(WORLD))
    other_numbers = run_digest(WORLD.to_dict(), made_ledger(WORLD, salt=1), no_signals(WORLD))
    assert digest == again
    assert len({digest, other_seed, other_numbers}) == 3


def test_the_digest_survives_json() -> None:
    through = json.loads(json.dumps(WORLD.to_dict()))
    ledger, signals = made_ledger(WORLD), no_signals(WORLD)
    assert run_digest(through, ledger, signals) == run_digest(WORLD.to_dict(), ledger, signals)


# --- what is in the way -----------------------------------------------------------------------


def test_a_run_of_the_same_world_is_written_anew(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    (tmp_path / "run/report.html").write_text("of the old run")
    write(tmp_path / "run", WORLD, salt=1)
    assert read_record(tmp_path / "run").ledger == made_ledger(WORLD, salt=1)
    assert not (tmp_path / "run/report.html").exists()


def test_a_run_of_another_world_is_refused_untouched_and_replaced_on_demand(tmp_path: Path) -> None:
    write(tmp_path / "run", small_world(seed=7))
    before = listing(tmp_path)
    folder = tmp_path / "run"
    assert refused(folder) == (
        f"1 problem in {folder}\n"
        f"{folder}: this folder holds a run of another world: seed `7`, not `1`\n"
        "    why: that run would be lost\n"
        "    do: name another folder with --out, or let it go with --replace"
    )
    assert listing(tmp_path) == before
    write(folder, WORLD, replace=True)
    assert read_manifest(folder).seed == 1


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_that_is_no_run_is_never_replaced(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters/to-ma.txt").write_text("dear")
    before = listing(tmp_path)
    said = refused(tmp_path / "letters", replace)
    assert "this folder is not a Glasstown run\n    why: it holds `to-ma.txt`" in said
    assert "what is in this one is never replaced" in said
    assert listing(tmp_path) == before


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("text", ["", "{}", "[1]", "{", '{"glasstown_run": 1}', "[" * 100_000])
def test_a_folder_with_another_manifest_is_never_replaced(
    tmp_path: Path, text: str, replace: bool
) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web/manifest.json").write_text(text)
    before = listing(tmp_path)
    assert "this folder is not a Glasstown run" in refused(tmp_path / "web", replace)
    assert listing(tmp_path) == before


def test_a_report_that_was_killed_half_written_is_in_nobodys_way(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    (tmp_path / "run/.report.html.123.part").write_text("half")
    write(tmp_path / "run", WORLD)
    assert not (tmp_path / "run/.report.html.123.part").exists()


def test_somebody_elses_files_in_a_run_are_not_deleted(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    (tmp_path / "run/notes.txt").write_text("mine")
    before = listing(tmp_path)
    said = refused(tmp_path / "run", replace=True)
    assert "the run's folder also holds `notes.txt`" in said
    assert "Glasstown did not write that" in said
    assert listing(tmp_path) == before


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("mine")
    assert "this is a file, and a run is a folder" in refused(tmp_path / "run", replace=True)
    assert (tmp_path / "run").read_text() == "mine"
    assert "this is a file, and a folder is wanted" in refused(tmp_path / "run/inner")


def test_an_empty_folder_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    write(tmp_path / "run", WORLD)
    assert read_manifest(tmp_path / "run").seed == 1


def test_a_link_to_a_run_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", WORLD)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/manifest.json").is_file()


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path / "no/such/place")
    assert "there is no such folder to put a run in" in said
    assert f"mkdir -p {tmp_path}/no/such" in said
    assert os.listdir(tmp_path) == []


def test_a_place_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        tmp_path.chmod(0o500)
        try:
            said = refused(tmp_path / "run")
        finally:
            tmp_path.chmod(0o700)
    else:  # nothing is forbidden to root but what the system itself forbids
        said = refused(Path("/sys/kernel/glasstown-run"))
    assert "no run can be written here\n    why: " in said
    assert "do: name a folder that you may write to" in said


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    assert "the run could not be written: file name too long" in refused(tmp_path / ("x" * 300))


# --- two writers ------------------------------------------------------------------------------


def test_a_second_writer_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    other = in_another_process(
        f"""
        with reserve({str(folder)!r}, small_world().to_dict()) as reservation:
            print("held", flush=True)
            input()
        """
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n", other.communicate()[1]
    assert refused(folder) == (
        f"1 problem in {folder}\n"
        f"{folder}: this run is in use: process {other.pid} is writing it\n"
        "    do: wait until it ends, or name another folder"
    )
    assert refused(folder, replace=True).count("this run is in use") == 1
    other.communicate("go on\n")
    assert other.returncode == 0
    write(folder, WORLD)
    assert os.listdir(tmp_path) == ["run"]


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    with reserve(tmp_path / "run", WORLD.to_dict()):
        assert "this run is in use" in refused(tmp_path / "run")


def test_many_writers_leave_one_whole_run(tmp_path: Path) -> None:
    code = f"""
        from glasstown.errors import RunProblem
        try:
            write(Path({str(tmp_path / "run")!r}), small_world())
            print("wrote")
        except RunProblem as problem:
            assert "in use" in str(problem), problem
            print("refused")
        """
    writers = [in_another_process(code) for _ in range(6)]
    said = [writer.communicate() for writer in writers]
    assert [error for _, error in said] == [""] * 6
    assert {out for out, _ in said} <= {"wrote\n", "refused\n"}
    assert ("wrote\n", "") in said
    assert read_record(tmp_path / "run").ledger == made_ledger(WORLD)
    assert os.listdir(tmp_path) == ["run"]


def test_the_lock_of_a_killed_writer_is_taken_over(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    other = in_another_process(
        f"""
        with reserve({str(folder)!r}, small_world().to_dict()) as reservation:
            begin(reservation, small_world())
            (reservation.folder / ".spans.bin.glasstown-part").write_text("half")
            print("held", flush=True)
            input()
        """
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n", other.communicate()[1]
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert sorted(os.listdir(tmp_path)) == [".run.glasstown-lock", "run"]
    write(folder, WORLD)
    assert os.listdir(tmp_path) == ["run"]
    assert listing(folder).keys() == {"manifest.json", *FILES}


# --- killed, interrupted, out of room ----------------------------------------------------------


def killed_after(delay: float, folder: Path) -> None:
    other = in_another_process(
        f"""
        world = small_world(months=24)
        ledger, signals = made_ledger(world, salt=1), no_signals(world)
        print("go", flush=True)
        while True:
            with reserve({str(folder)!r}, world.to_dict(), True) as reservation:
                digest = run_digest(world.to_dict(), ledger, signals)
                more = {{"program": bytes(1_000_000), "listing": "x" * 1_000_000}}
                finish(reservation, world, ledger, digest, **more)
        """
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "go\n", other.communicate()[1]
    time.sleep(delay)
    other.send_signal(signal.SIGKILL)
    other.communicate()


@pytest.mark.parametrize("delay", [0.0, 0.002, 0.01, 0.03, 0.05, 0.07, 0.11, 0.2])
def test_a_writer_killed_at_any_moment_leaves_a_whole_run_or_none(
    tmp_path: Path, delay: float
) -> None:
    folder = tmp_path / "run"
    write(folder, WORLD)
    killed_after(delay, folder)
    if folder.exists():
        assert read_record(folder).world.months in (3, 24)
    else:  # killed between two renames: what was set aside comes back
        assert (tmp_path / ".run.glasstown-old/manifest.json").exists()
    world = small_world(months=24)
    with reserve(folder, world.to_dict(), True) as reservation:
        assert read_record(folder).world.months in (3, 24)
        ledger = made_ledger(world, salt=1)
        digest = run_digest(world.to_dict(), ledger, no_signals(world))
        finish(reservation, world, ledger, digest)
    assert os.listdir(tmp_path) == ["run"]


def test_a_run_set_aside_by_a_killed_writer_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    write(folder, WORLD)
    folder.rename(tmp_path / ".run.glasstown-old")
    assert "holds a run of another world" in refused(folder, world=small_world(seed=5))
    assert read_record(folder).ledger == made_ledger(WORLD)
    assert os.listdir(tmp_path) == ["run"]


class Interrupted(BaseException):
    """Ctrl-C, say, at a moment of our choosing."""


def test_an_interrupted_run_leaves_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    before = listing(tmp_path / "run")

    def half_a_run() -> None:
        with reserve(tmp_path / "run", WORLD.to_dict()) as reservation:
            begin(reservation, WORLD)
            raise Interrupted

    with pytest.raises(Interrupted):
        half_a_run()
    assert listing(tmp_path / "run") == before
    assert sorted(os.listdir(tmp_path)) == [".run.glasstown-part", "run"]
    write(tmp_path / "run", WORLD)
    assert os.listdir(tmp_path) == ["run"]


def test_a_limit_on_the_size_of_files_leaves_nothing_half_written(tmp_path: Path) -> None:
    write(tmp_path / "run", WORLD)
    before = listing(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        said = refused(tmp_path / "run")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)
    assert said == (
        f"1 problem in {tmp_path}/run\n"
        f"{tmp_path}/run: the disk is full: the run was not written\n"
        "    why: nothing half-written is left, and what was there before is untouched\n"
        "    do: make room, or name a folder on another disk"
    )
    assert listing(tmp_path) == before


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 40 kB; where none may be mounted, the process's limit test stands for it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [str(mount), "-t", "tmpfs", "-o", "size=40k", "none", str(disk)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a file system can be mounted only by root; the limit on files is tested above")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_nothing_half_written(tiny_disk: Path) -> None:
    small = small_world(months=1)
    write(tiny_disk / "run", small)
    before = listing(tiny_disk)
    said = refused(tiny_disk / "run", replace=True, world=small_world(months=240))
    assert "the disk is full: the run was not written" in said
    assert listing(tiny_disk) == before
    assert read_record(tiny_disk / "run").ledger == made_ledger(small)
    said = refused(tiny_disk / "other", world=small_world(months=240))
    assert "the disk is full" in said
    assert listing(tiny_disk) == before
