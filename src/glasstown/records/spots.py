"""Where a run may lie: a folder of this machine, or a prefix in an object store, by its URL."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, final

from glasstown.errors import Place, Problem, StoreProblem, nearest, shown

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
_FLATTENED = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):/(?!/)")
_HERE = ("file", "local")
_OF_AMAZON = ("s3", "s3a")
_USUAL = ("s3", "gs", "abfs", "memory", "file")

# So that a store that cannot be reached is told of within seconds.
_PATIENCE = {"connect_timeout": 5, "read_timeout": 60, "retries": {"max_attempts": 3}}


@final
@dataclass(frozen=True)
class Remote:
    """A name in an object store. path: as fsspec wants it; url: as the user wrote it."""

    path: str
    url: str
    system: Any = field(repr=False, compare=False)

    def __truediv__(self, name: str) -> Remote:
        return Remote(f"{self.path}/{name}", f"{self.url}/{name}", self.system)

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The last part of its name."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> Remote:
        """What it lies in."""
        return Remote(self.path.rpartition("/")[0], self.url.rpartition("/")[0], self.system)

    def with_name(self, name: str) -> Remote:
        """Its neighbour of another name."""
        return self.parent / name


Spot = Path | Remote
"""A folder or file of a run, here or in a store."""


def spot(where: Path | str | Remote) -> Spot:
    """A path, or what lies at a URL such as `s3://bucket/runs/first`; nothing is asked yet.

    Raises:
        StoreProblem: the URL names nothing, or what reaches such stores is not installed.
    """
    if isinstance(where, Remote):
        return where
    text = str(where)
    if not isinstance(where, str):
        if _is_flattened(text):
            raise _refused(text, "a URL is given as text, and not as a Path", remedy="give a str")
        return where
    if "::" in text.partition("://")[0]:
        raise _refused(text, "a URL of several stores is not understood", remedy="name one store")
    found = _URL.fullmatch(text)
    if found is None:
        return Path(text)
    if found[1].lower() in _HERE:
        if not found[2].startswith("/"):
            raise _refused(text, "this URL names no path", remedy="write file:///home/me/runs/x")
        return Path(found[2])
    return _remote(f"{found[1].lower()}://{found[2].rstrip('/')}", found[1].lower())


def here(where: Path | str, kind: str) -> Path:
    """A folder of this machine, for a `kind` of thing that cannot lie in a store.

    Raises:
        StoreProblem: this is the URL of a store.
    """
    url = _URL.fullmatch(str(where))
    if (url and url[1].lower() not in _HERE) or _is_flattened(str(where)):
        raise _refused(
            str(where),
            f"a {kind} is kept on a disk, and this is a URL",
            remedy="name a folder; it can be copied to a store when all is done",
        )
    found = spot(where)
    assert not isinstance(found, Remote)
    return found


def named(where: Spot) -> Path | str:
    """What names a spot to others: its path, or its URL."""
    return where.url if isinstance(where, Remote) else where


def _is_flattened(text: str) -> bool:
    """Whether this was a URL before it was made a path."""
    return bool(_FLATTENED.match(text)) and text.partition(":")[0] in _USUAL


def _remote(url: str, protocol: str) -> Remote:
    try:
        from fsspec.config import conf
        from fsspec.core import url_to_fs
        from fsspec.registry import known_implementations, registry
    except ImportError:
        raise _refused(
            url,
            "this is a URL, and what reaches stores is not installed",
            remedy="pip install 'glasstown[store]'",
        ) from None
    known = {*known_implementations, *registry}
    if protocol not in known:
        raise _refused(
            url,
            f"{shown(protocol + '://')} is no kind of store that fsspec knows",
            remedy="write the URL as in s3://bucket/runs/first",
            nearest=nearest(protocol, _USUAL) or nearest(protocol, sorted(known)),
        )
    options: dict[str, Any] = {"use_listings_cache": False}
    if protocol in _OF_AMAZON:
        options["config_kwargs"] = {**_PATIENCE, **conf.get(protocol, {}).get("config_kwargs", {})}
    try:
        system, path = url_to_fs(url, **options)
    except ImportError as error:
        needed = (
            "pip install 'glasstown[store]'"
            if protocol in _OF_AMAZON
            else str(error).removeprefix("Please ")
        )
        raise _refused(url, f"what reaches {protocol}:// is not installed", remedy=needed) from None
    except (ValueError, TypeError) as error:
        raise _refused(url, f"this URL is not understood: {error}") from None
    path = str(path).rstrip("/")
    if ("/" not in path.lstrip("/") and protocol != "memory") or not path.lstrip("/"):
        raise _refused(
            url,
            "this names a whole bucket, and a run is a folder in one",
            remedy=f"name a folder in it: {shown(url, 200)[1:-1].rstrip('/')}/runs/first",
        )
    return Remote(path, url, system)


def _refused(url: str, what: str, remedy: str = "", nearest: str = "") -> StoreProblem:
    return StoreProblem(Problem(Place(url), what, remedy=remedy, nearest=nearest))
