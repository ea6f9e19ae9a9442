"""`glasstown check`: every problem of every file, at once."""

from __future__ import annotations

from typing import Annotated

import typer


def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Schemes, nations, conducts, worlds or yardsticks."),
    ],
) -> None:
    """Find every problem of files, at once.

    Each is told with its line, why it is one, and what to do. A file's first line says its kind.
    The exit code is 2 if anything is wrong.
    """
    import glasstown
    from glasstown.errors import FileProblems, Problem

    problems: list[Problem] = []
    for file in files:
        try:
            found = glasstown.check(file)
        except FileProblems as error:
            problems.extend(error.problems)
        else:
            print(f"{file}: a {type(found).__name__.lower()}, no problems")
    if problems:
        raise FileProblems(problems)
