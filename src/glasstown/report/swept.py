"""What a report asks of a sweep."""

from __future__ import annotations

from functools import cached_property
from typing import TypeAlias, final

import numpy as np

from glasstown.records import EVERYONE
from glasstown.report import words
from glasstown.report.panel import Unit
from glasstown.sweeps import Sweep
from glasstown.sweeps.design import AS_WRITTEN, Setting

Point: TypeAlias = tuple[float | None, tuple[float, float] | None]
"""A setting's mean over seeds, and the interval of its difference, set around it."""

Cell: TypeAlias = tuple[str, str]

Indices: TypeAlias = dict[str, float | None]
"""The indices of a sampled number, by name; None where SALib could not tell."""

ALL: Cell = (EVERYONE, EVERYONE)

_SAID = {
    "citizens": "Citizens",
    "did": "{}: citizens who do so in a month",
    "held": "{}: citizens who hold so, in a month",
    "would": "{}: citizens who would do so, in a month",
    "silenced": "{}: citizens who would, and keep silent, in a month",
    "in": "{}: citizens in this condition, at the end",
    "wanted": "{}: citizens who want this in a month",
    "refused": "{}: refused, of those who wanted it",
    "refused_wrongly": "{}: wrongly refused, of those refused",
    "required": "{}: asked for more, of those who wanted it",
    "unmet": "{}: out of reach, of those who wanted it",
    "advanced": "{}: put first, of those who wanted it",
    "discounted": "{}: at a discount, of those who wanted it",
    "means": "Means of a citizen at the end, in units of worth",
    "fear": "Fear of a citizen at the end, of all it could be",
    "score": "Mean score at the end, in points",
    "tier": "{}: citizens on this tier at the end",
    "rose": "Citizens who rise a tier in a month",
    "fell": "Citizens who fall a tier in a month",
    "fired": "{}: firings of this rule for a citizen in a month",
    "wrong": "{}: wrong, of the firings of this rule",
    "points": "{}: points by this rule for a citizen in a month",
    "on": "{}: citizens on this register at the end",
    "entered": "{}: citizens who enter this register in a month",
    "left": "{}: citizens who leave this register in a month",
    "wrongly_on": "{}: wrongly on this register, of those on it at the end",
    "exposed": "Citizens who are exposed in a month",
    "appealed": "Citizens who appeal in a month",
    "heard": "Citizens whose appeal is heard in a month",
    "upheld": "Appeals upheld, of those heard",
}


