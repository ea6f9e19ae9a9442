"""`glasstown explain`: a scheme in plain sentences."""

from __future__ import annotations

from typing import Annotated

import typer


def explain(
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="A scheme, by name or path.")],
) -> None:
    """Say in plain sentences what a scheme does."""
    import glasstown

    print(glasstown.explain(scheme))
