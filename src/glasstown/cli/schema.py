"""`glasstown schema`: what an editor needs to complete and check files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import KindOfFile


def schema(
    kind: KindOfFile,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, over an old one.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file.

    Give it to your editor, for completion and checks as you type.
    """
    import json

    from glasstown.cli.kinds import KINDS
    from glasstown.cli.write import write
    from glasstown.files import json_schema

    text = json.dumps(json_schema(KINDS[kind].model()), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        print(text, end="")
    else:
        write(out, text)
        print(f"{out} is written.")
