"""Each command as a user meets it: what it prints, what it leaves, how it ends."""

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from tests.cli.commands import FILES, done, failed, glasstown, put_files

from glasstown import __version__
from glasstown.records import read_record


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return put_files(tmp_path)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small world's files and its run in `runs/small`."""
    folder = put_files(tmp_path_factory.mktemp("ran"))
    done("run", "small.yaml", "--quiet", at=folder)
    return folder


# --- help -------------------------------------------------------------------------------------


def test_help_names_every_command_and_says_how_to_begin(tmp_path: Path) -> None:
    said = done("--help", at=tmp_path)
    for command in [
        "new",
        "check",
        "explain",
        "list",
        "schema",
        "nation",
        "run",
        "resume",
        "verify",
        "compile",
        "show",
        "compare",
        "dossier",
        "audit",
        "report",
    ]:
        assert f" {command} " in said
    assert "glasstown run unictown-campus" in said
    assert done("-h", at=tmp_path) == said


def test_no_command_is_the_help(tmp_path: Path) -> None:
    assert "Usage: glasstown" in glasstown(at=tmp_path).stdout


def test_version(tmp_path: Path) -> None:
    assert done("--version", at=tmp_path) == f"glasstown {__version__}\n"


@pytest.mark.parametrize("arguments", [["chek"], ["run"], ["run", "w", "--month", "3"]])
def test_a_wrong_call_is_told_without_a_traceback(arguments: list[str], tmp_path: Path) -> None:
    result = glasstown(*arguments, at=tmp_path)
    assert result.returncode == 2
    assert "Error" in result.stderr
    assert "Traceback" not in result.stderr


# --- check ------------------------------------------------------------------------------------


def test_check_says_what_each_file_is(here: Path) -> None:
    assert done("check", *FILES, at=here) == (
        "points.yaml: a scheme, no problems\n"
        "village.yaml: a nation, no problems\n"
        "plain.yaml: a conduct, no problems\n"
        "small.yaml: a world, no problems\n"
        "ranked.yaml: a world, no problems\n"
    )


def test_check_tells_every_problem_of_every_file_with_its_line(here: Path) -> None:
    broken = FILES["points.yaml"].replace("detects: 90%", "detects: 190%")
    (here / "points.yaml").write_text(broken.replace("score < 40", "scor < 40"))
    (here / "village.yaml").write_text(FILES["village.yaml"].replace("hill: 30%", "hill: 40%"))
    result = glasstown("check", "points.yaml", "plain.yaml", "village.yaml", at=here)
    assert result.returncode == 2
    assert result.stdout == "plain.yaml: a conduct, no problems\n"
    assert "points.yaml:5: `sensors.eye.detects`: `190%` is more than 100%" in result.stderr
    assert "village.yaml:6: " in result.stderr
    assert "problems in 2 files" in result.stderr


def test_check_takes_names_of_the_library(tmp_path: Path) -> None:
    said = done("check", "unictown-2019", "campus", at=tmp_path)
    assert said == "unictown-2019: a scheme, no problems\ncampus: a nation, no problems\n"


def test_check_gives_the_nearest_name(here: Path) -> None:
    assert failed("check", "unictwon-2019", at=here) == (
        "1 problem\n"
        "there is nothing called `unictwon-2019` in the library\n"
        "    did you mean: unictown-2019\n"
        "    do: `glasstown list` names what there is; the path of a file ends in .yaml\n"
    )
    assert "did you mean: ./points.yaml" in failed("check", "./pionts.yaml", at=here)


