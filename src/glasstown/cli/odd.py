"""`glasstown odd`: the ODD+D protocol of a world."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import WorldName
from glasstown.cli.words import PageFormat


def odd(
    world: WorldName,
    form: Annotated[
        PageFormat | None,
        typer.Option("--format", help="Markdown or HTML; else by the name of the file."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, over an old one.")
    ] = None,
) -> None:
    """Describe a world by the ODD+D protocol.

    Every element of the protocol that journals ask for, filled from the world's files.
    """
    import shlex

    from glasstown import load_world, report
    from glasstown.cli.write import write
    from glasstown.files import is_path

    loaded = load_world(world)
    named = out is not None and out.suffix in (".html", ".htm")
    command = f"glasstown run {shlex.quote(world)}" if is_path(world) else ""
    text = report.odd(loaded, form or (PageFormat.HTML if named else PageFormat.MD), command)
    if out is None:
        print(text, end="")
    else:
        write(out, text)
        print(f"{out} is written.")
