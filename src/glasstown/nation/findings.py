"""What is found wrong with a nation, and limits on what it may hold."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from glasstown.errors import Place, Problem
from glasstown.files import Document, path_text
from glasstown.files.exact import decimal_text, percent_text

MOST_TRAITS = 256
MOST_CHOICES = 64
MOST_NUMBERS = 256
MOST_CELLS = 4096
MOST_JOINTS = 8
MOST_INTERACTIONS = 64
MOST_MARGINS = 16
LARGEST_NUMBER = 32_767
LARGEST_ODDS = 1_000_000

EXACT_ENOUGH = Fraction(1, 10**6)
"""How far shares may sum from 100%: room for thirds, and for nothing else."""


class Findings:
    """Problems, in the order they are found; each points at a path in the nation.

    document: the file that the nation was read from; None for a nation built in Python, whose
    problems then name the path in words.
    """

    def __init__(self, document: Document | None) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def add(
        self,
        *path: str | int,
        what: str,
        why: str = "",
        remedy: str = "",
        nearest: str = "",
        at_value: bool = False,
    ) -> None:
        """Add a problem with what stands at a path; `at_value` as in `Document.problem`."""
        if self.document is None:
            what = f"`{path_text(path)}`: {what}"
            problem = Problem(Place(""), what, why, remedy, nearest)
        else:
            problem = self.document.problem(
                *path, what=what, why=why, remedy=remedy, nearest=nearest, at_value=at_value
            )
        self.problems.append(problem)

    def whole(self, shares: Iterable[Fraction], *path: str | int) -> None:
        """Add a problem unless shares sum to 100%."""
        total = sum(shares, Fraction(0))
        if abs(total - 1) <= EXACT_ENOUGH:
            return
        less = total < 1
        self.add(
            *path,
            what=f"the shares of `{path_text(path)}` sum to {percent(total)}, not to 100%",
            remedy=f"{'raise' if less else 'lower'} them by {percent(abs(1 - total))} in all",
        )

    def at_most(self, count: int, most: int, of: str, *path: str | int) -> bool:
        """Add a problem if there are more than the most; say whether all is well."""
        if count > most:
            self.add(
                *path,
                what=f"`{path_text(path)}` has {count:,} {of}, and at most {most:,} are taken",
                remedy="put some of them together",
            )
        return count <= most


def percent(share: Fraction) -> str:
    """A share as a percentage of at most seven decimals."""
    return percent_text(Fraction(round(share * 10**9), 10**9))


def number_text(number: Fraction) -> str:
    """A number with at most nine decimals."""
    return decimal_text(Fraction(round(number * 10**9), 10**9))


def listed(names: Iterable[str], most: int = 8) -> str:
    """Names in a row, quoted; a long row is cut."""
    names = list(names)
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(f"`{name}`" for name in names[:most]) + more
