"""The figures of a sweep: a curve or rows of dots for each measure, with its table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from glasstown.report import words
from glasstown.report.panel import Curve, Curved, Dots, Figure, Mark, Panel, Row, Unit, said
from glasstown.report.swept import ALL, Cell, Indices, Reading, tail
from glasstown.report.table import Column, Table, Value
from glasstown.sweeps import Sweep
from glasstown.sweeps.design import AS_WRITTEN, Setting

MOST_FIGURES = 60
"""Measures that are drawn; the table has all."""

MOST_LINES, MOST_DOTS, MOST_PATHS = 6, 24, 12
"""Curves in a picture, settings as rows of dots, and numbers of a sample."""


def figures(sweep: Sweep) -> tuple[Figure, ...]:
    """A figure for each measure, in the order of the ledger."""
    reading = Reading(sweep)
    made = _of_grid if sweep.kind == "grid" else _of_sample
    return tuple(made(reading, measure) for measure in sweep.measures[:MOST_FIGURES])


def _of_grid(reading: Reading, measure: str) -> Figure:
    unit = reading.unit(measure)
    found = reading.ends(measure)
    about = "There is nobody to speak of in the world as written."
    if found is not None:
        written, low, high = found
        about = f"{said(written, unit)} as written; "
        about += (
            "the same in every setting."
            if low[1] == high[1]
            else f"from {said(low[1], unit)} (at {low[0]}) to {said(high[1], unit)} (at {high[0]})."
        )
    return Figure(
        measure,
        measure.split(".")[0],
        reading.label(measure),
        words.first(about),
        tuple(_panels(reading, measure, unit)),
        (_table(reading, measure, unit),),
        note=_how_to_read(reading),
    )


def _panels(reading: Reading, measure: str, unit: Unit) -> Iterator[Panel]:
    curve = _curve(reading, measure, unit)
    yield _dots(reading, measure, unit) if curve is None else curve


def _curve(reading: Reading, measure: str, unit: Unit) -> Curve | None:
    """A curve over the one varied number, or one for each value of a second path or group."""
    settings = reading.ask.design.settings
    paths = reading.sweep.paths
    if len(paths) > 2 or any(not _is_number(setting) for setting in settings):
        return None
    if len({setting.values[0].plain for setting in settings}) < 3:
        return None
    if len(paths) == 1:
        cells = [cell for cell in reading.ask.cells if cell[0] == _first_grouping(reading)] or [ALL]
        lines = [_line(reading, measure, settings, cell) for cell in cells]
    else:
        several: dict[str, list[Setting]] = {}
        for setting in settings[1:]:
            several.setdefault(setting.values[1].text(), []).append(setting)
        # The world as written stands for the combination that it is, if that is one of them.
        for its in several.values():
            if its[0].values[1].plain == settings[AS_WRITTEN].values[1].plain:
                its.append(settings[AS_WRITTEN])
        if min(map(len, several.values())) < 2:
            return None
        lines = [
            _line(reading, measure, tuple(its), ALL, f"{tail(paths[1])} {text}")
            for text, its in several.items()
        ]
    if len(lines) > MOST_LINES:
        return None
    written = reading.points(measure)[AS_WRITTEN][0]
    at = settings[AS_WRITTEN].values[0].plain
    return Curve(
        reading.label(measure),
        unit,
        tail(paths[0]),
        tuple(lines),
        written if len(lines) == 1 or len(paths) == 2 else None,
        float(at) if isinstance(at, Fraction) else None,
    )


def _line(
    reading: Reading, measure: str, settings: tuple[Setting, ...], cell: Cell, label: str = ""
) -> Curved:
    points = reading.points(measure, cell)
    made = [
        (float(setting.values[0].plain), Mark(value, around))  # type: ignore[arg-type]
        for setting in settings
        for value, around in [points[setting.number]]
        if value is not None
    ]
    return Curved(label or _group(cell), tuple(sorted(made, key=lambda pair: pair[0])))


def _dots(reading: Reading, measure: str, unit: Unit) -> Dots:
    points = reading.points(measure)
    settings = reading.ask.design.settings
    rows = [
        Row(
            "as written" if setting.number == AS_WRITTEN else reading.setting(setting),
            said(value, unit),
            (None if value is None else Mark(value, around),),
        )
        for setting, (value, around) in zip(settings, points, strict=True)
    ]
    return Dots(
        reading.label(measure),
        unit,
        (("", tuple(rows[:MOST_DOTS])),),
        everyone=points[AS_WRITTEN][0],
        fitted=True,
    )


def _how_to_read(reading: Reading) -> str:
    """What the marks of a picture mean, and what is not in it."""
    said = []
    if reading.ask.monthly:
        said.append("The picture is of the last month; the sweep's table has every one.")
    if reading.ask.repeat > 1:
        said.append("Bars are 95% intervals of the difference from the world as written.")
    said.append(_left_undrawn(reading))
    return " ".join(filter(None, said))


def _left_undrawn(reading: Reading) -> str:
    left = reading.sweep.settings - MOST_DOTS
    drawn = reading.ask.design.settings[0]
    if left <= 0 or (len(reading.sweep.paths) <= 2 and _is_number(drawn)):
        return ""
    return (
        f"The first {MOST_DOTS} settings are drawn; the table has all {reading.sweep.settings:,}."
    )


def _table(reading: Reading, measure: str, unit: Unit) -> Table:
    times = 100 if unit == "share" else 1
    by = "percentage points" if unit == "share" else "the same unit"
    columns: tuple[Column, ...] = (
        *(Column(path, "text") for path in reading.sweep.paths),
        Column("mean over seeds", unit if unit == "share" else "number"),
        Column(f"difference ({by})", "number"),
        Column("95% from", "number"),
        Column("to", "number"),
    )
    rows: list[tuple[Value, ...]] = []
    cells = reading.ask.cells
    for cell in cells:
        group: tuple[str, ...] = (_group(cell),) if len(cells) > 1 else ()
        points = reading.points(measure, cell)
        for setting, (value, _) in zip(reading.ask.design.settings, points, strict=True):
            texts = [each.text() for each in setting.values]
            ends: tuple[float | None, ...] = (None, None, None)
            if setting.number == AS_WRITTEN:
                texts[0] += " (as written)"
            else:
                ends = reading.difference(measure, setting.number, cell)
            moved = (None if end is None else times * end for end in ends)
            rows.append((*group, *texts, value, *moved))
    if len(cells) > 1:
        columns = (Column("group", "section"), *columns)
    return Table(measure, reading.label(measure), columns, tuple(rows))


def _group(cell: Cell) -> str:
    return "everyone" if cell == ALL else words.group(*cell)


def _is_number(setting: Setting) -> bool:
    return isinstance(setting.values[0].plain, Fraction)


def _first_grouping(reading: Reading) -> str:
    return next((by for by, _ in reading.ask.cells if by != ALL[0]), "")


_SERIES = {
    "sobol": (("first order index", "first"), ("total index", "total")),
    "morris": (("mean absolute effect (mu*)", "mu_star"),),
}


def _of_sample(reading: Reading, measure: str) -> Figure:
    kind = reading.sweep.kind
    movers = reading.movers(measure)
    unit: Unit = "number" if kind == "sobol" else reading.unit(measure)
    label, name = _SERIES[kind][-1]
    about = "None of the sampled numbers moves it."
    if movers:
        path, its = movers[0]
        ends = words.listed(said(its[f"{name}_{end}"], unit) for end in ("low", "high"))
        about = f"{path} moves it most: its {label} is {said(its[name], unit)} "
        about += f"(95% between {ends})."
    left = len(movers) - MOST_PATHS
    return Figure(
        measure,
        measure.split(".")[0],
        reading.label(measure),
        about,
        (_indices(reading, measure, unit),) if movers else (),
        (_indices_table(reading, measure),),
        note=f"{left:,} more numbers are in the table." if left > 0 else "",
    )


def _indices(reading: Reading, measure: str, unit: Unit) -> Dots:
    series = _SERIES[reading.sweep.kind]
    name = series[-1][1]
    rows = tuple(
        Row(
            tail(path, 34),
            said(values[name], unit),
            tuple(_mark(values, each) for _, each in series),
        )
        for path, values in reading.movers(measure)[:MOST_PATHS]
    )
    labels = tuple(label for label, _ in series)
    return Dots(
        reading.label(measure),
        unit,
        (("", rows),),
        series=labels if len(labels) > 1 else ("",),
        tones=tuple("plain" for _ in labels),
    )


def _mark(values: Indices, name: str) -> Mark | None:
    value, low, high = (values[each] for each in (name, f"{name}_low", f"{name}_high"))
    if value is None:
        return None
    return Mark(value, None if low is None or high is None else (low, high))


def _indices_table(reading: Reading, measure: str) -> Table:
    movers = reading.movers(measure)
    names = tuple(movers[0][1]) if movers else ()
    columns = (
        Column("number", "text"),
        *(Column(_HEADINGS[name], "number") for name in names),
    )
    rows: list[tuple[Value, ...]] = [
        (path, *(values[name] for name in names)) for path, values in movers
    ]
    return Table(measure, reading.label(measure), columns, tuple(rows))


_HEADINGS = {
    "first": "first order",
    "first_low": "95% from",
    "first_high": "to",
    "total": "total",
    "total_low": "95% from ",
    "total_high": "to ",
    "mu": "mean effect (mu)",
    "mu_star": "mean absolute effect (mu*)",
    "mu_star_low": "95% from",
    "mu_star_high": "to",
    "sigma": "spread of effects (sigma)",
}
