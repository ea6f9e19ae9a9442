"""What was held in private, would have been said, was said, and was silenced."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.report import words
from glasstown.report.groups import (
    gap,
    group_table,
    left_out,
    share_cells,
    share_columns,
    share_dots,
)
from glasstown.report.panel import Figure, Finding, Line, Lines, Panel, Piece, together
from glasstown.report.reading import ALL, Group, Reading
from glasstown.report.share import Share
from glasstown.report.table import Column, Table, Value

CHAPTER = "What was said, and what was not"


def figures(reading: Reading) -> Iterator[Figure]:
    """The figure of this chapter, if any action voices a view."""
    actions = reading.world.conduct.actions.items()
    yield from together(
        "silence",
        CHAPTER,
        "Held, said and silenced",
        "The view that citizens hold in private does not change in a run. Each month some of them "
        "would speak if nothing were to be feared or gained by it; some speak; and some who would "
        "have spoken do not: they are silenced.",
        (_voice(reading, name) for name, action in actions if action.voices is not None),
    )


def _voice(reading: Reading, name: str) -> Piece:
    doing, groups = reading.doing(name), reading.groups()
    would, silenced = f"would.{name}", f"silenced.{name}"

    def share(group: Group) -> Share:
        return reading.over_all(silenced, would, group)

    titled = words.first(doing)
    panels: list[Panel] = [
        Lines(
            f"{titled}: share of citizens in the month",
            "share",
            (
                Line("would speak", reading.course(would)),
                Line("spoke", reading.course(f"did.{name}")),
                Line("silenced", reading.course(silenced), "wrong"),
            ),
        ),
        Lines(
            f"{titled}: share of citizens who hold the view in private",
            "share",
            (Line("hold it", reading.course(f"held.{name}")),),
        ),
    ]
    if reading.total(silenced):
        panels.append(
            share_dots(
                f"{titled}: silenced, share of those who would have spoken",
                groups,
                [("", "wrong", share)],
            )
        )
    by_group = group_table(
        f"silence_by_group.{name}",
        f"{titled}, over {reading.length}, by group",
        groups,
        (
            Column("citizen-months", "count"),
            Column("held", "share"),
            Column("spoke", "share"),
            *share_columns("would speak", "silenced"),
        ),
        lambda group: (
            reading.total("citizens", group),
            reading.over_all(f"held.{name}", "citizens", group).value,
            reading.over_all(f"did.{name}", "citizens", group).value,
            *share_cells(share(group)),
        ),
    )
    between = gap(reading, groups, share, f"the share silenced of what would be said ({doing})")
    found = (_finding(reading, name, doing, between),)
    return Piece(
        tuple(panels), (_by_month(reading, name, titled), by_group), found, left_out(groups)
    )


def _by_month(reading: Reading, name: str, titled: str) -> Table:
    kinds = {"held": "held", "would speak": "would", "spoke": "did", "silenced": "silenced"}
    columns = [Column("month", "month")]
    shares = {label: reading.shares(f"{kind}.{name}") for label, kind in kinds.items()}
    for label in kinds:
        columns += [Column(label, "count"), Column(f"{label}, share", "share")]

    def row(month: int) -> tuple[Value, ...]:
        return (
            month,
            *(v for its in shares.values() for v in (its[month].count, its[month].value)),
        )

    rows = tuple(row(month) for month in reading.months)
    return Table(f"silence.{name}", f"{titled}, month by month", tuple(columns), rows)


def _finding(reading: Reading, name: str, doing: str, between: str) -> Finding:
    silenced = reading.over_all(f"silenced.{name}", f"would.{name}", ALL)
    held = reading.at_end(f"held.{name}")
    view = f"{words.percent(held.value)} of {reading.citizens} hold the view in private"
    if not silenced.of:
        return Finding(
            "nobody",
            f"would speak: {doing}",
            f"{words.first(doing)}: {view}, and in {reading.length} nobody would have spoken.",
            main=False,
        )
    spoke = reading.total(f"did.{name}")
    sentence = (
        f"{words.first(doing)}: {view}. In {reading.length} they would have spoken "
        f"{words.times(silenced.of)} if nothing had been feared or gained, and they spoke "
        f"{words.times(spoke)}"
    )
    if not silenced.count:
        more = f", {words.times(spoke - silenced.of)} more" if spoke > silenced.of else ""
        return Finding("none", f"silenced: {doing}", f"{sentence}{more}; nobody was silenced.")
    sentence += (
        f"; {words.times(silenced.count)} they were silenced, which is "
        f"{words.percent(silenced.value)} of what would have been said."
    )
    return Finding(words.percent(silenced.value), f"silenced: {doing}", sentence, between)
