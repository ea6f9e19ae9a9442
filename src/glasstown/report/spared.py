"""The counterfactual map: who has more and who has less than in the world without the schemes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.estimate import of_clusters
from glasstown.report import words
from glasstown.report.groups import FEWEST, left_out, pictured
from glasstown.report.luck import Luck
from glasstown.report.panel import Dots, Figure, Finding, Mark, Row
from glasstown.report.reading import ALL, FEAR, MEANS, Group, Reading
from glasstown.report.share import Share, wilson
from glasstown.report.table import Column, Table, Value
from glasstown.scheme.words import plain

METHOD = (
    "The intervals take whole communities as drawn from many more like them (a ratio of totals: "
    "Cochran, Sampling Techniques, 1977, chapter 6), and Wilson’s where nobody or everybody "
    "differs."
)

CHAPTER = "The same luck without the scheme"

MOST_DRAWN = 6
"""Measures that are drawn group by group; the others are in the tables."""

SERIES = ("more", "less")

_COLUMNS = (
    Column("citizens", "count"),
    Column("have more", "count"),
    Column("share with more", "share"),
    Column("with more, 95% interval", "interval"),
    Column("have less", "count"),
    Column("share with less", "share"),
    Column("with less, 95% interval", "interval"),
    Column("mean difference", "number"),
)
_BEFELL = {
    "refused": "refused",
    "unmet": "out of reach",
    "advanced": "put ahead",
    "discounted": "discounted",
}


@final
@dataclass(frozen=True)
class Measure:
    """Something that a citizen can have more or less of.

    names: of the ledger, added up; unit: how much of them makes one; per: one of what.
    """

    names: tuple[str, ...]
    heading: str
    label: str
    unit: int = 1
    per: str = "times"


@final
@dataclass(frozen=True)
class Compared:
    """How many of how many citizens have more and less, and by how much in the mean."""

    of: int
    more: int
    less: int
    mean: float | None
    ends: tuple[tuple[float, float] | None, tuple[float, float] | None]

    def cells(self) -> tuple[Value, ...]:
        """What goes into a table."""
        more, less = self.shares
        return (self.of, self.more, more, self.ends[0], self.less, less, self.ends[1], self.mean)

    @property
    def shares(self) -> tuple[float | None, float | None]:
        """The shares of those who have more, and of those who have less."""
        return (self.more / self.of, self.less / self.of) if self.of else (None, None)

    def row(self, label: str) -> Row:
        """A row with both shares; too few citizens are not drawn."""
        if 0 < self.of < FEWEST:
            return Row(label, f"{self.more} / {self.less} of {self.of}", (None, None))
        both = zip(self.shares, self.ends, strict=True)
        marks = tuple(None if share is None else Mark(share, ends) for share, ends in both)
        return Row(label, " / ".join(words.percent(share) for share in self.shares), marks)


def measures(luck: Luck, reading: Reading) -> tuple[Measure, ...]:
    """The main measures of a world, in the order of a report."""
    return tuple(_measures(luck, reading))


def figures(luck: Luck, reading: Reading) -> Iterator[Figure]:
    """The map: everyone, measure by measure; then the groups, for what moved most."""
    every = measures(luck, reading)
    found = {measure: compare(luck, measure, ALL) for measure in every}
    moved = [measure for measure in every if found[measure].more or found[measure].less]
    still = [measure.label for measure in every if measure not in moved]
    note = f"Nobody has more or less of these: {words.listed(still)}." if still else ""
    if not moved:
        yield Figure("same-luck", CHAPTER, "Who has more, and who has less",
                     f"{_about(luck)} {note}", (), ())  # fmt: skip
        return
    yield Figure(
        "same-luck",
        CHAPTER,
        "Who has more, and who has less",
        _about(luck),
        (_everyone(found, moved),),
        (_table(found, moved),),
        tuple(_findings(luck, found, moved)),
        f"{METHOD} {note}".strip(),
    )
    groups = [group for group in reading.groups() if _by_traits(luck, group)]
    if len(groups) > 1:
        # Where everyone has more there is nothing to see between groups.
        some = [m for m in moved if found[m].of not in (found[m].more, found[m].less)]
        some.sort(key=lambda m: (m.names != ("means",), -max(found[m].more, found[m].less)))
        made = {m: {group: compare(luck, m, group) for group in groups} for m in moved}
        yield Figure(
            "same-luck-groups",
            CHAPTER,
            "The same, by group",
            "The share of each group that has more, and less, than in the same life without the "
            "schemes. Drawn are means, and what most citizens have more or less of, up to "
            f"{MOST_DRAWN} measures; the table has all.",
            tuple(_dots(m, groups, made[m]) for m in some[:MOST_DRAWN]),
            (_by_group(made),),
            note=left_out(groups),
        )


def compare(luck: Luck, measure: Measure, group: Group) -> Compared:
    """How many of a group have more and less of a measure with the schemes than without."""
    mask = luck.mask(group)
    effect = sum((luck.effect(name) for name in measure.names), np.zeros(len(mask), np.int64))
    own = effect[mask]
    places = luck.communities[mask]
    signs = [own > 0, own < 0]
    mean = float(own.mean()) / measure.unit if len(own) else None
    return Compared(
        len(own), int(signs[0].sum()), int(signs[1].sum()), mean,
        (_interval(signs[0], places), _interval(signs[1], places)),
    )  # fmt: skip


def _interval(chosen: NDArray[np.bool_], places: NDArray[np.int64]) -> tuple[float, float] | None:
    """The 95% interval of a share, communities being drawn; Wilson's where they say nothing."""
    if not len(chosen):
        return None
    count = int(chosen.sum())
    sizes = np.bincount(places)
    totals = np.bincount(places, weights=chosen)[sizes > 0]
    found = of_clusters(totals, sizes[sizes > 0])
    if count in (0, len(chosen)) or math.isnan(found.low):
        return wilson(count, len(chosen))
    return max(0.0, found.low), min(1.0, found.high)


