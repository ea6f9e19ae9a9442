"""Come to a cluster, or start one of this machine, and leave it as it was."""

from __future__ import annotations

import logging
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, final

import ray

from glasstown.engine.cluster.address import LOCAL, Address
from glasstown.errors import Place, Problem, RunProblem

ANSWERS = 5.0
"""Seconds in which something has to answer at a cluster's address."""

TRIES = 3
"""How often a client asks: a cluster starts a process for each, and busy ones fail at times."""

STORE = 256 * 2**20
"""Bytes of the object store of a cluster that a run starts: what crosses is small."""


@final
@dataclass(frozen=True)
class Connection:
    """This process in a cluster.

    own: it came there for the run; head: where the cluster's head answers, if from here.
    """

    own: bool
    head: tuple[str, int] | None

    def require(self) -> None:
        """See that the head answers: without it Ray waits for a minute, and ends the process.

        A client that has lost its cluster must not ask Ray for more: it would start another.

        Raises:
            ConnectionError: it does not.
        """
        if not ray.is_initialized():
            raise ConnectionError("the connection was lost")
        if self.head is None:
            return
        try:
            socket.create_connection(self.head, ANSWERS).close()
        except OSError as error:
            raise ConnectionError(f"its head: {(error.strerror or str(error)).lower()}") from None

    def close(self) -> None:
        """Leave the cluster; one that was started for the run ends."""
        if self.own and ray.is_initialized():
            with suppress(Exception):  # the cluster may have gone first
                ray.shutdown()


def connect(address: Address) -> Connection:
    """Come to the cluster. A process that is in one already stays there.

    Raises:
        RunProblem: no cluster answers there, or it is of another version of Ray or Python.
    """
    if ray.is_initialized():
        return Connection(False, _head())
    _require_answer(address)
    quiet = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    logging.getLogger("ray.util.client").setLevel(logging.CRITICAL)  # a client reads no level
    try:
        if address == LOCAL:
            ray.init("local", include_dashboard=False, object_store_memory=STORE, **quiet)
        else:
            _join(address, quiet)
    except (ConnectionError, RuntimeError, TimeoutError, ValueError, OSError) as error:
        with suppress(Exception):
            ray.shutdown()
        raise _nobody(address, _first_line(error)) from None
    return Connection(True, _head())


def _join(address: Address, quiet: dict[str, Any]) -> None:
    for left in reversed(range(TRIES)):
        try:
            ray.init(address.given, **quiet)
            return
        except ConnectionError:
            if not left or not address.given.startswith("ray://"):
                raise
            with suppress(Exception):
                ray.shutdown()


def _head() -> tuple[str, int] | None:
    """The address of the cluster's head, if this process speaks to it without a client between."""
    if ray.util.client.ray.is_connected():
        return None
    host, _, port = ray.get_runtime_context().gcs_address.rpartition(":")
    return host.strip("[]"), int(port)


def _require_answer(address: Address) -> None:
    """Knock at the door first: Ray itself waits for half a minute, and longer."""
    if not address.host:
        return
    try:
        socket.create_connection((address.host, address.port), ANSWERS).close()
    except OSError as error:
        raise _nobody(address, (error.strerror or str(error)).lower()) from None


def _nobody(address: Address, why: str) -> RunProblem:
    if address == LOCAL:
        what, remedy = "Ray could not be started on this machine", "run without --on"
    elif not address.host:
        what, why = "this machine is in no Ray cluster", "none that answers was started here"
        remedy = "start one with `ray start --head`, or name another: --on ray://HOST:PORT"
    else:
        what = f"no Ray cluster could be reached at {address.given}"
        remedy = "see that the cluster runs, and that this machine may reach that port"
    return RunProblem(Problem(Place("--on"), what, why=why, remedy=remedy))


def _first_line(error: Exception) -> str:
    """What Ray says is wrong: its first line, with the next after a colon; the last of a trace."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    if lines and "Traceback" in lines[0]:
        return lines[-1]
    if lines and lines[0].endswith(":"):
        return " ".join(lines[:2])
    return lines[0] if lines else type(error).__name__
