"""Reading a run folder that may come from a stranger: every file is doubted, and named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from glasstown.errors import GlasstownError, Place, Problem, RunProblem, nearest
from glasstown.records.begun import how_far, is_unfinished, read_begun
from glasstown.records.digest import run_digest
from glasstown.records.ledger import Ledger
from glasstown.records.making import wrong_spans
from glasstown.records.manifest import (
    FILES,
    LEDGER,
    MANIFEST,
    SIGNALS,
    SPANS,
    WORLD,
    Manifest,
    NotARun,
)
from glasstown.records.refuse import damaged, not_read, refusal, unfinished
from glasstown.records.signals import Signals
from glasstown.records.spots import Remote, Spot, spot
from glasstown.records.store import (
    FileEntry,
    NotAFile,
    entry,
    exists,
    is_file,
    is_folder,
    names,
    read,
    size,
    source,
)
from glasstown.world import World, world_from_dict

_LONGEST_MANIFEST = 16_000_000
_MOST_NEIGHBOURS = 1000
_MOST_COLUMNS = 256
_MOST_SPANS = 12

# What code that expects a world makes of a stranger's data of another shape.
_MISSHAPEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


@final
@dataclass(frozen=True)
class Record:
    """A run as its folder tells it."""

    folder: Spot
    manifest: Manifest
    world: World
    ledger: Ledger
    signals: Signals


def read_manifest(folder: Path | str | Remote) -> Manifest:
    """Read what a run folder says of itself; its other files are not looked at.

    Raises:
        RunProblem: this is not a run, or its manifest is damaged.
    """
    folder = spot(folder)
    require_folder(folder)
    file = folder / MANIFEST
    if is_unfinished(folder):
        raise unfinished(folder, how_far(folder))
    mends = folder if WORLD in names(folder) else None
    try:
        if size(file) > _LONGEST_MANIFEST:
            said = f"the manifest is larger than {_LONGEST_MANIFEST:,} bytes"
            raise damaged(file, said, mends=mends)
        return Manifest.from_text(read(file).decode("utf-8"))
    except FileNotFoundError:
        raise _no_run(folder, f"there is no {MANIFEST} in it") from None
    except NotAFile:
        raise damaged(file, "this is not a file", mends=mends) from None
    except OSError as error:
        raise not_read(file, error) from None
    except NotARun as error:
        said = f"this is not the manifest of a run: {error}"
    except UnicodeDecodeError:
        said = "this is not the manifest of a run: it is not UTF-8"
    except ValueError as error:
        said = f"the manifest is damaged: {error}"
    raise damaged(file, said, mends=mends)


def read_record(folder: Path | str | Remote) -> Record:
    """Read a run folder, and see that its ledger and signals are those of its world.

    Raises:
        RunProblem: this is not a run, or it is damaged; all damaged files are named.
    """
    folder = spot(folder)
    manifest = read_manifest(folder)
    problems = tuple(problem for _, problem in wrong_files(folder, manifest) if problem)
    if problems:
        raise RunProblem(problems)
    world = read_world(folder / MANIFEST, manifest.world)
    ledger = _ledger(folder / LEDGER, world)
    signals = read_signals(folder / SIGNALS, world.months)
    if run_digest(manifest.world, ledger, signals) != manifest.digest:
        raise damaged(
            folder / MANIFEST,
            "the run's digest is not that of its world and ledger",
            why="one of them was changed after the run",
        )
    return Record(folder, manifest, world, ledger, signals)


def wrong_files(folder: Spot, manifest: Manifest) -> Iterator[tuple[str, Problem | None]]:
    """Each file that the manifest names, with what is wrong with it; None where nothing is."""
    for name in FILES:
        yield name, wrong_file(folder, name, manifest.files[name])


def wrong_file(folder: Spot, name: str, wanted: FileEntry) -> Problem | None:
    """What is wrong with a file of a run; None where nothing is."""
    file = folder / name
    try:
        if size(file) != wanted.bytes:
            said = "this file is not as it was written: its size differs"
        elif entry(file) != wanted:
            said = "this file is not as it was written: its SHA-256 differs"
        else:
            return None
    except FileNotFoundError:
        said = "this file of the run is missing"
    except NotAFile:
        said = "this is not a file"
    except OSError as error:
        return not_read(file, error).problems[0]
    return damaged(file, said, _which_spans(folder, name), mends=folder).problems[0]


def _which_spans(folder: Spot, name: str) -> str:
    """Which spans are lost with a file, in words."""
    try:
        begun = read_begun(folder) if name == SPANS else None
    except RunProblem:
        return ""
    if begun is None:
        return ""
    count, first = wrong_spans(folder, begun, _MOST_SPANS)
    told = ", ".join(map(str, first)) + (", ..." if count > len(first) else "")
    return f"{count} of {begun.spans} spans are not there: {told}" if count else ""


def read_world(file: Spot, world: Mapping[str, Any]) -> World:
    """The world that a file of a run holds.

    Raises:
        RunProblem: it is not in order.
    """
    name = "the manifest" if file.name == MANIFEST else "it"
    try:
        return world_from_dict(dict(world))
    except GlasstownError as error:
        raise RunProblem(
            Problem(
                Place(str(file)),
                f"the world in {name} is not in order: {problem.what}",
                problem.why,
                problem.remedy,
                problem.nearest,
            )
            for problem in error.problems
        ) from None
    except _MISSHAPEN as error:
        said = f"{type(error).__name__}: {_first_line(error)}"
        raise damaged(file, f"the world in {name} cannot be read ({said})") from None


def _ledger(file: Spot, world: World) -> Ledger:
    cells = tuple((cell.by, cell.group) for cell in world.cells)
    table = _table(file, world.months * len(world.measures) * len(cells))
    try:
        ledger = Ledger.from_table(table)
    except Exception as error:  # whatever Arrow makes of a stranger's file
        raise damaged(file, f"this is not the ledger of a run: {_first_line(error)}") from None
    if (ledger.months, ledger.measures, ledger.cells) != (world.months, world.measures, cells):
        raise damaged(file, "this ledger does not count what the run's world counts")
    return ledger


def read_signals(file: Spot, months: int) -> Signals:
    """The signals that a file of a run holds.

    Raises:
        RunProblem: it holds none, or not of so many months.
    """
    table = _table(file, months)
    try:
        return Signals.from_table(table)
    except Exception as error:  # whatever Arrow makes of a stranger's file
        raise damaged(file, f"these are not the signals of a run: {_first_line(error)}") from None


def _table(file: Spot, rows: int) -> Any:
    """A Parquet file whose number of rows is known before it is read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if size(file) > _largest(_MOST_COLUMNS, rows):
            raise damaged(file, "the file is larger than its rows can be")
        with pq.ParquetFile(source(file)) as parquet:
            found = parquet.metadata
            if found.num_rows != rows:
                raise damaged(
                    file, f"the file holds {found.num_rows:,} rows, and its world {rows:,}"
                )
            groups = (found.row_group(i) for i in range(found.num_row_groups))
            if sum(g.total_byte_size for g in groups) > _largest(found.num_columns, rows):
                raise damaged(file, "the file unpacks to more than its rows can hold")
            return parquet.read()
    except (pa.ArrowException, OSError, ValueError) as error:
        raise damaged(file, f"this is not a Parquet file: {_first_line(error)}") from None


