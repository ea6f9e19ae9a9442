"""Rates by group, in the manner of Fairlearn's MetricFrame."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, final

import numpy as np
from numpy.typing import ArrayLike

from glasstown.audit.inside.estimate import LEVEL, Estimate, exact_p, ratio_of_shares, share

Method = Literal["between_groups", "to_overall"]

FOUR_FIFTHS = 0.8
"""29 CFR 1607.4(D): below it a ratio of selection rates is generally evidence of adverse impact."""


@final
@dataclass(frozen=True)
class Rates:
    """How many of each group something befell.

    feature: what the groups are by, crossed with `*`; totals, selected: citizens of each group, and
    how many of them it befell. Groups of nobody are kept: their rate is nan, and nothing is said
    of them.
    """

    feature: str
    totals: Mapping[str, int]
    selected: Mapping[str, int]
    level: float = LEVEL

    @cached_property
    def overall(self) -> Estimate:
        """The rate of all together."""
        return share(sum(self.selected.values()), sum(self.totals.values()), self.level)

    @cached_property
    def by_group(self) -> dict[str, Estimate]:
        """The rate of each group, with its exact interval."""
        return {g: share(self.selected[g], self.totals[g], self.level) for g in self.totals}

    def difference(self, method: Method = "between_groups") -> float:
        """The largest difference: between two groups, or of a group to all together."""
        rates = self.values
        if method == "to_overall":
            return max((abs(r - self.overall.value) for r in rates.values()), default=math.nan)
        return max(rates.values()) - min(rates.values()) if rates else math.nan

    def ratio(self, method: Method = "between_groups") -> float:
        """The least ratio: of two groups, or of a group and all together, the smaller on top."""
        rates = self.values
        if method == "to_overall":
            own = self.overall.value
            return min((_smaller(r, own) for r in rates.values()), default=math.nan)
        return _smaller(min(rates.values()), max(rates.values())) if rates else math.nan

    def group_min(self) -> float:
        """The lowest rate of a group."""
        return min(self.values.values(), default=math.nan)

    def group_max(self) -> float:
        """The highest rate of a group."""
        return max(self.values.values(), default=math.nan)

    @property
    def lowest(self) -> str:
        """The group with the lowest rate; "" where there is nobody."""
        rates = self.values
        return min(rates, key=rates.__getitem__) if rates else ""

    @property
    def highest(self) -> str:
        """The group with the highest rate; "" where there is nobody."""
        rates = self.values
        return max(rates, key=rates.__getitem__) if rates else ""

    def impact(self, group: str) -> Estimate:
        """The impact ratio of a group: its rate over the highest (6 RCNY 5-300), with interval."""
        best = self.highest
        if group == best:
            return Estimate(1.0, 1.0, 1.0, self.totals[group], "citizens")
        return ratio_of_shares(
            (self.selected[group], self.selected[best]),
            (self.totals[group], self.totals[best]),
            self.level,
        )

    def p_value(self, group: str, against: str) -> float:
        """Fisher's exact test that two groups have the same rate; not corrected."""
        if group == against or not self.totals[group] or not self.totals[against]:
            return 1.0
        return exact_p(
            (self.selected[group], self.selected[against]),
            (self.totals[group], self.totals[against]),
        )

    @property
    def complement(self) -> Rates:
        """The same of those whom it did not befall: the favourable rates of an adverse outcome."""
        spared = {group: self.totals[group] - self.selected[group] for group in self.totals}
        return Rates(self.feature, self.totals, spared, self.level)

    @cached_property
    def values(self) -> dict[str, float]:
        """The rate of each group that is not empty, without an interval."""
        return {g: self.selected[g] / n for g, n in self.totals.items() if n}


def rates(
    selected: ArrayLike, *, sensitive_features: Mapping[str, ArrayLike], level: float = LEVEL
) -> tuple[Rates, ...]:
    """Rates by each sensitive feature, and by all their intersections if there are several.

    selected: yes or no for each citizen; sensitive_features: by name, a label for each citizen.
    """
    chosen = np.asarray(selected, bool)
    labels = {name: np.asarray(column).astype(str) for name, column in sensitive_features.items()}
    crossed: dict[str, np.ndarray[tuple[int], np.dtype[np.str_]]] = dict(labels)
    if len(labels) > 1:
        together = [", ".join(parts) for parts in zip(*labels.values(), strict=True)]
        crossed[" * ".join(labels)] = np.array(together)
    found = []
    for name, column in crossed.items():
        groups, at = np.unique(column, return_inverse=True)
        totals = np.bincount(at, minlength=len(groups))
        counts = np.bincount(at, weights=chosen, minlength=len(groups)).astype(int)
        found.append(
            Rates(
                name,
                dict(zip(groups.tolist(), totals.tolist(), strict=True)),
                dict(zip(groups.tolist(), counts.tolist(), strict=True)),
                level,
            )
        )
    return tuple(found)


def _smaller(one: float, other: float) -> float:
    """The smaller of two rates over the larger; nan where both are nought."""
    low, high = min(one, other), max(one, other)
    return low / high if high else math.nan
