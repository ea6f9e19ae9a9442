"""Three lives, picked by rules that are stated, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.engine.dossier import Account, Dossier
from glasstown.errors import clean
from glasstown.report import words
from glasstown.report.luck import Luck
from glasstown.report.reading import Reading
from glasstown.report.spared import Measure, measures
from glasstown.report.table import Column, Table

MOST_LINES, MOST_WRONG = 500, 20
"""Lines of a life, and of what sensors got wrong in it, that the page shows."""

CHOICE = (
    "Three citizens, each picked by a rule that is written above the life and never by hand, with "
    "the account of the score, what the sensors got wrong, and the same life under no scheme. A "
    "life shows what can happen, and not how often."
)

SMALLER = (
    "In this world citizens meet the nation even without a scheme, and the nation is too large to "
    "be run again for this report. These citizens are of a smaller nation of the same make."
)


@final
@dataclass(frozen=True)
class Pick:
    """A rule, and whom it picks: the places of those it holds for, the first to be told first.

    rule: to complete "Picked as"; none: what to say where it holds for nobody; among: for how many
    it holds, in a sentence.
    """

    key: str
    heading: str
    rule: str
    none: str
    order: NDArray[np.int64]
    among: str


@final
@dataclass(frozen=True)
class Life:
    """A citizen's life as a page tells it.

    citizen: None where the rule holds for nobody; wrong: what the sensors got wrong, a sentence
    each; tables: the account of each score, and the same life without the schemes.
    """

    key: str
    heading: str
    picked: str
    citizen: int | None = None
    who: str = ""
    closing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    told: str = ""
    cut: bool = False


def lives(luck: Luck, reading: Reading) -> list[Life]:
    """Three citizens' lives, each another citizen."""
    seen: set[int] = set()
    found = []
    for pick in picks(luck):
        places = [at for at in pick.order.tolist() if luck.citizens[at] not in seen]
        if not places:
            found.append(Life(pick.key, pick.heading, pick.none))
            continue
        citizen = int(luck.citizens[places[0]])
        seen.add(citizen)
        found.append(_life(luck, reading, pick, places[0], citizen))
    return found


def picks(luck: Luck) -> Iterator[Pick]:
    """The three rules, applied."""
    yield _wronged(luck)
    means = luck.effect("means")
    which = "of all citizens" if luck.whole else f"of the {len(luck.citizens):,} citizens lived"
    lost = np.flatnonzero(means < 0)
    lost = lost[np.lexsort((luck.citizens[lost], means[lost]))]
    middle = (len(lost) - 1) // 2
    # The median first, then its neighbours, so that the next in order stands near it.
    nearness = np.argsort(np.abs(np.arange(len(lost)) - middle), kind="stable")
    yield Pick(
        "median-loss",
        "At the median of the loss",
        f"the one at the median of the means lost to the schemes, {which}: the lower of two",
        f"Nobody {which} has less means because of the schemes, so nobody is told here.",
        lost[nearness],
        f"{len(lost):,} have less means because of the schemes.",
    )
    gained = np.flatnonzero(means > 0)
    yield Pick(
        "most-gained",
        "Who gained most",
        f"the one who has gained most means by the schemes, {which}: the lowest number of several",
        f"Nobody {which} has more means because of the schemes, so nobody is told here.",
        gained[np.lexsort((luck.citizens[gained], -means[gained]))],
        f"{len(gained):,} have more means because of the schemes.",
    )


def _wronged(luck: Luck) -> Pick:
    """Who was refused on wrong records alone; else who lost points on them; else who was refused.

    Each rule is asked only where nobody is there for the one before.
    """
    refused, wrongly = luck.named("refused."), luck.named("refused_wrongly.")
    on, wrongly_on, taken, falsely = [], [], [], []
    for scheme in luck.world.schemes:
        on += [f"{scheme.scheme}.on.{name}" for name in scheme.registers]
        wrongly_on += [f"{scheme.scheme}.wrongly_on.{name}" for name in scheme.registers]
        for name in scheme.rules:
            fired, wrong = f"{scheme.scheme}.fired.{name}", f"{scheme.scheme}.wrong.{name}"
            points = f"{scheme.scheme}.points.{name}"
            if wrong in luck.here and points in luck.here and (luck.here[points] < 0).any():
                taken.append(fired)
                falsely.append(wrong)
    each, all_wrong = luck.total(*refused), luck.total(*wrongly)
    entered, mistaken = luck.total(*on), luck.total(*wrongly_on)
    lost, by_error = luck.total(*taken), luck.total(*falsely)
    rules = (
        (
            "Refused, and never in the wrong",
            "the lowest-numbered citizen who was refused something while every refusal, and every "
            "entry on a register, rested on a wrong record",
            (each > 0) & (each == all_wrong) & (entered == mistaken),
        ),
        (
            "Put on a register, and never in the wrong",
            "the lowest-numbered citizen who was put on a register, and always on a wrong record; "
            "nobody was refused on wrong records alone",
            (entered > 0) & (entered == mistaken),
        ),
        (
            "Points lost, and never in the wrong",
            "the lowest-numbered citizen who lost points to records, all of them wrong; nobody was "
            "refused or put on a register on wrong records alone",
            (lost > 0) & (lost == by_error),
        ),
        (
            "Refused",
            "the lowest-numbered citizen who was refused something; nobody was treated so on "
            "wrong records alone",
            each > 0,
        ),
    )
    for heading, rule, holds in rules:
        if holds.any():
            places = np.flatnonzero(holds)
            among = f"The rule holds for {len(places):,} of {len(luck.citizens):,}."
            return Pick("wronged", heading, rule, "", places, among)
    none = "Nobody was refused anything or lost points to a wrong record, so nobody is told here."
    return Pick("wronged", "Refused, and never in the wrong", "", none, np.empty(0, np.int64), "")


