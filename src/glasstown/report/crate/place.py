"""Where a crate is put: a folder or a zip file, whole or not at all, and never over anything."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import final

from glasstown.errors import RunProblem
from glasstown.records.places import require_parent
from glasstown.records.refuse import is_full, reason, refusal
from glasstown.records.spots import here

ZIP = ".zip"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16


@final
class Taken(OSError):
    """Something of this name is there."""


@contextmanager
def placed(out: Path | str, first: str) -> Iterator[Path]:
    """A folder to write a crate into, put at `out` when the block ends well, and else removed.

    out: a name that ends in .zip is a zip file's; first: the file that lies in it before others.

    Raises:
        RunProblem: `out` is there already, or cannot be written.
        StoreProblem: it is the URL of a store.
    """
    target = here(out, "crate")
    if os.path.lexists(target):
        raise _taken(target)
    require_parent(target, "crate")
    part = target.with_name(f".{target.name[:200]}.{os.getpid()}.part")
    try:
        try:
            part.mkdir()
            yield part
            if target.suffix == ZIP:
                _put_zip(part, target, first)
            else:
                _put_folder(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except Taken:
        raise _taken(target) from None
    except OSError as error:
        raise _not_written(target, error) from None


def _put_folder(part: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise Taken(str(target))
    part.rename(target)


def _put_zip(part: Path, target: Path, first: str) -> None:
    """The same bytes for the same files: in order, of one day."""
    names = sorted(
        (file.relative_to(part).as_posix() for file in part.rglob("*") if file.is_file()),
        key=lambda name: (name != first, name),
    )
    packed = target.with_name(f"{part.name}{ZIP}")
    try:
        with zipfile.ZipFile(packed, "x") as archive:
            for name in names:
                entry = zipfile.ZipInfo(name, _FIRST_DAY)
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _MODE
                entry.create_system = 3  # Unix everywhere, or the bytes would differ
                with (part / name).open("rb") as file, archive.open(entry, "w") as into:
                    shutil.copyfileobj(file, into)
        with suppress(FileExistsError):
            os.link(packed, target)
            return
        raise Taken(str(target))
    finally:
        packed.unlink(missing_ok=True)


def _taken(target: Path) -> RunProblem:
    return refusal(
        target,
        "there is something of this name already",
        why="a crate is never written over anything",
        remedy="name another folder or .zip file with --out",
    )


def _not_written(target: Path, error: OSError) -> RunProblem:
    said = "the disk is full" if is_full(error) else reason(error)
    return refusal(
        target,
        f"the crate could not be written: {said}",
        why="nothing half-written is left",
        remedy="name a place that you may write to, on a disk with room",
    )
