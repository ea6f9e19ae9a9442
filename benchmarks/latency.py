"""What somebody waits for."""

from __future__ import annotations

import tempfile

import glasstown as gt
from benchmarks.scl6.compare import wide
from benchmarks.timing import clocked, figure, process, seconds, table
from glasstown.engine.execute import execute

READY = "from glasstown.engine.execute import ready; ready()"
KERNEL = "from benchmarks.scl6.kernel import run; run(150, 1, 1)"


def section() -> str:
    """Waiting, in seconds."""
    rows = [
        ("`glasstown --help`", seconds(lambda: process("-m", "glasstown", "--help"), 3)),
        ("the machine's one compile, whole process, empty cache", cold(READY)),
        ("the same process with the machine compiled", seconds(lambda: process("-c", READY), 3)),
        ("the hand-written kernel's compile, for SCL-6 alone", cold(KERNEL, **wide(1))),
    ]
    world = gt.load_world("unictown-campus")
    changed = iter(range(-99, -10))
    moved = lambda: execute(world.changed({"rules.cheating.points": next(changed)}))  # noqa: E731
    rows.append(("a number moved and 40,000 x 24 lived again, warm", seconds(moved)))
    made = gt.run(gt.load_world("unictown-campus"))
    rows.append(
        ("a dossier of the campus, warm", seconds(lambda: made.citizen(1234).dossier().text(), 3))
    )
    return table(["waiting", "s"], [(what, figure(took)) for what, took in rows])


def cold(code: str, **environment: str) -> float:
    """Seconds of a process that has to compile."""
    with tempfile.TemporaryDirectory() as empty:
        return clocked(lambda: process("-c", code, NUMBA_CACHE_DIR=empty, **environment))
