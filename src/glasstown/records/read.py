"""Reading a run folder that may come from a stranger: every file is doubted, and named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from glasstown.errors import GlasstownError, Place, Problem, RunProblem, nearest
from glasstown.records.digest import file_digest, run_digest
from glasstown.records.ledger import Ledger
from glasstown.records.manifest import FILES, LEDGER, MANIFEST, SIGNALS, Manifest, NotARun
from glasstown.records.refuse import damaged, not_read, refusal
from glasstown.records.signals import Signals
from glasstown.world import World, world_from_dict

_LONGEST_MANIFEST = 16_000_000
_MOST_NEIGHBOURS = 1000

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

    folder: Path
    manifest: Manifest
    world: World
    ledger: Ledger
    signals: Signals


def read_manifest(folder: Path | str) -> Manifest:
    """Read what a run folder says of itself; its other files are not looked at.

    Raises:
        RunProblem: this is not a run, or its manifest is damaged.
    """
    folder = Path(folder)
    _require_folder(folder)
    file = folder / MANIFEST
    try:
        size = _require_regular(file)
        if size > _LONGEST_MANIFEST:
            raise damaged(file, f"the manifest is larger than {_LONGEST_MANIFEST:,} bytes")
        text = file.read_bytes().decode("utf-8")
        return Manifest.from_text(text)
    except FileNotFoundError:
        raise _no_run(folder, f"there is no {MANIFEST} in it") from None
    except OSError as error:
        raise not_read(file, error) from None
    except NotARun as error:
        raise damaged(file, f"this is not the manifest of a run: {error}") from None
    except UnicodeDecodeError:
        raise damaged(file, "this is not the manifest of a run: it is not UTF-8") from None
    except ValueError as error:
        raise damaged(file, f"the manifest is damaged: {error}") from None


def read_record(folder: Path | str) -> Record:
    """Read a run folder, and see that its ledger and signals are those of its world.

    Raises:
        RunProblem: this is not a run, or it is damaged; all damaged files are named.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    problems = tuple(problem for _, problem in wrong_files(folder, manifest) if problem)
    if problems:
        raise RunProblem(problems)
    world = _world(folder, manifest)
    ledger = _ledger(folder / LEDGER, world)
    signals = _signals(folder / SIGNALS, world)
    if run_digest(manifest.world, ledger, signals) != manifest.digest:
        raise damaged(
            folder / MANIFEST,
            "the run's digest is not that of its world and ledger",
            why="one of them was changed after the run",
        )
    return Record(folder, manifest, world, ledger, signals)


def wrong_files(folder: Path, manifest: Manifest) -> Iterator[tuple[str, Problem | None]]:
    """Each file that the manifest names, with what is wrong with it; None where nothing is."""
    for name in FILES:
        yield name, _wrong(folder / name, manifest.files[name].bytes, manifest.files[name].sha256)


def _wrong(file: Path, size: int, sha256: str) -> Problem | None:
    try:
        if _require_regular(file) != size:
            problem = damaged(file, "this file is not as it was written: its size differs")
        elif file_digest(file) != sha256:
            problem = damaged(file, "this file is not as it was written: its SHA-256 differs")
        else:
            return None
    except FileNotFoundError:
        problem = damaged(file, "this file of the run is missing")
    except OSError as error:
        problem = not_read(file, error)
    except RunProblem as error:
        problem = error
    return problem.problems[0]


def _world(folder: Path, manifest: Manifest) -> World:
    file = folder / MANIFEST
    try:
        return world_from_dict(dict(manifest.world))
    except GlasstownError as error:
        raise RunProblem(
            Problem(
                Place(str(file)),
                f"the world in the manifest is not in order: {problem.what}",
                problem.why,
                problem.remedy,
                problem.nearest,
            )
            for problem in error.problems
        ) from None
    except _MISSHAPEN as error:
        said = f"{type(error).__name__}: {_first_line(error)}"
        raise damaged(file, f"the world in the manifest cannot be read ({said})") from None


def _ledger(file: Path, world: World) -> Ledger:
    cells = tuple((cell.by, cell.group) for cell in world.cells)
    table = _table(file, world.months * len(world.measures) * len(cells))
    try:
        ledger = Ledger.from_table(table)
    except Exception as error:  # whatever Arrow makes of a stranger's file
        raise damaged(file, f"this is not the ledger of a run: {_first_line(error)}") from None
    if (ledger.months, ledger.measures, ledger.cells) != (world.months, world.measures, cells):
        raise damaged(file, "this ledger does not count what the run's world counts")
    return ledger


def _signals(file: Path, world: World) -> Signals:
    table = _table(file, world.months)
    try:
        return Signals.from_table(table)
    except Exception as error:  # whatever Arrow makes of a stranger's file
        raise damaged(file, f"these are not the signals of a run: {_first_line(error)}") from None


def _table(file: Path, rows: int) -> Any:
    """A Parquet file whose number of rows is known before it is read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(file) as parquet:
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


def _require_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.name == MANIFEST and folder.is_file():
        raise refusal(
            folder, "this is a file, and a run's folder is wanted", nearest=str(folder.parent)
        )
    if folder.exists():
        raise refusal(folder, "this is a file, and a run is a folder", remedy="name a run's folder")
    names: list[str] = []
    try:
        with os.scandir(folder.parent) as entries:
            names = [e.name for e, _ in zip(entries, range(_MOST_NEIGHBOURS), strict=False)]
    except (OSError, ValueError):
        pass
    close = nearest(folder.name, sorted(names))
    raise refusal(
        folder,
        "there is no such run",
        remedy="check the name; `glasstown run WORLD` makes a run",
        nearest=str(folder.parent / close) if close else "",
    )


def _no_run(folder: Path, why: str) -> RunProblem:
    return refusal(
        folder,
        "this folder is not a Glasstown run",
        why=why,
        remedy="name a folder that `glasstown run` has written",
    )


def _require_regular(file: Path) -> int:
    """The size of a file that is a file: reading a pipe or a device might never end."""
    found = os.stat(file)
    if not stat.S_ISREG(found.st_mode):
        raise damaged(file, "this is not a file")
    return found.st_size


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].lower() or type(error).__name__
