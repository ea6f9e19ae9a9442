"""An audit of a world from inside: every probe asked of its citizens, lived again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from glasstown.audit.audit import Audit, Way, require_known
from glasstown.audit.inside.inside import SEEDS, Inside, Step, look
from glasstown.audit.inside.probes import PROBES
from glasstown.audit.probe import ask
from glasstown.audit.yardstick import DEFAULT, Yardstick, load_yardstick
from glasstown.scheme.words import listed, plain
from glasstown.world import World


def audit_world(
    world: World,
    *,
    by: Yardstick | str | Path = DEFAULT,
    only: Sequence[str] = (),
    groups: Sequence[str] | None = None,
    seeds: int = SEEDS,
    citizens: int | None = None,
    step: Step | None = None,
) -> Audit:
    """Audit a world from inside: live its citizens again on several seeds, with and without.

    by: a yardstick, by name, path or itself; only: names of probes, all of them where none is
    named; groups: traits to tell citizens apart by, by default those that the world counts by;
    seeds: how many, the world's own first; citizens: about how many, in a sample of whole
    communities, by default all; step: told how far it has come.

    Raises:
        GlasstownError: there is no such yardstick, probe or trait, or the world cannot be run.
    """
    require_known(only, PROBES)
    probes = [probe for probe in PROBES if not only or probe.about.name in only]
    yardstick = by if isinstance(by, Yardstick) else load_yardstick(by)
    case = look(world, yardstick, probes, groups=groups, seeds=seeds, citizens=citizens, step=step)
    answers = tuple(ask(probe, case) for probe in probes)
    return Audit(
        world.name, yardstick.yardstick, answers, Way.INSIDE, _saw(case), of=world, by=yardstick
    )


def _saw(case: Inside) -> str:
    """Whose lives were lived, and how often."""
    world = case.world
    sample = "all" if case.whole else f"a sample of {case.sampled:,} of"
    groups = listed([plain(group) for group in case.groups])
    return (
        f"{sample} {world.citizens:,} invented citizens in {world.months} months, on "
        f"{len(case.seeds)} seeds, {case.seeds[0]} to {case.seeds[-1]}"
        + (f", told apart by {groups}" * bool(groups))
    )
