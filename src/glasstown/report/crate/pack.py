"""A run packed: copied, described, and put in its place whole."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from glasstown.engine.run import Run
from glasstown.errors import GlasstownError, Place, Problem
from glasstown.records import FILES, MANIFEST, REPORT, Manifest, read_manifest, spot
from glasstown.records.csv import write_csv
from glasstown.records.refuse import damaged
from glasstown.records.spots import Spot
from glasstown.records.store import is_file, read
from glasstown.report import odd
from glasstown.report.crate.asked import Asked
from glasstown.report.crate.metadata import METADATA, RUN, Content, metadata
from glasstown.report.crate.place import placed
from glasstown.report.crate.sources import WORLD, write_sources

LEDGER = "ledger.csv"

_YAML, _PLAIN, _BYTES = "application/yaml", "text/plain", "application/octet-stream"
_PARQUET, _JSON, _HTML = "application/vnd.apache.parquet", "application/json", "text/html"

_OF_THE_RUN = {
    "manifest.json": (_JSON, "Manifest", "The whole world, the versions, the run's digest and "
                      "that of every other file of the run."),
    "world.json": (_JSON, "World", "The whole world as the run was begun with it."),
    "program.bin": (_BYTES, "Program", "The instructions and tables as they were run."),
    "program.txt": (_PLAIN, "Listing of the program", "Each instruction, with what it is for."),
    "ledger/ledger.parquet": (_PARQUET, "Ledger", "What was counted: month, measure, grouping, "
                              "group and value."),
    "signals/signals.parquet": (_PARQUET, "National signals", "Those used in each month; of an "
                                "uncoupled world only the months."),
    "spans.bin": (_BYTES, "Spans", "The parts that the ledger is the sum of, with which a damaged "
                  "run is mended."),
}  # fmt: skip
"""The kind, name and description of each file of a run folder."""


def pack(run: Run, out: Path | str, asked: Asked) -> Path:
    """Write a run as an RO-Crate into a new folder, or a new zip file where `out` ends so.

    Raises:
        RunProblem: the run is kept nowhere or is damaged, or the crate cannot be written.
        StoreProblem: `out` is a URL, or a store does not give the run.
    """
    if run.folder is None:
        what = "this run is kept nowhere, and only what is kept can be exported"
        raise GlasstownError(Problem(Place(""), what, remedy="run the world with out="))
    folder = spot(run.folder)
    manifest = read_manifest(folder)
    if manifest.digest != run.digest:
        raise damaged(folder / MANIFEST, "this is another run than the one that was read")
    with placed(out, METADATA) as crate:
        contents = _copied(folder, manifest, crate)
        contents += _sources(run, crate)
        contents += _described(run, crate, any(c.path == WORLD for c in contents))
        if is_file(folder / REPORT):
            (crate / REPORT).write_bytes(read(folder / REPORT))
            said = "Figures, tables, findings and limits, as one page that fetches nothing."
            contents.append(_content(crate, REPORT, "Report", said, _HTML, "report"))
        text = metadata(run, manifest, asked, contents)
        (crate / METADATA).write_text(text, encoding="utf-8", newline="\n")
    return Path(out)


def _copied(folder: Spot, manifest: Manifest, crate: Path) -> list[Content]:
    """The files of the run, each compared with what the manifest says of it."""
    found = []
    for name in (MANIFEST, *FILES):
        kind, title, said = _OF_THE_RUN[name]
        target = crate / RUN / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = folder / name
        if isinstance(source, Path):
            shutil.copyfile(source, target)
        else:
            target.write_bytes(read(source))
        content = _content(crate, f"{RUN}/{name}", title, said, kind, "run")
        if name in manifest.files and content.sha256 != manifest.files[name].sha256:
            raise damaged(source, "this file changed while the run was exported")
        found.append(content)
    if read_manifest(crate / RUN) != manifest:
        raise damaged(folder / MANIFEST, "this file changed while the run was exported")
    return found


def _sources(run: Run, crate: Path) -> list[Content]:
    kinds = {"world.yaml": "World", "nation.yaml": "Nation", "conduct.yaml": "Conduct"}
    found = []
    for path in write_sources(run.world, crate):
        name = path.rpartition("/")[2]
        title = kinds.get(name) or f"Scheme {name.removesuffix('.yaml')}"
        said = f"The {title.lower().partition(' ')[0]} as a file, which Glasstown reads."
        found.append(_content(crate, path, title, said, _YAML, "asked"))
    return found


def _described(run: Run, crate: Path, has_files: bool) -> list[Content]:
    with (crate / LEDGER).open("w", encoding="utf-8", newline="") as out:
        write_csv(out, run.ledger)
    said = "The ledger once more, as text: month, measure, by, group, value."
    found = [_content(crate, LEDGER, "Ledger as CSV", said, "text/csv", "export")]
    command = f"glasstown run {WORLD}" if has_files else ""
    forms = {"odd.md": ("md", "text/markdown"), "odd.html": ("html", _HTML)}
    for name, (form, kind) in forms.items():
        (crate / name).write_text(odd(run.world, form, command), encoding="utf-8", newline="\n")
        said = "The model described by the ODD+D protocol, made from the world's files."
        found.append(_content(crate, name, "ODD+D protocol", said, kind, "export"))
    return found


def _content(crate: Path, path: str, name: str, said: str, kind: str, made: str) -> Content:
    with (crate / path).open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Content(path, name, said, kind, made, (crate / path).stat().st_size, digest)
