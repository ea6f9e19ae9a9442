"""What was refused and what was opened: occasions, by month and by group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

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
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import plain

CHAPTER = "What was refused, and what was opened"


@final
@dataclass(frozen=True)
class _Kind:
    """A treatment: its measure, and how it is said."""

    measure: str
    done: str
    wrongly: str = ""


_REFUSED = _Kind("refused", "refused", "refused_wrongly")
_UNMET = _Kind("unmet", "out of reach")
_ADVANCED = _Kind("advanced", "put ahead")
_DISCOUNTED = _Kind("discounted", "discounted")


def figures(reading: Reading) -> Iterator[Figure]:
    """The figures of this chapter that the run has something for."""
    yield from together(
        "refused",
        CHAPTER,
        "What was refused",
        "Of all times that citizens wanted something, the share that was refused; and of the "
        "refusals, the share that rested on a wrong entry on a register.",
        _pieces(reading, _REFUSED),
    )
    yield from together(
        "unmet",
        CHAPTER,
        "What was put out of reach",
        "Of all times that citizens wanted something, the share for which more was asked than they "
        "had means for.",
        _pieces(reading, _UNMET),
    )
    yield from together(
        "opened",
        CHAPTER,
        "What was opened",
        "Of all times that citizens wanted something, the share that was put ahead of others, or "
        "had for less.",
        (piece for kind in (_ADVANCED, _DISCOUNTED) for piece in _pieces(reading, kind)),
    )
    yield from together(
        "named",
        CHAPTER,
        "Who was named in public",
        "The share of citizens whom a scheme exposed by name, month by month.",
        (
            _named(reading, scheme)
            for scheme in reading.world.schemes
            if reading.counts(f"{scheme.scheme}.exposed")
        ),
    )


def _pieces(reading: Reading, kind: _Kind) -> Iterator[Piece]:
    for occasion in reading.world.conduct.occasions:
        if reading.counts(f"{kind.measure}.{occasion}"):
            yield _piece(reading, kind, occasion)


def _piece(reading: Reading, kind: _Kind, occasion: str) -> Piece:
    part, whole = f"{kind.measure}.{occasion}", f"wanted.{occasion}"
    wrongly = f"{kind.wrongly}.{occasion}" if kind.wrongly else ""
    wrongly = wrongly if reading.counts(wrongly) else ""
    doing, groups = reading.wanting(occasion), reading.groups()

    def share(group: Group) -> Share:
        return reading.over_all(part, whole, group)

    def wrong(group: Group) -> Share:
        return reading.over_all(wrongly, part, group)

    lines = [Line(kind.done, reading.course(part, whole))]
    if wrongly:
        lines.append(Line("wrongly", reading.course(wrongly, whole), "wrong"))
    titled = f"{words.first(doing)}: {kind.done}"
    panels: list[Panel] = [
        Lines(f"{titled}, share of wants in the month", "share", tuple(lines)),
        share_dots(f"{titled}, share of wants", groups, [("", "plain", share)]),
    ]
    if wrongly and reading.total(part):
        title = f"{titled} wrongly, share of refusals"
        panels.append(share_dots(title, groups, [("", "wrong", wrong)]))
    columns = share_columns("wanted", kind.done)
    if wrongly:
        columns += share_columns("refusals", "wrongly refused")[1:]

    def row(group: Group) -> tuple[Value, ...]:
        return share_cells(share(group)) + (share_cells(wrong(group))[1:] if wrongly else ())

    by_group = group_table(
        f"{kind.measure}_by_group.{occasion}",
        f"{titled}, over {reading.length}, by group",
        groups,
        columns,
        row,
    )
    between = gap(reading, groups, share, f"the share of wants {kind.done} ({doing})")
    mistakes = wrong(ALL) if wrongly else None
    found = _finding(reading, doing, kind, share(ALL), mistakes, between)
    by_month = _by_month(reading, kind, occasion, titled, wrongly)
    return Piece(tuple(panels), (by_month, by_group), (found,), left_out(groups))


def _by_month(reading: Reading, kind: _Kind, occasion: str, titled: str, wrongly: str) -> Table:
    shares = reading.shares(f"{kind.measure}.{occasion}", f"wanted.{occasion}")
    columns = [
        Column("month", "month"),
        Column("wanted", "count"),
        Column(kind.done, "count"),
        Column(f"share {kind.done}", "share"),
    ]
    rows: list[tuple[Value, ...]] = [
        (month, shares[month].of, shares[month].count, shares[month].value)
        for month in reading.months
    ]
    if wrongly:
        columns.append(Column("wrongly refused", "count"))
        mistakes = reading.series(wrongly)
        rows = [(*row, mistakes[month]) for month, row in enumerate(rows)]
    name = f"{kind.measure}.{occasion}"
    return Table(name, f"{titled}, month by month", tuple(columns), tuple(rows))


def _finding(
    reading: Reading, doing: str, kind: _Kind, share: Share, wrong: Share | None, between: str
) -> Finding:
    wanted = f"{words.first(doing)} was wanted {words.times(share.of)} by {reading.citizens}"
    if not share.count:
        sentence = f"{wanted} in {reading.length}, and was never {kind.done}."
        return Finding("none", kind.done, sentence, main=False)
    sentence = (
        f"{wanted} in {reading.length}, and was {kind.done} {words.times(share.count)} "
        f"({words.percent(share.value)})"
    )
    if wrong is not None:
        sentence += (
            f"; of the refusals, {words.of_all(wrong)} rested on a wrong record: of something that "
            "the citizen had not done"
        )
    return Finding(words.percent(share.value), f"{kind.done}: {doing}", f"{sentence}.", between)


def _named(reading: Reading, scheme: Scheme) -> Piece:
    name, groups = f"{scheme.scheme}.exposed", reading.groups()

    def share(group: Group) -> Share:
        return reading.over_all(name, "citizens", group)

    title = f"Named in public by {plain(scheme.scheme)}"
    by_group = group_table(
        f"named_by_group.{scheme.scheme}",
        f"{title}, over {reading.length}, by group",
        groups,
        share_columns("citizen-months", "named"),
        lambda group: share_cells(share(group)),
    )
    shares = reading.shares(name)
    by_month = Table(
        f"named.{scheme.scheme}",
        f"{title}, month by month",
        (Column("month", "month"), Column("named", "count"), Column("share", "share")),
        tuple((month, shares[month].count, shares[month].value) for month in reading.months),
    )
    panels = (
        Lines(f"{title}, share of citizens", "share", (Line("named", reading.course(name)),)),
        share_dots(f"{title}, share of citizen-months", groups, [("", "plain", share)]),
    )
    found = Finding(
        words.percent(shares[-1].value),
        "named in public",
        f"Of {reading.citizens}, {words.of_all(shares[-1])} were named in public by "
        f"{scheme.scheme} in the last of {reading.length}.",
        main=False,
    )
    return Piece(panels, (by_month, by_group), (found,), left_out(groups))
