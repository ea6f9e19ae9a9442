"""`glasstown dossier`: one invented life, lived again."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.options import OneMonth, RunPlace
from glasstown.cli.words import Reader


def dossier(
    run: RunPlace,
    citizen: Annotated[int, typer.Argument(metavar="CITIZEN", help="A citizen's number, from 0.")],
    month: OneMonth = None,
    reader: Annotated[
        Reader, typer.Option("--as", help="All that happened, or only what the schemes disclose.")
    ] = Reader.AUDITOR,
    nearest: Annotated[
        bool,
        typer.Option("--nearest", help="Also what would have altered each last treatment."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Live one citizen's life again.

    What the citizen did, what each sensor saw or wrongly saw, which rules fired, what followed, and
    why.
    """
    from glasstown import load_run
    from glasstown.errors import GlasstownError, Place, Problem

    as_citizen = reader == Reader.CITIZEN
    if nearest and as_citizen:
        raise GlasstownError(
            Problem(
                Place(""),
                "what would have altered a treatment is not told to citizens",
                why="it is found by living the life again, with rules and records they may not see",
                remedy="leave out --nearest, or ask --as auditor",
            )
        )
    one = load_run(run).citizen(citizen)
    told = one.dossier(month, as_citizen=as_citizen)
    found = one.nearest_changes(month) if nearest else ()
    if as_json:
        import json

        plain = told.to_dict()
        if nearest:
            plain["nearest"] = [each.to_dict() for each in found]
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    print(told.text())
    if nearest:
        from glasstown.engine.dossier.nearest_text import texts

        print(f"\n{texts(found)}")
