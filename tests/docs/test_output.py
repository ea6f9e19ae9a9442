"""What the documentation says that commands print is what they print.

With GLASSTOWN_DOCS=write, figures that have changed are written anew; look at the difference, and
at the prose around it, before committing it. (Pages that quote nothing are run by
tests/cli/test_docs.py; `sh` blocks need the files that their page writes, and are run here alone.)
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import ENVIRONMENT, ROOT
from tests.docs.pages import PAGES, Block, blocks, prose
from tests.store.server import reached

WRITE = os.environ.get("GLASSTOWN_DOCS") == "write"
GAP = "..."


def quotes(block: Block) -> bool:
    return block.language == "console" or (block.language == "text" and block.below)


QUOTING = [page for page in PAGES if any(quotes(block) or block.file for block in blocks(page))]
TUTORIALS = [page for page in PAGES if page.parent.name == "tutorial"]


class Shell:
    """Runs the blocks of a page in a folder of their own."""

    def __init__(self, folder: Path, store: dict[str, str]) -> None:
        self.folder = folder
        tools = folder / ".tools"
        tools.mkdir()
        command = tools / "glasstown"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m glasstown "$@"\n')
        command.chmod(0o755)
        path = os.pathsep.join([str(tools), ENVIRONMENT["PATH"]])
        self.environment = {**ENVIRONMENT, **store, "PATH": path}
        self.names: dict[str, Any] = {"__name__": "__main__"}

    def bash(self, code: str) -> tuple[int, str]:
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", code],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return result.returncode, result.stdout

    def python(self, block: Block) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(self.folder):
            exec(compile("\n" * block.line + block.code, block.where, "exec"), self.names)
        return printed.getvalue()


@pytest.mark.parametrize("page", QUOTING, ids=lambda page: str(page.relative_to(ROOT)))
def test_quoted_output_comes_out(
    page: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    shell = Shell(tmp_path, reached(request) if "s3://" in page.read_text() else {})
    printed = ""
    commands_of = ("bash", "sh") if any(block.file for block in blocks(page)) else ("bash",)
    for block in blocks(page):
        if block.file:
            (tmp_path / block.file).write_text(block.code)
        if block.language in commands_of and block.run:
            code, printed = shell.bash(block.code)
            assert code == 0, f"{block.where}\n{printed}"
        elif block.language == "python" and block.run:
            printed = shell.python(block)
        elif block.language == "text" and block.below:
            hold(block, block.code, printed)
        elif block.language == "console":
            for command, quoted in commands(block.code):
                code, printed = shell.bash(command)
                assert code == 2, f"{block.where}: `{command}` ended with {code}\n{printed}"
                hold(block, quoted, printed)


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: str(page.relative_to(ROOT)))
def test_figures_in_the_prose_are_quoted_from_output(page: Path) -> None:
    """A decimal in a sentence stands in a block of the page too, so that it cannot go stale."""
    shown = " ".join(block.code for block in blocks(page))
    figures = re.findall(r"(?<![\w.])\d+\.\d+(?![\w.])", prose(page))
    assert [figure for figure in figures if figure not in shown and figure != "3.11"] == []


def commands(code: str) -> list[tuple[str, str]]:
    """Each command of a console block, with what is quoted below it."""
    parts = re.split(r"^\$ ([^\n]*)\n", code, flags=re.MULTILINE)
    assert not parts[0], "a console block begins with `$ `"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def hold(block: Block, quoted: str, printed: str) -> None:
    wanted, found = lines(quoted), lines(printed)
    if holds(wanted, found):
        return
    mended = mend(wanted, found)
    if WRITE and mended is not None:
        text = block.page.read_text(encoding="utf-8")
        assert text.count(quoted) == 1, f"{block.where}: this is quoted twice"
        block.page.write_text(text.replace(quoted, "\n".join(mended) + "\n"), encoding="utf-8")
        return
    raise AssertionError(f"{block.where} quotes what is not printed. It prints:\n\n{printed}")


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def runs(wanted: list[str]) -> list[list[str]]:
    """The runs of lines between the gaps."""
    found: list[list[str]] = [[]]
    for line in wanted:
        if line.strip() == GAP:
            found.append([])
        else:
            found[-1].append(line)
    return found


def places(wanted: list[str], found: list[str]) -> list[tuple[int, int]] | None:
    """Where each run of quoted lines stands in the output; None if one does not, in this order.

    The first run stands at the very beginning and the last at the very end.
    """
    spans, at = [], 0
    every = runs(wanted)
    for number, run in enumerate(every):
        starts = range(at, len(found) - len(run) + 1)
        if number == 0:
            starts = range(0, min(1, len(found) - len(run) + 1))
        if number == len(every) - 1:
            starts = range(max(at, len(found) - len(run)), len(found) - len(run) + 1)
            starts = starts if len(every) > 1 or len(run) == len(found) else range(0)
        start = next((s for s in starts if found[s : s + len(run)] == run), None)
        if start is None:
            return None
        at = start + len(run)
        spans.append((start, at))
    return spans


def holds(wanted: list[str], found: list[str]) -> bool:
    return places(wanted, found) is not None


def mend(wanted: list[str], found: list[str]) -> list[str] | None:
    """The quoted lines with the figures of today; None if more than figures has changed."""

    def form(line: str) -> str:
        squeezed = re.sub(r"[\d,.]*\d", "#", line)
        return " ".join(re.sub(r"(?<!\w)[+-]#", "#", squeezed).split())

    spans = places(
        [line if line.strip() == GAP else form(line) for line in wanted],
        [form(line) for line in found],
    )
    if spans is None:
        return None
    mended: list[str] = []
    for number, (start, end) in enumerate(spans):
        indent = next((re.match(" *", w).group() for w in wanted if w.strip() == GAP), "")  # type: ignore[union-attr]
        mended += ([indent + GAP] if number else []) + found[start:end]
    return mended


def test_a_quotation_is_held_to_the_letter() -> None:
    printed = ["a", "b", "c", "d"]
    for right in (["a", "b", "c", "d"], ["a", GAP, "d"], [GAP, "b", "c", GAP], [GAP, "c", "d"]):
        assert holds(right, printed)
    for wrong in (["a", "b"], ["b", "c", "d"], ["a", GAP, "c"], [GAP, "c", "b", GAP], ["a", "d"]):
        assert not holds(wrong, printed)


def test_figures_are_mended_and_words_are_not() -> None:
    assert mend(["score 1.5", GAP, "end 3"], ["score 12.0", "x", "end 4"]) == [
        "score 12.0",
        GAP,
        "end 4",
    ]
    assert mend(["score 1.5"], ["points 1.5"]) is None
