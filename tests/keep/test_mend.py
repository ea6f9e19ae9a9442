"""A damaged run is named by verify, and mended by living what is lost again, and nothing else."""

import errno
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.commands import done, failed, glasstown
from tests.keep.runs import KINDS, spoil, world

import glasstown as gt
from glasstown.cli.words import Snapshots
from glasstown.engine.verify import verify
from glasstown.engine.work import Often, Work
from glasstown.errors import RunProblem
from glasstown.records import FILES, MANIFEST, disk, how_far_at
from glasstown.records.manifest import own_digest


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A whole run of each kind of world."""
    folder = tmp_path_factory.mktemp("whole")
    for kind in KINDS:
        world(folder, kind).run(out=folder / kind)
    return {kind: folder / kind for kind in KINDS}


def copied(whole: dict[str, Path], kind: str, folder: Path) -> Path:
    return Path(shutil.copytree(whole[kind], folder / "run", dirs_exist_ok=True))


def piece(run: Path, number: int) -> int:
    """Where in `spans.bin` the counts of a span lie, or the signals where it is -1."""
    raw = (run / "spans.bin").read_bytes()
    wanted = b'"signals":true' if number < 0 else b'"span":%d,' % number
    return raw.index(wanted) + 120


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", ["changed", "cut", "missing"])
@pytest.mark.parametrize("name", [MANIFEST, *FILES])
def test_a_damaged_file_is_named_and_mended(
    whole: dict[str, Path], tmp_path: Path, kind: str, how: str, name: str
) -> None:
    run = copied(whole, kind, tmp_path)
    place = piece(run, 3) if name == "spans.bin" else 100
    spoil(run / name, how, place)
    lost = {"changed": 1, "cut": 2, "missing": 5}[how] if name == "spans.bin" else 0
    if name == MANIFEST:
        with pytest.raises(RunProblem) as caught:
            verify(run)
        said = str(caught.value)
    else:
        verification = verify(run)
        assert not verification.passed
        said = verification.text()
    assert f"{run / name}: " in said or (name == MANIFEST and how == "missing")
    assert f"glasstown resume {run}" in said
    if lost:
        spans = {1: "3", 2: "3, 4", 5: "0, 1, 2, 3, 4"}[lost]
        assert f"{lost} of 5 spans are not there: {spans}" in said
    mended = gt.resume(run)
    assert mended.work == Work("span", 5 - lost, lost)
    assert mended.digest == gt.load_run(whole[kind]).digest
    assert verify(run, sample=1).passed
    assert sorted(p.name for p in run.parent.iterdir()) == ["run"]
    assert {p.name for p in run.iterdir()} == {p.name for p in whole[kind].iterdir()}


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_spoiled_the_digest_comes_back(
    whole: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    digest = gt.load_run(whole[kind]).digest
    damage = st.tuples(
        st.sampled_from(FILES), st.sampled_from(["changed", "cut", "empty"]), st.integers(0, 2**20)
    )

    @settings(max_examples=12, deadline=None)
    @given(st.lists(damage, min_size=1, max_size=3, unique_by=lambda d: d[0]))
    def mends(every: list[tuple[str, str, int]]) -> None:
        run = copied(whole, kind, tmp_path)
        for name, how, place in every:
            spoil(run / name, how, place)
        assert gt.resume(run).digest == digest
        assert gt.load_run(run).digest == digest

    mends()


def test_of_a_whole_run_nothing_is_lived(whole: dict[str, Path], tmp_path: Path) -> None:
    run = copied(whole, "small", tmp_path)
    before = {p: p.stat().st_mtime_ns for p in run.rglob("*")}
    assert gt.resume(run).work is None
    assert {p: p.stat().st_mtime_ns for p in run.rglob("*")} == before
    assert "The run is whole: nothing was left to live." in done("resume", "run", at=tmp_path)


def test_what_a_writer_killed_at_its_end_left_is_no_part_of_the_run(
    whole: dict[str, Path], tmp_path: Path
) -> None:
    run = copied(whole, "ranked", tmp_path)
    (run / "progress").mkdir()
    (run / "progress/state-0001.bin").write_bytes(b"left")
    assert verify(run, sample=1).passed
    assert gt.resume(run).work is None
    assert not (run / "progress").exists()


def test_a_coupled_run_without_signals_is_lived_again_whole(
    whole: dict[str, Path], tmp_path: Path
) -> None:
    run = copied(whole, "ranked", tmp_path)
    spoil(run / "spans.bin", "missing")
    spoil(run / "signals/signals.parquet", "missing")
    mended = gt.resume(run)
    assert mended.work == Work("month", 0, 5)
    assert mended.digest == gt.load_run(whole["ranked"]).digest


def test_the_command_mends_and_says_what_it_lived(whole: dict[str, Path], tmp_path: Path) -> None:
    run = copied(whole, "small", tmp_path)
    spoil(run / "spans.bin", "changed", piece(run, 2))
    result = glasstown("verify", "run", at=tmp_path)
    assert result.returncode == 2
    assert (
        "  NO   The SHA-256 of all 6 files is that in the manifest.\n"
        "       run/spans.bin: this file is not as it was written: its SHA-256 differs "
        "(1 of 5 spans are not there: 2)\n"
        "       To mend it: glasstown resume run\n"
    ) in result.stdout
    assert "run/spans.bin: this file is not as it was written" in failed("show", "run", at=tmp_path)
    said = done("resume", "run", at=tmp_path)
    assert "Of 5 spans, 4 were there and 1 was lived, in " in said
    assert "yes  Every span is there, and the spans add up to the ledger." in done(
        "verify", "run", "--sample", 1, at=tmp_path
    )
    assert done("resume", "run", "--quiet", at=tmp_path) == ""


# What cannot be mended is refused, and left as it is.


def refused(run: Path) -> str:
    before = {p: p.read_bytes() for p in run.rglob("*") if p.is_file()}
    with pytest.raises(RunProblem) as caught:
        gt.resume(run)
    assert {p: p.read_bytes() for p in run.rglob("*") if p.is_file()} == before
    return str(caught.value)


def test_a_world_lost_twice_is_refused(whole: dict[str, Path], tmp_path: Path) -> None:
    run = copied(whole, "small", tmp_path)
    spoil(run / MANIFEST, "changed", 300)
    spoil(run / "world.json", "changed", 300)
    assert f"{run / MANIFEST}: the manifest is damaged: " in refused(run)
    (run / MANIFEST).unlink()
    assert f"{run / 'world.json'}: this file is not as it was written: " in refused(run)
    (run / "world.json").unlink()
    assert "this folder is not a Glasstown run" in refused(run)


def test_two_worlds_in_one_run_are_refused(whole: dict[str, Path], tmp_path: Path) -> None:
    run = copied(whole, "small", tmp_path)
    other = json.loads((run / "world.json").read_text())
    other["world"]["seed"] += 1
    other["sha256"] = own_digest(other)
    (run / "world.json").write_text(json.dumps(other))
    said = refused(run)
    assert f"{run / MANIFEST}: its world is not the one in world.json: seed `4`, not `3`" in said
    assert "one of the two was changed after the run" in said


def test_a_run_is_not_mended_into_another(whole: dict[str, Path], tmp_path: Path) -> None:
    run = copied(whole, "small", tmp_path)
    manifest = json.loads((run / MANIFEST).read_text())
    manifest["digest"] = "0" * 64
    manifest["sha256"] = own_digest(manifest)
    (run / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(RunProblem, match="mended, this would be another run: its digest would be"):
        gt.resume(run)
    assert json.loads((run / MANIFEST).read_text()) == manifest


def test_what_another_program_has_lived_is_not_gone_on_with(
    whole: dict[str, Path], tmp_path: Path
) -> None:
    run = copied(whole, "small", tmp_path)
    begun = json.loads((run / "world.json").read_text())
    begun |= {"program": "0" * 64, "glasstown": "0.0.9"}
    begun["sha256"] = own_digest(begun)
    (run / "world.json").write_text(json.dumps(begun))
    (run / MANIFEST).unlink()
    said = refused(run)
    assert "this run was begun with another program than this Glasstown makes of its world" in said
    assert "it was begun by Glasstown 0.0.9, and this is " in said
    gt.load_run(whole["small"]).world.run(out=run, replace=True)
    assert gt.load_run(run).digest == gt.load_run(whole["small"]).digest


def test_a_run_that_is_not_there_suggests_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    said = failed("resume", "frist", at=tmp_path)
    assert "there is no such run\n    did you mean: " in said
    assert "this folder is not a Glasstown run" in failed("resume", "first", at=tmp_path)


def test_snapshots_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(gt.GlasstownError, match="snapshots cannot be `every-month`"):
        world(tmp_path, "ranked").run(snapshots="every-month")


def test_the_command_line_offers_what_the_engine_knows() -> None:
    assert [str(choice) for choice in Snapshots] == [str(choice) for choice in Often]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("damaged", ["world.json", "ledger/ledger.parquet"])
def test_a_disk_too_full_to_mend_is_said(
    whole: dict[str, Path], tmp_path: Path, kind: str, damaged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = copied(whole, kind, tmp_path)
    spoil(run / damaged, "changed", 100)
    write = disk.write

    def full(file: Path, parts: Iterable[bytes], durable: bool = False) -> disk.FileEntry:
        if file.name == Path(damaged).name:
            raise OSError(errno.ENOSPC, "no space left on device")
        return write(file, parts, durable)

    monkeypatch.setattr(disk, "write", full)
    with pytest.raises(RunProblem) as caught:
        gt.resume(run)
    kept = f"all 5 {'months' if kind == 'ranked' else 'spans'} were lived"
    if damaged == "world.json":
        kept = "what was kept stays"
    assert f"{run}: the disk is full: the run has stopped, and {kept}\n" in str(caught.value)
    monkeypatch.undo()
    assert gt.resume(run).digest == gt.load_run(run).digest


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_run_that_was_lived_to_its_end_that_is_said(
    whole: dict[str, Path], tmp_path: Path, kind: str
) -> None:
    run = copied(whole, kind, tmp_path)
    spoil(run / MANIFEST, "missing")
    with pytest.raises(RunProblem, match="this run is not finished") as caught:
        gt.load_run(run)
    assert f"why: all 5 {'months' if kind == 'ranked' else 'spans'} were lived\n" in str(
        caught.value
    )
    assert gt.resume(run).work == Work("span", 5, 0)


def test_mending_can_be_stopped_and_goes_on(whole: dict[str, Path], tmp_path: Path) -> None:
    run = copied(whole, "small", tmp_path)
    digest = gt.load_run(run).digest
    spoil(run / "spans.bin", "cut", piece(run, 1))
    assert how_far_at(run) == ""

    def stop(done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gt.resume(run, progress=stop, threads=1)
    assert how_far_at(run) == "all 5 spans were lived"
    assert gt.resume(run).digest == digest
