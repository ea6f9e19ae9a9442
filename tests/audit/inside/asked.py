"""One probe asked of a small world, lived on a few seeds."""

from __future__ import annotations

from typing import Any

import glasstown as gt
from glasstown.audit.inside.inside import Inside, InsideProbe, Lives, look
from glasstown.audit.probe import Answer, ask
from glasstown.audit.yardstick import DEFAULT, load_yardstick
from glasstown.engine.panel import Panel, Panels


def campus(
    changes: dict[str, Any] | None = None, name: str = "unictown-campus", **size: Any
) -> Any:
    """A small campus, changed by dotted path."""
    world = gt.load_world(name, **{"citizens": 4_000, "months": 12, **size})
    return world.changed(changes) if changes else world


def looked(world: gt.World, probe: InsideProbe, seeds: int = 3, **options: Any) -> Inside:
    """What one probe reads of a world."""
    return look(world, load_yardstick(DEFAULT), [probe], seeds=seeds, **options)


def asked(world: gt.World, probe: InsideProbe, seeds: int = 3, **options: Any) -> Answer:
    """What one probe answers for a world."""
    return ask(probe, looked(world, probe, seeds, **options))


def lived(world: gt.World, probe: InsideProbe, case: Inside) -> Lives:
    """The citizens on the world's own seed, as the probe is given them."""
    wanted = probe.wanted(case)
    assert wanted is not None
    panels: dict[str, Panel] = {}
    for variant in wanted.variants:
        there = variant.of(world)
        measures = [m for m in wanted.measures if m in there.measures]
        panels[variant.name] = Panels(there, measures, (*case.groups, *wanted.traits)).panel()
    return Lives(panels, own=True)
