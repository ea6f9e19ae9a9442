"""`glasstown compare`: the same citizens in two worlds."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, final

import typer

from glasstown.cli.options import Quiet
from glasstown.cli.words import CompareFormat

if TYPE_CHECKING:
    from glasstown.engine.run import Run
    from glasstown.world import World

AT_ONCE = 1_000_000
"""Citizen-months that are lived of either world where nothing is said of a sample."""


def compare(
    first: Annotated[
        str, typer.Argument(metavar="FIRST", help="A run's folder or URL, or a world.")
    ],
    second: Annotated[
        str | None,
        typer.Argument(metavar="SECOND", help="Likewise; the first again, if there is a --set."),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="PATH=VALUE", help="Change one value in the second. Repeatable."
        ),
    ] = None,
    measure: Annotated[
        list[str] | None,
        typer.Option(
            "--measure", metavar="NAME", help="Only this measure, such as did.*. Repeatable."
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="TRAIT", help="Groups beside everyone. Repeatable."),
    ] = None,
    citizens: Annotated[
        int | None,
        typer.Option("--citizens", metavar="N", min=1, help="About how many to live, at random."),
    ] = None,
    seeds: Annotated[
        int, typer.Option("--seeds", metavar="N", min=1, help="Seeds to live both on.")
    ] = 1,
    form: Annotated[
        CompareFormat, typer.Option("--format", help="For people or for programs.")
    ] = CompareFormat.TEXT,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="A file to write it to.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Hold two worlds against one another, citizen by citizen.

    Both have the same citizens and the same luck, so what differs is caused by what differs between
    the worlds: what that is, what it does to whom, and who loses and gains most by it.
    """
    from glasstown.cli.changes import changes
    from glasstown.cli.progress import counting
    from glasstown.engine.execute import ready
    from glasstown.report import asked
    from glasstown.report.comparison import compare as compared

    one, other = sides(first, second, dict(changes(change or [])), change or [])
    if citizens is None and one.world.citizens * one.world.months > AT_ONCE:
        citizens = max(1, AT_ONCE // one.world.months)
    if form is CompareFormat.TEXT and not by:
        by = asked.groups(one.world)[:1]  # all of them would fill screens
    with counting(quiet, {"live": "Living both on each seed"}) as shown:
        ready(shown.announce)
        tell = shown.progress
        found = compared(
            one.given,
            other.given,
            measures=measure or (),
            by=by or None,
            citizens=citizens,
            seeds=seeds,
            step=None if tell is None else lambda done, of: tell("live", done, of),
        )
    from glasstown.cli.compared import as_csv, as_json, as_text

    text = {CompareFormat.TEXT: as_text, CompareFormat.JSON: as_json, CompareFormat.CSV: as_csv}[
        form
    ](found, one, other)
    if out is None:
        print(text, end="")
        return
    from glasstown.cli.write import write

    write(Path(out), text)
    if not quiet:
        print(f"The comparison is {out}.")


@final
@dataclass(frozen=True)
class Side:
    """One of the two that are compared.

    said: as it was called; given: the world, or the run if it was one; folder: the run's, or where
    `make` would put one, or "" for nowhere; make: the command that runs it, "" if it is run.
    """

    said: str
    given: World | Run
    folder: str
    make: str = ""

    @property
    def world(self) -> World:
        """The world of either."""
        from glasstown.engine.run import Run

        return self.given.world if isinstance(self.given, Run) else self.given

    def dossier(self, citizen: int) -> str:
        """The command that tells a citizen's life here."""
        return f"glasstown dossier {shlex.quote(self.folder)} {citizen}"


def sides(
    first: str, second: str | None, changed: dict[str, Any], written: list[str]
) -> tuple[Side, Side]:
    """The two that are named on the command line.

    Raises:
        GlasstownError: there is no such run or world, or only one is named and nothing is changed.
    """
    from glasstown.errors import GlasstownError, Place, Problem

    if second is None and not changed:
        raise GlasstownError(
            Problem(
                Place(""),
                "there is nothing to compare with",
                remedy="name a second run or world, or change the first with --set PATH=VALUE",
            )
        )
    one, other = _side(first, "first"), _side(second or first, "second")
    if not changed:
        return one, other
    sets = " ".join(f"--set {shlex.quote(text)}" for text in written)
    world = other.world.changed(changed)
    # A run has no file that `glasstown run` could take, so there the second has no dossiers.
    folder = "runs/second" if other.make else ""
    named = shlex.quote(second or first)
    make = f"glasstown run {named} {sets} --out {folder}" if other.make else ""
    return one, Side(f"{other.said} with {', '.join(written)}", world, folder, make)


def _side(text: str, place: str) -> Side:
    from glasstown import load_run, load_world
    from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
    from glasstown.world import names

    if "://" in text or Path(text).is_dir():
        return Side(text, load_run(text), text)
    if text.endswith((".yaml", ".yml")) or text in names():
        folder = f"runs/{place}"
        make = f"glasstown run {shlex.quote(text)} --out {folder}"
        return Side(text, load_world(text), folder, make)
    raise GlasstownError(
        Problem(
            Place(""),
            f"{shown(text)} is neither a run nor a world",
            why="there is no such folder, and no world of that name in the library",
            remedy="name the folder of a run, a world of the library, or a world's file",
            nearest=nearest(text, names()),
        )
    )
