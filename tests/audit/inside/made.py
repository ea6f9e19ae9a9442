"""A small town made by hand, whose answers can be worked out with a pencil."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from glasstown.audit import Verdict
from glasstown.audit.finding import Finding
from glasstown.audit.inside import Inside, InsideProbe, look
from glasstown.audit.yardstick import DEFAULT, load_yardstick
from glasstown.conduct.model import Conduct
from glasstown.nation.model import Nation
from glasstown.scheme.model import Scheme
from glasstown.world import World, bind

NATION = {
    "nation": "made",
    "citizens": 2_000,
    "communities": {"size": 50},
    "traits": {
        "poor": {"share": "50%"},
        "left": {"share": "50%"},
        "grade": {"values": {"low": "30%", "middle": "40%", "high": "30%"}, "ordered": True},
    },
}
CONDUCT = {
    "conduct": "made",
    "actions": {"litter": {"rate": "0%"}, "owe": {"rate": "0%"}, "pay": {"rate": "0%"}},
    "occasions": {"fly": {"rate": "50%", "worth": 2}, "learn": {"rate": "50%", "worth": 2}},
    "conditions": {"debt": {"begins": "owe", "ends": "pay"}},
    "means": {"half_life": "12 months", "limit": 100},
}


def world_of(
    *schemes: dict[str, Any],
    actions: dict[str, Any] | None = None,
    occasions: dict[str, Any] | None = None,
    citizens: int = 2_000,
    months: int = 12,
    seed: int = 1,
    by: Sequence[str] = ("poor",),
) -> World:
    """A world of these schemes; actions and occasions stand in for those of the town."""
    conduct = {
        **CONDUCT,
        "actions": {**CONDUCT["actions"], **(actions or {})},  # type: ignore[dict-item]
        "occasions": {**CONDUCT["occasions"], **(occasions or {})},  # type: ignore[dict-item]
    }
    return bind(
        "made",
        [Scheme.model_validate(scheme) for scheme in schemes],
        Nation.model_validate(NATION),
        Conduct.model_validate(conduct),
        months=months,
        seed=seed,
        citizens=citizens,
        by=by,
    )


def looked_at(
    world: World, probe: InsideProbe, seeds: int = 4, groups: Sequence[str] | None = None
) -> Inside:
    """A world read by one probe."""
    return look(world, load_yardstick(DEFAULT), [probe], seeds=seeds, groups=groups)


def found_in(
    world: World, probe: InsideProbe, seeds: int = 4, groups: Sequence[str] | None = None
) -> list[Finding]:
    """What one probe finds in a world."""
    case = looked_at(world, probe, seeds, groups)
    return [f for f in probe.findings(case) if f.verdict is Verdict.FOUND]
