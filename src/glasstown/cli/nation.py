"""`glasstown nation show`: what was asked of a nation, and what was invented."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.helping import examples, help_of

nation = typer.Typer(no_args_is_help=True, rich_markup_mode="rich")


@nation.callback()
def _nation() -> None:
    """Look at an invented nation."""


def show(
    name: Annotated[str, typer.Argument(metavar="NATION", help="A nation, by name or path.")],
    sample: Annotated[
        int,
        typer.Option("--sample", metavar="N", min=1, max=200_000, help="Citizens to invent."),
    ] = 40_000,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Whose luck.")] = 2019,
) -> None:
    """Set what a nation asks for beside what is found.

    Invents citizens, and compares them trait by trait. In bold: more than three standard errors
    off.
    """
    from rich.table import Table

    from glasstown.cli.console import output
    from glasstown.errors import GlasstownError, Place, Problem
    from glasstown.nation import COLUMNS, compare, load_nation

    if seed >= 2**64:
        what = f"a seed has 64 bits, and `{seed}` has more"
        raise GlasstownError(Problem(Place("--seed"), what, remedy="give a smaller one"))
    comparison = compare(load_nation(name), seed, sample)
    console = output()
    console.print(comparison.summary)
    console.print()
    narrow = console.width < 110
    kept = [0, 1, 2, 4, 5] if narrow else range(len(COLUMNS))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place in kept:
        table.add_column(COLUMNS[place], justify="left" if place < 2 else "right")
    for row in comparison.rows:
        cells = row.cells()
        table.add_row(*(cells[place] for place in kept), style="bold" if row.far else None)
    console.print(table)


nation.command(
    "show",
    help=help_of(show),
    epilog=examples(
        "glasstown nation show campus",
        "glasstown nation show my-nation.yaml --sample 100000",
    ),
)(show)