def test_a_file_of_no_kind_is_told_what_to_begin_with(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("shceme: x\n")
    assert failed("check", "x.yaml", at=tmp_path) == (
        "1 problem in x.yaml\n"
        "x.yaml:1: the file does not say what it is\n"
        "    did you mean: scheme\n"
        "    why: a file begins with its kind and its name, such as `scheme: my-scheme`\n"
        "    do: begin with one of `world:`, `scheme:`, `nation:`, `conduct:`, `yardstick:`\n"
    )


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"[" * 100_000, b"a: &a [*a]", b"\x00" * 99])
@pytest.mark.parametrize("command", ["check", "explain", "run", "compile"])
def test_hostile_files_end_in_one_report(command: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    said = failed(command, "x.yaml", at=tmp_path)
    assert re.match(r"[12] problems? in x\.yaml\nx\.yaml(:1)?: ", said)
    assert "this is a folder" in failed(command, "./", at=tmp_path)


# --- new, schema, list, explain, nation ---------------------------------------------------------


@pytest.mark.parametrize("kind", ["scheme", "nation", "conduct", "world", "yardstick"])
def test_a_new_file_is_in_order_and_never_written_over(kind: str, tmp_path: Path) -> None:
    said = done("new", kind, "first-try", at=tmp_path)
    assert said.startswith("first-try.yaml is written. Change it, then: glasstown ")
    text = (tmp_path / "first-try.yaml").read_text()
    assert yaml.safe_load(text)[kind] == "first-try"
    assert "my-" + kind not in text
    assert text.count("\n#") + text.count(" #") >= 5
    assert f"a {kind}, no problems" in done("check", "first-try.yaml", at=tmp_path)
    assert failed("new", kind, "first-try", at=tmp_path) == (
        "1 problem in first-try.yaml\n"
        "first-try.yaml: there is such a file already\n"
        "    why: nothing is ever written over here\n"
        "    do: choose another name, or name another folder with --out\n"
    )
    assert (tmp_path / "first-try.yaml").read_text() == text


def test_new_takes_a_folder_and_refuses_what_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    done("new", "scheme", "a", "--out", "mine", at=tmp_path)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["a.yaml"]
    assert "the file cannot be written: " in failed(
        "new", "scheme", "a", "--out", "no/such", at=tmp_path
    )
    wrong = failed("new", "scheme", "My Scheme", at=tmp_path)
    assert "`My Scheme` is not a name for a file\n    did you mean: my-scheme" in wrong
    assert "not a name for a file" in failed("new", "scheme", "../up", at=tmp_path)


@pytest.mark.parametrize("kind", ["scheme", "nation", "conduct", "world", "yardstick"])
def test_the_schema_takes_the_starter(kind: str, tmp_path: Path) -> None:
    schema = json.loads(done("schema", kind, at=tmp_path))
    jsonschema.Draft202012Validator.check_schema(schema)
    done("schema", kind, "--out", "s.json", at=tmp_path)
    assert json.loads((tmp_path / "s.json").read_text()) == schema
    done("new", kind, "trial", at=tmp_path)
    as_editors_read = yaml.load((tmp_path / "trial.yaml").read_text(), _Yaml12)
    jsonschema.validate(as_editors_read, schema)


_TEXTS = ("bool", "timestamp")


class _Yaml12(yaml.SafeLoader):
    """YAML as editors read it: `yes`, `no` and dates are text."""


_Yaml12.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.split(":")[-1] not in _TEXTS]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_list_names_the_library(tmp_path: Path) -> None:
    said = done("list", at=tmp_path)
    for heading in ("Schemes", "Nations", "Conducts", "Worlds", "Yardsticks"):
        assert f"{heading}\n" in said
    for name in (
        "unictown-2019",
        "campus",
        "china-18-45",
        "fearful",
        "unictown-campus",
        "ordinary",
    ):
        assert f"  {name} " in said
    assert "sourced, " in said
    only = done("list", "nations", at=tmp_path)
    assert "campus" in only
    assert "unictown-2019" not in only


def test_explain_is_prose(here: Path) -> None:
    said = done("explain", "points.yaml", at=here)
    assert said.startswith("Points for studying\n")
    assert "Studying, when seen by the eye, earns 3 points." in said


def test_nation_show_sets_found_beside_asked(here: Path) -> None:
    said = done("nation", "show", "village.yaml", "--sample", 500, "--seed", 4, at=here)
    assert "village, seed 4: " in said
    assert "asked" in said
    assert "found" in said
    assert "standard error" in said
    narrow = done("nation", "show", "village.yaml", "--sample", 500, at=here, COLUMNS="80")
    assert max(map(len, narrow.splitlines())) <= 80
    assert "student" in narrow


# --- run, show, verify, dossier, compile --------------------------------------------------------


def test_run_keeps_a_run_and_sums_it_up(here: Path) -> None:
    said = done("run", "small.yaml", at=here)
    record = read_record(here / "runs/small")
    assert said.startswith(
        "A village that counts points\n"
        "1,000 invented citizens of village, 6 months, under points (seed 3)\n"
    )
    for line in (
        "everyone  not student  student",
        "points, at the end",
        "Refused, of what was wanted",
        "Done in a year, by 100 citizens",
        "Speak up, in a month",
        "would, but kept silent",
        "ns for each citizen and month",
        "Kept in runs/small",
        f"Digest {record.manifest.digest}",
        "Next: glasstown report runs/small",
    ):
        assert line in said


