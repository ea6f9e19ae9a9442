"""The one family of errors that a user can cause; anything else that escapes is a defect."""

from collections.abc import Iterable

from glasstown.errors.problem import Problem
from glasstown.errors.show import clean

MOST_SHOWN = 100
"""Problems that `str(error)` spells out; `error.problems` always holds all of them."""


def _order(problem: Problem) -> tuple[str, int, int]:
    where = problem.where
    return where.file, where.line or 0, where.column or 0


class GlasstownError(Exception):
    """Something that the user can put right, told as one or more problems.

    problems: what is wrong, repeated ones dropped, sorted by file, line and column.
    `str(error)` is the whole report, ready to print. It survives pickling, so that a worker can
    raise it.
    """

    problems: tuple[Problem, ...]

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        several = (problems,) if isinstance(problems, Problem) else problems
        self.problems = tuple(sorted(dict.fromkeys(several), key=_order))
        super().__init__(self.problems)

    @property
    def heading(self) -> str:
        """Say how many problems there are, and where: `3 problems in x.yaml`."""
        count = len(self.problems)
        title = "1 problem" if count == 1 else f"{count} problems"
        files = sorted({problem.where.file for problem in self.problems} - {""})
        if not files:
            return title
        return f"{title} in {clean(files[0]) if len(files) == 1 else f'{len(files)} files'}"

    def __str__(self) -> str:
        blocks = [problem.text() for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            blocks.append(f"... and {len(self.problems) - MOST_SHOWN} more")
        return "\n".join([self.heading, *blocks])


class FileProblems(GlasstownError):
    """A file that a user wrote cannot be used: all that was found in it, not only the first."""


class RunProblem(GlasstownError):
    """A run folder cannot be used: in use, unwritable, damaged, or holding another world."""


class StoreProblem(GlasstownError):
    """An object store cannot be used: it is not reached, refuses, or lacks a bucket."""
