"""A sweep on one screen: how far each measure goes, or which numbers move it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from glasstown.report.panel import Unit, said
from glasstown.report.swept import Reading
from glasstown.sweeps import Sweep
from glasstown.sweeps.design import AS_WRITTEN

_HEADINGS = ("as written", "farthest at", "difference", "95% interval")

_MOST = 3
"""Numbers that are told of each measure of a sample."""


@final
@dataclass(frozen=True)
class Swept:
    """The summary of a sweep, for a terminal of any width."""

    sweep: Sweep

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        reading = Reading(self.sweep)
        yield Text(self.sweep.world.title or self.sweep.world.name, style="bold")
        yield Text(reading.standfirst())
        for path, why in reading.left_out():
            yield Text(f"Left out: {path}, for {why}.")
        yield ""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        grid = self.sweep.kind == "grid"
        headings = _HEADINGS if grid else ("moved most by",)
        texts = ("farthest at", "moved most by")
        table.add_column("", overflow="fold")
        for heading in headings:
            table.add_column(heading, justify="left" if heading in texts else "right")
        for row in self._farthest(reading) if grid else self._movers(reading):
            table.add_row(*row)
        yield table
        if grid:
            yield Text("\nDifferences of shares are in percentage points.", "dim")

    def _farthest(self, reading: Reading) -> Iterator[tuple[str, ...]]:
        for measure in self.sweep.measures:
            unit: Unit = reading.unit(measure)
            written = said(reading.points(measure)[AS_WRITTEN][0], unit)
            found = reading.farthest(measure)
            if found is None:
                yield measure, written, "the same", "", ""
                continue
            where, difference = found
            middle, low, high = (_moved(end, unit) for end in difference)
            between = f"{low} to {high}" if low else "no interval: one seed"
            yield measure, written, where, middle, between

    def _movers(self, reading: Reading) -> Iterator[tuple[str, ...]]:
        name = "total" if self.sweep.kind == "sobol" else "mu_star"
        for measure in self.sweep.measures:
            found = [each for each in reading.movers(measure) if each[1][name]]
            if not found:
                yield measure, "nothing that was sampled"
                continue
            unit: Unit = "number" if name == "total" else reading.unit(measure)
            lines = (f"{path} {said(values[name], unit)}" for path, values in found[:_MOST])
            yield measure, "\n".join(lines)


def _moved(difference: float | None, unit: Unit) -> str:
    """A difference; of shares in percentage points."""
    if difference is None:
        return ""
    moved = 100 * difference if unit == "share" else difference
    return f"{moved:+,.1f}" if abs(moved) >= 100 else f"{moved:+.3g}"
