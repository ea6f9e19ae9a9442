"""The month's phases in words, in the order in which the compiler keeps them."""

from __future__ import annotations

from glasstown.compiler.plan import MONTH

COUNT = "8 count"

PHASES = {
    "1 want": "whether each citizen wants each occasion, by chance, at a rate that the citizen's "
    "traits and state move",
    "2 act": "whether each citizen does each action, by chance, at a rate that taste, norm, pull "
    "and fear move; conditions begin and end with the actions that begin and end them",
    "3 sense": "each sensor of each scheme makes its records: hits, misses, false alarms and "
    "records that go to another citizen; records that are due arrive",
    "4 score": "rules fire on what has arrived; points are added up to the caps, the score is kept "
    "within its range, and then it fades",
    "5 place": "appeals that are due are heard; citizens rise to tiers and fall from them, leave "
    "registers and enter them; appeals are filed; rank cuts are taken",
    "6 treat": "consequences meet the occasions that citizens want: refused, required, served, "
    "advanced, discounted, exposed",
    "7 learn": "means and fear change by what befell the citizen and the community; last month's "
    "shares of actions, the mean score and beliefs are renewed",
    COUNT: "the ledger adds up, by group, over all citizens",
}
"""What is done in each phase."""


def phases() -> tuple[tuple[str, str], ...]:
    """The phases with what is done in them, in order, without their numbers."""
    names = [*(name for name, _ in MONTH), COUNT]
    return tuple((name.partition(" ")[2], PHASES[name]) for name in names)
