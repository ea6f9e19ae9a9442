"""Run folders from strangers: each wrong file is named, and nothing worse happens."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.records.made import made_ledger, small_world, write

from glasstown.errors import RunProblem
from glasstown.records import FILES, read_manifest, read_record
from glasstown.records.begun import Begun
from glasstown.records.manifest import own_digest
from glasstown.records.sealed import seal

WORLD = small_world()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    write(tmp_path / "run", WORLD)
    return tmp_path / "run"


def refusal(folder: Path) -> str:
    with pytest.raises(RunProblem) as caught:
        read_record(folder)
    return str(caught.value)


def change(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change a manifest and put its own digest right, as a forger would."""
    file = folder / "manifest.json"
    data = json.loads(file.read_text())
    edit(data)
    data["sha256"] = own_digest(data)
    file.write_text(json.dumps(data))


def sign(folder: Path, name: str) -> None:
    """Put the digest of a file into the manifest, as a forger would."""
    raw = (folder / name).read_bytes()
    entry = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    change(folder, lambda data: data["files"].update({name: entry}))


# --- is it a run ------------------------------------------------------------------------------


def test_a_missing_run_suggests_its_neighbour(run: Path) -> None:
    run.rename(run.with_name("first-run"))
    assert refusal(run.with_name("frist-run")) == (
        f"1 problem in {run.parent}/frist-run\n"
        f"{run.parent}/frist-run: there is no such run\n"
        f"    did you mean: {run.parent}/first-run\n"
        "    do: check the name; `glasstown run WORLD` makes a run"
    )


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    said = refusal(tmp_path)
    assert "this folder is not a Glasstown run\n    why: there is no manifest.json in it" in said


def test_a_file_where_a_folder_should_be(run: Path) -> None:
    said = refusal(run / "manifest.json")
    assert f"a run's folder is wanted\n    did you mean: {run}" in said
    assert "this is a file, and a run is a folder" in refusal(run / "program.bin")


# --- the manifest -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is not JSON: line 1"),
        (b"{", "it is not JSON: line 1"),
        (b"\xff\xfe{", "it is not UTF-8"),
        (b"null", "does not call itself a Glasstown run"),
        (b"[" * 200_000, "it nests too deep"),
        (b'{"glasstown_run": 1, "glasstown_run": 1}', "a name is given twice"),
        (b'{"glasstown_run": NaN}', "NaN is not a number"),
        (b'{"glasstown_run": 1e999}', "not the version of a run folder"),
        (b'{"glasstown_run": ' + b"9" * 5000 + b"}", "the manifest is damaged"),
        (b'{"glasstown_run": 2}', "of version 2, and this Glasstown reads up to 1"),
        (b'{"glasstown_run": 1}', "`world` is missing or not a mapping"),
    ],
)
def test_a_manifest_that_is_none(run: Path, content: bytes, said: str) -> None:
    (run / "manifest.json").write_bytes(content)
    text = refusal(run)
    assert f"{run}/manifest.json: " in text
    assert said in text


def test_a_huge_manifest_is_not_read(run: Path) -> None:
    with (run / "manifest.json").open("ab") as file:
        file.truncate(20_000_000_000)
    assert "the manifest is larger than 16,000,000 bytes" in refusal(run)


@pytest.mark.parametrize("part", range(16))
def test_a_truncated_manifest_is_named(run: Path, part: int) -> None:
    file = run / "manifest.json"
    raw = file.read_bytes()
    file.write_bytes(raw[: len(raw) * part // 16])
    assert f"{file}: this is not the manifest of a run" in refusal(run)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda d: d.update(seed=2), "`seed` is not the seed of `world`"),
        (lambda d: d.update(digest="x"), "`digest` is not a SHA-256"),
        (lambda d: d.update(digest="0" * 64), "the run's digest is not that of its world"),
        (lambda d: d["world"].update(title="other"), "the run's digest is not that"),
        (lambda d: d["world"].update(title=[]), "its name, title or about is no text"),
        (lambda d: d["world"].pop("months"), "`world` is not a whole world"),
        (lambda d: d.update(made_with={"python": 3}), "something else than versions"),
        (lambda d: d["files"].update({"../../etc/passwd": {}}), "`files` must name"),
        (lambda d: d["files"].pop("program.bin"), "`files` must name"),
        (lambda d: d["files"].update({"program.bin": 7}), "no size and SHA-256 of program.bin"),
        (lambda d: d["files"]["program.bin"].update(bytes=True), "its size differs"),
        (lambda d: d["files"]["program.bin"].update(bytes=-1), "no size and SHA-256"),
    ],
)
def test_a_manifest_changed_by_hand(
    run: Path, edit: Callable[[dict[str, Any]], object], said: str
) -> None:
    change(run, edit)
    assert said in refusal(run)


