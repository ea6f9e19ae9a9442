"""One writer to a run in a store: a claim beside it, renewed while its writer lives.

A store has no lock that ends with its process. So each writer puts a claim of its own name, and
then lists them all: it may write if no other is alive. Of two that claim at once at most one finds
itself alone, because whoever lists later sees the other. That asks of the store only that a list
shows what was put before it, and no conditional put; and a dead writer's claim is removed by its
own name, which can hit no other's.

A claim is dead when its process is seen to be gone, on the same machine, or when it was not renewed
for `LEASE` seconds, by the store's own clock.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, final

from glasstown.errors import GlasstownError, shown
from glasstown.records.objects import is_file, modified, names, read, remove, write
from glasstown.records.refuse import refusal
from glasstown.records.spots import Remote

LEASE = 60.0
"""Seconds after which a claim that was not renewed is dead."""

_RENEWED = 4  # times in a lease
_TIED = 10.0  # seconds to wait for another that claims at the same time
_LOOK = 0.1
_LONGEST = 10_000


@final
class Lease:
    """A claim that is held."""

    def __init__(self, claim: Remote, folder: Remote) -> None:
        self._claim = claim
        self._folder = folder
        self._told = json.dumps({"holds": True, **_self()}).encode()
        self._ended = threading.Event()
        self._renewed = time.monotonic()
        self._lost = False
        write(claim, [self._told])
        self._thread = threading.Thread(target=self._renew, daemon=True)
        self._thread.start()

    def require(self) -> None:
        """See that the claim still stands.

        Raises:
            RunProblem: it was taken for dead, and the run may be another writer's now.
            StoreProblem: the store does not say.
        """
        if self._lost or not is_file(self._claim):
            raise refusal(
                self._folder,
                "this process has lost the run: its claim was not renewed in time",
                why="it was stopped, or cut off from the store, for more than "
                f"{LEASE:.0f} seconds, and another process may be writing the run now",
                remedy="see whether one does, and resume the run if not",
            )

    def end(self) -> None:
        """Let go."""
        self._ended.set()
        self._thread.join()
        with suppress(GlasstownError):  # it ends by itself
            remove(self._claim)

    def _renew(self) -> None:
        while not self._ended.wait(LEASE / _RENEWED):
            # What cannot be asked now can be later; whether that is too late, the clock says.
            with suppress(GlasstownError):
                if not is_file(self._claim):
                    self._lost = True
                    return
                write(self._claim, [self._told])
                self._renewed = time.monotonic()
            if time.monotonic() - self._renewed > LEASE:
                self._lost = True
                return


@contextmanager
def leased(claims: Remote, folder: Remote) -> Iterator[Lease]:
    """Hold a claim below `claims` while something is done to the folder.

    Raises:
        RunProblem: another process holds one.
        StoreProblem: the store cannot be used.
    """
    claim = claims / uuid.uuid4().hex
    write(claim, [json.dumps({"holds": False, **_self()}).encode()])
    try:
        _await(claims, claim, folder)
        lease = Lease(claim, folder)
    except BaseException:
        with suppress(GlasstownError):
            remove(claim)
        raise
    try:
        yield lease
    finally:
        lease.end()


def _await(claims: Remote, claim: Remote, folder: Remote) -> None:
    """Wait until no other claim is alive, if none is held and this one has the first name."""
    until = time.monotonic() + _TIED
    while True:
        others = _others(claims, claim)
        if not others:
            return
        for name, told in others.items():
            if told.get("holds") or name < claim.name or time.monotonic() > until:
                raise _in_use(folder, told)
        time.sleep(_LOOK)


def _others(claims: Remote, own: Remote) -> dict[str, dict[str, Any]]:
    """The other claims that are alive, by name; dead ones are removed."""
    found = {}
    for name in names(claims):
        if name == own.name:
            continue
        with suppress(FileNotFoundError):  # it was let go of in the meantime
            told = _read(claims / name)
            if _is_dead(claims / name, own, told):
                remove(claims / name)
            else:
                found[name] = told
    return found


def _read(claim: Remote) -> dict[str, Any]:
    try:
        told = json.loads(read(claim)[:_LONGEST])
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _is_dead(claim: Remote, own: Remote, told: dict[str, Any]) -> bool:
    if told.get("machine") == _machine() != "" and not _runs(told.get("process")):
        return True
    put, now = modified(claim), modified(own)
    return put is not None and now is not None and (now - put).total_seconds() > LEASE


def _runs(process: object) -> bool:
    if not isinstance(process, int) or process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is somebody else's
    return True


def _self() -> dict[str, Any]:
    return {"host": socket.gethostname(), "machine": _machine(), "process": os.getpid()}


def _machine() -> str:
    """What processes share that see each other's numbers: one start of one machine or container."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {os.stat('/proc/self/ns/pid').st_ino}"
    except OSError:
        return ""


def _in_use(folder: Remote, told: dict[str, Any]) -> Exception:
    process, host = told.get("process"), told.get("host")
    who = "another process"
    if isinstance(process, int) and isinstance(host, str):
        who = f"process {process} on {shown(host)[1:-1]}"
    return refusal(
        folder,
        f"this run is in use: {who} is writing it",
        remedy=f"wait until it ends (if it was killed, {LEASE:.0f} seconds), or name another "
        "folder",
    )
