"""Writing a run folder: whole or not at all, by one writer, over nothing that is not a run."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, final

from glasstown.errors import RunProblem, shown
from glasstown.records.digest import file_digest
from glasstown.records.ledger import Ledger
from glasstown.records.lock import locked
from glasstown.records.manifest import (
    FILES,
    LEDGER,
    LISTING,
    MANIFEST,
    PROGRAM,
    REPORT,
    SIGNALS,
    FileEntry,
    Manifest,
)
from glasstown.records.read import read_manifest
from glasstown.records.refuse import not_written, refusal
from glasstown.records.signals import Signals

_OURS = {MANIFEST, REPORT, *(name.split("/")[0] for name in FILES)}


@contextmanager
def reserve(
    folder: Path | str, world: Mapping[str, Any], replace: bool = False
) -> Iterator[Reservation]:
    """Keep a run folder for one writer, from before the run until it is written.

    Everything that could refuse the run later is asked now: the folder's parent is there (one
    missing level is made) and can be written in, no other process writes the folder, and what is
    there is a run of the same world, or `replace` allows to lose the run of another. Nothing of
    it is touched before `Reservation.write` has the new run whole on the disk.

    Raises:
        RunProblem: the folder is refused; it is as it was.
    """
    target = Path(os.path.realpath(folder))
    require_parent(target)
    lock = target.with_name(f".{target.name}.glasstown-lock")
    try:
        with locked(lock, target):
            reservation = Reservation(target)
            reservation.recover()
            _require_free(target, world, replace)
            reservation.part.mkdir()
            try:
                yield reservation
            finally:
                shutil.rmtree(reservation.part, ignore_errors=True)
    except OSError as error:
        raise not_written(target, error) from None


@final
class Reservation:
    """A run folder that this process alone may write, once."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.part = target.with_name(f".{target.name}.glasstown-part")
        self._old = target.with_name(f".{target.name}.glasstown-old")

    def recover(self) -> None:
        """Mend what a killed writer left: a half-written run goes, a run set aside comes back."""
        shutil.rmtree(self.part, ignore_errors=True)
        if self._old.is_dir():
            if self.target.exists():
                shutil.rmtree(self._old, ignore_errors=True)
            else:
                self._old.rename(self.target)

    def write(
        self,
        *,
        world: Mapping[str, Any],
        digest: str,
        ledger: Ledger,
        signals: Signals,
        program: bytes,
        listing: str,
        version: str,
    ) -> Manifest:
        """Write the run beside its place, make it last, and put it there in one step.

        Raises:
            RunProblem: the disk is full, say; the place is as it was.
        """
        try:
            writers: dict[str, Callable[[BinaryIO], object]] = {
                PROGRAM: lambda file: file.write(program),
                LISTING: lambda file: file.write(listing.encode()),
                LEDGER: lambda file: _parquet(ledger.table(), file),
                SIGNALS: lambda file: _parquet(signals.table(), file),
            }
            entries = {name: self._write(name, writers[name]) for name in FILES}
            manifest = Manifest(world, digest, entries, version, _made_with())
            text = manifest.text().encode()
            self._write(MANIFEST, lambda file: file.write(text))
            for inside in (path for path in self.part.iterdir() if path.is_dir()):
                _sync_folder(inside)
            _sync_folder(self.part)
            self._put_in_place()
        except OSError as error:
            raise not_written(self.target, error) from None
        return manifest

    def _write(self, name: str, writer: Callable[[BinaryIO], object]) -> FileEntry:
        path = self.part / name
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            writer(file)
            file.flush()
            os.fsync(file.fileno())
        return FileEntry(path.stat().st_size, file_digest(path))

    def _put_in_place(self) -> None:
        """A rename: one step over nothing; over a run two, and `recover` mends a kill between."""
        aside = self.target.exists()
        if aside:
            self.target.rename(self._old)
        try:
            self.part.rename(self.target)
        except BaseException:
            if aside:
                self._old.rename(self.target)
            raise
        _sync_folder(self.target.parent)
        shutil.rmtree(self._old, ignore_errors=True)


def require_parent(target: Path, kind: str = "run") -> None:
    """Have a folder to put another in; one missing level is made.

    Raises:
        RunProblem: there is none, and none can be made.
    """
    parent = target.parent
    if parent.is_dir():
        return
    if parent.exists():
        raise refusal(parent, "this is a file, and a folder is wanted", remedy="name a folder")
    try:
        # One level, so that `--out runs/first` works where there is no `runs` yet; a path that
        # leads nowhere is more likely a mistake.
        parent.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise refusal(
            parent,
            f"there is no such folder to put a {kind} in",
            remedy=f"check the path, or make the folder: mkdir -p {shown(parent, 200)[1:-1]}",
        ) from None
    except OSError as error:
        raise not_written(parent, error) from None


def _require_free(target: Path, world: Mapping[str, Any], replace: bool) -> None:
    """Refuse a place that holds anything but a run that may be lost."""
    if not target.exists():
        return
    if not target.is_dir():
        raise refusal(target, "this is a file, and a run is a folder", remedy="name a folder")
    held = sorted(entry.name for entry in os.scandir(target))
    if not held:
        return
    foreign = [name for name in held if name not in _OURS]
    if MANIFEST not in held:
        raise _not_a_run(target, f"it holds {_list(held)}")
    try:
        manifest = read_manifest(target)
    except RunProblem as problem:
        raise _not_a_run(target, problem.problems[0].what) from None
    if foreign:
        raise refusal(
            target,
            f"the run's folder also holds {_list(foreign)}",
            why="Glasstown did not write that, and would delete it with the run",
            remedy="move it elsewhere, or name another folder",
        )
    if manifest.world != world and not replace:
        raise refusal(
            target,
            f"this folder holds a run of another world: {_difference(manifest.world, world)}",
            why="that run would be lost",
            remedy="name another folder with --out, or let it go with --replace",
        )


def _not_a_run(target: Path, why: str) -> RunProblem:
    return refusal(
        target,
        "this folder is not a Glasstown run",
        why=why,
        remedy="name another folder; what is in this one is never replaced",
    )


def _difference(held: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """The first thing in which two worlds differ, for a person."""
    for key in ("world", "citizens", "months", "seed"):
        if held.get(key) != asked.get(key):
            name = "named" if key == "world" else key
            return f"{name} {shown(held.get(key))}, not {shown(asked.get(key))}"
    for key in asked:
        if held.get(key) != asked[key]:
            return f"its {key} {'differ' if key.endswith('s') else 'differs'}"
    return "it differs"


def _list(names: list[str]) -> str:
    return ", ".join(shown(name) for name in names[:3]) + (", ..." if len(names) > 3 else "")


def _parquet(table: Any, file: BinaryIO) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, file, compression="zstd")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems cannot, and then need not
            os.fsync(handle)
    finally:
        os.close(handle)


def _made_with() -> dict[str, str]:
    import numpy

    return {"python": platform.python_version(), "numpy": numpy.__version__}
