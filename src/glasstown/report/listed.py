"""Registers and appeals: who came on a list, who came off, and who was there by mistake."""

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
from glasstown.report.table import Column, Table
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import plain

CHAPTER = "Registers and appeals"


def figures(reading: Reading) -> Iterator[Figure]:
    """The figures of this chapter that the run has something for."""
    schemes = reading.world.schemes
    yield from together(
        "registers",
        CHAPTER,
        "On a register, and there by mistake",
        "The share of citizens on each register at the end of each month, and of those whose entry "
        "rests on a wrong record; the entries and exits of each month.",
        (_register(reading, scheme, name) for scheme in schemes for name in scheme.registers),
    )
    yield from together(
        "appeals",
        CHAPTER,
        "Appeals",
        "Appeals filed, heard and upheld, as a share of citizens in the month.",
        (_appeals(reading, scheme) for scheme in schemes if scheme.appeals is not None),
    )


def _register(reading: Reading, scheme: Scheme, register: str) -> Piece:
    at, name = scheme.scheme, plain(register)
    on, wrongly = f"{at}.on.{register}", f"{at}.wrongly_on.{register}"
    entered, left = f"{at}.entered.{register}", f"{at}.left.{register}"
    groups = reading.groups()

    def share(group: Group) -> Share:
        return reading.at_end(on, group=group)

    def wrong(group: Group) -> Share:
        return reading.at_end(wrongly, on, group)

    titled = f"{words.first(name)} ({at})"
    panels: list[Panel] = [
        Lines(
            f"{titled}: share of citizens on it",
            "share",
            (
                Line("on it", reading.course(on)),
                Line("wrongly", reading.course(wrongly), "wrong"),
            ),
        ),
        Lines(
            f"{titled}: entries and exits in the month, share of citizens",
            "share",
            (Line("entered", reading.course(entered)), Line("left", reading.course(left))),
        ),
        share_dots(f"{titled}: on it after {reading.length}", groups, [("", "plain", share)]),
    ]
    if share(ALL).count:
        title = f"{titled}: wrongly on it, share of those on it"
        panels.append(share_dots(title, groups, [("", "wrong", wrong)]))
    by_month = Table(
        f"registers.{at}.{register}",
        f"{titled}, month by month",
        tuple(
            [Column("month", "month")]
            + [
                Column(heading, "count")
                for heading in ("on it", "wrongly on it", "entered", "left")
            ]
        ),
        tuple(
            (month, *values)
            for month, values in enumerate(
                zip(*(reading.series(m) for m in (on, wrongly, entered, left)), strict=True)
            )
        ),
    )
    by_group = group_table(
        f"registers_by_group.{at}.{register}",
        f"{titled} in the last month, by group",
        groups,
        share_columns("citizens", "on it") + share_columns("on it", "wrongly on it")[1:],
        lambda group: (*share_cells(share(group)), *share_cells(wrong(group))[1:]),
    )
    between = gap(reading, groups, share, f"the share on the register {name} of {at}")
    found = _finding(reading, scheme, register, share(ALL), wrong(ALL), between)
    return Piece(tuple(panels), (by_month, by_group), (found,), left_out(groups))


def _finding(
    reading: Reading, scheme: Scheme, register: str, on: Share, wrongly: Share, between: str
) -> Finding:
    at, name = scheme.scheme, plain(register)
    entered = reading.total(f"{at}.entered.{register}")
    left = reading.total(f"{at}.left.{register}")
    sentence = (
        f"Of {reading.citizens}, {words.of_all(on)} were on the register {name} of {at} after "
        f"{reading.length}"
    )
    if on.count:
        sentence += f", and of these, {words.of_all(wrongly)} because of a wrong record"
    sentence += (
        f"; {words.count(entered)} entries and {words.count(left)} exits had been counted by then."
    )
    return Finding(words.percent(on.value), f"on the register {name}", sentence, between)


def _appeals(reading: Reading, scheme: Scheme) -> Piece:
    at = scheme.scheme
    kinds = {"filed": "appealed", "heard": "heard", "upheld": "upheld"}
    measures = {label: f"{at}.{kind}" for label, kind in kinds.items()}
    totals = {label: reading.total(measure) for label, measure in measures.items()}
    lines = tuple(Line(label, reading.course(measure)) for label, measure in measures.items())
    table = Table(
        f"appeals.{at}",
        f"Appeals against {at}, month by month",
        (Column("month", "month"), *(Column(label, "count") for label in measures)),
        tuple(
            (month, *values)
            for month, values in enumerate(
                zip(*(reading.series(measure) for measure in measures.values()), strict=True)
            )
        ),
    )
    upheld = Share(totals["upheld"], totals["heard"])
    sentence = (
        f"In {reading.length} {reading.citizens} filed {words.count(totals['filed'])} appeals "
        f"against {at}; {words.count(totals['heard'])} were heard"
    )
    if upheld.of:
        sentence += f", and {words.count(upheld.count)} ({words.percent(upheld.value)}) upheld"
    big = words.percent(upheld.value) if upheld.of else "none"
    found = Finding(big, "of appeals upheld", f"{sentence}.", main=False)
    return Piece((Lines(f"Appeals against {at}", "share", lines),), (table,), (found,))
