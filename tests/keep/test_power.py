"""The power fails at many moments: the run is gone on with, or was not yet begun."""

from pathlib import Path

import pytest
from tests.keep.power import recorded
from tests.keep.runs import KINDS, world

import glasstown as gt
from glasstown.errors import RunProblem
from glasstown.records import making


@pytest.fixture
def often_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small runs are over before an effort is made; here one is made every time or so."""
    monkeypatch.setattr(making, "SYNCED_AT_LEAST", 0.0)
    monkeypatch.setattr(making, "WORTH", 0.5)


def gone_on_with(image: Path, asked: gt.World) -> gt.Run:
    try:
        return gt.resume(image / "run")
    except RunProblem as problem:
        said = str(problem)
        assert "there is no such run" in said or "this folder is not a Glasstown run" in said
        return asked.run(out=image / "run")


@pytest.mark.usefixtures("often_synced")
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", KINDS)
def test_after_a_loss_of_power_a_run_goes_on(tmp_path: Path, kind: str, seed: int) -> None:
    (disk := tmp_path / "disk").mkdir()
    (images := tmp_path / "images").mkdir()
    asked = world(tmp_path, kind)
    with recorded(disk, images, seed, 0.5):
        digest = asked.run(out=disk / "run", snapshots="each-month").digest
    made = sorted(images.iterdir())
    assert len(made) >= 8
    there = []
    for image in made:
        run = gone_on_with(image, asked)
        assert run.digest == digest
        assert gt.load_run(image / "run").digest == digest
        assert [path.name for path in image.iterdir()] == ["run"]
        there.append(0 if run.work is None else run.work.there)
    assert max(there) > 0


@pytest.mark.usefixtures("often_synced")
def test_a_whole_run_outlives_a_loss_of_power_while_another_is_made(tmp_path: Path) -> None:
    (disk := tmp_path / "disk").mkdir()
    (images := tmp_path / "images").mkdir()
    asked = world(tmp_path, "small")
    digest = asked.run(out=disk / "run").digest
    with recorded(disk, images, 3, 0.0) as lost:
        for path in [p for p in disk.rglob("*") if p.is_file()]:
            with path.open("rb") as file:
                lost.synced(file.fileno())
        for path in [disk, *(p for p in disk.rglob("*") if p.is_dir())]:
            lost.entries[path.stat().st_ino] = {p.name: p.stat().st_ino for p in path.iterdir()}
        lost.chance = 0.6
        asked.run(out=disk / "run")
    made = sorted(images.iterdir())
    assert len(made) >= 5
    for image in made:
        run = gt.resume(image / "run")
        assert run.digest == digest
        assert gt.load_run(image / "run").digest == digest
