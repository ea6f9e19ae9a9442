"""What a scheme leaves in people: means and fear. And what the whole nation tells each citizen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from glasstown.report import words
from glasstown.report.groups import group_table, left_out, number_dots
from glasstown.report.panel import Figure, Finding, Line, Lines, Piece, Unit, together
from glasstown.report.reading import FEAR, MEANS, Group, Reading, steps
from glasstown.report.table import Column, Kind, Table
from glasstown.scheme.model import Scheme
from glasstown.scheme.words import percent, plain

CHAPTER = "What it left in people"


def figures(reading: Reading) -> Iterator[Figure]:
    """The figures of this chapter; the last only for coupled worlds."""
    yield from together(
        "fear",
        CHAPTER,
        "Fear",
        "What harm leaves behind, one's own and that seen in the community: 0% is none, and 100% "
        "is all there can be. It holds back the actions that it weighs on, and fades.",
        [_of(reading, "fear", FEAR, "share")],
    )
    yield from together(
        "means",
        CHAPTER,
        "Means",
        "What refusals have cost citizens and advances have brought them, in units of worth. Above "
        "nought they have gained by the schemes, below it they have lost; it passes with time.",
        [_of(reading, "means", MEANS, "number")],
    )
    names = reading.run.signals.names
    yield from together(
        "signals",
        CHAPTER,
        "What the nation told each citizen",
        "The world is coupled: each month, these figures of the whole nation entered every "
        "citizen's life.",
        (_signal(reading, name) for name in names),
    )


def _of(reading: Reading, measure: str, unit: float, kind: Unit) -> Piece:
    course, groups = reading.mean(measure, unit), reading.groups()

    def mean(group: Group) -> float | None:
        return reading.mean(measure, unit, group)[-1]

    said: Callable[[float | None], str] = words.percent if kind == "share" else words.number
    column: Kind = "share" if kind == "share" else "number"
    by_month = Table(
        measure,
        f"Mean {measure} at the end of each month",
        (Column("month", "month"), Column(f"mean {measure}", column)),
        tuple((month, course[month]) for month in reading.months),
    )
    by_group = group_table(
        f"{measure}_by_group",
        f"Mean {measure} in the last month, by group",
        groups,
        (Column("citizens", "count"), Column(f"mean {measure}", column)),
        lambda group: (reading.last("citizens", group), mean(group)),
    )
    since = f"; after the first month it was {said(course[0])}" if len(course) > 1 else ""
    found = Finding(
        said(course[-1]),
        f"mean {measure}",
        f"Mean {measure} of {reading.citizens} was {said(course[-1])} after "
        f"{reading.length}{since}.",
        main=measure == "fear" and any(course),
    )
    panels = (
        Lines(f"Mean {measure}", kind, (Line("", course),)),
        number_dots(f"Mean {measure} after {reading.length}", groups, mean, kind),
    )
    return Piece(panels, (by_month, by_group), (found,), left_out(groups))


def _signal(reading: Reading, name: str) -> Piece:
    what, _, rest = name.partition("/")
    values = reading.run.signals.series(name).tolist()
    if what == "cut":
        at, _, consequence = rest.partition("/")
        schemes = {scheme.scheme: scheme for scheme in reading.world.schemes}
        scale = steps(schemes[at])
        title = f"{at}: score to be above for {plain(consequence)}{_best(schemes[at], consequence)}"
        course, unit = tuple(value / scale for value in values), "number"
    else:
        title = f"{words.first(reading.doing(rest))}: share of citizens, a month before"
        course, unit = tuple(value / 4096 for value in values), "share"
    kind: Kind = "share" if unit == "share" else "number"
    table = Table(
        f"signals.{name.replace('/', '.')}",
        title,
        (Column("month", "month"), Column("value", kind)),
        tuple((month, course[month]) for month in reading.months),
    )
    if unit == "share":
        return Piece((Lines(title, "share", (Line("", course),)),), (table,))
    found = Finding(
        words.number(course[-1]),
        f"to be above for {plain(consequence)}",
        f"Of {reading.citizens}, one had to score above {words.number(course[-1])} in the last of "
        f"{reading.length} for {plain(consequence)} of {at}{_best(schemes[at], consequence)}; in "
        f"the first, above {words.number(course[0])}.",
    )
    return Piece((Lines(title, "number", (Line("", course),), fitted=True),), (table,), (found,))


def _best(scheme: Scheme, consequence: str) -> str:
    best = scheme.consequences[consequence].best
    return f" (the best {percent(best.share)} of the {best.of})" if best is not None else ""
