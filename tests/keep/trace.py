"""The real command, writing down each time that a span is lived: `python trace.py FILE COMMAND...`.

A line is the machine's mode, the first month and the first ward. What a killed process has written
stays, so that the lines say what was lived twice.
"""

import os
import sys

from glasstown.cli import main
from glasstown.engine.lives import Lives


def trace(file: str) -> None:
    out = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    live = Lives.live

    def traced(self, mode, signals, first_month, months, state, start, wards):  # type: ignore[no-untyped-def]
        os.write(out, f"{mode} {first_month} {start}\n".encode())
        return live(self, mode, signals, first_month, months, state, start, wards)

    Lives.live = traced  # type: ignore[method-assign]


if __name__ == "__main__":
    trace(sys.argv[1])
    sys.argv = ["glasstown", *sys.argv[2:]]
    main()
