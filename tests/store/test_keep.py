"""A run in an object store is the run that a folder would hold, and every command finds it."""

import os
from functools import partial
from pathlib import Path

import pytest
from tests.cli import commands
from tests.keep.runs import KINDS, world
from tests.store.server import put_in, system

import glasstown as gt
from glasstown.engine.verify import verify
from glasstown.errors import RunProblem, StoreProblem
from glasstown.records import objects
from glasstown.records.spots import Remote, spot

READERS = (gt.load_run, gt.resume, verify)


def files(folder: Path) -> dict[str, bytes]:
    inside = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in inside}


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_the_same_files(tmp_path: Path, bucket: str, kind: str) -> None:
    asked = world(tmp_path, kind)
    here = asked.run(out=tmp_path / "run")
    there = asked.run(out=f"{bucket}/runs/one")
    assert there.digest == here.digest
    assert there.folder == f"{bucket}/runs/one"
    assert put_in(bucket) == {f"runs/one/{name}": d for name, d in files(tmp_path / "run").items()}
    assert gt.load_run(f"{bucket}/runs/one/").digest == here.digest
    assert gt.resume(f"{bucket}/runs/one").work is None
    assert verify(f"{bucket}/runs/one", sample=1).passed


def test_a_folder_and_a_store_can_be_copied_to_one_another(tmp_path: Path, bucket: str) -> None:
    digest = world(tmp_path, "ranked").run(out=tmp_path / "run").digest
    system().put(f"{tmp_path}/run", f"{bucket}/up", recursive=True)
    assert gt.load_run(f"{bucket}/up").digest == digest
    system().get(f"{bucket}/up", f"{tmp_path}/down", recursive=True)
    assert gt.load_run(tmp_path / "down").digest == digest


def test_every_command_takes_a_url(tmp_path: Path, store: dict[str, str], bucket: str) -> None:
    world(tmp_path, "small")

    def done(*command: object, at: Path) -> str:
        return commands.done(*command, at=at, **store)

    url, size = f"{bucket}/runs/one", ["--citizens", 20_000]
    said = done("run", "small.yaml", *size, "--out", url, at=tmp_path)
    assert f"Kept in {url}\n" in said
    assert f"Next: glasstown report {url}\n" in said
    gt.load_world(tmp_path / "small.yaml", citizens=20_000).run(out=tmp_path / "here")
    for command in (["dossier", "RUN", 12], ["show", "RUN", "--csv"]):
        there, here = (
            done(*[at if part == "RUN" else part for part in command], at=tmp_path)
            for at in (url, "here")
        )
        assert there == here
    assert done("verify", url, "--sample", 1, at=tmp_path).startswith(f"{url}: what was checked is")
    assert "The run is whole" in done("resume", url, at=tmp_path)
    assert done("report", url, at=tmp_path) == (
        f"The report is {url}/report.html. Open it in a browser.\n"
    )
    run = gt.load_run(url)
    assert run.digest in said
    assert run.digest in put_in(url)["report.html"].decode()


@pytest.mark.parametrize("kind", KINDS)
def test_other_kinds_of_place(tmp_path: Path, kind: str) -> None:
    asked = world(tmp_path, kind)
    here = asked.run(out=f"file://{tmp_path}/run")
    assert here.folder == tmp_path / "run"
    assert asked.run(out="memory://runs/one").digest == here.digest
    assert gt.load_run("memory://runs/one").digest == gt.load_run(tmp_path / "run").digest
    assert asked.run(out="memory://runs/one").digest == here.digest
    from fsspec import filesystem

    memory = filesystem("memory")
    assert {p.removeprefix("/runs/one/") for p in memory.find("/runs/one")} == set(
        files(tmp_path / "run")
    )
    memory.rm("/runs", recursive=True)


def test_a_run_of_another_world_stays_unless_it_is_let_go(tmp_path: Path, bucket: str) -> None:
    asked = world(tmp_path, "small")
    url = f"{bucket}/runs/one"
    first = asked.run(out=url)
    beside = asked.changed({"citizens": 600}).run(out=f"{url}-and-more")
    other = asked.changed({"citizens": 500})
    with pytest.raises(RunProblem, match="this folder holds a run of another world"):
        other.run(out=url)
    assert gt.load_run(url).digest == first.digest
    system().pipe(f"{url}/report.html", b"of the old run")
    assert gt.load_run(url).digest != other.run(out=url, replace=True).digest
    assert gt.load_run(url).citizen(3).run.world.citizens == 500
    assert "report.html" not in put_in(url)
    assert gt.load_run(f"{url}-and-more").digest == beside.digest
    system().pipe(f"{url}/letter.txt", b"somebody's")
    with pytest.raises(RunProblem, match=r"the run's folder also holds `letter\.txt`"):
        other.run(out=url, replace=True)
    system().pipe(f"{bucket}/papers/letter.txt", b"somebody's")
    with pytest.raises(RunProblem, match="this folder is not a Glasstown run"):
        other.run(out=f"{bucket}/papers", replace=True)


