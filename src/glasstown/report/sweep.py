"""The report of a sweep: one page of pictures, each with its table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glasstown.sweeps import Sweep


def picture(sweep: Sweep, name: str) -> Any:
    """A picture of the page as an Altair chart, by the name of its measure.

    Raises:
        GlasstownError: the sweep has no such picture; those it has are told.
    """
    from glasstown.report.panel import find
    from glasstown.report.sweep_figures import figures

    found = find(
        figures(sweep), name, "sweep", "a sweep has a picture of each measure that it read"
    )
    from glasstown.report.draw import notebook  # heavy: not loaded for a name that is refused

    return notebook(found)


def write_sweep_report(sweep: Sweep, path: Path | str) -> Path:
    """Write a sweep's page: one HTML file that needs nothing else; the same sweep, the same bytes.

    Raises:
        GlasstownError: the file cannot be written; what was there is untouched.
    """
    from glasstown.report.sweep_page import page
    from glasstown.report.write import write

    path = Path(path)
    write(path, page(sweep).encode())
    return path
