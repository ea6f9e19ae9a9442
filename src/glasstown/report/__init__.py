"""The report of a run: one set of findings, figures and tables for every place they are shown.

Findings and tables are cheap and plain. Only drawing (`picture`, `write_report`) loads Altair.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.report.figures import figure as _figure
from glasstown.report.figures import pictures as pictures
from glasstown.report.figures import summary as summary
from glasstown.report.figures import tables as tables
from glasstown.report.table import Column as Column
from glasstown.report.table import Table as Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from glasstown.audit import Yardstick
    from glasstown.engine.run import Run
    from glasstown.records import Spot
    from glasstown.world import World


def picture(run: Run, name: str) -> Any:
    """A picture of the report as an Altair chart, its panels below each other.

    name: one of `pictures(run)`.

    Raises:
        GlasstownError: the run has no such picture; those it has are told.
    """
    found = _figure(run, name)
    from glasstown.report.draw import notebook

    return notebook(found)


def odd(world: World, form: str = "md", command: str = "") -> str:
    """The ODD+D protocol of a world, made from its files: the same text for the same world.

    form: `md` for Markdown or `html` for a page that needs nothing else; command: what runs the
    world again, where it is not one of the library's.

    Raises:
        GlasstownError: there is no such form.
    """
    from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
    from glasstown.report.protocol import describe, markdown

    if form not in ("md", "html"):
        raise GlasstownError(
            Problem(
                Place(""),
                f"a description is not written as {shown(form)}",
                remedy="ask for md or html",
                nearest=nearest(form, ("md", "html")),
            )
        )
    described = describe(world, command)
    if form == "md":
        return markdown(described)
    from glasstown.report.protocol.html import html

    return html(described)


def write_crate(
    run: Run,
    path: Path | str,
    authors: Sequence[str] = (),
    licence: str = "",
    day: str = "",
) -> Path:
    """Write a run that is kept as an RO-Crate 1.2: a new folder, or a new file that ends in .zip.

    authors: names, each with an address after it in angle brackets if it is known; licence: its
    address; day: of publication, as 2026-03-31, else today. The same run and answers give the same
    bytes.

    Raises:
        GlasstownError: the run is kept nowhere or is damaged, an answer is not understood, or
            there is something at `path` already, or it cannot be written: nothing is left then.
    """
    from glasstown.report.crate import asked, pack

    return pack(run, path, asked(authors, licence, day))


def write_report(
    run: Run,
    path: Spot | str,
    *,
    audit: bool = True,
    by: Yardstick | str | Path = "ordinary",
    seeds: int | None = None,
    citizens: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Path | str:
    """Write a run's report: one HTML file that needs nothing else, the same bytes for the same run.

    path: of a file, or its URL in a store; audit: whether to live citizens again: for the audit,
    three lives, and the same luck without the schemes.

    Of the audit: by: a yardstick, or the name or path of one; seeds: how many, 4 where it is not
    said; citizens: about how many are lived again, in a sample of whole communities if there are
    more, 40,000 where it is not said; progress: told `audit` or `lives`, how much is done, and how
    much there is.

    Raises:
        GlasstownError: the file cannot be written, and what was there is untouched; or there is no
            such yardstick, or the seeds are too few.
    """
    from glasstown.records import named, spot
    from glasstown.records.store import write as put
    from glasstown.report.page import page
    from glasstown.report.write import write

    place = spot(path)
    lived = None
    if audit:
        from glasstown.report.lived import look

        lived = look(run, by=by, seeds=seeds, citizens=citizens, progress=progress)
    content = page(run, lived).encode()
    if isinstance(place, Path):
        write(place, content)
    else:
        put(place, [content])
    return named(place)
