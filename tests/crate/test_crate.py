"""A run as an RO-Crate: what the specification asks, what lies in it, and what is refused."""

from __future__ import annotations

import errno
import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.cli.commands import done, failed, put_files
from tests.crate.spec import NAME, check, graph, references
from tests.report.made import SHAPES
from tests.worlds import worlds

import glasstown as gt
from glasstown import __version__
from glasstown import world as world_library
from glasstown.records import FILES, MANIFEST
from glasstown.report import odd, write_crate, write_report
from glasstown.report.crate import pack as packing
from glasstown.report.crate.sources import write_sources

DAY = "2026-03-31"
ADA = "Ada Lovelace <https://orcid.org/0000-0002-1825-0097>"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small world's files, its run and the run's report."""
    folder = put_files(tmp_path_factory.mktemp("ran"))
    done("run", "small.yaml", "--quiet", at=folder)
    return folder


@pytest.fixture(scope="module")
def kept(ran: Path) -> gt.Run:
    return gt.load_run(ran / "runs/small")


# --- the specification --------------------------------------------------------------------------


@pytest.mark.parametrize("name", world_library.names())
def test_every_world_of_the_library_makes_a_crate(name: str, tmp_path: Path) -> None:
    run = gt.load_world(name, citizens=240, months=1).run(out=tmp_path / "run")
    crate = write_crate(run, tmp_path / "crate", [ADA], LICENCE, DAY)
    check(crate)
    again = gt.load_world(crate / "files/world.yaml")
    assert again.to_dict() == run.world.to_dict()


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "campus"])
def test_every_shape_of_world_makes_a_crate(shape: str, tmp_path: Path) -> None:
    run = SHAPES[shape]().run(out=tmp_path / "run")
    crate = write_crate(run, tmp_path / "crate", ["Žofie Ó"], "", DAY)
    check(crate)
    assert "\u202e" not in (crate / NAME).read_text(encoding="utf-8")
    if shape == "hostile":  # no file can hold such texts
        assert not (crate / "files").exists()
        assert references(graph(crate)["#run"]["object"]) == ["run/world.json"]
        assert "javascript" not in "".join(graph(crate))


def test_the_check_finds_what_is_wrong(kept: gt.Run, tmp_path: Path) -> None:
    crate = write_crate(kept, tmp_path / "crate", day=DAY)
    check(crate)
    whole = (crate / NAME).read_text(encoding="utf-8")
    for wrong in (
        whole.replace('"Dataset"', '"CreativeWork"'),
        whole.replace(f'"{DAY}"', '"31 March"'),
        whole.replace('"@id": "ledger.csv"', '"@id": "ledger.txt"'),
        whole.replace("crate/1.2/context", "crate/1.1/context"),
    ):
        assert wrong != whole
        (crate / NAME).write_text(wrong, encoding="utf-8")
        with pytest.raises((AssertionError, KeyError, ValueError)):
            check(crate)
    (crate / NAME).write_text(whole, encoding="utf-8")
    (crate / "more.txt").write_text("more")
    with pytest.raises(AssertionError):
        check(crate)


# --- what lies in it ------------------------------------------------------------------------------


def test_what_a_crate_says(kept: gt.Run, tmp_path: Path) -> None:
    crate = write_crate(kept, tmp_path / "crate", [ADA, "Grace Hopper"], LICENCE, DAY)
    known = graph(crate)
    root = known["./"]
    assert root["name"] == "Run of A village that counts points"
    assert root["datePublished"] == DAY
    assert root["license"] == {"@id": LICENCE}
    assert [known[name]["name"] for name in references(root["author"])] == [
        "Ada Lovelace",
        "Grace Hopper",
    ]
    assert "https://orcid.org/0000-0002-1825-0097" in known
    assert known["#digest"]["value"] == kept.digest
    ran = known["#run"]
    assert known[ran["instrument"]["@id"]]["version"] == __version__
    assert references(ran["object"]) == [
        "files/world.yaml",
        "files/schemes/points.yaml",
        "files/nation.yaml",
        "files/conduct.yaml",
    ]
    assert references(ran["result"]) == [f"run/{name}" for name in (MANIFEST, *FILES)]
    assert references(known["#export"]["agent"]) == references(root["author"])
    assert "endTime" not in ran  # nobody knows


def test_what_was_not_said_is_not_made_up(kept: gt.Run, tmp_path: Path) -> None:
    root = graph(write_crate(kept, tmp_path / "crate", day=DAY))["./"]
    assert "author" not in root
    assert root["license"].startswith("No licence was named")
    assert "citation" not in root


def test_sources_are_cited(tmp_path: Path) -> None:
    world = gt.load_world("unictown-campus", citizens=240, months=1)
    known = graph(write_crate(world.run(out=tmp_path / "run"), tmp_path / "crate"))
    cited = references(known["./"]["citation"])
    sources = [
        source
        for model in (*world.schemes, world.nation, world.conduct)
        for source in model.sources.values()
    ]
    assert set(cited) == {source.url for source in sources if source.url}
    based = [known[name]["name"] for name in references(known["./"]["isBasedOn"])]
    assert set(based) == {source.title for source in sources if not source.url}
    shine = known["https://archive.shine.cn/nation/Blacklist-for-defaulters/shdaily.shtml"]
    assert "17.46 m purchases" in shine["description"]  # as one file says
    assert "0.72 and 0.16 a year" in shine["description"]  # and another


def test_the_run_in_a_crate_is_whole_and_its_files_give_it_again(ran: Path, tmp_path: Path) -> None:
    said = done(
        "export", "runs/small", "--ro-crate", "--out", tmp_path / "crate", "--date", DAY, at=ran
    )
    assert said == f"The run is packed in {tmp_path / 'crate'}.\n"
    crate = tmp_path / "crate"
    check(crate)
    done("verify", "run", "--sample", "1", at=crate)
    done("run", "files/world.yaml", "--out", tmp_path / "again", "--quiet", at=crate)
    first, again = gt.load_run(crate / "run"), gt.load_run(tmp_path / "again")
    assert again.digest == first.digest
    assert (crate / "ledger.csv").read_text() == done("show", "run", "--csv", at=crate)
    text = (crate / "odd.md").read_text(encoding="utf-8")
    assert "\nglasstown run files/world.yaml\n" in text
    assert text == odd(first.world, command="glasstown run files/world.yaml")
    assert (crate / "odd.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not (crate / "report.html").exists()


def test_a_report_goes_along(tmp_path: Path) -> None:
    run = SHAPES["one_month"]().run(out=tmp_path / "run")
    write_report(run, tmp_path / "run/report.html")
    crate = write_crate(run, tmp_path / "crate", day=DAY)
    check(crate)
    assert (crate / "report.html").read_bytes() == (tmp_path / "run/report.html").read_bytes()


def test_a_zip_holds_the_same_and_is_the_same_each_time(kept: gt.Run, tmp_path: Path) -> None:
    folder = write_crate(kept, tmp_path / "crate", [ADA], LICENCE, DAY)
    for name in ("one.zip", "two.zip"):
        write_crate(kept, tmp_path / name, [ADA], LICENCE, DAY)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist()[0] == NAME
        for name in archive.namelist():
            assert archive.read(name) == (folder / name).read_bytes()
        archive.extractall(tmp_path / "out")
    check(tmp_path / "out")


def test_a_run_in_a_store_is_exported(tmp_path: Path) -> None:
    run = SHAPES["one_month"]().run(out="memory://runs/month")
    check(write_crate(gt.load_run("memory://runs/month"), tmp_path / "crate", day=DAY))
    assert run.folder == "memory://runs/month"


# --- what is refused ------------------------------------------------------------------------------


def test_nothing_is_ever_written_over(ran: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.zip").write_text("mine")
    os.symlink("nowhere", tmp_path / "link")
    for name in ("folder", "file.zip", "link"):
        said = failed("export", ran / "runs/small", "--ro-crate", "--out", name, at=tmp_path)
        assert said == (
            f"1 problem in {name}\n"
            f"{name}: there is something of this name already\n"
            "    why: a crate is never written over anything\n"
            "    do: name another folder or .zip file with --out\n"
        )
    assert sorted(os.listdir(tmp_path)) == ["file.zip", "folder", "link"]
    assert (tmp_path / "file.zip").read_text() == "mine"


def test_without_a_place_it_is_a_zip_file_here(ran: Path, tmp_path: Path) -> None:
    said = done("export", ran / "runs/small", "--ro-crate", at=tmp_path)
    assert said == "The run is packed in small.ro-crate.zip.\n"
    assert os.listdir(tmp_path) == ["small.ro-crate.zip"]


def test_what_is_not_understood_is_said_at_once(ran: Path, tmp_path: Path) -> None:
    run = ran / "runs/small"
    assert "do: add --ro-crate" in failed("export", run, at=tmp_path)
    options = ["--author", "<ada>", "--licence", "MIT", "--date", "31.3.2026"]
    said = failed("export", run, "--ro-crate", *options, at=tmp_path)
    assert said.startswith("3 problems in 3 files\n")
    assert "--author: `<ada>` is not an author" in said
    assert "--licence: `MIT` is not the address of a licence" in said
    assert "--date: `31.3.2026` is not a day" in said
    said = failed("export", run, "--ro-crate", "--out", "no/such/crate", at=tmp_path)
    assert "there is no such folder to put a crate in" in said
    said = failed("export", run, "--ro-crate", "--out", "s3://bucket/crate", at=tmp_path)
    assert "a crate is kept on a disk, and this is a URL" in said
    assert "this folder is not a Glasstown run" in failed("export", ".", "--ro-crate", at=tmp_path)
    assert os.listdir(tmp_path) == []


def test_a_damaged_run_is_not_published(kept: gt.Run, tmp_path: Path) -> None:
    run = SHAPES["one_month"]().run(out=tmp_path / "run")
    (tmp_path / "run/program.txt").write_text("something else")
    with pytest.raises(gt.GlasstownError, match="changed while the run was exported"):
        write_crate(run, tmp_path / "crate")
    said = failed("export", "run", "--ro-crate", at=tmp_path)
    assert "this file is not as it was written" in said
    manifest = json.loads((tmp_path / "run/manifest.json").read_text(encoding="utf-8"))
    assert manifest["digest"] == run.digest
    assert os.listdir(tmp_path) == ["run"]


def test_a_run_that_is_kept_nowhere_is_refused(tmp_path: Path) -> None:
    run = SHAPES["one_month"]().run()
    with pytest.raises(gt.GlasstownError, match="this run is kept nowhere"):
        write_crate(run, tmp_path / "crate")


@pytest.mark.parametrize("name", ["crate", "crate.zip"])
@pytest.mark.parametrize(
    "end", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()]
)
def test_nothing_half_written_is_left(
    kept: gt.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, end: BaseException
) -> None:
    def stop(*_: object) -> str:
        raise end

    monkeypatch.setitem(packing.__globals__, "metadata", stop)
    if isinstance(end, OSError):
        with pytest.raises(gt.GlasstownError, match="could not be written: the disk is full"):
            write_crate(kept, tmp_path / name)
    else:
        with pytest.raises(KeyboardInterrupt):
            write_crate(kept, tmp_path / name)
    assert os.listdir(tmp_path) == []


@settings(max_examples=20, deadline=None)
@given(made=worlds())
def test_any_world_is_written_as_files_that_read_back(
    made: gt.World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("world")
    assert write_sources(made, folder)[0] == "files/world.yaml"
    assert gt.load_world(folder / "files/world.yaml").to_dict() == made.to_dict()
