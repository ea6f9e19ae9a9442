"""Arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from glasstown.cli.words import Kind, Snapshots

WorldName = Annotated[str, typer.Argument(metavar="WORLD", help="A world, by name or path.")]
RunPlace = Annotated[str, typer.Argument(metavar="RUN", help="A run's folder, or its URL.")]
KindOfFile = Annotated[Kind, typer.Argument(help="The kind of file.")]

Citizens = Annotated[
    int | None,
    typer.Option("--citizens", metavar="N", min=1, help="How many citizens to run."),
]
Months = Annotated[
    int | None,
    typer.Option("--months", metavar="N", min=1, max=1200, help="For how many months."),
]
Threads = Annotated[
    int | None,
    typer.Option(
        "--threads", metavar="N", min=1, help="Threads to use; the numbers stay the same."
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="CLUSTER",
        help="A Ray cluster to use instead: ray, ray:auto or ray://HOST:PORT.",
    ),
]
KeptSnapshots = Annotated[
    Snapshots,
    typer.Option(
        "--snapshots",
        metavar="WHEN",
        help="Keep a coupled world's state: auto, each-month, none.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what goes wrong.")]
OneMonth = Annotated[
    int | None, typer.Option("--month", metavar="N", help="That month alone, from 0.")
]
