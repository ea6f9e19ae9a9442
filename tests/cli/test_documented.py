"""The reference says everything there is, and nothing that there is not."""

import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.commands import ROOT
from typer.main import get_command

import glasstown as gt
from glasstown.cli.app import app
from glasstown.engine.run import Citizen
from glasstown.records import FILES, MANIFEST, Signals

REFERENCE = ROOT / "docs/reference"


def commands() -> dict[str, Any]:
    """Every command by its full name."""
    found: dict[str, Any] = {}

    def walk(command: Any, name: str) -> None:
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = command
        for part in inner or ():
            walk(inner[part], f"{name} {part}")

    walk(get_command(app), "glasstown")
    return found


def sections(page: Path) -> dict[str, str]:
    """The text under each `### \\`command ...\\`` heading, by the command."""
    parts = re.split(r"^### `([^`]+)`.*$|^## .*$", page.read_text(), flags=re.MULTILINE)
    return {head: body for head, body in zip(parts[1::2], parts[2::2], strict=True) if head}


def section(command: str) -> str:
    for head, body in sections(REFERENCE / "cli.md").items():
        if re.match(rf"{command}( [A-Z\[]|$)", head):
            return body
    raise AssertionError(f"docs/reference/cli.md has no section of `{command}`")


@pytest.mark.parametrize("command", commands())
def test_every_command_and_option_is_in_the_reference(command: str) -> None:
    said = section(command)
    options = [o for p in commands()[command].params for o in (*p.opts, *p.secondary_opts)]
    for option in options:
        if option.startswith("-") and option not in ("-h", "--help"):
            assert f"`{option}" in said, f"{option} of `{command}` is not in docs/reference/cli.md"
    for option in re.findall(r"^\| `(--[a-z-]+)", said, flags=re.MULTILINE):
        assert option in options, f"`{command}` has no {option}, and docs/reference/cli.md has"


def test_every_section_is_of_a_command() -> None:
    named = {re.split(r" [A-Z\[]", head)[0] for head in sections(REFERENCE / "cli.md")}
    assert named == set(commands())


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help_and_examples(command: str) -> None:
    found = commands()[command]
    assert found.help
    assert len(found.help.splitlines()[0]) <= 60
    assert command in found.epilog
    for parameter in found.params:
        if parameter.name != "help":
            assert parameter.help, f"{parameter.name} of `{command}` has no help"
            assert len(parameter.help) <= 90


@pytest.mark.parametrize("name", gt.__all__)
def test_every_public_name_is_in_the_reference(name: str) -> None:
    assert getattr(gt, name) is not None
    text = (REFERENCE / "python.md").read_text()
    if name != "__version__":
        assert re.search(rf"^### .*`{name}\b", text, flags=re.MULTILINE), name
    assert f"`{name}`" in text


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (gt.Run, "run"),
        (gt.Sweep, "sweep"),
        (gt.Audit, "audit"),
        (gt.Contrast, "contrast"),
        (gt.Ledger, "ledger"),
        (Citizen, "run.citizen(n)"),
        (gt.World, "world"),
    ],
)
def test_every_public_part_is_in_the_reference(kind: type, prefix: str) -> None:
    text = (REFERENCE / "python.md").read_text()
    parts = {name for name in (*vars(kind), *getattr(kind, "__dataclass_fields__", ()))}
    own = {
        "runner",
        "ranked_nationally",
        "norm_is_national",
        "ask",
        "cube",
    }  # for the layers inside
    for name in parts - own - ({"run", "number"} if kind is Citizen else set()):
        if not name.startswith("_"):
            wanted = rf"`({re.escape(prefix)}\.|{kind.__name__}\.)?{name}\b"
            assert re.search(wanted, text) or f"{prefix}.{name}" in text, f"{kind.__name__}.{name}"


def test_signals_are_in_the_reference() -> None:
    text = (REFERENCE / "python.md").read_text()
    for name in ("names", "values", "series", "by_month", "table"):
        assert hasattr(Signals, name) or name in Signals.__dataclass_fields__
        assert f"`{name}" in text


def test_every_file_of_a_run_is_in_the_reference() -> None:
    text = (REFERENCE / "run-folder.md").read_text()
    for name in (MANIFEST, *FILES):
        assert f"`{name}`" in text


def test_the_version_is_that_of_the_package() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    assert f'\nversion = "{gt.__version__}"\n' in project


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'lod_world'"):
        gt.lod_world  # noqa: B018
