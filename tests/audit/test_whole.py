"""`gt.audit` finds what its target is, and puts the audits of its parts together."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import glasstown as gt
from glasstown.audit import Verdict, Way
from glasstown.audit.target import target_of
from tests.cli.commands import ENVIRONMENT, put_files


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = put_files(tmp_path_factory.mktemp("ran"))
    gt.load_world(folder / "small.yaml").run(out=folder / "runs/small")
    return folder


def test_a_name_a_path_and_a_model_are_audited_alike(here: Path) -> None:
    by_path = gt.audit(here / "points.yaml")
    by_text = gt.audit(str(here / "points.yaml"))
    scheme = gt.check(here / "points.yaml")
    assert isinstance(scheme, gt.Scheme)
    by_model = gt.audit(scheme)
    assert by_path == by_text
    assert isinstance(by_path, gt.Audit)
    verdicts = [[a.verdict for a in audit.answers] for audit in (by_path, by_model)]
    assert verdicts[0] == verdicts[1]
    assert gt.audit("unictown-2019") == gt.audit(gt.check("unictown-2019"))  # type: ignore[arg-type]


def test_a_world_a_run_and_its_folder_are_audited_alike(ran: Path) -> None:
    world = gt.load_world(ran / "small.yaml")
    told: list[tuple[int, int]] = []
    kept = gt.load_run(ran / "runs/small")
    found = [
        gt.audit(target, only=["who-bears-it"], seeds=2, progress=lambda *at: told.append(at))
        for target in (world, kept, str(ran / "runs/small"))
    ]
    assert [audit.parts[0] for audit in found] == [found[0].parts[0]] * 3
    assert {audit.way for audit in found} == {Way.INSIDE}
    assert told == [(0, 2), (1, 2), (2, 2)] * 3
    assert found[0].saw == ""
    assert kept.digest in found[1].saw


def test_the_answers_of_a_world_are_those_of_its_parts(ran: Path) -> None:
    audit = gt.audit(ran / "small.yaml", written=True)
    assert audit.way is Way.WRITTEN
    assert [part.subject for part in audit.parts] == ["points"]
    assert audit.answers == audit.parts[0].answers == gt.audit(ran / "points.yaml").answers
    assert all(answer.verdict is Verdict.FOUND for answer in audit.found)


def test_lines_are_told_only_of_a_file_that_says_the_same(here: Path) -> None:
    same = target_of(here / "small.yaml")
    assert same.schemes[0][1].file == str(here / "points.yaml")
    world = (here / "small.yaml").read_text()
    (here / "small.yaml").write_text(world + "changes: {points.rules.cheated.points: -30}\n")
    assert target_of(here / "small.yaml").schemes[0][1].file == ""
    library = target_of(gt.load_world("unictown-campus"))
    assert [Path(document.file).name for _, document in library.schemes] == [
        "unictown-2019.yaml",
        "defaulters-2018.yaml",
    ]


def test_of_a_large_nation_a_sample_is_lived(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("glasstown.audit.whole.MOST_CITIZENS", 2000)
    world = gt.load_world(here / "small.yaml", citizens=5000, months=2)
    one, few = (
        gt.audit(world, only=["who-bears-it"], seeds=2, **more) for more in ({}, {"citizens": 3000})
    )
    assert one.parts[0].saw.startswith("a sample of 2,000 of 5,000 invented citizens")
    assert few.parts[0].saw.startswith("a sample of 3,000 of 5,000 invented citizens")


def test_one_seed_is_too_few_and_a_stranger_is_refused(here: Path) -> None:
    with pytest.raises(gt.GlasstownError, match="`seeds` is 1, which is too few"):
        gt.audit(here / "small.yaml", seeds=1)
    with pytest.raises(TypeError, match="an audit is of a scheme, a world or a run"):
        gt.audit(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "before", ["", "import glasstown.audit;", "from glasstown.audit import Finding; gt.check;"]
)
def test_the_package_can_be_called_whatever_was_imported_before(before: str) -> None:
    code = f"import glasstown as gt; {before} print(gt.audit('none', only=['no-exit']))"
    told = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert told.stdout == "Audit(none by ordinary: 0 of 1 probes found something)\n"
    assert "target: a scheme, a world or a run" in (type(gt.audit).__call__.__doc__ or "")
