"""How long things last, where some of them outlast the run."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from glasstown.audit.inside.estimate import LEVEL, Estimate

Counts = NDArray[np.int64]


@final
@dataclass(frozen=True, eq=False)
class Waits:
    """How many waits took so many months, the number of months being the place.

    ended: of those that came to an end; open: of those that were cut off by the end of the run,
    and took longer than that. Both as long as the run has months, and one more for none.
    """

    ended: Counts
    open: Counts

    @classmethod
    def of(cls, months: Counts, open: NDArray[np.bool_], most: int) -> Waits:
        """Waits counted by their months, of which none is more than `most`."""
        count = most + 1
        return cls(
            np.bincount(months[~open], minlength=count), np.bincount(months[open], minlength=count)
        )

    @classmethod
    def read(cls, figures: Sequence[Mapping[str, float]], name: str, most: int) -> Waits:
        """Waits of all seeds together, from their figures."""
        ended, still = (
            np.array(
                [sum(each.get(f"{name}|{kind}|{k}", 0) for each in figures)
                 for k in range(most + 1)]
            ).astype(np.int64)
            for kind in ("ended", "open")
        )  # fmt: skip
        return cls(ended, still)

    def figures(self, name: str) -> dict[str, float]:
        """The counts as figures of one seed."""
        both = (("ended", self.ended), ("open", self.open))
        return {f"{name}|{kind}|{k}": float(n) for kind, of in both for k, n in enumerate(of)}

    @property
    def count(self) -> int:
        """How many waits there are."""
        return int(self.ended.sum() + self.open.sum())

    @property
    def cut_off(self) -> int:
        """How many of them outlast the run."""
        return int(self.open.sum())

    def known(self, months: int) -> tuple[int, int]:
        """Of how many it is seen whether they ended within so many months, and how many did not."""
        ended, longer = int(self.ended[: months + 1].sum()), int(self.open[months:].sum())
        longer += int(self.ended[months + 1 :].sum())
        return ended + longer, longer

    def quantile(self, share: float, level: float = LEVEL) -> Estimate:
        """The months within which this share of waits has ended.

        By Kaplan and Meier (J. Am. Statist. Ass. 53, 1958), which lets a wait that was cut off
        count for as long as it was seen; the interval is that of Brookmeyer and Crowley (Biometrics
        38, 1982) on the log-log scale. An end that lies beyond the run is infinite.
        """
        low, middle, high = (self._crossing(curve, share) for curve in self._curves(level))
        return Estimate(middle, low, high, self.count, "waits")

    def within(self, months: int, level: float = LEVEL) -> Estimate:
        """The share of waits that has ended within so many months; nan where there is none."""
        if not self.count:
            return Estimate(math.nan, 0.0, 1.0, 0, "waits")
        low, middle, high = (float(curve[months]) for curve in self._curves(level))
        return Estimate(1 - middle, 1 - high, 1 - low, self.count, "waits")

    def _curves(self, level: float) -> tuple[NDArray[np.float64], ...]:
        """The lower end, the share that still waits after so many months, and the upper end."""
        leaving = self.ended + self.open
        at_risk = leaving[::-1].cumsum()[::-1].astype(float)
        held = np.maximum(at_risk, 1)
        waits = np.cumprod(1 - self.ended / held)
        left = at_risk * (at_risk - self.ended)
        terms = np.where(self.ended > 0, self.ended / np.where(left > 0, left, 1), 0)
        spread = np.sqrt(np.cumsum(np.where(left > 0, terms, 0)))
        inside = (waits > 0) & (waits < 1)
        logs = np.log(np.where(inside, waits, 0.5))
        from scipy.stats import norm

        turn = np.exp(norm.ppf((1 + level) / 2) * spread / np.abs(logs))
        low = np.where(inside, np.exp(logs * turn), waits)
        high = np.where(inside, np.exp(logs / turn), waits)
        return low, waits, high

    @staticmethod
    def _crossing(curve: NDArray[np.float64], share: float) -> float:
        below = np.flatnonzero(curve <= 1 - share + 1e-12)
        return float(below[0]) if below.size else math.inf


@final
@dataclass(frozen=True, eq=False)
class Spells:
    """Stretches of months, each of one citizen.

    rows: whose it is, by place in the panel; begins: its first month; months: how many it lasts;
    open: whether it was still going on when the run ended, so that it lasts at least so long.
    """

    rows: Counts
    begins: Counts
    months: Counts
    open: NDArray[np.bool_]

    def waits(self, most: int) -> Waits:
        """How long they lasted; `most` is the months of the run."""
        seen = self.months - self.open  # one that is still open may end in the month it has come to
        return Waits.of(seen, self.open, most)


def spells(held: NDArray[np.bool_]) -> Spells:
    """The stretches of months in which something holds of a citizen.

    held: citizens x months.
    """
    edge = np.zeros((len(held), 1), np.int8)
    steps = np.diff(held.astype(np.int8), axis=1, prepend=edge, append=edge)
    rows, begins = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    return Spells(rows, begins, ends - begins, ends == held.shape[1])
