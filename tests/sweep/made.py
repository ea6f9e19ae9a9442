"""A small world to sweep, and what its runs count."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cli.commands import FILES

import glasstown as gt

SWEPT = {
    "points.yaml": FILES["points.yaml"].replace(
        "points: -20, disclosed: yes}",
        "points: -20, at_most: 40 a year, disclosed: yes, assumption: a guess, "
        "sweep: {points: [-40, 0], at_most: [20, 60], disclosed: [0, 1]}}",
    ),
    "plain.yaml": FILES["plain.yaml"].replace(
        "study: {rate: 20%}", "study: {rate: 20%, assumption: a guess, sweep: {rate: [0, 0.5]}}"
    ),
    "village.yaml": FILES["village.yaml"].replace(
        "home: {values: {hill: 30%, shore: 70%}}",
        "home: {values: {hill: 30%, shore: 70%}, assumption: a guess, "
        "sweep: {values.hill: [0.1, 0.5]}}",
    ),
}
"""The small world's files, with assumptions that have a range to sweep."""


def put_files(folder: Path) -> Path:
    for name, text in {**FILES, **SWEPT}.items():
        (folder / name).write_text(text)
    return folder


@cache
def world() -> gt.World:
    with TemporaryDirectory() as folder:
        return gt.load_world(put_files(Path(folder)) / "small.yaml")