def _life(luck: Luck, reading: Reading, pick: Pick, place: int, citizen: int) -> Life:
    dossier = luck.run.citizen(citizen).dossier()
    lines = [clean(line) for line in dossier.text().splitlines()]
    return Life(
        key=pick.key,
        heading=f"{pick.heading}: citizen {citizen:,}",
        picked=f"Picked as {pick.rule}. {pick.among}",
        citizen=citizen,
        who=_who(dossier),
        closing=tuple(words.tidy(line) for line in dossier.closing),
        wrong=_first(list(_wrong(dossier))),
        tables=(
            *(_account(citizen, account) for account in dossier.accounts),
            _without(luck, reading, place, citizen),
        ),
        told="\n".join(lines[:MOST_LINES]),
        cut=len(lines) > MOST_LINES,
    )


def _who(dossier: Dossier) -> str:
    about = "; ".join(f"{name}: {value}" for name, value in dossier.about)
    home = f"seat {dossier.seat} of {dossier.seats} in community {dossier.community:,}"
    return words.tidy(f"{about}; {home}." if about else f"{words.first(home)}.")


def _wrong(dossier: Dossier) -> Iterator[str]:
    """What a sensor recorded that was not so, what it missed, and what was refused on it."""
    for month in dossier.months:
        for entry in month.entries:
            wrongly = entry.kind == "wrongly" or entry.facts.get("wrong") is True
            if wrongly:
                what = "refused: " if entry.kind == "refused" else ""
                yield words.tidy(f"Month {month.number}: {what}{entry.text}.")
            for detail in entry.details:
                if entry.kind == "did" and ("missed it" in detail or "put it down" in detail):
                    yield words.tidy(
                        f"Month {month.number}: {entry.text.split(' (')[0]}; {detail}."
                    )


def _first(wrong: list[str]) -> tuple[str, ...]:
    more = len(wrong) - MOST_WRONG
    return (*wrong[:MOST_WRONG], *[f"And {more:,} times more."] * (more > 0))


def _account(citizen: int, account: Account) -> Table:
    """The score as a sum: the start, what each cause added, and the end that they come to."""
    places = account.decimals
    rows = [("start", "", f"{float(account.start):,.{places}f}")]
    rows += [
        (words.tidy(row.cause), words.spell(row.times), f"{float(row.points):+,.{places}f}")
        for row in account.rows
    ]
    rows.append(("end", "", f"{float(account.end):,.{places}f}"))
    return Table(
        f"account.{citizen}.{account.scheme}",
        f"How citizen {citizen:,}’s score of {account.scheme} came about",
        (Column("cause", "text"), Column("in", "text"), Column("points", "figure")),
        tuple(rows),
    )


def _without(luck: Luck, reading: Reading, place: int, citizen: int) -> Table:
    """What the citizen had with the schemes and without; what both lives lack is left out."""
    rows = []
    for measure in measures(luck, reading):
        here, there = _of(luck, measure, place)
        if here or there:
            rows.append((words.first(measure.label), here, there, here - there, measure.per))
    return Table(
        f"without.{citizen}",
        f"Citizen {citizen:,} with the schemes and without, with the same luck",
        (Column("what", "text"), Column("with", "figure"), Column("without", "figure"),
         Column("difference", "figure"), Column("measured in", "text")),
        tuple(rows),
    )  # fmt: skip


def _of(luck: Luck, measure: Measure, place: int) -> tuple[float, float]:
    here = sum(int(luck.here[name][place]) for name in measure.names)
    there = sum(int(luck.there[n][place]) for n in measure.names if n in luck.there)
    return here / measure.unit, there / measure.unit
