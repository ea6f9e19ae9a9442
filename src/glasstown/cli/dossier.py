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
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Live one citizen's life again.

    What the citizen did, what each sensor saw or wrongly saw, which rules fired, what followed, and
    why.
    """
    from glasstown import load_run

    told = load_run(run).citizen(citizen).dossier(month, as_citizen=reader == Reader.CITIZEN)
    if as_json:
        import json

        print(json.dumps(told.to_dict(), indent=2, ensure_ascii=False))
    else:
        print(told.text())
