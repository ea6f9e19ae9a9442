"""SCL-6 in Mesa: an agent a citizen, a step in two stages a month.

Mesa is for models of some thousands of agents, each an object; it runs on one thread.
"""

from __future__ import annotations

import math

import mesa
import numpy as np

from benchmarks.scl6.workload import (
    BEHAVIOURS,
    COURSE,
    ENTER_BELOW,
    FIELDS,
    FLOORS,
    HIGHEST,
    JOB,
    LEAST,
    LEAVE_FROM,
    LOWEST,
    MARGIN,
    MOST,
    SIZE,
    START,
    TICKET,
    TIERS,
    WELFARE,
    Counts,
)

ONE_THREAD = True


class Community:
    """What citizens of a community know of each other."""

    def __init__(self) -> None:
        self.done = [0] * len(BEHAVIOURS)
        self.norms = [0.0] * len(BEHAVIOURS)

    def close_month(self) -> None:
        """Make this month's means last month's."""
        self.norms = [b.g * (n / SIZE - b.ref) for b, n in zip(BEHAVIOURS, self.done, strict=True)]
        self.done = [0] * len(BEHAVIOURS)


class Citizen(mesa.Agent):
    """One citizen."""

    __slots__ = ("community", "listed_for", "score", "taste", "tier", "welfare")

    def __init__(self, model: Nation, community: Community) -> None:
        super().__init__(model)
        q1, q2 = model.random.randint(-127, 127), model.random.randint(-127, 127)
        self.taste = [b.a + b.c1 * q1 / 127 + b.c2 * q2 / 127 for b in BEHAVIOURS]
        self.community = community
        self.score = START + 5 * q1
        self.tier = sum(self.score >= floor for floor in FLOORS)
        self.listed_for = 0
        self.welfare = 0

    def step(self) -> None:
        """Live a month."""
        draw, community = self.model.random.random, self.community
        distance = (self.score - START) / 3000
        gained = 0
        flags = [1, 0] + [0] * 16
        for k, b in enumerate(BEHAVIOURS):
            utility = self.taste[k] + b.s * distance + community.norms[k]
            chance = b.false_alarm
            if draw() * (1 + math.exp(-utility)) < 1:
                chance = b.detect
                community.done[k] += 1
                flags[2 + k] = 1
            if draw() < chance:
                gained += b.points
                flags[8 + k] = 1
        score = min(max(self.score + gained, LOWEST), HIGHEST)
        self.score = score = score - int((score - START) / 50)
        up = sum(score >= floor for floor in FLOORS)
        down = sum(score >= floor - MARGIN for floor in FLOORS)
        self.tier = min(max(self.tier, up), down)
        self.place(bool(flags[12]))
        self.treat(flags)
        flags[1] = score
        row = self.model.counts[self.tier]
        for number, flag in enumerate(flags):
            if flag:
                row[number] += flag

    def place(self, fined: bool) -> None:
        """Enter the list, stay on it or leave it."""
        months, score = self.listed_for, self.score
        if months == 0:
            self.listed_for = int(fined and score < ENTER_BELOW)
        elif (months >= LEAST and score >= LEAVE_FROM and not fined) or months >= MOST:
            self.listed_for = 0
        else:
            self.listed_for = months + 1

    def treat(self, flags: list[int]) -> None:
        """Want a ticket, a course, a job, and be treated by tier and list."""
        draw, listed = self.model.random.random, self.listed_for > 0
        flags[14] = draw() < TICKET and listed
        flags[15] = draw() < COURSE and self.tier == 3
        flags[16] = draw() < JOB and self.tier >= 2 and not listed
        flags[17] = listed
        self.welfare += WELFARE[0] * flags[14] + WELFARE[1] * flags[15] + WELFARE[2] * flags[16]


class Nation(mesa.Model):
    """Citizens in communities, and what is counted of them."""

    def __init__(self, citizens: int, seed: int) -> None:
        super().__init__(seed=seed)
        self.counts = [[0] * len(FIELDS) for _ in range(TIERS)]
        self.communities = [Community() for _ in range(citizens // SIZE)]
        for community in self.communities:
            for _ in range(SIZE):
                Citizen(self, community)

    def step(self) -> None:
        """Live a month."""
        self.counts = [[0] * len(FIELDS) for _ in range(TIERS)]
        self.agents.do("step")
        for community in self.communities:
            community.close_month()


def run(citizens: int, months: int, threads: int, seed: int = 1) -> Counts:
    """Run SCL-6 on so many citizens, in whole communities."""
    nation = Nation(citizens, seed)
    counts = []
    for _ in range(months):
        nation.step()
        counts.append(nation.counts)
    return np.array(counts, dtype=np.int64)
