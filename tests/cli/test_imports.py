"""What must not be loaded before it is needed: modules are counted, not seconds."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.commands import ENVIRONMENT

from glasstown import load_world

HEAVY = {
    "altair",
    "botocore",
    "duckdb",
    "fsspec",
    "jinja2",
    "llvmlite",
    "numba",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "scipy",
    "vl_convert",
    "yaml",
}

NOT_RUNNING = {
    "altair",
    "jinja2",
    "llvmlite",
    "numba",
    "pandas",
    "polars",
    "SALib",
    "scipy",
    "vl_convert",
}


def loaded(code: str) -> set[str]:
    """The top-level modules that are loaded after some code has run."""
    ask = "import sys\nprint(*{name.partition('.')[0] for name in sys.modules})"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ask}"],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(result.stdout.splitlines()[-1].split())


HELP = """
import sys
from glasstown.cli import main
sys.argv = ["glasstown", *{arguments}]
try:
    main()
except SystemExit as ended:
    assert not ended.code
"""


@pytest.mark.parametrize(
    "code",
    [
        "import glasstown",
        "import glasstown; dir(glasstown)",
        "import glasstown.cli.app",
        HELP.format(arguments=["--help"]),
        HELP.format(arguments=["run", "--help"]),
        HELP.format(arguments=["sweep", "--help"]),
        HELP.format(arguments=["audit", "--help"]),
        HELP.format(arguments=["nation", "show", "--help"]),
        HELP.format(arguments=["--version"]),
    ],
)
def test_help_loads_nothing_heavy(code: str) -> None:
    found = loaded(code)
    assert "glasstown" in found
    assert not found & HEAVY


@pytest.mark.parametrize(
    "code",
    [
        "import glasstown; glasstown.load_world; glasstown.Run; glasstown.sweep",
        HELP.format(arguments=["explain", "unictown-2019"]),
        HELP.format(arguments=["odd", "unictown-campus"]),
        HELP.format(arguments=["nation", "show", "campus", "--sample", "600"]),
        HELP.format(arguments=["schema", "world"]),
        HELP.format(arguments=["audit", "unictown-campus", "--written", "--exit-zero"]),
    ],
)
def test_what_runs_nothing_and_draws_nothing_loads_no_compiler(code: str) -> None:
    assert not loaded(code) & NOT_RUNNING


def test_a_dossier_loads_nothing_that_draws_and_no_data_frames(tmp_path: Path) -> None:
    kept = load_world("unictown-campus", citizens=240, months=2).run(out=tmp_path / "run")
    found = loaded(HELP.format(arguments=["dossier", str(kept.folder), "7"]))
    assert "pyarrow" in found
    assert not found & {"altair", "jinja2", "pandas", "polars", "vl_convert"}