@pytest.mark.parametrize("name", ["spans.bin", "world.json", "manifest.json", "program.bin"])
def test_a_damaged_object_is_named_and_mended(tmp_path: Path, bucket: str, name: str) -> None:
    asked = world(tmp_path, "ranked")
    url = f"{bucket}/run"
    digest = asked.run(out=url).digest
    whole = put_in(url)
    system().pipe(f"{url}/{name}", whole[name][:700])
    with pytest.raises(RunProblem) as caught:
        gt.load_run(url)
    assert f"{url}/{name}: " in str(caught.value)
    assert f"mend it: glasstown resume {url}" in str(caught.value)
    assert gt.resume(url).digest == digest
    assert put_in(url) == whole


def test_a_large_object_is_put_in_parts_and_whole(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "_AT_ONCE", 6 * 2**20)
    file = spot(f"{bucket}/large")
    assert isinstance(file, Remote)
    parts = [bytes([n]) * (4 * 2**20 + n) for n in range(5)]
    entry = objects.write(file, parts)
    assert put_in(bucket) == {"large": b"".join(parts)}
    assert objects.entry(file) == entry

    def broken() -> "list[bytes]":
        yield from parts  # type: ignore[misc]
        raise LookupError

    with pytest.raises(LookupError):
        objects.write(file / "never", broken())
    assert list(put_in(bucket)) == ["large"]


def test_what_cannot_be_reached_is_said(tmp_path: Path, store: dict[str, str], bucket: str) -> None:
    asked = world(tmp_path, "small")

    def said(*command: object, **more: str) -> str:
        return commands.failed(*command, at=tmp_path, **{**store, **more})

    nowhere = "s3://no-such-bucket/runs/one"
    for ask in (partial(gt.run, asked, out=nowhere), *(partial(f, nowhere) for f in READERS)):
        with pytest.raises(StoreProblem) as caught:
            ask()
        assert str(caught.value) == (
            f"1 problem in {nowhere}\n{nowhere}: there is no bucket `no-such-bucket`\n"
            "    do: check its name and the endpoint, or make it; Glasstown makes no buckets"
        )
    run = ["run", "small.yaml", "--out", f"{bucket}/runs/one"]
    nobody = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "HOME": str(tmp_path)}
    assert f"{bucket}/runs/one: there are no credentials for this store\n" in said(*run, **nobody)
    told = said(*run, AWS_ENDPOINT_URL="http://127.0.0.1:9")
    assert f"{bucket}/runs/one: the store cannot be reached\n    why: Could not connect" in told
    assert "    do: check the network, and the endpoint (AWS_ENDPOINT_URL)\n" in told
    assert put_in(bucket) == {}


def test_a_run_that_is_not_there_has_a_nearest_name(tmp_path: Path, bucket: str) -> None:
    world(tmp_path, "small").run(out=f"{bucket}/runs/first")
    with pytest.raises(RunProblem) as caught:
        gt.load_run(f"{bucket}/runs/frist")
    assert f"{bucket}/runs/frist: there is no such run\n" in str(caught.value)
    assert f"did you mean: {bucket}/runs/first\n" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("s3://bucket", "this names a whole bucket, and a run is a folder in one"),
        ("s3:///", "this names a whole bucket"),
        ("memory://", "this names a whole bucket"),
        ("s4://bucket/run", "`s4://` is no kind of store that fsspec knows"),
        ("file://runs/one", "this URL names no path"),
        ("simplecache::s3://bucket/run", "a URL of several stores is not understood"),
        (Path("s3://bucket/run"), "a URL is given as text, and not as a Path"),
    ],
)
def test_a_url_that_cannot_be_meant_is_refused(url: str, said: str) -> None:
    with pytest.raises(StoreProblem, match=said):
        gt.load_run(url)


def test_what_is_not_installed_is_said(tmp_path: Path) -> None:
    away = tmp_path / "sitecustomize.py"  # as if it were not there
    away.write_text("import sys\nsys.modules['fsspec'] = None\n")
    path = os.pathsep.join([str(tmp_path), commands.ENVIRONMENT["PYTHONPATH"]])
    result = commands.glasstown("show", "s3://b/r", at=tmp_path, PYTHONPATH=path)
    assert result.returncode == 2
    assert result.stderr == (
        "1 problem in s3://b/r\n"
        "s3://b/r: this is a URL, and what reaches stores is not installed\n"
        "    do: pip install 'glasstown[store]'\n"
    )
