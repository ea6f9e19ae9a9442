"""Every ```bash and ```python block in the documentation runs, page by page, from top to bottom.

A block stays out only after a line `<!-- not run: reason -->`. Pages that quote what is printed are
run by tests/docs/test_output.py, and not here again.
"""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import ENVIRONMENT, ROOT
from tests.docs.test_output import QUOTING
from tests.store.server import reached

PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("README.md")])

_BLOCK = re.compile(
    r"^(?P<before><!--[^\n]*-->\n\n?)?(?P<indent>[ ]*)```(?P<language>bash|python)\b[^\n]*\n"
    r"(?P<code>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_NOT_RUN = re.compile(r"<!-- not run: \S.* -->")


@dataclass(frozen=True)
class Block:
    line: int
    language: str
    code: str
    run: bool


def blocks(page: Path) -> list[Block]:
    text = page.read_text()
    found = []
    for match in _BLOCK.finditer(text):
        indent = match["indent"]
        code = "".join(line.removeprefix(indent) for line in match["code"].splitlines(True))
        line = text.count("\n", 0, match.start("code"))
        skipped = bool(match["before"] and _NOT_RUN.match(match["before"]))
        found.append(Block(line, match["language"], code, not skipped))
    return found


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if blocks(page) and page not in QUOTING],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_page_runs(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    store = reached(request) if "s3://" in page.read_text() else {}
    tools = tmp_path / ".tools"
    tools.mkdir()
    command = tools / "glasstown"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m glasstown "$@"\n')
    command.chmod(0o755)
    path = os.pathsep.join([str(tools), ENVIRONMENT["PATH"]])
    names: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks(page):
        where = f"{page.relative_to(ROOT)}:{block.line}"
        if not block.run:
            continue
        if block.language == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile("\n" * block.line + block.code, str(page), "exec"), names)
            continue
        result = subprocess.run(
            [shutil.which("bash") or "bash", "-euo", "pipefail", "-c", block.code],
            env={**ENVIRONMENT, **store, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.returncode == 0, f"{where}\n{result.stdout}{result.stderr}"


def test_few_blocks_stay_out() -> None:
    every = [block for page in PAGES for block in blocks(page)]
    out = [block for block in every if not block.run]
    assert every
    assert len(out) <= max(3, len(every) // 5)
