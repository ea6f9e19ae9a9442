"""A run on one screen: who stood where, what was refused, what people did and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from glasstown.records import EVERYONE, Ledger
from glasstown.scheme.model import Scheme
from glasstown.world import World

Cell: TypeAlias = tuple[str, str]
Figure: TypeAlias = Callable[[Cell], float | None]
"""A figure for one group; None where there is nobody to speak of."""

_LONGEST_LABEL = 34
_LONGEST_HEADING = 14
_GAP = 2


@final
@dataclass(frozen=True)
class Row:
    """A line of the summary: a heading (no figure), or a figure for each group."""

    label: str
    figure: Figure | None = None
    unit: str = "%"


@final
@dataclass(frozen=True)
class Summary:
    """The summary of a run, for a terminal of any width.

    by: the grouping whose groups are set side by side with everyone; "" for everyone alone.
    """

    world: World
    ledger: Ledger
    by: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        world = self.world
        yield Text(world.title or world.name, style="bold")
        yield Text(_what_ran(world))
        yield ""
        groups = self.ledger.groups(self.by) if self.by else ()
        rows = tuple(self.rows())
        label = min(max(len(row.label) + 2 for row in rows), _LONGEST_LABEL, options.max_width // 2)
        shown = _that_fit(self.by, groups, options.max_width - label)
        yield self._table(rows, shown, label)
        if left := len(groups) - len(shown):
            more = "1 more group does" if left == 1 else f"{left} more groups do"
            yield Text(f"{more} not fit: widen the window.", "italic")

    def rows(self) -> Iterator[Row]:
        """The lines, from where citizens stood to what they left unsaid."""
        for scheme in self.world.schemes:
            yield from self._standing(scheme)
        yield from self._occasions()
        yield from self._actions()
        yield from self._voices()

    # --- the sections -----------------------------------------------------------------------

    def _standing(self, scheme: Scheme) -> Iterator[Row]:
        name = scheme.scheme
        if scheme.score is not None:
            scale = float(1 / scheme.score.kept_to)
            yield Row(f"{name}, at the end")
            yield Row("mean score", self._per(f"{name}.score", "citizens", 1 / scale, -1), "points")
            for tier in reversed(scheme.tiers):
                yield Row(_words(tier), self._per(f"{name}.tier.{tier}", "citizens", 100, -1))
        for register in scheme.registers:
            several = sum(register in other.registers for other in self.world.schemes) > 1
            yield Row(f"On {_words(register)}{f' ({name})' if several else ''}, at the end")
            on = f"{name}.on.{register}"
            yield Row("of all", self._per(on, "citizens", 100, -1))
            yield Row("of these, wrongly", self._per(f"{name}.wrongly_on.{register}", on, 100, -1))

    def _occasions(self) -> Iterator[Row]:
        kinds = {
            "refused": "Refused, of what was wanted",
            "unmet": "Out of reach, of what was wanted",
            "discounted": "Discounted, of what was wanted",
            "advanced": "Put first, of what was wanted",
        }
        for kind, heading in kinds.items():
            found = [n for n in self.world.conduct.occasions if self._counts(f"{kind}.{n}")]
            if found:
                yield Row(heading)
            for name in found:
                yield Row(_words(name), self._per(f"{kind}.{name}", f"wanted.{name}", 100))
                wrongly = f"refused_wrongly.{name}"
                if kind == "refused" and self._counts(wrongly):
                    yield Row("  of these, wrongly", self._per(wrongly, f"refused.{name}", 100))

    def _actions(self) -> Iterator[Row]:
        silent = [n for n, action in self.world.conduct.actions.items() if action.voices is None]
        if silent:
            yield Row("Done in a year, by 100 citizens")
        for name in silent:
            yield Row(_words(name), self._per(f"did.{name}", "citizens", 1200), "times")

    def _voices(self) -> Iterator[Row]:
        for name, action in self.world.conduct.actions.items():
            if action.voices is None:
                continue
            yield Row(f"{_words(name).capitalize()}, in a month")
            yield Row("did so", self._per(f"did.{name}", "citizens", 100))
            yield Row("would, but kept silent", self._per(f"silenced.{name}", "citizens", 100))

    # --- figures ----------------------------------------------------------------------------

    def _counts(self, measure: str) -> bool:
        return measure in self.ledger.measures

    def _per(self, measure: str, whole: str, times: float, month: int | None = None) -> Figure:
        """A measure in proportion to another, over all months or at the end of one."""

        def figure(cell: Cell) -> float | None:
            part, of = self.ledger.series(measure, *cell), self.ledger.series(whole, *cell)
            if month is not None:
                part, of = part[[month]], of[[month]]
            return times * int(part.sum()) / int(of.sum()) if of.sum() else None

        return figure

    # --- drawing ----------------------------------------------------------------------------

    def _table(self, rows: tuple[Row, ...], groups: tuple[str, ...], label: int) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="dim")
        table.add_column("", width=label)
        table.add_column("everyone", justify="right", no_wrap=True)
        for group in groups:
            table.add_column(_heading(self.by, group), justify="right", max_width=_LONGEST_HEADING)
        cells = [(EVERYONE, EVERYONE), *((self.by, group) for group in groups)]
        for row in rows:
            if row.figure is None:
                table.add_row(Text(row.label, style="bold"))
            else:
                figures = [written(row.figure(cell), row.unit) for cell in cells]
                table.add_row(Text("  " + row.label), *figures)
        return table


def written(value: float | None, unit: str) -> str:
    """A figure as it is shown: one decimal, and never nought for what is not nought."""
    sign = " %" if unit == "%" else ""
    if value is None:
        return "-"
    if 0 < abs(value) < 0.05:
        return ("<" if value > 0 else ">-") + f"0.1{sign}"
    return f"{value:,.1f}{sign}"


def _what_ran(world: World) -> str:
    names = [scheme.scheme for scheme in world.schemes]
    under = "no scheme" if not names else " and ".join([", ".join(names[:-1]), names[-1]][-2:])
    if len(names) == 1:
        under = names[0]
    return (
        f"{world.citizens:,} invented citizens of {world.nation.nation}, {world.months} months, "
        f"under {under} (seed {world.seed})"
    )


def _that_fit(by: str, groups: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The first groups whose columns fit beside that of everyone."""
    left = width - 2 * _GAP - len("100,000.0")
    shown = []
    for group in groups:
        left -= _GAP + max(len("100.0 %"), min(len(_heading(by, group)), _LONGEST_HEADING))
        if left < 0:
            break
        shown.append(group)
    return tuple(shown)


def _heading(by: str, group: str) -> str:
    if group in ("yes", "no"):
        return _words(by) if group == "yes" else f"not {_words(by)}"
    return _words(group)


def _words(name: str) -> str:
    return name.replace("_", " ")