def test_the_summary_says_what_the_ledger_says(ran: Path) -> None:
    ledger = read_record(ran / "runs/small").ledger
    said = done("show", "runs/small", "--by", "home", at=ran)
    line = next(line for line in said.splitlines() if line.startswith("  cheat "))
    groups = [("all", "all"), ("home", "hill"), ("home", "shore")]
    expected = [
        f"{1200 * ledger.sum('did.cheat', *g) / ledger.sum('citizens', *g):.1f}" for g in groups
    ]
    assert line.split()[1:] == expected
    high = next(line for line in said.splitlines() if line.startswith("  high "))
    at_end = 100 * ledger.series("points.tier.high")[-1] / ledger.series("citizens")[-1]
    assert high.split()[1] == f"{at_end:.1f}"


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_the_summary_keeps_to_the_width(ran: Path, width: int) -> None:
    said = done("show", "runs/small", "--by", "points.tier", at=ran, COLUMNS=str(width))
    assert max(map(len, said.splitlines())) <= width
    assert "Refused" in said


def test_the_digest_is_the_same_for_any_threads(here: Path) -> None:
    done("run", "small.yaml", "--threads", 1, "--out", "one", "--quiet", at=here)
    done("run", "small.yaml", "--threads", 2, "--out", "two", "--quiet", at=here)
    assert read_record(here / "one").manifest.digest == read_record(here / "two").manifest.digest


def test_quiet_says_nothing(here: Path) -> None:
    assert done("run", "small.yaml", "-q", at=here) == ""


def test_options_of_run_change_the_world(here: Path) -> None:
    changes = ["--set", "rules.cheated.points=-2.5", "--set", "points.rules.studied=null"]
    options = ["--months", 2, "--seed", 9, "--citizens", 120]
    done("run", "small.yaml", "-q", *options, *changes, at=here)
    world = read_record(here / "runs/small").world
    assert (world.months, world.seed, world.citizens) == (2, 9, 120)
    assert set(world.schemes[0].rules) == {"cheated"}
    assert world.to_dict()["schemes"][0]["rules"]["cheated"]["points"] == "-2.5"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "points"], "--set: `points` does not say what to set"),
        (["--set", "rules.cheatd.points=1"], "did you mean: "),
        (["--set", "rules.cheated.points=[1"], "--set rules.cheated.points"),
        (["--months", "0"], "Invalid value for '--months'"),
        (["--citizens", "0"], "Invalid value for '--citizens'"),
        (["--seed", "-1"], "Invalid value for '--seed'"),
        (["--threads", "0"], "Invalid value for '--threads'"),
        (["--out", "no/such/place"], "there is no such folder to put a run in"),
        (["--out", "points.yaml"], "this is a file, and a run is a folder"),
        (["--out", "."], "this folder is not a Glasstown run"),
    ],
)
def test_run_refuses_and_leaves_nothing(here: Path, arguments: list[str], said: str) -> None:
    assert said in failed("run", "small.yaml", *arguments, at=here)
    assert sorted(p.name for p in here.iterdir()) == sorted(FILES)


def test_a_run_of_another_world_is_replaced_only_on_demand(here: Path) -> None:
    done("run", "small.yaml", "-q", at=here)
    done("run", "small.yaml", "-q", at=here)
    said = failed("run", "small.yaml", "--months", 3, at=here)
    assert "runs/small: this folder holds a run of another world: months `6`, not `3`" in said
    assert read_record(here / "runs/small").world.months == 6
    done("run", "small.yaml", "-q", "--months", 3, "--replace", at=here)
    assert read_record(here / "runs/small").world.months == 3


def test_show_gives_one_measure(ran: Path) -> None:
    ledger = read_record(ran / "runs/small").ledger
    said = done("show", "runs/small", "--measure", "did.study", "--by", "home", at=ran)
    assert said.splitlines()[1].split() == ["month", "hill", "shore"]
    assert said.splitlines()[4].split() == [
        "2",
        str(ledger.series("did.study", "home", "hill")[2]),
        str(ledger.series("did.study", "home", "shore")[2]),
    ]
    one = done("show", "runs/small", "--measure", "did.study", "--month", 4, at=ran)
    assert one.splitlines()[2].split() == ["4", str(ledger.series("did.study")[4])]


def test_show_gives_csv(ran: Path) -> None:
    ledger = read_record(ran / "runs/small").ledger
    rows = list(csv.DictReader(io.StringIO(done("show", "runs/small", "--csv", at=ran))))
    assert [int(row["value"]) for row in rows] == ledger.values.reshape(-1).tolist()
    few = done("show", "runs/small", "--csv", "--measure", "citizens", "--by", "home", at=ran)
    assert few.startswith("month,measure,by,group,value\n0,citizens,home,hill,")
    assert len(few.splitlines()) == 1 + 6 * 2


def test_show_says_what_was_found(ran: Path) -> None:
    said = done("show", "runs/small", "--findings", at=ran)
    assert "1,000 invented citizens" in said
    assert "wanted" in said
    assert max(map(len, said.splitlines())) <= 100


