"""Mistaken files and what is said of them, read from a text that people can read too.

A case is a piece of YAML laid over a base that is in order, a line `----`, and the report; cases
are separated by lines `====`, with the name of the case behind. To write the reports anew after a
change, and look at the difference: GLASSTOWN_REWRITE=1 pytest tests/scheme tests/conduct
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

REWRITE = bool(os.environ.get("GLASSTOWN_REWRITE"))


@dataclass(frozen=True)
class Case:
    """One mistaken file, and the report that is expected."""

    name: str
    written: str
    report: str


def read_cases(file: Path) -> list[Case]:
    """The cases of a file."""
    cases = []
    for block in file.read_text(encoding="utf-8").split("==== ")[1:]:
        name, _, rest = block.partition("\n")
        written, _, report = rest.partition("----\n")
        cases.append(Case(name.strip(), written, report.rstrip("\n")))
    return cases


def rewrite(file: Path, report: Callable[[str], str]) -> None:
    """Write the reports of a file's cases anew."""
    head = file.read_text(encoding="utf-8").partition("==== ")[0]
    blocks = [
        f"==== {case.name}\n{case.written}----\n{report(case.written)}\n\n"
        for case in read_cases(file)
    ]
    file.write_text(head + "".join(blocks).rstrip("\n") + "\n", encoding="utf-8")
