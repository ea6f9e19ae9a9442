"""How to run a world again, and see that the same comes of it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from glasstown.audit.yardstick import DEFAULT
from glasstown.errors import GlasstownError
from glasstown.world import World, load_world
from glasstown.world.load import names

if TYPE_CHECKING:
    from glasstown.engine.run import Run
    from glasstown.report.lived import Lived

_BY_FILE = (
    "import json, sys; from glasstown import World; from glasstown.world import world_from_dict; "
    "print(world_from_dict(json.load(open(sys.argv[1]))).run().digest)"
)


@final
@dataclass(frozen=True)
class Again:
    """One command that runs the world again; and the world itself, where no library holds it."""

    command: str
    world: str = ""


def again(run: Run) -> Again:
    """The command that runs a run's world again."""
    return rerun(run.world)


def rerun(world: World) -> Again:
    """The command that runs a world: by its name if it is the library's, else by file."""
    if _in_library(world):
        sizes = f"--citizens {world.citizens} --months {world.months} --seed {world.seed}"
        return Again(f"glasstown run {world.name} {sizes}")
    text = json.dumps(world.to_dict(), ensure_ascii=True, separators=(",", ":"))
    return Again(f"python -c {shlex.quote(_BY_FILE)} world.json", text)


def asked_again(run: Run, lived: Lived, citizens: Iterable[int | None]) -> tuple[str, ...]:
    """The commands that ask again what lives lived again have shown; RUN is the run's folder."""
    by = "" if lived.by == DEFAULT else f" --by {shlex.quote(lived.by)}"
    sample = f" --citizens {lived.citizens}" * (run.world.citizens > lived.citizens)
    told = run is lived.luck.run if lived.luck is not None else False
    return (
        f"glasstown audit RUN --seeds {lived.seeds}{sample}{by}",
        *(f"glasstown dossier RUN {number}" for number in citizens if number is not None and told),
    )


def _in_library(world: World) -> bool:
    if world.name not in names():
        return False
    try:
        same = load_world(world.name, months=world.months, seed=world.seed, citizens=world.citizens)
    except GlasstownError:
        return False
    return same.to_dict() == world.to_dict()
