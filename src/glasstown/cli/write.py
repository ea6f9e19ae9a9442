"""Small files that a command writes: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from glasstown.errors import GlasstownError, Place, Problem


def require_place(file: Path) -> None:
    """See that a file could be written, before the long work that it is to hold.

    Raises:
        GlasstownError: it is a folder, or lies in none.
    """
    what, remedy = "", ""
    if file.is_dir():
        what, remedy = "this is a folder, and a file is to be written", "name a file in it"
    elif not file.parent.is_dir():
        what, remedy = "there is no such folder to put a file in", "make the folder first"
    if what:
        raise GlasstownError(Problem(Place(str(file)), what, remedy=remedy))


def write(file: Path, text: str, over: bool = True) -> None:
    """Write a text file; with `over` it may replace one, without it never does.

    Raises:
        GlasstownError: it cannot be written; nothing half-written is left.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        try:
            part.write_text(text, encoding="utf-8")
            if over:
                part.replace(file)
            else:
                os.link(part, file)
        finally:
            part.unlink(missing_ok=True)
    except FileExistsError:
        raise GlasstownError(
            Problem(
                Place(str(file)),
                "there is such a file already",
                why="nothing is ever written over here",
                remedy="choose another name, or name another folder with --out",
            )
        ) from None
    except OSError as error:
        raise GlasstownError(
            Problem(
                Place(str(file)),
                f"the file cannot be written: {(error.strerror or str(error)).lower()}",
                remedy="check the path, and that you may write there",
            )
        ) from None
