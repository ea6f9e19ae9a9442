"""How a command ends: with what went wrong in words, and a number for scripts."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from typing import NoReturn

PROBLEMS = 2
"""The exit code when there is something that the user can put right."""

INTERRUPTED = 130
"""The exit code after Ctrl-C."""

TERMINATED = 143
"""The exit code after SIGTERM."""

PIPE_CLOSED = 141
"""The exit code when the reader of the output went away, as `head` does."""

# Files that a command writes are refused in their own words; what is left is stdout.
_NO_OUTPUT = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


@contextmanager
def ended_well() -> Iterator[None]:
    """Turn what a command may end with into words on stderr and an exit code; no traceback."""
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        _end_without_output(PIPE_CLOSED)
    except Exception as error:
        from glasstown.errors import GlasstownError

        if isinstance(error, GlasstownError):
            say(str(error))
            sys.exit(PROBLEMS)
        if isinstance(error, OSError) and error.errno in _NO_OUTPUT:
            say(f"The output could not be written: {(error.strerror or str(error)).lower()}")
            _end_without_output(PROBLEMS)
        raise


def no_chatter() -> None:
    """Leave telling what went wrong to the command.

    What talks to a store does so by tasks of asyncio, which writes to stderr, with a trace, of each
    that was given up when the store went away.
    """
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)


def any_encoding() -> None:
    """Let what a terminal's encoding lacks be escaped, and never be fatal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print on stderr, if anybody listens there."""
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


def _end_without_output(code: int) -> NoReturn:
    """End, with what still waits in the buffer sent nowhere: Python would try once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
    sys.exit(code)
