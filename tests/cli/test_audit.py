"""`glasstown audit` as an auditor meets it, and what it does in Python."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest
from tests.cli.commands import COMMAND, ENVIRONMENT, FILES, done, failed, glasstown, put_files

import glasstown as gt

CHOSEN = FILES["points.yaml"].replace("points: -20", "points: [-50, -5]")
"""A scheme in which an official chooses how many points are lost."""

ONE = ["--only", "discretion"]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    put_files(tmp_path)
    (tmp_path / "chosen.yaml").write_text(CHOSEN.replace("scheme: points", "scheme: chosen"))
    (tmp_path / "plain-yardstick.yaml").write_text("yardstick: plain\n")
    return tmp_path


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = put_files(tmp_path_factory.mktemp("ran"))
    done("run", "small.yaml", "--quiet", at=folder)
    return folder


def test_a_fault_is_found_with_its_line_and_the_command_says_so(here: Path) -> None:
    result = glasstown("audit", "chosen.yaml", *ONE, at=here)
    assert (result.returncode, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "Audit of chosen, measured by the yardstick ordinary"
    assert lines[1].startswith("1 finding: 1 ")
    assert "FOUND, " in result.stdout
    line = CHOSEN.splitlines().index("  cheated: {when: cheat, seen_by: eye, points: [-50, -5], "
                                     "disclosed: yes}") + 1  # fmt: skip
    assert f"  chosen.yaml:{line}\n" in result.stdout
    for part in ("The way there", "To remove it: ", "Cannot be shown: "):
        assert part in result.stdout
    again = done("audit", "chosen.yaml", *ONE, "--exit-zero", at=here)
    assert again == result.stdout


def test_where_nothing_is_found_it_is_said_what_was_looked_at(here: Path) -> None:
    said = done("audit", "points.yaml", *ONE, at=here)
    assert said == (
        "Audit of points, measured by the yardstick ordinary\n"
        "Nothing was found.\n\n"
        "Nothing found, where this was looked at\n"
        "  discretion: 2 rules\n"
    )


def test_a_yardstick_is_named_or_in_a_file(here: Path) -> None:
    for by in ("ordinary", "plain-yardstick.yaml"):
        said = done("audit", "points.yaml", *ONE, "--by", by, at=here)
        assert f"measured by the yardstick {by.partition('-')[0]}\n" in said


def test_probes_can_be_picked(here: Path) -> None:
    said = done("audit", "points.yaml", *ONE, "--only", "no-exit", "--format", "json", at=here)
    probes = [answer["probe"] for part in json.loads(said)["parts"] for answer in part["answers"]]
    assert sorted(probes) == ["discretion", "no-exit"]


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Audit of chosen"), ("json", '{\n  "format": 1'), ("sarif", '{\n  "$schema"'),
     ("md", "# Audit of chosen"), ("html", "<!doctype html>")],
)  # fmt: skip
def test_each_format_is_printed_or_written(here: Path, form: str, begins: str) -> None:
    printed = done("audit", "chosen.yaml", *ONE, "--exit-zero", "--format", form, at=here)
    assert printed.lstrip().startswith(begins)
    result = glasstown("audit", "chosen.yaml", *ONE, "--format", form, "--out", "x", at=here)
    assert result.returncode == 1
    assert result.stdout.endswith("\nx is written.\n")
    assert (here / "x").read_text() == printed
    assert [file.name for file in here.iterdir() if "part" in file.name] == []


@pytest.mark.parametrize("ending", ["json", "sarif", "md", "HTML", "txt"])
def test_the_ending_of_a_file_says_the_format(here: Path, ending: str) -> None:
    form = {"txt": "text"}.get(ending, ending.lower())
    arguments = ["audit", "chosen.yaml", *ONE, "--exit-zero"]
    done(*arguments, "--out", f"a.{ending}", at=here)
    printed = done(*arguments, "--format", form, at=here)
    assert (here / f"a.{ending}").read_text() == printed


def test_the_lines_of_sarif_are_those_of_the_file(here: Path) -> None:
    said = done("audit", "chosen.yaml", *ONE, "--exit-zero", "--format", "sarif", at=here)
    (result,) = json.loads(said)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "chosen.yaml"}
    line = CHOSEN.splitlines()[place["region"]["startLine"] - 1]
    assert line.lstrip().startswith("cheated:")


@pytest.mark.parametrize("width", [40, 72, 100])
def test_the_text_keeps_to_the_width(here: Path, width: int) -> None:
    said = done("audit", "chosen.yaml", "--exit-zero", at=here, COLUMNS=str(width))
    paths = re.compile(r"^    \S+  \S+$|^ *\S+$")
    assert max(len(line) for line in said.splitlines() if not paths.match(line)) <= width


def test_a_world_is_audited_as_written_and_from_inside(ran: Path) -> None:
    options = ["--seeds", 2, "--groups", "home", "--exit-zero", "--format", "json"]
    made = json.loads(done("audit", "small.yaml", *options, at=ran))
    assert [(part["subject"], part["way"]) for part in made["parts"]] == [
        ("points", "as written"),
        ("small", "from inside"),
    ]
    assert made["parts"][1]["saw"] == (
        "all 1,000 invented citizens in 6 months, on 2 seeds, 3 to 4, told apart by home"
    )
    of_run = json.loads(done("audit", "runs/small", *options, at=ran))
    assert of_run["parts"] == made["parts"] or of_run["parts"][1] == made["parts"][1]
    digest = json.loads((ran / "runs/small/manifest.json").read_text())["digest"]
    assert of_run["saw"] == f"the run with digest {digest}"


def test_nobody_is_run_where_it_is_as_written(ran: Path) -> None:
    said = done("audit", "runs/small", "--written", "--exit-zero", at=ran)
    assert "from inside" not in said
    assert "points, as written" in said


def test_progress_is_shown_on_a_terminal_alone(ran: Path) -> None:
    arguments = ["audit", "small.yaml", "--seeds", "2", "--only", "who-bears-it", "--exit-zero"]
    ours, theirs = pty.openpty()
    result = subprocess.run(
        [*COMMAND, *arguments],
        cwd=ran,
        env=ENVIRONMENT | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        timeout=300,
        check=True,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert b"Living lives again" in shown
    assert b"Living" not in result.stdout
    assert result.stdout.decode() == done(*arguments, at=ran)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["unictwn"], [
            "there is no scheme or world `unictwn` in the library",
            "did you mean: unictown-2019",
            "do: name one that `glasstown list` shows, a file that ends in .yaml, or the folder",
        ]),
        (["nowhere.yaml"], ["nowhere.yaml: there is no such file"]),
        (["runs/nothing"], ["there is no such file, nor a folder `runs`"]),
        (["."], ["this folder is not a Glasstown run"]),
        (["village.yaml"], [
            "village.yaml:1: this file is neither a scheme nor a world",
            "do: name a file that begins with `scheme:` or `world:`",
        ]),
        (["points.yaml", "--only", "no-exot"], [
            "there is no probe `no-exot`", "did you mean: no-exit", "why: the probes are ",
        ]),
        (["points.yaml", "--only", "who-bears-it"], [
            "the probe `who-bears-it` asks of citizens' lives", "do: name a world or a run",
        ]),
        (["points.yaml", "--seeds", "3"], [
            "`seeds` is of an audit from inside", "do: name a world or a run, or no seeds",
        ]),
        (["small.yaml", "--written", "--groups", "home"], [
            "`groups` is of an audit from inside", "do: leave `written` out, or no groups",
        ]),
        (["small.yaml", "--groups", "hom"], ["there is no trait `hom`", "did you mean: home"]),
        (["small.yaml", "--seeds", "1"], ["Invalid value for '--seeds'"]),
        (["points.yaml", "--by", "ordinry"], [
            "there is no yardstick `ordinry` in the library", "did you mean: ordinary",
        ]),
        (["points.yaml", "--by", "none.yaml"], ["none.yaml: there is no such file"]),
        (["points.yaml", "--by", "points.yaml"], ["points.yaml: the file has no `yardstick`"]),
        (["points.yaml", "--out", "no/x.html"], [
            "no/x.html: there is no such folder to put a file in", "do: make the folder first",
        ]),
        (["points.yaml", "--out", "."], ["this is a folder, and a file is to be written"]),
        (["points.yaml", "--format", "pdf"], ["Invalid value for '--format'"]),
    ],
)  # fmt: skip
def test_what_cannot_be_audited_is_refused(
    here: Path, arguments: list[str], said: list[str]
) -> None:
    stderr = failed("audit", *arguments, at=here)
    for part in said:
        assert part in stderr


def test_every_problem_of_a_yardstick_is_told_with_its_line(here: Path) -> None:
    (here / "bad.yaml").write_text(
        "yardstick: bad\n"
        "contexts:\n"
        "  work: {related: [schol]}\n"
        "  school: {}\n"
        "grounds:\n"
        "  cheat: {gravity: 11, kind: misconduct}\n"
        "  study: {kind: nice}\n"
    )
    for command in (["check", "bad.yaml"], ["audit", "points.yaml", "--by", "bad.yaml"]):
        said = failed(*command, at=here)
        assert "bad.yaml:6: `grounds.cheat.gravity`" in said
        assert "bad.yaml:7: `grounds.study.kind`" in said
    right = (here / "bad.yaml").read_text().replace("11", "1").replace("nice", "civic")
    (here / "bad.yaml").write_text(right)
    said = failed("audit", "points.yaml", "--by", "bad.yaml", at=here)
    assert "bad.yaml:3: `schol` is not among the contexts" in said
    assert "did you mean: school" in said


def test_a_file_that_cannot_be_written_leaves_what_was_there(here: Path) -> None:
    done("audit", "points.yaml", *ONE, "--out", "a.txt", at=here)
    before = (here / "a.txt").read_text()
    failed("audit", "points.yaml", "--by", "none.yaml", "--out", "a.txt", at=here)
    assert (here / "a.txt").read_text() == before


def test_an_impact_assessment_is_drafted_for_each_scheme(ran: Path) -> None:
    said = glasstown("audit", "small.yaml", "--written", "--exit-zero", "--fria", "fria.md", at=ran)
    assert (said.returncode, said.stderr) == (0, "fria.md is written.\n")
    draft = (ran / "fria.md").read_text()
    assert draft.count("# Assessment of the impact on fundamental rights: ") == len(
        gt.load_world(ran / "small.yaml").schemes
    )
    assert "To be filled in" in draft


def test_a_draft_that_cannot_be_written_is_refused_first(here: Path) -> None:
    said = failed("audit", "chosen.yaml", "--fria", "nowhere/fria.md", at=here)
    assert "nowhere" in said
