"""What citizens did, and what state they were in: actions and conditions."""

from __future__ import annotations

from collections.abc import Iterator

from glasstown.report import words
from glasstown.report.groups import share_cells, share_columns
from glasstown.report.panel import Figure, Finding, Line, Lines, Piece, together
from glasstown.report.reading import Group, Reading
from glasstown.report.share import Share
from glasstown.report.table import Column, Table, Value
from glasstown.scheme.words import plain

CHAPTER = "What citizens did"

MOST_NAMED = 3
"""Changes that the finding names."""


def figures(reading: Reading) -> Iterator[Figure]:
    """The figures of this chapter that the run has something for."""
    conduct = reading.world.conduct
    actions = [name for name, action in conduct.actions.items() if action.voices is None]
    if actions:
        yield from together(
            "conduct",
            CHAPTER,
            "What citizens did",
            "The share of citizens who did each thing in the month. Each panel has its own scale.",
            [_actions(reading, actions)],
        )
    if conduct.conditions:
        yield from together(
            "conditions",
            CHAPTER,
            "The state they were in",
            "The share of citizens in each condition at the end of each month.",
            [_conditions(reading, list(conduct.conditions))],
        )


def _actions(reading: Reading, actions: list[str]) -> Piece:
    panels = tuple(
        Lines(
            words.first(reading.doing(name)),
            "share",
            (Line("", reading.course(f"did.{name}")),),
        )
        for name in actions
    )
    groups = reading.groups()
    tables = (
        _by_month(reading, "conduct", "What citizens did", {a: f"did.{a}" for a in actions}),
        _by_group(reading, actions, groups),
    )
    return Piece(panels, tables, _changes(reading, actions))


def _changes(reading: Reading, actions: list[str]) -> tuple[Finding, ...]:
    """The actions that became clearly more or less common, those that changed most first."""
    ends = {}
    for name in actions:
        shares = reading.shares(f"did.{name}")
        if shares[0].apart(shares[-1]):
            ends[name] = shares[0], shares[-1]
    if reading.ledger.months == 1:
        return ()
    if not ends:
        sentence = (
            f"From the first month to the last of {reading.length}, nothing that "
            f"{reading.citizens} did became more or less common by more than luck alone could "
            "make it."
        )
        return (Finding("no change", "in what citizens did", sentence),)
    order = sorted(ends, key=lambda name: _factor(*ends[name]), reverse=True)[:MOST_NAMED]
    said = [
        f"{reading.doing(name)} went from {words.percent(ends[name][0].value)} to "
        f"{words.percent(ends[name][1].value)} of citizens in the month"
        for name in order
    ]
    start, end = ends[order[0]]
    sentence = (
        f"Among {reading.citizens}, from the first month to the last of {reading.length}, "
        f"{words.listed(said)}."
    )
    big = f"{words.percent(start.value)} to {words.percent(end.value)}"
    return (Finding(big, reading.doing(order[0]), sentence),)


def _factor(start: Share, end: Share) -> float:
    """How many times one share is the other; half a citizen stands for none."""
    one, other = max(start.count, 0.5) / start.of, max(end.count, 0.5) / end.of
    return max(one / other, other / one)


def _conditions(reading: Reading, names: list[str]) -> Piece:
    panels = tuple(
        Lines(words.first(plain(name)), "share", (Line("", reading.course(f"in.{name}")),))
        for name in names
    )
    table = _by_month(
        reading, "conditions", "Citizens in each condition", {n: f"in.{n}" for n in names}
    )
    return Piece(panels, (table,))


def _by_month(reading: Reading, name: str, title: str, measures: dict[str, str]) -> Table:
    columns = [Column("month", "month")]
    series: list[list[Value]] = []
    for what, measure in measures.items():
        shares = reading.shares(measure)
        columns += [Column(plain(what), "count"), Column(f"{plain(what)}, share", "share")]
        series += [[share.count for share in shares], [share.value for share in shares]]
    rows = tuple((month, *(its[month] for its in series)) for month in reading.months)
    return Table(name, f"{title}, month by month", tuple(columns), rows)


def _by_group(reading: Reading, actions: list[str], groups: tuple[Group, ...]) -> Table:
    def row(name: str, group: Group) -> tuple[Value, ...]:
        label = f"{group.heading}: {group.label}" if group.heading else group.label
        share = reading.over_all(f"did.{name}", "citizens", group)
        return (words.first(reading.doing(name)), label, *share_cells(share))

    return Table(
        "conduct_by_group",
        f"What citizens did over {reading.length}, by group",
        (
            Column("action", "section"),
            Column("group", "text"),
            *share_columns("citizen-months", "did so"),
        ),
        tuple(row(name, group) for name in actions for group in groups),
    )
