"""A comparison of two worlds: as text for people, as JSON and CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from rich.console import Console
from rich.table import Table

from glasstown.audit.inside.estimate import Estimate
from glasstown.cli.compare import Side
from glasstown.report import words
from glasstown.report.borne import RULE, Borne
from glasstown.report.comparison import RANKED_BY, Comparison, Effect, row_dict
from glasstown.world import Difference

MOST = 12
"""Measures that are shown where none are named."""

WIDTH = 100
_COLUMNS = ("by", "group", "citizens", "first", "second", "effect", "low", "high", "more", "less")


def as_json(found: Comparison, one: Side, other: Side) -> str:
    """Everything that was found."""
    plain = {"first": one.said, "second": other.said, **found.to_dict()}
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


def as_csv(found: Comparison, one: Side, other: Side) -> str:
    """A line for each measure and group."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("measure", "unit", *_COLUMNS))
    for effect in found.effects:
        for row in effect.rows:
            plain = row_dict(row)
            cells = ("" if plain[name] is None else plain[name] for name in _COLUMNS)
            writer.writerow((effect.measure, effect.unit, *cells))
    return text.getvalue()


def as_text(found: Comparison, one: Side, other: Side) -> str:
    """What was found, part by part."""
    parts = [
        _head(found, one, other),
        _files(found.differences),
        _effects(found),
        *_groups(found),
        _lives(found, one, other),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(found: Comparison, one: Side, other: Side) -> str:
    nation, among = found.worlds[0].nation.nation, f"{found.among:,}"
    who = f"All {among} citizens of {nation}"
    if not found.whole:
        who = (
            f"{found.citizens:,} citizens of {nation}, in {found.communities:,} whole communities "
        )
        who += f"drawn at random from those of all {among}"
    seed = f"seed {found.seeds[0]}"
    lines = [
        f"First:  {one.said}",
        f"Second: {other.said}",
        "",
        f"{who}; {words.spell(found.worlds[0].months)}, with "
        f"the same luck in both ({seed}). An effect is the first less the second: what the first "
        "does that the second does not. It is each citizen's own, and exact.",
    ]
    if found.interval():
        lines[-1] += f" Intervals (95%) are {found.interval()}"
        several = "; the effect is their mean, and all other numbers are of the first seed"
        lines[-1] += f"{several}." if len(found.seeds) > 1 else "."
        lines[-1] += " They are not corrected for how many measures and groups are looked at."
    return "\n".join(line for text in lines for line in wrap(text, WIDTH) or [""])


def _files(differences: Sequence[Difference]) -> str:
    if not differences:
        return "Nothing differs between the two worlds."
    lines = ["What differs between the two worlds"]
    for each in differences:
        lines += wrap(
            f"{each.path}: {_values(each)}", WIDTH, initial_indent="  ", subsequent_indent="      "
        )
        for name, said in (("first", each.one_says), ("second", each.other_says)):
            if said:
                lines += wrap(
                    f"{name + ':':<8}{said}",
                    WIDTH,
                    initial_indent="      ",
                    subsequent_indent=" " * 14,
                )
    return "\n".join(lines)


def _values(each: Difference) -> str:
    for has, lacks, name in (
        (each.one, each.other, "first"),
        (each.other, each.one, "second"),
    ):
        if lacks is None:
            said = "" if isinstance(has, dict) else f" ({_plain(has)})"
            return f"only in the {name}{said}"
    return f"{_plain(each.one)} in the first, {_plain(each.other)} in the second"


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _effects(found: Comparison) -> str:
    moved = [each for each in found.effects if each.moved]
    if not moved:
        return f"None of {len(found.effects)} measures differs for any citizen."
    table = _table("", "first", "second", "effect", *_interval_heading(found), "more", "less")
    for each in _shown(found):
        row = each.rows[0]
        table.add_row(
            f"{each.measure}, {each.unit}",
            _number(row.here),
            _number(row.there),
            _signed(row.effect.value),
            *([_interval(row.effect)] if found.interval() else []),
            f"{row.more:,}",
            f"{row.less:,}",
        )
    text = f"What differs: {len(moved)} of {len(found.effects)} measures do for some citizen"
    if len(moved) > MOST:
        text += f". The {MOST} that differ most, by {RANKED_BY}"
    text += ". More and less: how many citizens have more of it in the first world, and less."
    return "\n".join([*wrap(text, WIDTH), "", _drawn(table)])


def _shown(found: Comparison) -> Iterator[Effect]:
    yield from [each for each in found.effects if each.moved][:MOST]


def _groups(found: Comparison) -> Iterator[str]:
    """A table for each trait: the effect in every group."""
    if not any(each.moved for each in found.effects):
        return
    traits = dict.fromkeys(row.by for row in found.effects[0].rows[1:])
    for trait in traits:
        groups = [row.group for row in found.effects[0].rows if row.by == trait]
        table = _table("", *(words.group(trait, group) for group in groups))
        for each in _shown(found):
            rows = [row for row in each.rows if row.by == trait]
            cells = (
                "\n".join(filter(None, [_signed(row.effect.value), _interval(row.effect)]))
                for row in rows
            )
            table.add_row(f"{each.measure}, {each.unit}", *cells)
        yield f"Effects by {words.grouping(trait)}\n\n{_drawn(table)}"


def _lives(found: Comparison, one: Side, other: Side) -> str:
    if not (found.lost or found.gained):
        return "No citizen is treated otherwise, and no score differs at the end."
    lines = []
    for heading, lives in (
        ("Who loses most by the first world", found.lost),
        ("Who gains most by the first world", found.gained),
    ):
        lines.append(heading)
        for life in lives:
            lines += _life(life, one, other)
        if not lives:
            lines.append("  nobody")
        lines.append("")
    lines += wrap(RULE, WIDTH)
    makes = [side.make for side in (one, other) if side.make]
    if makes:
        lines += ["", "For the dossiers first run:", *(f"  {make}" for make in makes)]
    return "\n".join(lines)


def _life(life: Borne, one: Side, other: Side) -> Iterator[str]:
    said = "; ".join(life.says)
    yield from wrap(
        f"citizen {life.citizen:,}: {said}", WIDTH, initial_indent="  ", subsequent_indent="      "
    )
    for side in (one, other):
        if side.folder:
            yield f"      {side.dossier(life.citizen)}"


def _interval_heading(found: Comparison) -> list[str]:
    return ["95% interval"] if found.interval() else []


def _table(first: str, *headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first, overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right")
    return table


def _drawn(table: Table) -> str:
    text = io.StringIO()
    console = Console(file=text, width=WIDTH, highlight=False, markup=False, emoji=False)
    console.print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines())


def _number(value: float) -> str:
    if math.isnan(value):
        return "-"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"


def _signed(value: float) -> str:
    if math.isnan(value):
        return "-"
    if value == 0:
        return "0"
    return f"{value:+,.1f}" if abs(value) >= 100 else f"{value:+.3g}"


def _interval(of: Estimate) -> str:
    return "" if math.isnan(of.low) else f"{_signed(of.low)} to {_signed(of.high)}"
