"""What came of a run, and how one that was stopped can go on."""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from glasstown.cli.ending import INTERRUPTED, TERMINATED, say

if TYPE_CHECKING:
    from glasstown import Run


class Terminated(KeyboardInterrupt):
    """SIGTERM, taken like Ctrl-C: what is kept is made to last, and said."""


@contextmanager
def stoppable(target: str) -> Iterator[None]:
    """Let a run be stopped by Ctrl-C or SIGTERM, and say how it goes on.

    Raises:
        SystemExit: it was stopped.
    """
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    except KeyboardInterrupt as stop:
        from glasstown.records import how_far_at

        kept = how_far_at(target)
        said = "Stopped before the run began: nothing is left of it."
        if kept:
            said = f"Stopped: {kept}.\nGo on with: glasstown resume {shlex.quote(str(target))}"
        say(said)
        sys.exit(TERMINATED if isinstance(stop, Terminated) else INTERRUPTED)
    finally:
        signal.signal(signal.SIGTERM, before)


def say_what_came(run: Run, target: str) -> None:
    """Print the summary, how long it took, and where the run is kept."""
    from glasstown.cli.console import output
    from glasstown.cli.summary import Summary

    world = run.world
    console = output()
    console.print(Summary(world, run.ledger, world.by[0] if world.by else ""))
    console.print()
    console.print(_what_was_done(run))
    console.print(f"Kept in {target}")
    console.print(f"Digest {run.digest}")
    console.print()
    console.print(f"Next: glasstown report {target}")
    console.print(f"      glasstown dossier {target} {min(1234, world.citizens - 1)}")


def _what_was_done(run: Run) -> str:
    work, seconds = run.work, run.seconds or 0.0
    if work is None:
        return "The run is whole: nothing was left to live."
    if not work.there:
        each = 1e9 * seconds / (run.world.citizens * run.world.months)
        return f"Run in {seconds:,.2f} s: {each:,.1f} ns for each citizen and month."
    said = f"Of {work.there + work.lived} {work.unit}s, {work.there} were there"
    return f"{said} and {work.lived} {_was(work.lived)} lived, in {seconds:,.2f} s."


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated
