"""`glasstown new`: a commented file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from glasstown.cli.options import KindOfFile


def new(
    kind: KindOfFile,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Its name: small letters, digits and -.")
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder to put it in.")
    ] = Path(),
) -> None:
    """Write a commented file to begin with.

    A file that is there is never written over.
    """
    from glasstown.cli.kinds import KINDS
    from glasstown.cli.write import write
    from glasstown.errors import GlasstownError, Place, Problem
    from glasstown.files import BadValue
    from glasstown.files.names import read_file_name

    try:
        read_file_name(name)
    except BadValue as bad:
        raise GlasstownError(
            Problem(Place(""), bad.what, bad.why, bad.remedy, bad.nearest)
        ) from None
    file = out / f"{name}.yaml"
    write(file, KINDS[kind].starter(name), over=False)
    print(f"{file} is written. Change it, then: {KINDS[kind].next_step.format(file)}")
