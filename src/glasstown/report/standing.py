"""Where citizens stood: tiers, scores, who rose and who fell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glasstown.report import words
from glasstown.report.groups import (
    gap,
    group_table,
    left_out,
    number_dots,
    share_cells,
    share_columns,
    share_dots,
)
from glasstown.report.panel import Bands, Figure, Finding, Line, Lines, Panel, Piece, together
from glasstown.report.reading import Group, Reading, steps
from glasstown.report.share import Share
from glasstown.report.table import Column, Table, Value
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import number, plain

CHAPTER = "Where citizens stood"


def figures(reading: Reading) -> Iterator[Figure]:
    """The figures of this chapter that the run has something for."""
    scored = list(reading.scored())
    tiered = [scheme for scheme in scored if scheme.tiers]
    yield from together(
        "tiers",
        CHAPTER,
        "Tiers over time",
        "The share of citizens who stood on each tier at the end of each month.",
        (_tiers(reading, scheme) for scheme in tiered),
    )
    yield from together(
        "standing",
        CHAPTER,
        "Who stood high, by group",
        "The share of each group that stood on the highest tier in the last month, and on the "
        "lowest where there are more than two.",
        (_standing(reading, scheme, tier) for scheme in tiered for tier in _ends(scheme)),
    )
    yield from together(
        "moves",
        CHAPTER,
        "Who rose and who fell",
        "How often citizens came to stand on a higher tier, or a lower one, than a month before. "
        "Who rises, falls and rises again is counted each time.",
        (_moves(reading, scheme) for scheme in tiered),
        note="The intervals take each month of each citizen as a draw of its own.",
    )
    yield from together(
        "scores",
        CHAPTER,
        "Mean scores",
        "The mean of all scores at the end of each month, in points, and of each group in the last "
        "month. The scale does not begin at nought.",
        (_scores(reading, scheme) for scheme in scored),
        note="The ledger keeps sums of scores and not their spread, so means have no interval.",
    )


# --- tiers ----------------------------------------------------------------------------------


def _tiers(reading: Reading, scheme: Scheme) -> Piece:
    shares = {tier: reading.shares(f"{scheme.scheme}.tier.{tier}") for tier in scheme.tiers}
    columns = [Column("month", "month")]
    for tier in scheme.tiers:
        columns += [Column(plain(tier), "count"), Column(f"{plain(tier)}, share", "share")]
    table = Table(
        f"tiers.{scheme.scheme}",
        f"Citizens on each tier of {scheme.scheme} at the end of each month",
        tuple(columns),
        tuple(
            (month, *(v for its in shares.values() for v in (its[month].count, its[month].value)))
            for month in reading.months
        ),
    )
    lines = [Line(plain(tier), tuple(share.value for share in its)) for tier, its in shares.items()]
    panel = Bands(f"{scheme.scheme}: share of citizens on each tier", tuple(lines))
    top = list(scheme.tiers)[-1]
    found = _top_finding(reading, scheme, top, shares[top])
    return Piece((panel,), (table,), (found,))


def _top_finding(reading: Reading, scheme: Scheme, top: str, shares: Sequence[Share]) -> Finding:
    end = shares[-1]
    sentence = (
        f"Of {reading.citizens}, {words.of_all(end)} stood on {plain(top)}, the highest tier of "
        f"{scheme.scheme}, after {reading.length}"
    )
    if len(shares) > 1:
        sentence += f" (after the first month {words.of_all(shares[0])})"
    low = next(iter(scheme.tiers))
    if len(scheme.tiers) > 2:
        last = reading.at_end(f"{scheme.scheme}.tier.{low}")
        sentence += f", and {words.of_all(last)} on {plain(low)}, the lowest"

    def share(group: Group) -> Share:
        return reading.at_end(f"{scheme.scheme}.tier.{top}", group=group)

    groups = reading.groups(apart_from=scheme)
    between = gap(reading, groups, share, f"the share on {plain(top)} of {scheme.scheme}")
    return Finding(words.percent(end.value), f"on {plain(top)}", f"{sentence}.", between)


def _ends(scheme: Scheme) -> tuple[str, ...]:
    """The highest tier, and the lowest where it says something of its own."""
    tiers = tuple(scheme.tiers)
    return (tiers[-1], tiers[0]) if len(tiers) > 2 else tiers[-1:]


def _standing(reading: Reading, scheme: Scheme, tier: str) -> Piece:
    def share(group: Group) -> Share:
        return reading.at_end(f"{scheme.scheme}.tier.{tier}", group=group)

    groups = reading.groups(apart_from=scheme)
    title = f"On {plain(tier)} ({scheme.scheme}) after {reading.length}"
    table = group_table(
        f"standing.{scheme.scheme}.{tier}",
        f"Citizens on {plain(tier)} ({scheme.scheme}) in the last month, by group",
        groups,
        share_columns("citizens", f"on {plain(tier)}"),
        lambda group: share_cells(share(group)),
    )
    dots = share_dots(title, groups, [("", "plain", share)])
    return Piece((dots,), (table,), note=left_out(groups))


# --- moves ----------------------------------------------------------------------------------


def _moves(reading: Reading, scheme: Scheme) -> Piece:
    name, groups = scheme.scheme, reading.groups(apart_from=scheme)

    def rose(group: Group) -> Share:
        return reading.over_all(f"{name}.rose", "citizens", group)

    def fell(group: Group) -> Share:
        return reading.over_all(f"{name}.fell", "citizens", group)

    panels: list[Panel] = []
    if reading.ledger.months > 1:
        up = Line("rose", reading.course(f"{name}.rose"))
        down = Line("fell", reading.course(f"{name}.fell"), "wrong")
        panels.append(Lines(f"{name}: share of citizens who changed tier", "share", (up, down)))
    panels.append(
        share_dots(
            f"{name}: chance in a month to rise, and to fall",
            groups,
            [("rose", "plain", rose), ("fell", "wrong", fell)],
        )
    )
    ups, downs = reading.total(f"{name}.rose"), reading.total(f"{name}.fell")
    found = Finding(
        words.count(ups),
        "moves up a tier",
        f"Among {reading.citizens} in {reading.length}, {words.count(ups)} moves up a tier of "
        f"{name} were counted, and {words.count(downs)} moves down.",
        main=False,
    )

    def row(group: Group) -> tuple[Value, ...]:
        up, down = rose(group), fell(group)
        return (up.of, up.count, up.value, up.interval, down.count, down.value, down.interval)

    by_group = group_table(
        f"moves_by_group.{name}",
        f"Moves between the tiers of {name} over {reading.length}, by group",
        groups,
        (
            Column("citizen-months", "count"),
            Column("rose", "count"),
            Column("chance in a month to rise", "share"),
            Column("to rise, 95% interval", "interval"),
            Column("fell", "count"),
            Column("chance in a month to fall", "share"),
            Column("to fall, 95% interval", "interval"),
        ),
        row,
    )
    return Piece(tuple(panels), (_move_months(reading, name), by_group), (found,), left_out(groups))


def _move_months(reading: Reading, name: str) -> Table:
    up, down = reading.shares(f"{name}.rose"), reading.shares(f"{name}.fell")
    return Table(
        f"moves.{name}",
        f"Moves between the tiers of {name}, month by month",
        (
            Column("month", "month"),
            Column("rose", "count"),
            Column("rose, share", "share"),
            Column("fell", "count"),
            Column("fell, share", "share"),
        ),
        tuple(
            (month, up[month].count, up[month].value, down[month].count, down[month].value)
            for month in reading.months
        ),
    )


# --- scores ---------------------------------------------------------------------------------


def _scores(reading: Reading, scheme: Scheme) -> Piece:
    name, groups = scheme.scheme, reading.groups()

    def mean(group: Group) -> float | None:
        return reading.mean(f"{name}.score", steps(scheme), group)[-1]

    course = reading.mean(f"{name}.score", steps(scheme))
    by_month = Table(
        f"scores.{name}",
        f"Mean score of {name} at the end of each month, in points",
        (Column("month", "month"), Column("mean score", "number")),
        tuple((month, course[month]) for month in reading.months),
    )
    by_group = group_table(
        f"scores_by_group.{name}",
        f"Mean score of {name} in the last month, by group, in points",
        groups,
        (Column("citizens", "count"), Column("mean score", "number")),
        lambda group: (reading.last("citizens", group), mean(group)),
    )
    lines = Lines(f"{name}: mean score", "number", (Line("mean", course),), fitted=True)
    dots = number_dots(f"{name}: mean score after {reading.length}", groups, mean, fitted=True)
    low, high = (number(end) for end in scheme.score.range) if scheme.score else ("", "")
    since = f"; after the first month it was {words.number(course[0])}" if len(course) > 1 else ""
    found = Finding(
        words.number(course[-1]),
        "mean score",
        f"The mean score of {reading.citizens} under {name}, on its scale from {low} to {high}, "
        f"was {words.number(course[-1])} after {reading.length}{since}.",
        main=False,
    )
    return Piece((lines, dots), (by_month, by_group), (found,), left_out(groups))
