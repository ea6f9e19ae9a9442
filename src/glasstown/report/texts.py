"""The report's own words: what ran, what it cannot show, and what its words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasstown.report import words
from glasstown.world import World

if TYPE_CHECKING:
    from glasstown.engine.run import Run

GLOSSARY = {
    "Citizen": "one invented person.",
    "Community": "the citizens who meet each other: a dormitory, a workshop, a village block.",
    "Scheme": "what an authority does: sensors, rules, a score, tiers, registers, consequences.",
    "Score": "a citizen's number in one scheme, in points.",
    "Tier": "a named band of scores, from its floor up. A citizen stands on one.",
    "Register": "a list that citizens enter and leave: defaulters, say.",
    "Sensor": "a fallible source of records: error rates, and never a recogniser.",
    "Record": "what a sensor reports: this citizen did this. It may be wrong.",
    "Wrong": "of a record: the citizen had not done it. Of a firing, an entry or a refusal: it "
    "rests on a wrong record.",
    "Occasion": "something a citizen may want in a month, that a scheme can open or close. Each "
    "time is a want.",
    "Citizen-month": "one month of one citizen: 10 citizens in 12 months live 120.",
    "Silenced": "would have spoken but for fear and for what it would cost, and did not.",
    "Fear": "what harm leaves behind, one's own and that seen in the community.",
    "Means": "what refusals have cost a citizen and advances have brought, in units of worth.",
    "Seed": "the number that fixes a world's luck.",
    "Digest": "the SHA-256 of a run's world and its counts. Equal digests are equal runs.",
}
"""Words that need saying, with what they mean here."""


_ELSEWHERE = (
    "no interval over seeds is given: this report was made without the audit. Run other seeds "
    "before you lean on a small difference.",
    "only the audit gives intervals over seeds. Run other seeds before you lean on a small "
    "difference elsewhere.",
)
"""Where intervals over seeds are, without an audit and with one."""


def standfirst(world: World) -> str:
    """What ran, in one sentence."""
    citizens = words.count(world.citizens)
    citizens += " invented citizen" if world.citizens == 1 else " invented citizens"
    names = [words.tidy(scheme.title or scheme.scheme) for scheme in world.schemes]
    many = {0: "under no scheme", 1: f"under {''.join(names)}"}
    under = many.get(len(names), f"under {len(names)} schemes side by side: {'; '.join(names)}")
    return f"{citizens} lived {words.spell(world.months)} {under}."


def facts(run: Run) -> list[tuple[str, str]]:
    """What was run, as pairs of a name and a value."""
    world = run.world
    communities = "1 community" if world.communities == 1 else f"{world.communities:,} communities"
    groups = [words.grouping(by) for by in world.by]
    return [
        ("World", words.tidy(world.name)),
        ("Schemes", words.listed(scheme.scheme for scheme in world.schemes) or "none"),
        ("Nation", _titled(world.nation.nation, world.nation.title)),
        ("Conduct", _titled(world.conduct.conduct, world.conduct.title)),
        ("Citizens", f"{words.count(world.citizens)}, in {communities}"),
        ("Months", f"{words.count(world.months)}, numbered from 0"),
        ("Seed", str(world.seed)),
        ("Counted by", words.listed(groups) or "no groups"),
        ("National signals", "used: the world is coupled" if world.coupled else "none are used"),
    ]


def limits(world: World, audited: bool) -> list[tuple[str, str]]:
    """What the report cannot show, each with a short name. audited: whether it has an audit."""
    grouped = words.listed(words.grouping(by) for by in world.by)
    return [
        (
            "Nobody here exists",
            "The nation is invented from published totals and from assumptions. A finding is about "
            "these schemes on this invented nation, and about no real person, place or year.",
        ),
        (
            "One seed",
            "The figures are full counts of one run, and not estimates from a sample: there is no "
            "sampling error in them. But the run is one draw of luck, and " + _ELSEWHERE[audited],
        ),
        (
            "What the intervals are",
            "Beside shares by group stands a 95% interval, as a guide to how far luck alone moves "
            "such a share. It takes every citizen, want, firing or citizen-month as a draw of its "
            "own. Citizens of one community move each other, and the same citizen is counted "
            "month after month, so luck moves most shares further than the interval says. Of many "
            "gaps looked at, the widest is partly the widest by luck.",
        ),
        (
            "A gap is not a cause",
            "Groups differ in what they do and want, and not only in how a scheme treats them. "
            "What a rule causes is seen by running the world without it: all other luck stays "
            "the same.",
        ),
        (
            "What is assumed",
            "Much in the files is an assumption, and said to be one under Sources and assumptions, "
            "with a range to sweep. Nothing here has been swept.",
        ),
        (
            "Who is not compared",
            f"The ledger counts by {grouped}, and by nothing else."
            if grouped
            else "The ledger counts by no groups, so nothing is said of who bears what.",
        ),
    ]


def _titled(name: str, title: str) -> str:
    return f"{name} ({words.tidy(title)})" if title else name