def _measures(luck: Luck, reading: Reading) -> Iterator[Measure]:
    lasting = "What it left behind, at the end"
    yield Measure(("means",), lasting, "means", MEANS, "units of worth")
    yield Measure(("fear",), lasting, "fear", FEAR, "all of fear")
    for name in luck.named("silenced."):
        doing = reading.doing(name.removeprefix("silenced."))
        yield Measure((name,), "What they kept to themselves", f"silenced: {doing}", per="months")
    for name in luck.named("did."):
        yield Measure((name,), "What they did", reading.doing(name.removeprefix("did.")))
    for name in luck.named("in."):
        label = plain(name.removeprefix("in."))
        yield Measure((name,), "How they stood", label, per="months")
    for kind, said in _BEFELL.items():
        for name in luck.named(f"{kind}."):
            doing = reading.wanting(name.removeprefix(f"{kind}."))
            yield Measure((name,), "What befell them", f"{said}: {doing}")


def _about(luck: Luck) -> str:
    nation = words.count(luck.asked.world.citizens)
    which = f"All {nation}" if luck.whole else f"{len(luck.citizens):,} of the {nation}"
    said = (
        f"{which} invented citizens are lived twice, with the schemes and under no scheme, with "
        "the same luck in both: what differs is caused by the schemes, for each citizen alone. The "
        "dots are the shares of citizens who have more of something than in the world without, and "
        "less. Many have neither."
    )
    if luck.run is not luck.asked:
        return (
            f"{said} They are of a smaller nation, run in place of the whole: in this one citizens "
            "meet the nation even without a scheme."
        )
    return said if luck.whole else f"{said} They are a sample of whole communities."


def _everyone(found: dict[Measure, Compared], moved: list[Measure]) -> Dots:
    sections = tuple(
        (heading, tuple(found[measure].row(measure.label) for measure in several))
        for heading, several in groupby(moved, key=lambda measure: measure.heading)
    )
    title = "Share of citizens with more, and with less, than without the schemes"
    return Dots(title, "share", sections, SERIES, ("plain", "plain"))


def _table(found: dict[Measure, Compared], moved: list[Measure]) -> Table:
    return Table(
        "same-luck",
        "Citizens who have more, and less, than in the same life without the schemes",
        (Column("of what", "section"), Column("measure", "text"), *_COLUMNS,
         Column("measured in", "text")),
        tuple((m.heading, m.label, *found[m].cells(), m.per) for m in moved),
    )  # fmt: skip


def _dots(measure: Measure, groups: list[Group], made: dict[Group, Compared]) -> Dots:
    sections = tuple(
        (heading, tuple(made[group].row(group.label) for group in several))
        for heading, several in groupby(pictured(groups), key=lambda group: group.heading)
    )
    title = f"{words.first(measure.label)}: share of each group with more, and with less"
    return Dots(title, "share", sections, SERIES, ("plain", "plain"))


def _by_group(made: dict[Measure, dict[Group, Compared]]) -> Table:
    """Every measure of every group."""
    return Table(
        "same-luck-groups",
        "Citizens of each group who have more, and less, than without the schemes",
        (Column("measure", "section"), Column("counted by", "text"), Column("group", "text"),
         *_COLUMNS, Column("measured in", "text")),
        tuple(
            (f"{measure.heading}: {measure.label}", group.heading, group.label,
             *compared.cells(), measure.per)
            for measure, its in made.items()
            for group, compared in its.items()
            if group != ALL
        ),
    )  # fmt: skip


def _findings(
    luck: Luck, found: dict[Measure, Compared], moved: list[Measure]
) -> Iterator[Finding]:
    for measure in moved:
        main = measure.names[0] == "means"
        if main or measure.names[0] == "fear":
            one = found[measure]
            more, less = Share(one.more, one.of), Share(one.less, one.of)
            yield Finding(
                words.percent((less if main else more).value),
                f"have {'less' if main else 'more'} {measure.label} because of the schemes",
                f"Of {one.of:,} invented citizens lived again with the same luck and no scheme, "
                f"{words.of_all(less)} have less {measure.label} at the end because of the "
                f"schemes, and {words.of_all(more)} more.",
                main=main,
            )


def _by_traits(luck: Luck, group: Group) -> bool:
    return group == ALL or all(part.strip() in luck.labels for part in group.by.split("*"))
