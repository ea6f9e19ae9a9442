"""`glasstown.audit(...)`: all that can be asked of a scheme, a world or a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasstown.audit.audit import Audit, Way, as_written, require_known
from glasstown.audit.probe import Probe
from glasstown.audit.target import Target, target_of
from glasstown.audit.written import PROBES as WRITTEN
from glasstown.audit.yardstick import DEFAULT, Yardstick, load_yardstick
from glasstown.errors import GlasstownError, Place, Problem, shown
from glasstown.scheme import Scheme
from glasstown.world import World

if TYPE_CHECKING:
    from glasstown.engine.run import Run

FEWEST_SEEDS = 2

MOST_CITIZENS = 100_000
"""Citizens that are lived at once where nothing is said; of a larger nation, a sample."""


def audit(
    target: Scheme | World | Run | str | Path,
    *,
    by: Yardstick | str | Path = DEFAULT,
    only: Sequence[str] = (),
    written: bool = False,
    groups: Sequence[str] | None = None,
    seeds: int | None = None,
    citizens: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Audit:
    """Audit a scheme as written; a world or a run also from inside.

    As written, the probes read what the scheme's file says, and nobody is run. From inside, the
    world's citizens are lived again on several seeds, with what is asked about and without it.
    A world's audit is of each of its schemes as written, and of the world from inside: its `parts`.

    target: a scheme, a world or a run; or the name or path of a scheme or world; or the folder of
    a run, or its URL; by: a yardstick, or the name or path of one; only: names of probes, all of
    them where none is named; written: whether to leave it at the audit as written.

    From inside alone: groups: traits to tell citizens apart by, those that the world counts by
    where none is given; seeds: how many, the world's own first, 8 where it is not said; citizens:
    about how many, in a sample of whole communities; where it is not said, all of them, and of a
    nation of more than 100,000 a sample of so many; progress: told how many lives of the world are
    done, and how many there are.

    Raises:
        GlasstownError: there is no such target, yardstick, probe or trait; a file has something
            wrong with it; or the world cannot be run.
    """
    found = target_of(target)
    yardstick = by if isinstance(by, Yardstick) else load_yardstick(by)
    require_known(only, _probes(only))
    lived = {"groups": groups, "seeds": seeds, "citizens": citizens}
    if found.world is None or written:
        _refuse_inside(found, only, {name for name, value in lived.items() if value is not None})
    if seeds is not None and seeds < FEWEST_SEEDS:
        raise _refused(
            f"`seeds` is {seeds}, which is too few",
            "an interval says how far luck moves a figure, and one seed cannot",
            f"name at least {FEWEST_SEEDS} seeds",
        )
    here = [p.about.name for p in WRITTEN if not only or p.about.name in only]
    parts = [as_written(*scheme, yardstick, here) for scheme in found.schemes if here]
    inside = found.world is not None and not written
    if inside and (not only or len(here) < len(set(only))):
        assert found.world is not None
        parts.append(_inside(found.world, yardstick, only, here, lived, progress))
    if len(parts) == 1 and found.world is None:
        return parts[0]
    answers = tuple(answer for part in parts for answer in part.answers)
    saw = f"the run with digest {found.digest}" if found.digest else ""
    return Audit(
        found.name,
        yardstick.yardstick,
        answers,
        Way.INSIDE if inside else Way.WRITTEN,
        saw,
        found.world,
        yardstick,
        tuple(parts),
    )


def _probes(only: Sequence[str]) -> Sequence[Probe[Any]]:
    """Every probe that may be named; those from inside only if one that is named is not here."""
    if set(only) <= {probe.about.name for probe in WRITTEN}:
        return WRITTEN
    from glasstown.audit.inside import PROBES as INSIDE  # this loads the machine, which is slow

    return (*WRITTEN, *INSIDE)


def _inside(
    world: World,
    yardstick: Yardstick,
    only: Sequence[str],
    written: Sequence[str],
    lived: dict[str, Any],
    progress: Callable[[int, int], None] | None,
) -> Audit:
    from glasstown.audit.inside import audit_world

    given = {name: value for name, value in lived.items() if value is not None}
    if world.citizens > MOST_CITIZENS:
        given.setdefault("citizens", MOST_CITIZENS)
    asked = [name for name in only if name not in written]
    return audit_world(world, by=yardstick, only=asked, step=progress, **given)


def _refuse_inside(found: Target, only: Sequence[str], lived: set[str]) -> None:
    """Refuse what only an audit from inside can do.

    Raises:
        GlasstownError: something of the kind was asked for.
    """
    written = {probe.about.name for probe in WRITTEN}
    why = (
        "a scheme is audited as written, and no citizen is run"
        if found.world is None
        else "an audit as written is asked for, and no citizen is run"
    )
    remedy = "name a world or a run" if found.world is None else "leave `written` out"
    for name in only:
        if name not in written:
            raise _refused(f"the probe {shown(name)} asks of citizens' lives", why, remedy)
    for name in sorted(lived):
        raise _refused(f"{shown(name)} is of an audit from inside", why, f"{remedy}, or no {name}")


def _refused(what: str, why: str, remedy: str) -> GlasstownError:
    return GlasstownError(Problem(Place(""), what, why, remedy))
