"""Every touch of an object store, through fsspec.

An object is put whole or not at all, and lasts when `write` returns; names are those of a folder,
and there is nothing to rename. What is missing is a FileNotFoundError, as on a disk. Whatever else
goes wrong is a StoreProblem, which no reader takes for a file that is missing.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any

from glasstown.errors import GlasstownError, Place, Problem, StoreProblem, clean
from glasstown.records.disk import FileEntry, NotAFile
from glasstown.records.spots import Remote

_AT_ONCE = 64 * 2**20
_UNREACHED = ("Connect", "Endpoint", "Timeout", "HTTPClient", "DNS")


def write(file: Remote, parts: Iterable[bytes]) -> FileEntry:
    """Put an object whole, in the place of one that may be there.

    Raises:
        StoreProblem: it cannot be put; what was there is untouched.
    """
    size, digest = 0, hashlib.sha256()
    waiting = bytearray()
    large: Any = None
    try:
        for data in parts:
            digest.update(data)
            size += len(data)
            waiting += data
            if len(waiting) >= _AT_ONCE:
                with _asked(file, writing=True):
                    large = large or file.system.open(
                        file.path, "wb", block_size=_AT_ONCE, autocommit=False
                    )
                    large.write(bytes(waiting))
                waiting.clear()
        with _asked(file, writing=True):
            if large is None:
                file.system.pipe_file(file.path, bytes(waiting))
            else:
                large.write(bytes(waiting))
                large.close()
                large.commit()
    except BaseException:
        if large is not None:
            with suppress(Exception):
                large.discard()
            large.closed = True  # else it would be put, in part, when it is collected
        raise
    return FileEntry(size, digest.hexdigest())


def read(file: Remote) -> bytes:
    """An object's bytes.

    Raises:
        FileNotFoundError: it is missing.
        StoreProblem: the store does not give it.
    """
    with _asked(file):
        return bytes(file.system.cat_file(file.path))


def size(file: Remote) -> int:
    """An object's size in bytes.

    Raises:
        FileNotFoundError: it is missing.
        NotAFile: it is a folder.
        StoreProblem: the store does not say.
    """
    with _asked(file):
        found = file.system.info(file.path)
    if found["type"] != "file":
        raise NotAFile(str(file))
    return int(found["size"])


def entry(file: Remote) -> FileEntry:
    """An object's size and digest; it is read in pieces.

    Raises:
        FileNotFoundError: it is missing.
        StoreProblem: the store does not give it.
    """
    found, digest = size(file), hashlib.sha256()
    with _asked(file):
        for start in range(0, found, _AT_ONCE):
            end = min(start + _AT_ONCE, found)
            digest.update(file.system.cat_file(file.path, start=start, end=end))
    return FileEntry(found, digest.hexdigest())


def names(folder: Remote) -> list[str]:
    """What lies below a name, in order; or none.

    Raises:
        StoreProblem: the store does not say.
    """
    try:
        with _asked(folder):
            found = folder.system.ls(folder.path, detail=False)
    except (FileNotFoundError, NotADirectoryError):
        return []
    own = folder.path.strip("/")
    inner = (str(path).strip("/") for path in found)
    return sorted({path.rpartition("/")[2] for path in inner if path != own})


def is_file(file: Remote) -> bool:
    """Whether there is an object of this name.

    Raises:
        StoreProblem: the store does not say.
    """
    try:
        size(file)
    except (FileNotFoundError, NotAFile):
        return False
    return True


def modified(file: Remote) -> datetime | None:
    """When an object was last put, by the store's clock; None where the store does not say.

    Raises:
        FileNotFoundError: it is missing.
        StoreProblem: the store does not answer.
    """
    with _asked(file):
        try:
            found = file.system.modified(file.path)
        except NotImplementedError:
            return None
        return found if isinstance(found, datetime) else None


def remove(path: Remote) -> None:
    """Remove an object and all that lies below its name, if they are there.

    Raises:
        StoreProblem: the store does not do it.
    """
    with suppress(FileNotFoundError), _asked(path):
        path.system.rm(path.path, recursive=True)


def copy(source: Remote, target: Remote) -> None:
    """Put an object under another name too; its bytes do not come here where the store can copy.

    Raises:
        FileNotFoundError: it is missing.
        StoreProblem: the store does not do it.
    """
    with _asked(target):
        target.system.cp_file(source.path, target.path)


@contextmanager
def _asked(file: Remote, writing: bool = False) -> Iterator[None]:
    """Say in words what a store, or the network before it, has against it."""
    try:
        yield
    except (GlasstownError, NotAFile, NotADirectoryError):
        raise
    except FileNotFoundError as error:
        if writing or _code(error) == "NoSuchBucket":
            raise _no_bucket(file) from None
        raise FileNotFoundError(errno.ENOENT, "no such file", str(file)) from None
    except PermissionError as error:
        raise _problem(
            file,
            "the store refuses this",
            f"it says: {_first_line(error)}",
            "check the credentials, and what they allow",
        ) from None
    except Exception as error:
        raise _otherwise(file, error) from None


def _otherwise(file: Remote, error: Exception) -> StoreProblem:
    kind, said = type(error).__name__, _first_line(error)
    if "Credentials" in kind or "Profile" in kind:
        return _problem(
            file,
            "there are no credentials for this store",
            said,
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or what your store wants",
        )
    if isinstance(error, TimeoutError | ConnectionError) or any(w in kind for w in _UNREACHED):
        return _problem(
            file,
            "the store cannot be reached",
            said,
            "check the network, and the endpoint (AWS_ENDPOINT_URL)",
        )
    if isinstance(error, NotImplementedError):
        return _problem(file, "this kind of store cannot do that", said, "name another store")
    return _problem(file, "the store did not do what was asked", f"it says: {said}", "")


def _no_bucket(file: Remote) -> StoreProblem:
    bucket = file.path.strip("/").partition("/")[0]
    remedy = "check its name and the endpoint, or make it; Glasstown makes no buckets"
    return _problem(file, f"there is no bucket `{clean(bucket)}`", "", remedy)


def _problem(file: Remote, what: str, why: str, remedy: str) -> StoreProblem:
    return StoreProblem(Problem(Place(str(file)), what, why, remedy))


def _code(error: Exception) -> str:
    """The code of S3 behind an error, if there is one."""
    answer = getattr(error.__cause__, "response", None)
    return str(answer["Error"].get("Code", "")) if isinstance(answer, dict) else ""


def _first_line(error: Exception) -> str:
    return clean(str(error).strip().split("\n")[0]) or type(error).__name__
