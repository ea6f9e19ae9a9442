"""The disk is full: real ones of a few kilobytes, and a limit on the size of files."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.commands import done, failed, glasstown
from tests.keep.runs import world

import glasstown as gt

Resize = Callable[[int], None]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, Resize]]:
    """A file system, and what makes it another size, in kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")

    def size(kilobytes: int) -> None:
        options = ["-o", f"remount,size={kilobytes}k"]
        subprocess.run([str(mount), *options, str(folder)], check=True)

    command = [str(mount), "-t", "tmpfs", "-o", "size=400k", "none", str(folder)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a file system can be mounted only by root")
    yield folder, size
    subprocess.run(["umount", str(folder)], check=True)


def used(folder: Path) -> int:
    return -(-shutil.disk_usage(folder).used // 1024)


def test_a_run_stopped_by_a_full_disk_goes_on_when_there_is_room(
    disk: tuple[Path, Resize], tmp_path: Path
) -> None:
    folder, size = disk
    asked = world(tmp_path, "small", citizens=400_000, months=24)
    asked.changed({"citizens": 50}).run(out=folder / "other")
    size(used(folder) + 140)
    options = ["--citizens", 400_000, "--months", 24, "--out", folder / "run"]
    said = failed("run", "small.yaml", *options, at=tmp_path)
    assert f"{folder}/run: the disk is full: the run has stopped, and " in said
    assert " of 50 spans are kept\n    why: what is finished stays, and is not lived again" in said
    assert f"do: make room, then: glasstown resume {folder}/run" in said
    assert gt.load_run(folder / "other").world.citizens == 50
    size(used(folder) + 4000)
    resumed = gt.resume(folder / "run")
    assert resumed.work is not None
    assert resumed.work.there > 0
    assert resumed.digest == asked.run().digest


def test_a_disk_too_full_to_begin_is_left_as_it_was(
    disk: tuple[Path, Resize], tmp_path: Path
) -> None:
    folder, size = disk
    size(8)
    world(tmp_path, "small")
    said = failed("run", "small.yaml", "--out", folder / "run", at=tmp_path)
    assert "the disk is full: the run was not written" in said
    assert list(folder.iterdir()) == []


def test_a_run_goes_on_without_states_when_there_is_no_room_for_them(
    disk: tuple[Path, Resize], tmp_path: Path
) -> None:
    folder, size = disk
    asked = world(tmp_path, "ranked", citizens=400_000, months=6)
    size(900)
    options = ["--citizens", 400_000, "--months", 6, "--out", folder / "run"]
    result = glasstown(
        "run", "ranked.yaml", *options, "--snapshots", "each-month", "-q", at=tmp_path
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr == (
        "The state could not be kept (no space left on device). The run goes on without; if it is "
        "stopped, months are lived again to resume it.\n"
    )
    assert gt.load_run(folder / "run").digest == asked.run().digest
    assert "what was checked is in order" in done("verify", folder / "run", at=tmp_path)


def test_without_a_listener_the_warning_is_a_warning(
    disk: tuple[Path, Resize], tmp_path: Path
) -> None:
    folder, size = disk
    asked = world(tmp_path, "ranked", citizens=400_000, months=6)
    size(900)
    with pytest.warns(RuntimeWarning, match="The state could not be kept"):
        asked.run(out=folder / "run", snapshots="each-month")
