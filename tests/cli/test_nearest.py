"""`glasstown dossier --nearest` as a user meets it."""

import json
from pathlib import Path

import pytest
from tests.cli.commands import done, failed, put_files


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = put_files(tmp_path_factory.mktemp("nearest"))
    often = ("--set", "conduct.actions.cheat.rate=30%", "--months", "8")
    done("run", "small.yaml", "--quiet", *often, at=folder)
    return folder


def refused(here: Path) -> int:
    """A citizen who was refused a ticket."""
    for number in range(1000):
        told = json.loads(done("dossier", "runs/small", number, "--json", at=here))
        if any(e["kind"] == "refused" for month in told["months"] for e in month["entries"]):
            return number
    raise AssertionError("nobody was refused")


def test_what_would_have_altered_it_is_told_after_the_dossier(here: Path) -> None:
    number = refused(here)
    plain = done("dossier", "runs/small", number, at=here)
    said = done("dossier", "runs/small", number, "--nearest", at=here)
    assert said.startswith(plain)
    assert "was refused when" in said
    assert "Held as it was: the citizen's traits and luck" in said
    told = json.loads(done("dossier", "runs/small", number, "--nearest", "--json", at=here))
    (found,) = told.pop("nearest")
    assert (found["scheme"], found["consequence"]) == ("points", "no_ticket")
    assert found["befell"] == "refused"
    for change in found["changes"]:
        assert change["says"] in " ".join(said.split())
    assert told == json.loads(done("dossier", "runs/small", number, "--json", at=here))


def test_a_month_in_which_nothing_was_withheld(here: Path) -> None:
    number = refused(here)
    said = done("dossier", "runs/small", number, "--month", "0", "--nearest", at=here)
    assert "Nothing was refused, required, withheld or made public here." in said


def test_citizens_are_not_told(here: Path) -> None:
    said = failed("dossier", "runs/small", 1, "--nearest", "--as", "citizen", at=here)
    assert "what would have altered a treatment is not told to citizens" in said
    assert "ask --as auditor" in said
