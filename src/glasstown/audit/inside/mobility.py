"""Who moves and who is held, how long one deduction is felt, and who has a chance at all."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.finding import Figure, Finding, Weight
from glasstown.audit.inside.chances import chance_figures, chance_findings
from glasstown.audit.inside.decisions import decisions_of
from glasstown.audit.inside.estimate import (
    LEVEL,
    Estimate,
    exact_p,
    holm,
    larger,
    over_seeds,
    p_over_seeds,
    ratio_over_seeds,
    share_over_seeds,
    wider,
)
from glasstown.audit.inside.groups import Group, groups_of
from glasstown.audit.inside.inside import Figures, Inside, InsideProbe, Lives, Wanted
from glasstown.audit.inside.places import (
    Place,
    moves,
    places_of,
    shares,
    tier_measures,
    tiered,
    year_of,
)
from glasstown.audit.inside.recovery import Event, events_of, recovery
from glasstown.audit.inside.say import figure, in_months, known, percent, with_interval
from glasstown.audit.inside.spells import Waits
from glasstown.audit.inside.variants import HERE
from glasstown.audit.inside.verdicts import SMALLEST, above
from glasstown.audit.probe import About, Reference
from glasstown.scheme.words import plain

MOST = 0.5
"""The share above which it is said that most are held, are not back, or have no chance."""

SHOWN = 3


@final
class Mobility(InsideProbe):
    """Moves between tiers, stays in the lowest and on registers, recovery, and chances."""

    about = About(
        name="mobility",
        title="Moving up, and being held",
        asks=(
            "Do citizens move between tiers, or are they held in the lowest and on registers; how "
            "long is one deduction felt; and how evenly are chances spread?"
        ),
        matters=(
            "A scheme that says it rewards effort should let effort show. Where most stay where "
            "they were put, it is a rank and not a record."
        ),
        computed=(
            "Of those in the lowest tier a year before the end, the share that is never above it "
            "in that year; of entries on a register, the share still there a year later, by Kaplan "
            "and Meier where the run ends first. After the first deduction by a rule, the months "
            "until the score is where it stood the month before, and the points still missing a "
            "year later against the same life in a world where that rule takes none. A chance is "
            "the share of months in which a citizen's standing would have brought the gain, or let "
            "the citizen pass; its spread over citizens is Gini's coefficient. That most are held, "
            "are not back or have no chance is found where the whole 95% interval, the wider of "
            "that over the seeds and that of all citizens together, lies above a half. Groups are "
            "compared by Student's test over the seeds and by "
            "Fisher's of all seeds together; the larger p-value counts, corrected by Holm."
        ),
        cannot=(
            "Moves over more years than the run has. In the world without a rule's points the "
            "later deductions by that rule are gone too. Where there is no scheme there is no "
            "gain to spread, and everybody may pass: a Gini of 0."
        ),
        sources=(
            Reference("Kaplan and Meier, J. Am. Statist. Ass. 53 (1958)", "time to an event"),
            Reference("Shorrocks, Econometrica 46 (1978)", "mobility by transition matrices"),
        ),
    )

    def wanted(self, case: Inside) -> Wanted | None:
        """Tiers, registers, scores and deductions, here and where each rule takes no points."""
        world = case.world
        if year_of(world) < 1:
            return None
        events = tuple(events_of(world))
        measures = [m for scheme in tiered(world) for m in tier_measures(scheme)]
        measures += [place.key for place in places_of(world) if not place.tier]
        measures += [m for event in events for m in (event.score, event.points)]
        measures += [m for d in decisions_of(world) for asked in d.by for m in asked.measures]
        if not measures:
            return None
        return Wanted((HERE, *(event.without for event in events)), tuple(dict.fromkeys(measures)))

    def figures(self, case: Inside, lives: Lives) -> Figures:
        """Moves, stays, recoveries and chances of one seed."""
        found: dict[str, float] = {}
        here, world = lives.here, case.world
        for scheme in tiered(world):
            table, tiers = moves(here, scheme), list(scheme.tiers)
            for one, row in zip(tiers, table.tolist(), strict=True):
                for other, count in zip(tiers, row, strict=True):
                    found[f"moved|{scheme.scheme}|{one}|{other}"] = float(count)
        everybody = np.ones(len(here), bool)
        for place in places_of(world):
            waits = place.stays(here, everybody)
            found |= waits.figures(f"stay|{place.key}") | shares(waits, world, place.key)
            for group in groups_of(case):
                mask = group.mask(here)
                for side, part in (("in", mask), ("out", ~mask)):
                    stays = place.stays(here, part)
                    found |= shares(stays, world, f"{place.key}|{group.key}|{side}")
        for event in events_of(world):
            after = recovery(event, here, lives.panels[event.without.name])
            found |= after.here.figures(f"back|{event.key}")
            found |= after.there.figures(f"anyway|{event.key}")
            found[f"slow|{event.key}"] = 1 - after.here.within(year_of(world)).value
            found[f"at once|{event.key}"] = float(after.at_once.sum())
            found[f"later|{event.key}"] = float(after.later.sum())
        for decision in decisions_of(world):
            found |= chance_figures(decision, here)
        return found

    def keep(self, case: Inside, lives: Lives) -> Mapping[str, tuple[int, ...]]:
        """Who is held the longest, and the first who are not back after a year."""
        kept = {}
        here = lives.here
        for place in places_of(case.world):
            measure = place.key
            long = here.of[measure].astype(bool).sum(axis=1)
            most = np.argsort(-long, kind="stable")[:SHOWN]
            kept[place.key] = tuple(int(n) for n in here.citizens[most[long[most] > 0]])
        for event in events_of(case.world):
            after = recovery(event, here, lives.panels[event.without.name])
            chosen = here.citizens[after.rows[after.slow][:SHOWN]]
            kept[event.key] = tuple(int(number) for number in chosen)
        return kept

    def findings(self, case: Inside) -> Iterator[Finding]:
        """Stays and the groups that stay longer; recoveries; chances."""
        if not case.was_read(self):
            return
        for place in places_of(case.world):
            yield from self._place(case, place)
        yield from self._groups(case)
        for event in events_of(case.world):
            yield from self._event(case, event)
        for decision in decisions_of(case.world):
            yield from chance_findings(case, self, decision, MOST)

    def looked(self, case: Inside) -> str:
        """What was looked at."""
        places, events = list(places_of(case.world)), list(events_of(case.world))
        return (
            f"{len(places)} places where citizens may be held, {len(events)} kinds of deduction, "
            f"{len(decisions_of(case.world))} kinds of chance"
        )

    def _place(self, case: Inside, place: Place) -> Iterator[Finding]:
        waits = self._waits(case, f"stay|{place.key}")
        held = self._still(case, f"held|{place.key}", waits)
        half = waits.quantile(0.5)
        if not waits.count:
            return
        year = _year(case)
        figures = [figure(f"stayed for {year}", held), figure("half leave within", half, "months")]
        if place.tier:
            figures += self._matrix(case, place)
        yield Finding(
            says=f"Of those {place.who}, {with_interval(held)} {place.stayed(year)}.",
            verdict=above(held, MOST, waits.count),
            weight=Weight.NOTABLE if place.tier else Weight.SERIOUS,
            figures=known(figures),
            lives=case.kept[self.about.name][place.key],
            open="the lives are those who were there for the most months",
        )

    def _matrix(self, case: Inside, place: Place) -> Iterator[Figure]:
        name, tiers = place.scheme.scheme, list(place.scheme.tiers)
        for one in tiers:
            row = {other: case.each(self, f"moved|{name}|{one}|{other}") for other in tiers}
            whole = np.sum(list(row.values()), axis=0)
            for other, counts in row.items():
                says = f"from {plain(one)} to {plain(other)} in {_year(case)}"
                yield figure(says, share_over_seeds(counts, whole))

    def _groups(self, case: Inside) -> Iterator[Finding]:
        tests: list[tuple[Place, Group, float]] = []
        for place in places_of(case.world):
            for group in groups_of(case):
                seen, longer = (
                    (int(a.sum()), int(b.sum()))
                    for a, b in (self._sides(case, k, place, group) for k in ("known", "longer"))
                )
                inside, outside = self._sides(case, "held", place, group)
                p = larger(p_over_seeds(inside - outside), exact_p(longer, seen))
                if min(seen) >= SMALLEST and not math.isnan(p):
                    tests.append((place, group, p))
        sure: dict[tuple[str, str], tuple[float, Place, Group]] = {}
        for (place, group, _), p in zip(tests, holm([p for *_, p in tests]), strict=True):
            at = place.key, group.feature
            if p < 1 - LEVEL and (at not in sure or p < sure[at][0]):
                sure[at] = p, place, group
        for _, place, group in sure.values():
            yield self._apart(case, place, group, len(tests))

    def _apart(self, case: Inside, place: Place, group: Group, tests: int) -> Finding:
        inside, outside = self._sides(case, "held", place, group)
        own, others = over_seeds(inside), over_seeds(outside)
        return Finding(
            says=f"Of those {place.who}, {percent(own.value)} {group.where} and "
            f"{percent(others.value)} {group.elsewhere} {place.stayed(_year(case))}.",
            weight=Weight.NOTABLE if place.tier else Weight.SERIOUS,
            figures=(
                figure(f"stayed, {group.where}", own),
                figure(f"stayed, {group.elsewhere}", others),
                figure("difference", over_seeds(inside - outside)),
            ),
            open=f"{tests} comparisons were looked at, and are corrected for",
        )

    def _event(self, case: Inside, event: Event) -> Iterator[Finding]:
        back, anyway = (self._waits(case, f"{k}|{event.key}") for k in ("back", "anyway"))
        if not back.count:
            return
        slow, half = self._still(case, f"slow|{event.key}", back), back.quantile(0.5)
        at_once, later = (case.each(self, f"{k}|{event.key}") for k in ("at once", "later"))
        left = ratio_over_seeds(later, at_once)
        year = _year(case)
        says = (
            f"After {event.says}, half are back at their earlier score within {in_months(half)}, "
            f"and {with_interval(slow)} are not after {year}"
        )
        if not math.isnan(left.value):
            missing = f"{with_interval(left)} of the points lost are then still missing"
            says += f"; against the same lives without such deductions {missing}"
        yield Finding(
            says=f"{says}.",
            verdict=above(slow, MOST, back.count),
            figures=known(
                (
                    figure(f"not back after {year}", slow),
                    figure("half are back within", half, "months"),
                    figure(
                        "half would be there within, without it", anyway.quantile(0.5), "months"
                    ),
                    figure(f"of the points lost, still missing after {year}", left),
                    Figure("first deductions", back.count, "citizens", of="all seeds"),
                )
            ),
            lives=case.kept[self.about.name][event.key],
            open=f"the lives are the first, by number, who were not back after {year}",
        )

    def _still(self, case: Inside, name: str, waits: Waits) -> Estimate:
        """A share that is not done waiting after a year, with the wider of its two intervals."""
        done = waits.within(year_of(case.world))
        return wider(case.figure(self, name), replace(done, low=1 - done.high, high=1 - done.low))

    def _sides(
        self, case: Inside, what: str, place: Place, group: Group
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        key = f"{what}|{place.key}|{group.key}"
        return case.each(self, f"{key}|in"), case.each(self, f"{key}|out")

    def _waits(self, case: Inside, name: str) -> Waits:
        return Waits.read(case.read[self.about.name], name, case.world.months)


def _year(case: Inside) -> str:
    count = year_of(case.world)
    return "one month" if count == 1 else f"{count} months"
