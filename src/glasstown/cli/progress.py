"""What is shown while a run is going on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import final

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from glasstown.cli.console import errors


@final
@dataclass(frozen=True)
class Shown:
    """What a run tells while it goes on: both None where nobody would see it."""

    progress: Callable[[int, int], None] | None = None
    announce: Callable[[str], None] | None = None


@final
@dataclass(frozen=True)
class Counted:
    """What is told while several things are counted: both None where nobody would see it."""

    progress: Callable[[str, int, int], None] | None = None
    announce: Callable[[str], None] | None = None


@contextmanager
def showing(quiet: bool) -> Iterator[Shown]:
    """A progress bar on stderr while the block runs, if a terminal is there to show it."""
    with _bar(quiet, TextColumn("Running"), BarColumn(), TaskProgressColumn(), _Rate()) as bar:
        if bar is None:
            yield Shown()
            return
        task = bar.add_task("", total=None, visible=False)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        yield Shown(progress, bar.console.print)


@contextmanager
def counting(quiet: bool, words: Mapping[str, str]) -> Iterator[Counted]:
    """A bar on stderr for each of several things that are counted one after another.

    words: what is shown of each, by the name it is told under.
    """
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with _bar(quiet, *columns) as bar:
        if bar is None:
            yield Counted()
            return
        tasks = {
            name: bar.add_task(said, total=None, visible=False) for name, said in words.items()
        }

        def progress(name: str, done: int, total: int) -> None:
            bar.update(tasks[name], completed=done, total=total, visible=done < total)

        yield Counted(progress, bar.console.print)


@contextmanager
def _bar(quiet: bool, *columns: ProgressColumn) -> Iterator[Progress | None]:
    """Those columns and the time that is left; None where nobody would see them."""
    console = errors()
    if quiet or not console.is_terminal:
        yield None
        return
    left = TimeRemainingColumn(compact=True), TextColumn("left")
    with Progress(*columns, *left, console=console, transient=True) as bar:
        yield bar


class _Rate(ProgressColumn):
    """Citizen-months in a second."""

    def render(self, task: Task) -> Text:
        """The speed so far, in a unit that keeps it short."""
        return Text(f"{in_short(task.finished_speed or task.speed or 0)} citizen-months/s")


def in_short(number: float) -> str:
    """A number in three or four characters and a unit: 41 M."""
    for size, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if number >= size:
            short = number / size
            return f"{short:.1f}{unit}" if short < 10 else f"{short:.0f}{unit}"
    return f"{number:.0f}"
