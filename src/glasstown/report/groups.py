"""Groups side by side: their dots, their tables, and the widest gap among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, groupby
from typing import TypeAlias

from glasstown.report import words
from glasstown.report.panel import Dots, Mark, Row, Tone, Unit, said
from glasstown.report.reading import ALL, Group, Reading
from glasstown.report.share import Share
from glasstown.report.table import Column, Table, Value

MOST_GROUPS = 16
"""Groups of one grouping that are still drawn; the tables have all."""

MOST_ROWS = 40
"""Rows that a picture has at most."""

FEWEST = 30
"""Citizens, or wants, that a group must have for its share to be drawn and compared."""

Shares: TypeAlias = Callable[[Group], Share]

GROUP_COLUMNS = (Column("counted by", "section"), Column("group", "text"))


def pictured(groups: Sequence[Group]) -> tuple[Group, ...]:
    """The groups that are drawn: groupings not too large, as long as there is room."""
    drawn: list[Group] = []
    for _, several in groupby(groups, key=lambda group: group.by):
        members = list(several)
        if len(members) <= MOST_GROUPS and len(drawn) + len(members) <= MOST_ROWS:
            drawn += members
    return tuple(drawn)


def left_out(groups: Sequence[Group]) -> str:
    """What to say of the groups that are not drawn, if there are any."""
    drawn = set(pictured(groups))
    missing = dict.fromkeys(group.heading for group in groups if group not in drawn)
    return f"Only in the table: {words.listed(missing)}." if missing else ""


def share_dots(
    title: str,
    groups: Sequence[Group],
    series: Sequence[tuple[str, Tone, Shares]],
) -> Dots:
    """Shares of groups, with their intervals; each of `series` is a mark in every row.

    Of fewer than `FEWEST` there is no mark: the row says how many of how many.
    """

    def row(group: Group) -> Row:
        shares = [shares_of(group) for _, _, shares_of in series]
        text = " / ".join(share_said(share) for share in shares)
        return Row(group.label, text, tuple(share_mark(share) for share in shares))

    first = series[0][2](ALL).value
    return Dots(
        title,
        "share",
        _sections(groups, row),
        tuple(label for label, _, _ in series),
        tuple(tone for _, tone, _ in series),
        everyone=first if len(series) == 1 else None,
    )


def share_mark(share: Share) -> Mark | None:
    """A share as a mark; None for one of too few."""
    if share.value is None or share.of < FEWEST:
        return None
    return Mark(share.value, share.interval)


def share_said(share: Share) -> str:
    """A share as its row says it: in percent, or so many of so few."""
    if 0 < share.of < FEWEST:
        return f"{share.count} of {share.of}"
    return words.percent(share.value)


def number_dots(
    title: str,
    groups: Sequence[Group],
    number: Callable[[Group], float | None],
    unit: Unit = "number",
    fitted: bool = False,
) -> Dots:
    """A mean of each group, which has no interval: the ledger keeps no spread."""

    def row(group: Group) -> Row:
        value = number(group)
        return Row(group.label, said(value, unit), (None if value is None else Mark(value),))

    return Dots(title, unit, _sections(groups, row), everyone=number(ALL), fitted=fitted)


def group_table(
    name: str,
    title: str,
    groups: Sequence[Group],
    columns: Sequence[Column],
    row: Callable[[Group], tuple[Value, ...]],
    note: str = "",
) -> Table:
    """A table with a row for each group, gathered by what they are counted by."""
    rows = tuple((group.heading, group.label, *row(group)) for group in groups)
    return Table(name, title, (*GROUP_COLUMNS, *columns), rows, note)


def share_columns(whole: str, part: str) -> tuple[Column, ...]:
    """The columns that say a share: of how many, how many, the share, its interval."""
    return (
        Column(whole, "count"),
        Column(part, "count"),
        Column(f"share {part}", "share"),
        Column(f"share {part}, 95% interval", "interval"),
    )


def share_cells(share: Share) -> tuple[Value, ...]:
    """What goes in them."""
    return share.of, share.count, share.value, share.interval


def gap(reading: Reading, groups: Sequence[Group], shares: Shares, what: str) -> str:
    """The widest gap between two groups of one grouping; "" with nothing to set side by side.

    Only groupings by one trait are looked at (a tier is what the scheme itself made of people),
    and groups not too small to speak of.
    """
    groupings = [by for by in dict.fromkeys(g.by for g in groups) if is_trait(by)]
    if not groupings or not shares(ALL).count:
        return ""
    comparable = [
        pair
        for by in groupings
        for pair in combinations([(g, shares(g)) for g in groups if g.by == by], 2)
        if all(share.of >= FEWEST for _, share in pair)
    ]
    if not comparable:
        return ""
    pairs = [pair for pair in comparable if pair[0][1].apart(pair[1][1])]
    many = len(groupings)
    if not pairs:
        counted = f"any of the {many} traits" if many > 1 else "the one trait"
        return (
            f"Among {reading.citizens}, no gap in {what} by {counted} counted is clearly wider "
            "than luck alone could make it."
        )
    pair = max(pairs, key=lambda pair: abs(_value(pair[0]) - _value(pair[1])))
    low, high = sorted(pair, key=_value)
    counted = f", of the {many} traits counted," if many > 1 else ""
    return (
        f"Among {reading.citizens}, the widest gap in {what}{counted} is {high[0].heading}: "
        f"{_said(*high)}, {_said(*low)}."
    )


def is_trait(by: str) -> bool:
    """Whether groups are by one trait: not by several, and not by a tier."""
    return by != ALL.by and "*" not in by and not by.endswith(".tier")


def _value(one: tuple[Group, Share]) -> float:
    return one[1].value or 0.0


def _said(group: Group, share: Share) -> str:
    return (
        f"{words.percent(share.value)} in the group “{group.label}” "
        f"(95% interval {words.interval(share.interval)})"
    )


def _sections(
    groups: Sequence[Group], row: Callable[[Group], Row]
) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    drawn = pictured(groups)
    return tuple(
        (heading, tuple(row(group) for group in members))
        for heading, members in groupby(drawn, key=lambda group: group.heading)
    )