def test_show_names_what_was_counted(ran: Path) -> None:
    said = done("show", "runs/small", "--names", at=ran)
    assert "  did.study\n" in said
    assert "  home: hill; shore\n" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--measure", "did.stuyd"], "did you mean: did.study"),
        (["--by", "hom"], "did you mean: home"),
        (["--month", "6"], "months are numbered from 0 to 5"),
    ],
)
def test_show_gives_the_nearest_name(ran: Path, arguments: list[str], said: str) -> None:
    assert said in failed("show", "runs/small", *arguments, at=ran)


def test_verify_says_what_was_checked(ran: Path) -> None:
    said = done("verify", "runs/small", "--sample", 2, at=ran)
    assert said.startswith("runs/small: what was checked is in order.\n")
    assert "yes  The SHA-256 of all 6 files is that in the manifest." in said
    assert "yes  The whole world, run again: all 1,134 numbers of the ledger are equal." in said
    assert "yes  2 of 20 communities, lived by the machine and by the reference" in said


def test_dossier_tells_a_life(ran: Path) -> None:
    whole = done("dossier", "runs/small", 12, at=ran)
    assert "Citizen 12" in whole
    assert "Month 0" in whole
    told = done("dossier", "runs/small", 12, "--as", "citizen", "--month", 2, at=ran)
    assert "Month 2" in told
    assert "Month 3" not in told
    assert json.loads(done("dossier", "runs/small", 12, "--json", at=ran))["citizen"] == 12
    assert "citizens are numbered from 0 to 999" in failed("dossier", "runs/small", 1000, at=ran)
    assert "months are numbered from 0 to 5" in failed(
        "dossier", "runs/small", 1, "--month", 6, at=ran
    )


def test_a_coupled_world_has_dossiers_and_is_verified(here: Path) -> None:
    done("run", "ranked.yaml", "-q", at=here)
    assert "Citizen 7" in done("dossier", "runs/ranked", 7, at=here)
    said = done("verify", "runs/ranked", "--sample", 1, at=here)
    assert "and 4 national signals are equal" in said


def test_compile_shows_the_program(here: Path) -> None:
    short = done("compile", "./small.yaml", at=here)
    assert "instructions" in short
    assert "uncoupled" in short
    assert "coupled: " in done("compile", "./ranked.yaml", at=here)
    listing = done("compile", "./small.yaml", "--show", at=here)
    assert "month:\n" in listing
    done("run", "small.yaml", "-q", at=here)
    assert (here / "runs/small/program.txt").read_text() == listing


@pytest.mark.parametrize("command", ["show", "verify", "report"])
def test_what_is_no_run_is_refused(command: str, here: Path) -> None:
    assert "./: this folder is not a Glasstown run" in failed(command, "./", at=here).replace(
        ".: ", "./: "
    )
    assert "there is no such run" in failed(command, "runs/nowhere", at=here)
    done("run", "small.yaml", "-q", at=here)
    (here / "runs/small/program.bin").write_bytes(b"")
    result = glasstown(command, "runs/small", at=here)
    assert result.returncode == 2
    assert "program.bin: this file is not as it was written" in result.stdout + result.stderr


def test_verify_finds_a_forged_run(here: Path) -> None:
    """Every digest is right, and still the numbers are not those of the world."""
    import hashlib

    import pyarrow.parquet as pq

    from glasstown.records import Ledger, run_digest
    from glasstown.records.manifest import own_digest

    done("run", "small.yaml", "-q", at=here)
    folder = here / "runs/small"
    record = read_record(folder)
    values = record.ledger.values.copy()
    values[2, record.ledger.measures.index("did.cheat"), :3] += (2, 1, 1)
    forged = Ledger(record.ledger.measures, record.ledger.cells, values)
    pq.write_table(forged.table(), folder / "ledger/ledger.parquet")
    raw = (folder / "ledger/ledger.parquet").read_bytes()
    manifest = json.loads((folder / "manifest.json").read_text())
    entry = {"bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
    manifest["files"]["ledger/ledger.parquet"] = entry
    manifest["digest"] = run_digest(manifest["world"], forged, record.signals)
    manifest["sha256"] = own_digest(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    result = glasstown("verify", "runs/small", at=here)
    assert result.returncode == 2
    assert result.stdout.startswith("runs/small: this run is NOT in order.\n")
    assert "NO   In every month and measure, the groups of each grouping add up" in result.stdout
    assert "NO   The whole world, run again" in result.stdout
    assert "The first is in month 2, did.cheat, everyone: the run has" in result.stdout
