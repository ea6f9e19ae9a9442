"""What was compiled is not used when the machine's sources say something else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import glasstown
from glasstown.engine import machine
from glasstown.engine.machine import numbers, sources

PACKAGE = Path(machine.__file__).parent
FILES = sorted(path.name for path in PACKAGE.glob("*.py"))
FAMILIES = (
    "communities", "counting", "draws", "flags", "keeping", "luck", "picks", "shorts", "widths",
    "words",
)  # fmt: skip

READY = "from glasstown.engine.execute import ready; ready()"


def nothing(family: str) -> str:
    """A module whose functions do nothing, and so are compiled at once."""
    names = re.findall(r"^def (\w+)\(", (PACKAGE / f"{family}.py").read_text(), re.MULTILINE)
    functions = "".join(f"@jit\ndef {name}(*given):\n    pass\n\n" for name in names)
    return "from glasstown.engine.machine.jit import fused, jit\n\n" + functions


@pytest.mark.skipif("NUMBA_DISABLE_JIT" in os.environ, reason="nothing is compiled")
def test_a_change_in_any_file_is_compiled(tmp_path: Path) -> None:
    """Numba itself looks at no file but the one with the entry."""
    source, kept = tmp_path / "source", tmp_path / "kept"
    shutil.copytree(Path(glasstown.__file__).parent, source / "glasstown")
    copy = source / "glasstown" / "engine" / "machine"
    for family in FAMILIES:
        (copy / f"{family}.py").write_text(nothing(family))
    called = copy / "communities.py"  # by the loop, for the one ward of a program without code
    environment = {**os.environ, "PYTHONPATH": str(source), "NUMBA_CACHE_DIR": str(kept)}

    def said(number: int) -> str:
        does_nothing = "note_seats(*given):\n    "
        text = nothing("communities")
        assert does_nothing in text
        called.write_text(text.replace(does_nothing, f"{does_nothing}print({number})\n    "))
        done = subprocess.run(
            [sys.executable, "-c", READY],
            env=environment, capture_output=True, text=True, timeout=300, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    assert said(1) == "1"
    assert said(1) == "1"
    assert len(list(kept.rglob("*.nbc"))) == 1  # the entry alone is kept, and was found again
    assert said(2) == "2"


@pytest.mark.parametrize("name", FILES)
def test_every_file_counts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "machine"
    shutil.copytree(PACKAGE, copy)
    monkeypatch.setattr(sources, "files", lambda package: copy)
    before = sources.sources()
    path = copy / name
    path.write_text(path.read_text() + "\n")
    assert sources.sources() != before


@pytest.mark.parametrize("name", ["ADD", "LANES", "M0", "ROUNDS"])
def test_every_number_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sources.sources()
    assert before == sources.sources()
    monkeypatch.setattr(numbers, name, getattr(numbers, name) + 1)
    assert sources.sources() != before
