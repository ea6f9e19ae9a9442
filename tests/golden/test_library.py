"""Golden outputs beside the library's files: adding a scheme or a world adds its test.

With GLASSTOWN_GOLDEN=write the files are written anew; look at the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import glasstown as gt
from glasstown import scheme, world
from glasstown.engine.execute import execute
from glasstown.world import World, bind

WRITE = os.environ.get("GLASSTOWN_GOLDEN") == "write"
CITIZENS, MONTHS = 2400, 12


def totals(made: World) -> str:
    """Every measure of a world, added up over everyone and all months, a line each."""
    sums = execute(made).values[:, :, 0].sum(axis=0).tolist()
    lines = [f"{name},{total}" for name, total in zip(made.measures, sums, strict=True)]
    return "\n".join(["measure,total", *lines]) + "\n"


def hold(golden: Path, found: str) -> None:
    if WRITE:
        golden.write_text(found, encoding="utf-8")
    assert golden.is_file(), f"{golden.name} is missing: run with GLASSTOWN_GOLDEN=write"
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", scheme.names())
def test_a_scheme_does_what_it_did(name: str) -> None:
    """Each scheme alone, on the campus."""
    campus = gt.load_world("unscored-campus")
    made = bind(
        f"only-{name}",
        [scheme.load_scheme(name)],
        campus.nation,
        campus.conduct,
        months=MONTHS,
        citizens=CITIZENS,
    )
    hold(scheme.path(name).with_suffix(".out.csv"), totals(made))


@pytest.mark.parametrize("name", world.names())
def test_a_world_does_what_it_did(name: str) -> None:
    made = gt.load_world(name, months=MONTHS, citizens=CITIZENS)
    hold(world.path(name).with_suffix(".out.csv"), totals(made))


def test_the_default_world_compiles_to_the_same_program() -> None:
    program = execute(gt.load_world("unictown-campus", citizens=1, months=1)).program
    hold(Path(__file__).parent / "unictown-campus.program.txt", program.listing())
