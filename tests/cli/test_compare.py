"""`glasstown compare` as a user meets it."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.commands import done, failed, put_files


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small world, its run, and one under a harsher rule."""
    folder = put_files(tmp_path_factory.mktemp("compare"))
    done("run", "small.yaml", "--quiet", at=folder)
    harsher = ("--set", "rules.cheated.points=-60", "--out", "runs/harsh")
    done("run", "small.yaml", "--quiet", *harsher, at=folder)
    return folder


def test_two_runs_are_compared(here: Path) -> None:
    said = done("compare", "runs/small", "runs/harsh", "--by", "home", at=here)
    assert "points.rules.cheated.points: -20 in the first, -60 in the second" in said
    assert "All 1,000 citizens of village; 6 months, with the same luck in both (seed 3)" in said
    assert "points.score, points, at the end" in said
    assert "Effects by home" in said
    assert "interval" not in said
    assert "Who gains most by the first world" in said
    assert "  nobody" in said  # by the milder rule nobody loses
    assert "glasstown dossier runs/harsh " in said
    assert "first run" not in said


def test_a_named_life_can_be_looked_up(here: Path) -> None:
    said = done("compare", "runs/small", "runs/harsh", at=here)
    lines = [line.split() for line in said.splitlines() if "glasstown dossier" in line]
    assert len(lines) == 6
    for command in lines[:2]:
        assert f"Citizen {int(command[-1]):,} of" in done(*command[1:], at=here)


def test_a_world_with_one_thing_changed(here: Path) -> None:
    changed = ("--set", "rules.cheated=null")
    said = done("compare", "small.yaml", *changed, "--seeds", "2", at=here)
    assert "Second: small.yaml with rules.cheated=null" in said
    assert "points.rules.cheated: only in the first" in said
    assert "95% interval" in said
    assert "over 2 seeds" in said
    make = next(line for line in said.splitlines() if "glasstown run" in line and "set" in line)
    assert make.strip() == "glasstown run small.yaml --set rules.cheated=null --out runs/second"
    of_run = done("compare", "runs/small", *changed, "--format", "json", at=here)
    of_world = done("compare", "small.yaml", *changed, "--format", "json", at=here)
    assert json.loads(of_run)["effects"] == json.loads(of_world)["effects"]


def test_nothing_differs(here: Path) -> None:
    said = done("compare", "runs/small", "small.yaml", at=here)
    assert "Nothing differs between the two worlds." in said
    assert "measures differs for any citizen" in said
    assert "No citizen is treated otherwise" in said


def test_json_and_csv_say_the_same(here: Path) -> None:
    asked = ("compare", "runs/small", "runs/harsh", "--measure", "did.*", "--by", "student")
    data = json.loads(done(*asked, "--format", "json", at=here))
    rows = list(csv.DictReader(io.StringIO(done(*asked, "--format", "csv", at=here))))
    flat = [(e["measure"], g) for e in data["effects"] for g in e["groups"]]
    assert len(rows) == len(flat) == 3 * 3
    for row, (measure, group) in zip(rows, flat, strict=True):
        assert row["measure"] == measure
        assert row["group"] == group["group"]
        assert float(row["effect"]) == group["effect"]
        assert (row["low"], group["low"]) == ("", None)
        assert int(row["more"]) == group["more"]
    assert data["among"] == data["citizens"] == 1000
    assert [each["path"] for each in data["differences"]] == ["points.rules.cheated.points"]
    assert data["gained"][0]["says"]


def test_it_can_be_written_to_a_file(here: Path) -> None:
    asked = ("compare", "runs/small", "runs/harsh", "--format", "csv")
    said = done(*asked, "--out", "compared.csv", at=here)
    assert said == "The comparison is compared.csv.\n"
    assert (here / "compared.csv").read_text() == done(*asked, at=here)


def test_what_cannot_be_compared_is_told(here: Path) -> None:
    said = failed("compare", "runs/small", "small.yaml", "--set", "seed=4", at=here)
    assert "the two have different seeds" in said
    said = failed("compare", "runs/small", "unictown-campus", at=here)
    assert "the two have different nations and sizes" in said
    assert "there is nothing to compare with" in failed("compare", "runs/small", at=here)
    said = failed("compare", "runs/smal", "runs/harsh", at=here)
    assert "`runs/smal` is neither a run nor a world" in said
    said = failed("compare", "unictown-camp", "runs/harsh", at=here)
    assert "did you mean: unictown-campus" in said
    said = failed("compare", "runs/small", "runs/harsh", "--measure", "dance", at=here)
    assert "neither world counts `dance`" in said
