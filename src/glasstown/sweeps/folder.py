"""A sweep's folder: finished runs are kept one by one, and made into one table at the end."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.errors import RunProblem
from glasstown.records import disk
from glasstown.records.lock import locked
from glasstown.records.places import require_parent
from glasstown.records.refuse import (
    a_file,
    holds_more,
    is_full,
    not_one,
    reason,
    refusal,
    would_be_lost,
)
from glasstown.sweeps.ask import Ask
from glasstown.sweeps.manifest import FORMAT, MANIFEST, difference, read
from glasstown.sweeps.store import Store
from glasstown.sweeps.table import pieces, schema

TABLE = "table.parquet"
REPORT = "report.html"
PARTS = "parts"

_OURS = {MANIFEST, TABLE, REPORT, PARTS}
_HALF = re.compile(r"\.report\.html\.[0-9]+\.part")
"""What a killed writer of the report may have left."""


@contextmanager
def opened(folder: Path | str, ask: Ask, replace: bool = False) -> Iterator[Folder]:
    """Keep a folder for one writer, with what is finished in it of the same sweep.

    Raises:
        RunProblem: another sweep or something else lies there, or somebody writes it.
    """
    target = Path(os.path.realpath(folder))
    require_parent(target, "sweep")
    lock = target.with_name(f".{target.name}.glasstown-lock")
    try:
        with locked(lock, target, "sweep"):
            _make_way(target, ask, replace)
            made = Folder(target, ask)
            made.begin()
            yield made
    except OSError as error:
        raise _stopped(target, error) from None


def is_finished(folder: Path | str, ask: Ask) -> bool:
    """Whether all of a sweep is in a folder already."""
    target = Path(os.path.realpath(folder))
    try:
        manifest = read(target)
    except RunProblem:
        return False
    return bool(manifest["digest"] == ask.digest) and _whole(target, manifest)


@final
class Folder(Store):
    """A sweep's folder, of which this process is the one writer."""

    def __init__(self, target: Path, ask: Ask) -> None:
        self.target = target
        self.ask = ask
        self._parts = target / PARTS
        self._done: set[int] = set()

    def begin(self) -> None:
        """Make the folder, or find what is finished in it."""
        manifest = read(self.target) if (self.target / MANIFEST).exists() else None
        if manifest is None:
            self.target.mkdir(exist_ok=True)
            self._say({})
            disk.sync([self.target.parent])
        elif _whole(self.target, manifest):
            self._done = set(range(self.ask.runs))
            shutil.rmtree(self._parts, ignore_errors=True)
            return
        self._parts.mkdir(exist_ok=True)
        for file in self._parts.iterdir():
            if file.suffix != ".part":
                file.unlink()
            elif self._read(file) is not None:
                self._done.add(int(file.stem))

    @property
    def whole(self) -> bool:
        """Whether the table is there, and nothing is left to run."""
        return not self._parts.exists()

    def done(self) -> frozenset[int]:
        """The runs that are finished, by number."""
        return frozenset(self._done)

    def keep(self, run: int, counted: NDArray[np.int64]) -> None:
        """Keep what a run counted; once this returns, no kill and no power cut takes it away."""
        body = np.ascontiguousarray(counted, dtype="<i8").tobytes()
        head = {
            "ask": self.ask.digest,
            "run": run,
            "shape": counted.shape,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        disk.write(self._part(run), [json.dumps(head).encode() + b"\n", body], durable=True)
        self._done.add(run)

    def counted(self, run: int) -> NDArray[np.int64]:
        """What a finished run counted."""
        found = self._read(self._part(run))
        if found is None:
            raise refusal(
                self._part(run),
                "this finished run is no longer as it was written",
                remedy="give the same command again: what is missing is run again",
            )
        return found

    def finish(self) -> None:
        """Make one table of all runs, and let go of them one by one."""
        if self.whole:
            return
        import pyarrow.parquet as pq

        table = self.target / TABLE
        with (
            disk.replacing(table, durable=True) as file,
            pq.ParquetWriter(file, schema(self.ask), compression="zstd") as writer,
        ):
            for piece in pieces(self.ask, self.counted):
                writer.write_table(piece, row_group_size=max(piece.num_rows, 1))
        self._say({TABLE: disk.file_digest(table)})
        shutil.rmtree(self._parts, ignore_errors=True)

    def _part(self, run: int) -> Path:
        return self._parts / f"{run:06d}.part"

    def _read(self, file: Path) -> NDArray[np.int64] | None:
        """What a file of a finished run holds; None if that is not whole or not of this sweep."""
        try:
            head, _, body = file.read_bytes().partition(b"\n")
            said = json.loads(head)
            same = said["ask"] == self.ask.digest and f"{said['run']:06d}" == file.stem
            if not same or hashlib.sha256(body).hexdigest() != said["sha256"]:
                return None
            return np.frombuffer(body, dtype="<i8").reshape(said["shape"])
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def _say(self, files: Mapping[str, str]) -> None:
        data = {
            "glasstown_sweep": FORMAT,
            "digest": self.ask.digest,
            "files": dict(files),
            "ask": self.ask.to_dict(),
        }
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        disk.write(self.target / MANIFEST, [text.encode()], durable=True)
        disk.sync([self.target])


def _make_way(target: Path, ask: Ask, replace: bool) -> None:
    """Refuse a place that holds anything but this sweep, or another that may be lost."""
    old = target.with_name(f".{target.name}.glasstown-old")
    shutil.rmtree(old, ignore_errors=True)
    if not target.exists():
        return
    if not target.is_dir():
        raise a_file(target, "sweep")
    held = disk.names(target)
    foreign = [name for name in held if name not in _OURS and not _HALF.fullmatch(name)]
    if MANIFEST not in held:
        if not foreign and PARTS not in held and TABLE not in held:
            return  # empty, or begun and killed before it said anything
        raise not_one(target, "sweep", "it has no manifest")
    try:
        manifest = read(target)
    except RunProblem as error:
        raise not_one(target, "sweep", error.problems[0].what) from None
    if manifest["digest"] == ask.digest:
        return
    if not replace:
        differs = difference(manifest["ask"], ask.to_dict())
        raise would_be_lost(target, "sweep", f"another sweep: {differs}")
    if foreign:
        raise holds_more(target, "sweep", f"`{foreign[0]}`")
    target.rename(old)
    shutil.rmtree(old, ignore_errors=True)


def _whole(target: Path, manifest: Mapping[str, Any]) -> bool:
    table = target / TABLE
    wanted = manifest["files"].get(TABLE)
    return bool(wanted) and table.is_file() and disk.file_digest(table) == wanted


def _stopped(target: Path, error: OSError) -> RunProblem:
    full = is_full(error)
    return refusal(
        target,
        f"the sweep cannot go on: {'the disk is full' if full else reason(error)}",
        why="the runs that were finished are kept, if there are any",
        remedy="make room, and give the same command again"
        if full
        else "check that you may write there, or name another folder with --out",
    )