def _largest(columns: int, rows: int) -> int:
    """Bytes that an honest table of numbers and short names stays below."""
    return 16_000_000 + 16 * columns * rows


def require_folder(folder: Spot) -> None:
    """See that a run's folder is a folder.

    Raises:
        RunProblem: it is none, or there is none; the nearest name is given.
    """
    if is_folder(folder):
        return
    if folder.name == MANIFEST and is_file(folder):
        raise refusal(
            folder, "this is a file, and a run's folder is wanted", nearest=str(folder.parent)
        )
    if exists(folder):
        raise refusal(folder, "this is a file, and a run is a folder", remedy="name a run's folder")
    close = nearest(folder.name, sorted(_neighbours(folder)))
    raise refusal(
        folder,
        "there is no such run",
        remedy="check the name; `glasstown run WORLD` makes a run",
        nearest=str(folder.parent / close) if close else "",
    )


def _neighbours(folder: Spot) -> list[str]:
    if isinstance(folder, Remote):
        return names(folder.parent)[:_MOST_NEIGHBOURS]
    with suppress(OSError, ValueError), os.scandir(folder.parent) as entries:
        return [e.name for e, _ in zip(entries, range(_MOST_NEIGHBOURS), strict=False)]
    return []


def _no_run(folder: Spot, why: str) -> RunProblem:
    return refusal(
        folder,
        "this folder is not a Glasstown run",
        why=why,
        remedy="name a folder that `glasstown run` has written",
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].lower() or type(error).__name__
