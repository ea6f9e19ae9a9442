"""The public names, used from Python."""

import html
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from tests.cli.commands import ENVIRONMENT, put_files

import glasstown as gt
from glasstown.engine import verify as verifying
from glasstown.errors import RunProblem


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> gt.World:
    return gt.load_world(put_files(tmp_path_factory.mktemp("files")) / "small.yaml")


@pytest.fixture(scope="module")
def run(world: gt.World) -> gt.Run:
    return gt.run(world)


def test_a_run_in_memory_is_the_run_in_a_folder(
    world: gt.World, run: gt.Run, tmp_path: Path
) -> None:
    kept = world.run(out=tmp_path / "kept", threads=2)
    again = gt.load_run(tmp_path / "kept")
    assert run.folder is None
    assert kept.folder == again.folder == tmp_path / "kept"
    assert run.digest == kept.digest == again.digest
    assert run.ledger == kept.ledger == again.ledger
    assert run.seconds is not None
    assert again.seconds is None


def test_another_seed_is_another_digest(world: gt.World, run: gt.Run) -> None:
    assert world.changed({"seed": 4}).run().digest != run.digest


def test_a_rule_less_leaves_all_other_luck(world: gt.World, run: gt.Run) -> None:
    other = world.without("rules.studied").run()
    assert other.ledger.sum("points.fired.cheated") == run.ledger.sum("points.fired.cheated")


def test_progress_grows_to_the_whole(world: gt.World) -> None:
    told: list[tuple[int, int]] = []
    gt.run(world, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (6000, 6000)
    assert told == sorted(told)


def test_wrong_numbers_are_told(world: gt.World, run: gt.Run) -> None:
    with pytest.raises(gt.GlasstownError, match="cannot use `0` threads"):
        gt.run(world, threads=0)
    for number in (-1, 1000):
        with pytest.raises(gt.GlasstownError, match=f"there is no citizen `{number}`"):
            run.citizen(number)
    with pytest.raises(gt.GlasstownError, match="there is no month `6`"):
        run.citizen(3).dossier(month=6)


def test_a_dossier_is_the_citizens(run: gt.Run) -> None:
    told = run.citizen(999).dossier()
    assert told.citizen == 999
    assert len(told.months) == 6
    assert run.citizen(999).dossier(as_citizen=True).as_citizen


def test_a_notebook_shows_a_table_and_nothing_that_a_title_smuggles_in(run: gt.Run) -> None:
    title = "<script>alert(1)</script>"
    shown = gt.load_world("unictown-campus", citizens=200, months=1)
    object.__setattr__(shown, "title", title)
    text = gt.run(shown)._repr_html_()
    assert title not in text
    assert html.escape(title) in text
    assert "1,000" in run._repr_html_()


def test_a_picture_is_the_reports(run: gt.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    report = SimpleNamespace(picture=lambda of, name: (of, name))
    monkeypatch.setitem(sys.modules, "glasstown.report", report)  # type: ignore[arg-type]
    assert run.picture("tiers") == (run, "tiers")


def test_check_returns_what_a_file_holds(tmp_path: Path) -> None:
    put_files(tmp_path)
    assert isinstance(gt.check(tmp_path / "points.yaml"), gt.Scheme)
    assert isinstance(gt.check(str(tmp_path / "village.yaml")), gt.Nation)
    assert isinstance(gt.check(tmp_path / "plain.yaml"), gt.Conduct)
    assert isinstance(gt.check("unictown-campus"), gt.World)


def test_explain_takes_a_scheme_a_name_or_a_path(tmp_path: Path) -> None:
    put_files(tmp_path)
    said = gt.explain(tmp_path / "points.yaml")
    scheme = gt.check(tmp_path / "points.yaml")
    assert isinstance(scheme, gt.Scheme)
    assert gt.explain(scheme) == said
    assert "Unictown" in gt.explain("unictown-2019")


def test_a_world_found_by_the_back_door_says_how_to_run() -> None:
    code = "from glasstown.world import load_world; load_world('unictown-campus').run()"
    result = subprocess.run(
        [sys.executable, "-c", code], env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert "import glasstown.engine.run first" in result.stderr


# --- verifying --------------------------------------------------------------------------------


def test_the_communities_that_the_machine_lives_alone_make_the_whole(
    world: gt.World, tmp_path: Path
) -> None:
    from glasstown.records import read_record

    few = world.changed({"citizens": 130})
    run = few.run(out=tmp_path / "run")
    machine = verifying._Machine(read_record(tmp_path / "run"))
    alone = [machine.community(number) for number in range(few.communities)]
    assert len(alone) == 3
    assert np.array_equal(sum(alone), run.ledger.values)
    assert [int(counted[0, 0, 0]) for counted in alone] == [50, 50, 30]


@pytest.mark.parametrize("name", ["small.yaml", "ranked.yaml"])
def test_of_a_huge_run_only_a_sample_is_lived_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_files(tmp_path)
    gt.load_world(tmp_path / name).run(out=tmp_path / "run")
    monkeypatch.setattr(verifying, "WHOLE", 100)
    verification = verifying.verify(tmp_path / "run", sample=2)
    assert verification.passed
    assert "run again" not in verification.text()
    assert "2 of 20 communities, lived by the machine and by the reference" in verification.text()
    assert verification.text().rstrip().endswith(", 19).")


def test_a_machine_that_errs_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_files(tmp_path)
    gt.load_world(tmp_path / "small.yaml").run(out=tmp_path / "run")
    right = verifying._Machine.community

    def wrong(self: verifying._Machine, number: int) -> object:
        counted = right(self, number)
        counted[3, 1, 0] += 1
        return counted

    monkeypatch.setattr(verifying._Machine, "community", wrong)
    verification = verifying.verify(tmp_path / "run", sample=1)
    assert not verification.passed
    assert "1 number differs. The first is in month 3, did.study, everyone: the machine has" in (
        verification.text()
    )


def test_verify_needs_a_run(tmp_path: Path) -> None:
    with pytest.raises(RunProblem, match="not a Glasstown run"):
        verifying.verify(tmp_path)
