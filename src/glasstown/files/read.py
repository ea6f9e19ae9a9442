"""From a name on the command line to a Document, refusing whatever is not an honest small file.

The order is: is it a file, is it small, is it text, is it YAML (`compose.py`). Nothing is parsed
before its size is known, and nothing is expanded at all.
"""

import os
import stat
from pathlib import Path

from glasstown.errors import FileProblems, Place, Problem, nearest, shown
from glasstown.files.compose import compose
from glasstown.files.document import Document, refuse_any
from glasstown.files.text import decode, unprintable

MOST_BYTES = 1_000_000
"""The largest file that is read. The longest scheme in the library is far below a tenth of it."""

_MOST_NEIGHBOURS = 1000


def read_yaml(path: Path | str) -> Document:
    """Read a YAML file of the user's: plain data, exact numbers, and the line of everything.

    path: a regular file of at most 1 MB in UTF-8, holding one YAML mapping without anchors, tags,
    merge keys or duplicates. Raises `FileProblems` with everything found wrong, for any content
    and for any path.
    """
    name = str(path)
    raw = _load(name)
    if len(raw) > MOST_BYTES:
        raise _too_large(name)
    return _read(decode(raw, name), name)


def read_text(text: str, name: str) -> Document:
    """Read YAML that is already text; otherwise exactly as `read_yaml`.

    name: stands in messages where the file name would.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _too_large(name)
    return _read(text.removeprefix("\ufeff"), name)


def _read(text: str, name: str) -> Document:
    refuse_any(unprintable(text, name))
    return compose(text, name)


def _too_large(name: str) -> FileProblems:
    return _refusal(
        name,
        "the file is larger than 1 MB",
        why="files written by people are small; larger ones are refused before they are parsed",
        remedy="split it, or check that this is the file you meant",
    )


def _refusal(
    name: str, what: str, why: str = "", remedy: str = "", nearest: str = ""
) -> FileProblems:
    return FileProblems(Problem(Place(name), what, why, remedy, nearest))


def _load(name: str) -> bytes:
    """Return the file's bytes, at most one more than is allowed, without ever waiting."""
    try:
        _require_file(name, os.stat(name).st_mode)
        # Asked again of what was opened: the name may mean something else by now, and opening a
        # pipe must not wait for a writer.
        handle = os.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(handle, "rb") as file:
            _require_file(name, os.fstat(handle).st_mode)
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _missing(name) from None
    except PermissionError:
        raise _refusal(
            name, "the file may not be read", remedy="give yourself permission to read it"
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _refusal(
            name, f"the file cannot be read: {reason.lower()}", remedy="check the path"
        ) from None


def _require_file(name: str, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        inside = _names_in(name, (".yaml", ".yml"))
        held = ", ".join(inside[:5]) + (", ..." if len(inside) > 5 else "")
        raise _refusal(
            name,
            "this is a folder, and a file is wanted",
            why=f"it holds {held}" if inside else "",
            remedy="name the file in it that you mean" if inside else "name a YAML file",
        )
    kinds = {
        stat.S_IFIFO: "a pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFSOCK: "a socket",
    }
    kind = kinds.get(stat.S_IFMT(mode), "something else")
    raise _refusal(
        name,
        f"this is {kind}, and a file is wanted",
        why="only regular files are read, so that reading ends and can be repeated",
        remedy="write its content to a file and name that",
    )


def _missing(name: str) -> FileProblems:
    folder, file = os.path.split(name)
    if not os.path.isdir(folder or "."):
        return _refusal(
            name, f"there is no such file, nor a folder {shown(folder)}", remedy="check the path"
        )
    close = nearest(file, _names_in(folder or ".", ()))
    return _refusal(
        name,
        "there is no such file",
        remedy="check the name" if close else "check the name and the folder",
        nearest=os.path.join(folder, close) if close else "",
    )


def _names_in(folder: str, endings: tuple[str, ...]) -> list[str]:
    """List names in a folder, sorted; the first thousand at most; none where it may not be read."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry, _ in zip(entries, range(_MOST_NEIGHBOURS), strict=False)]
    except OSError:
        return []
    return sorted(name for name in names if not endings or name.endswith(endings))
