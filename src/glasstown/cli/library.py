"""`glasstown list`: what comes with Glasstown."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from glasstown.cli.words import Kind, Kinds


def list_library(
    what: Annotated[Kinds | None, typer.Argument(help="One part of it only.")] = None,
) -> None:
    """List what comes with Glasstown.

    With how many parts of each are sourced, sourced in part, or called assumptions.
    """
    from rich.table import Table
    from rich.text import Text

    from glasstown.cli.console import output
    from glasstown.cli.kinds import KINDS

    console = output()
    for kinds, kind in zip(Kinds, Kind, strict=True):
        if what not in (None, kinds):
            continue
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        table.add_column(no_wrap=True)
        for name in KINDS[kind].names():
            loaded = KINDS[kind].load(name)
            said = _origins(_models(loaded, kind))
            table.add_row(Text(f"  {name}"), Text(loaded.title), Text(said, "dim"))
        if what is None:
            console.print(Text(kinds.capitalize(), "bold"))
        console.print(table)


def _models(loaded: Any, kind: Kind) -> list[Any]:
    if kind is Kind.WORLD:
        return [*loaded.schemes, loaded.nation, loaded.conduct]
    return [loaded]


def _origins(models: list[Any]) -> str:
    """How many parts are sourced whole, in part, and assumed: rules, traits and so on."""
    from glasstown.files.citations import parts

    cited = [part.cited for model in models for part in parts(model)]
    sourced = sum(bool(part.source) and not part.assumption for part in cited)
    partly = sum(bool(part.source) and bool(part.assumption) for part in cited)
    assumed = sum(bool(part.assumption) and not part.source for part in cited)
    if not sourced + partly + assumed:
        return ""
    return f"{sourced} sourced, {partly} in part, {assumed} assumed"