@pytest.mark.parametrize(
    "edit",
    [
        lambda w: w.update(schemes=7),
        lambda w: w.update(schemes=[7]),
        lambda w: w.update(schemes=[{}]),
        lambda w: w.update(schemes=[w["schemes"][0], w["schemes"][0]]),
        lambda w: w.update(nation=None),
        lambda w: w.update(nation=[]),
        lambda w: w.update(conduct="x"),
        lambda w: w.update(by=["nobody"]),
        lambda w: w.update(by={"a": 1}),
        lambda w: w.update(by=["student*" * 50 + "home"]),
        lambda w: w.update(months=0),
        lambda w: w.update(months=10**9),
        lambda w: w.update(citizens=-1),
        lambda w: w.update(citizens=2**80),
        lambda w: w["schemes"][0]["rules"].update(evil={"when": "__import__('os')"}),
        lambda w: w["schemes"][0].update(score={"range": [0, "1e400"], "start": 0}),
        lambda w: w["nation"]["traits"].update(x={"share": "400%"}),
    ],
)
def test_a_world_that_is_none(run: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    change(run, lambda data: edit(data["world"]))
    assert f"{run}/manifest.json: the world in the manifest" in refusal(run)


# --- the other files --------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("how", ["cut", "changed", "missing", "folder", "pipe"])
def test_a_damaged_file_is_named(run: Path, name: str, how: str) -> None:
    file = run / name
    raw = file.read_bytes()
    file.unlink()
    if how == "cut":
        file.write_bytes(raw[:-1])
    elif how == "changed":
        file.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    elif how == "folder":
        file.mkdir()
    elif how == "pipe":
        os.mkfifo(file)
    said = refusal(run)
    assert f"{file}: this " in said
    assert said.startswith("1 problem in ")


def test_every_damaged_file_is_named_at_once(run: Path) -> None:
    for name in FILES:
        (run / name).unlink()
    said = refusal(run)
    assert said.startswith("6 problems in 6 files")
    assert all(f"{run / name}: this file of the run is missing" in said for name in FILES)


def forged(run: Path, table: pa.Table) -> str:
    pq.write_table(table, run / "ledger/ledger.parquet")
    sign(run, "ledger/ledger.parquet")
    return refusal(run)


def test_a_forged_ledger_is_refused(run: Path) -> None:
    table = made_ledger(WORLD).table()
    assert "the file holds 4 rows" in forged(run, table.slice(0, 4))
    assert "its columns are not month, measure" in forged(run, table.drop_columns(["by"]))
    assert "rows are not in the order" in forged(run, table.take(list(range(len(table)))[::-1]))
    assert "the run's digest is not that of its world" in forged(run, made_ledger(WORLD, 5).table())
    renamed = table.set_column(
        1, "measure", pa.array([f"{m}x" for m in table["measure"].to_pylist()])
    )
    assert "does not count what the run's world counts" in forged(run, renamed)
    holes = table.set_column(4, "value", pa.array([None, *table["value"].to_pylist()[1:]]))
    assert "this is not the ledger of a run" in forged(run, holes)
    assert f"{run}/ledger/ledger.parquet: " in forged(run, table.slice(1))


def test_a_bomb_is_not_unpacked(run: Path) -> None:
    """A few kilobytes of Parquet that would become gigabytes."""
    rows = made_ledger(WORLD).values.size
    long = pa.array([f"{i % 300}" + "x" * 100_000 for i in range(rows)])
    columns = {
        "month": pa.array(np.zeros(rows, dtype=np.int32)),
        "measure": long,
        "by": long,
        "group": long,
        "value": pa.array(np.zeros(rows, dtype=np.int64)),
    }
    table = pa.table(columns)
    pq.write_table(table, run / "ledger/ledger.parquet", compression="zstd", use_dictionary=False)
    sign(run, "ledger/ledger.parquet")
    assert (run / "ledger/ledger.parquet").stat().st_size < 2_000_000
    assert "the file unpacks to more than its rows can hold" in refusal(run)


@pytest.mark.parametrize("name", ["ledger/ledger.parquet", "signals/signals.parquet"])
@pytest.mark.parametrize("seed", range(12))
def test_a_scrambled_file_is_refused_and_nothing_worse(run: Path, name: str, seed: int) -> None:
    file = run / name
    raw = bytearray(file.read_bytes())
    luck = np.random.default_rng(seed)
    for place in luck.integers(0, len(raw), size=1 + seed):
        raw[place] = luck.integers(0, 256)
    file.write_bytes(bytes(raw))
    sign(run, name)
    try:
        read_record(run)
    except RunProblem as problem:
        assert str(run) in str(problem)  # noqa: PT017


@pytest.mark.parametrize("count", [2, 10**15])
def test_spans_that_a_stranger_claims_cost_nothing(run: Path, count: int) -> None:
    claimed = claim_spans(run, count)
    (run / "spans.bin").write_bytes(seal({"run": claimed.key, "span": 0}, []) + b"more")
    shown = "1" if count == 2 else "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, ..."
    assert f"why: {count - 1} of {count} spans are not there: {shown}\n" in refusal(run)


@pytest.mark.parametrize("span", [[], {}, "0", None, -1, True, 1.0, 10**30])
def test_a_piece_of_no_span_is_none(run: Path, span: object) -> None:
    claimed = claim_spans(run, 2)
    (run / "spans.bin").write_bytes(seal({"run": claimed.key, "span": span}, []))
    assert "why: 2 of 2 spans are not there: 0, 1\n" in refusal(run)


def claim_spans(folder: Path, count: int) -> Begun:
    """Have a run say that it was lived in so many spans, as a forger would."""
    file = folder / "world.json"
    claimed = replace(Begun.from_text(file.read_text()), spans=count)
    file.write_text(claimed.text())
    sign(folder, "world.json")
    return claimed


def test_words_in_a_manifest_cannot_move_a_cursor(run: Path) -> None:
    change(run, lambda d: d["world"]["schemes"][0].update(scheme="\x1b[2Jred"))
    assert "\x1b" not in refusal(run)


def test_a_run_can_be_moved_and_copied(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run, tmp_path / "copy")
    assert read_manifest(tmp_path / "copy") == read_manifest(run)
    assert read_record(tmp_path / "copy").ledger == made_ledger(WORLD)
