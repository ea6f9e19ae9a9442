"""`glasstown audit`: what a scheme does to people, one question at a time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from glasstown.cli.words import AuditFormat

if TYPE_CHECKING:
    from glasstown import Audit

FOUND = 1
"""The exit code when something was found, as of a linter."""


def audit(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET", help="A scheme or world, by name or path; or a run's folder or URL."
        ),
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="YARDSTICK", help="What to measure by: a name or path."),
    ] = "ordinary",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="PROBE", help="Ask this probe alone. Repeatable."),
    ] = None,
    written: Annotated[
        bool, typer.Option("--written", help="The schemes as written alone; nobody is run.")
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option("--seeds", metavar="N", min=2, help="From inside: seeds to live; 8 else."),
    ] = None,
    citizens: Annotated[
        int | None,
        typer.Option(
            "--citizens", metavar="N", min=1, help="From inside: a sample of about N; 100,000 else."
        ),
    ] = None,
    groups: Annotated[
        list[str] | None,
        typer.Option(
            "--groups", metavar="TRAIT", help="From inside: compare by this trait. Repeatable."
        ),
    ] = None,
    form: Annotated[
        AuditFormat | None,
        typer.Option("--format", help="How to write it; else by the ending of --out, or text."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write to a file, over an old one.")
    ] = None,
    fria: Annotated[
        Path | None,
        typer.Option("--fria", metavar="FILE", help="Draft the impact assessment of the AI Act."),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 even if something is found.")
    ] = False,
) -> None:
    """Audit a scheme as written; a world or a run also inside.

    Each finding with the way that leads there, its figures and intervals, and what would remove it;
    then what was looked at where nothing was found. The exit code is 1 if anything is found, 0 if
    nothing is, 2 if the audit could not be made.
    """
    import glasstown
    from glasstown.cli.progress import counting
    from glasstown.cli.write import require_place

    for file in (out, fria):
        if file is not None:
            require_place(file)
    asked: dict[str, Any] = {"seeds": seeds, "citizens": citizens, "groups": groups or None}
    with counting(False, {"live": "Living lives again"}) as shown:

        def progress(done: int, total: int) -> None:
            if shown.progress is not None:
                shown.progress("live", done, total)

        made = glasstown.audit(
            target, by=by, only=only or (), written=written, progress=progress, **asked
        )
    _write(made, form or _by_ending(out), out)
    if fria is not None:
        _draft(made, fria)
    if made.found and not exit_zero:
        raise typer.Exit(FOUND)


def _write(made: Audit, form: AuditFormat, out: Path | None) -> None:
    """Print the audit, or put it in a file and say where.

    Raises:
        GlasstownError: the file cannot be written; what was there is untouched.
    """
    from glasstown.cli.console import output
    from glasstown.cli.write import write
    from glasstown.report.audit import said
    from glasstown.report.audit import written as formatted

    if out is not None:
        write(out, formatted(made, form))
        print(said.counted(made))
        print(f"{out} is written.")
    elif form is AuditFormat.TEXT:
        print(made.text(output().width))
    else:
        print(formatted(made, form), end="")


def _draft(made: Audit, file: Path) -> None:
    """Draft an assessment of each scheme that was audited, one after another in a file.

    Raises:
        GlasstownError: the file cannot be written; what was there is untouched.
    """
    from glasstown.audit.audit import Way
    from glasstown.audit.fria import fria
    from glasstown.cli.write import write
    from glasstown.report.audit import said
    from glasstown.scheme import Scheme

    parts = [part for part in said.parts(made) if part.way is Way.WRITTEN]
    write(file, "\n".join(fria(part, part.of) for part in parts if isinstance(part.of, Scheme)))
    print(f"{file} is written.", file=sys.stderr)


def _by_ending(out: Path | None) -> AuditFormat:
    """The format that a file's name says."""
    from glasstown.report.audit import FORMATS

    ending = out.suffix.lower() if out is not None else ""
    return next((AuditFormat(name) for name, its in FORMATS.items() if its == ending),
                AuditFormat.TEXT)  # fmt: skip