@final
class Reading:
    """A sweep's figures, as tables and pictures show them; of months the last, if each is read."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self.ask = sweep.ask
        self._outcomes = {each.measure: each for each in self.ask.outcomes}

    def standfirst(self) -> str:
        """What ran, in one or two sentences."""
        sweep, world = self.sweep, self.sweep.world
        settings, seeds = sweep.settings - 1, len(sweep.seeds)
        on = f"on seed {sweep.seeds[0]}"
        if seeds > 1:
            on = f"each on {seeds:,} seeds ({sweep.seeds[0]} to {sweep.seeds[-1]})"
        many = f"{settings:,} setting" + ("" if settings == 1 else "s")
        of = f" of {words.listed(sweep.paths)}" if len(sweep.paths) < 4 else ""
        if sweep.kind != "grid":
            named = "Sobol" if sweep.kind == "sobol" else "Morris"
            number = self.ask.design.samples
            kind = "samples" if sweep.kind == "sobol" else "trajectories"
            of = f" of {len(sweep.paths):,} numbers ({named}, {number:,} {kind})"
        return (
            f"{many}{of} and the world as written, {on}: {sweep.runs:,} "
            f"run{'' if sweep.runs == 1 else 's'} of {words.count(world.citizens)} invented "
            f"citizens in {words.spell(world.months)}."
        )

    def left_out(self) -> list[tuple[str, str]]:
        """The declared assumptions that were not sampled, each with why."""
        return [(each.path, each.why) for each in self.ask.design.left_out]

    def label(self, measure: str) -> str:
        """A measure in words."""
        its = self._outcomes[measure]
        own = measure.removeprefix(its.scheme + ".") if its.scheme else measure
        kind, _, name = own.partition(".")
        said = words.first(_SAID.get(kind, measure).format(name.replace("_", " ")))
        return f"{said} ({its.scheme})" if its.scheme else said

    def unit(self, measure: str) -> Unit:
        """Whether a measure is a share, or any other number."""
        return "share" if self._outcomes[measure].unit == "share" else "number"

    def setting(self, setting: Setting) -> str:
        """A setting in a few words: its values, with their paths' last names if several."""
        if len(setting.values) == 1:
            return setting.values[0].text()
        if len(setting.values) > 3:
            return f"setting {setting.number}"
        pairs = zip(self.sweep.paths, setting.values, strict=True)
        return ", ".join(f"{tail(path)} {value.text()}" for path, value in pairs)

    def points(self, measure: str, cell: Cell = ALL) -> list[Point]:
        """For each setting the mean of a measure, with the interval of its difference around it."""
        cube = self.sweep.cube
        place = self._place(measure, cell)
        half = cube.differences[1][:, place]
        found: list[Point] = []
        for number, mean in enumerate(cube.means[:, place].tolist()):
            value = None if np.isnan(mean) else mean
            around = None
            if value is not None and number != AS_WRITTEN and not np.isnan(half[number]):
                around = (value - float(half[number]), value + float(half[number]))
            found.append((value, around))
        return found

    def difference(self, measure: str, number: int, cell: Cell = ALL) -> tuple[float | None, ...]:
        """A setting's difference from the world as written, and the ends of its interval."""
        middle, half = self.sweep.cube.differences
        place = self._place(measure, cell)
        at, by = float(middle[number, place]), float(half[number, place])
        if np.isnan(at):
            return None, None, None
        return (at, None, None) if np.isnan(by) else (at, at - by, at + by)

    def ends(self, measure: str) -> tuple[float, tuple[str, float], tuple[str, float]] | None:
        """A measure in the world as written, and in the settings where it is lowest and highest."""
        known = [
            (value, setting)
            for (value, _), setting in zip(
                self.points(measure), self.ask.design.settings, strict=True
            )
            if value is not None
        ]
        if not known or known[0][1].number != AS_WRITTEN:
            return None
        low = min(known, key=lambda pair: pair[0])
        high = max(known, key=lambda pair: pair[0])
        return known[0][0], (self.setting(low[1]), low[0]), (self.setting(high[1]), high[0])

    def farthest(self, measure: str) -> tuple[str, tuple[float | None, ...]] | None:
        """In which setting a measure is farthest from the world as written, and its difference.

        None where it is the same in every setting, or there is nobody to speak of.
        """
        found = []
        for setting in self.ask.design.settings:
            difference = self.difference(measure, setting.number)
            if difference[0]:
                found.append((abs(difference[0]), self.setting(setting), difference))
        return max(found, key=lambda each: each[0])[1:] if found else None

    def movers(self, measure: str) -> list[tuple[str, Indices]]:
        """The sampled paths with their indices, the one that moves a measure most first."""
        rows = self._indices.get(measure, [])
        name = "total" if self.sweep.kind == "sobol" else "mu_star"
        known = [(value, path, row) for path, row in rows if (value := row[name]) is not None]
        return [(path, row) for _, path, row in sorted(known, key=lambda each: -each[0])]

    @cached_property
    def _indices(self) -> dict[str, list[tuple[str, Indices]]]:
        table = self.sweep.indices()
        names = table.column_names[5:]
        months = [key[3] for key in self.sweep.cube.keys]
        last = months[-1] if months else None
        found: dict[str, list[tuple[str, Indices]]] = {}
        for row in table.to_pylist():
            if (row["by"], row["group"]) == ALL and row["month"] == last:
                its = {name: row[name] for name in names}
                found.setdefault(row["measure"], []).append((row["path"], its))
        return found

    def _place(self, measure: str, cell: Cell) -> int:
        return self._places[(measure, *cell)]

    @cached_property
    def _places(self) -> dict[tuple[str, str, str], int]:
        """Of each measure and cell, the place of its last month."""
        return {key[:3]: place for place, key in enumerate(self.sweep.cube.keys)}


def tail(path: str, most: int = 36) -> str:
    """The last names of a path, two where they fit: `cheating.points`."""
    parts = path.split(".")
    for names in (parts[-2:], parts[-1:]):
        said = ".".join(names)
        if len(said) <= most:
            return said
    return "…" + path[-most:]
