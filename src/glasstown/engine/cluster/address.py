"""Which cluster is meant: `ray`, `ray:auto` or `ray://HOST:PORT`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import final

from glasstown.errors import GlasstownError, Place, Problem, nearest, shown

FORMS = ("ray", "ray:auto", "ray://HOST:PORT")

_HOST_AND_PORT = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s/:@\[\]]+):(?P<port>\d{1,5})")


@final
@dataclass(frozen=True)
class Address:
    """Where a cluster is.

    given: as Ray takes it; host and port: what has to answer there, where that is known.
    """

    given: str
    host: str = ""
    port: int = 0


LOCAL = Address("local")
"""A cluster of this machine alone, which ends with the run."""

AUTO = Address("auto")
"""The cluster that this machine is part of."""


def read_address(on: str) -> Address:
    """Read what `--on` says; `ray` alone is the cluster of RAY_ADDRESS where that is set.

    Raises:
        GlasstownError: it is no address of a cluster, or Ray is not installed.
    """
    asked = os.environ.get("RAY_ADDRESS", "").strip() if on == "ray" else ""
    address = _from_environment(asked) if asked else _from_option(on)
    if not _has_ray():
        raise GlasstownError(
            Problem(
                Place("--on"),
                "Ray is not installed",
                why="a run on many machines needs it",
                remedy="pip install 'glasstown[cluster]', on every machine of the cluster",
            )
        )
    return address


def _has_ray() -> bool:
    """Whether Ray could be imported; importing it takes half a second."""
    try:
        return find_spec("ray") is not None
    except (ImportError, ValueError):  # what keeps a module from being imported says so like this
        return False


def _from_option(on: str) -> Address:
    if on == "ray":
        return LOCAL
    if on == "ray:auto":
        return AUTO
    if on.startswith("ray://"):
        return _of_client(on, "--on")
    raise GlasstownError(
        Problem(
            Place("--on"),
            f"a run cannot be on {shown(on)}",
            why="it is on this machine's threads, or on a Ray cluster",
            remedy=f"write {', '.join(f'`{form}`' for form in FORMS)}, or leave it out",
            nearest=nearest(on, FORMS[:2]),
        )
    )


def _from_environment(asked: str) -> Address:
    if asked == "local":
        return LOCAL
    if asked == "auto":
        return AUTO
    if asked.startswith("ray://"):
        return _of_client(asked, "RAY_ADDRESS")
    return _checked(asked, asked, "RAY_ADDRESS", "HOST:PORT, auto, local or ray://HOST:PORT")


def _of_client(written: str, place: str) -> Address:
    return _checked(written, written.removeprefix("ray://"), place, "`ray://HOST:PORT`")


def _checked(given: str, place: str, where: str, forms: str) -> Address:
    found = _HOST_AND_PORT.fullmatch(place)
    if found is None or not 0 < int(found["port"]) < 2**16:
        raise GlasstownError(
            Problem(
                Place(where),
                f"{shown(given)} is no address of a Ray cluster",
                why="an address is a host and a port from 1 to 65535",
                remedy=f"write {forms}; a cluster's port for clients is 10001 unless it was "
                "started with another",
            )
        )
    return Address(given, found["host"].strip("[]"), int(found["port"]))
