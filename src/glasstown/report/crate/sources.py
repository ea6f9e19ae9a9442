"""A world as files again: what its models say, written so that it reads back to the same world."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from glasstown.errors import GlasstownError
from glasstown.world import World, load_world

FOLDER = "files"
WORLD = f"{FOLDER}/world.yaml"


def write_sources(world: World, crate: Path) -> tuple[str, ...]:
    """Write the world's files below `crate`, and return their names there.

    Nothing is written, and nothing returned, where the files would not read back to this world:
    one bound in Python may hold texts that no file can.

    Raises:
        OSError: they cannot be written.
    """
    texts = _texts(world)
    for name, text in texts.items():
        file = crate / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    try:
        same = load_world(crate / WORLD).to_dict() == world.to_dict()
    except GlasstownError:
        same = False
    if same:
        return tuple(texts)
    for name in texts:
        (crate / name).unlink()
    (crate / FOLDER / "schemes").rmdir() if world.schemes else None
    (crate / FOLDER).rmdir()
    return ()


def _texts(world: World) -> dict[str, str]:
    """The files by name, the world's first."""
    data = world.to_dict()
    own = {
        "world": world.name,
        "title": world.title,
        "about": world.about,
        "schemes": [f"./schemes/{scheme.scheme}.yaml" for scheme in world.schemes],
        "nation": "./nation.yaml",
        "conduct": "./conduct.yaml",
        "months": world.months,
        "seed": world.seed,
        "citizens": world.citizens,
        "count": {"by": list(world.by)},
    }
    texts = {WORLD: _yaml(own)}
    for scheme in data["schemes"]:
        texts[f"{FOLDER}/schemes/{scheme['scheme']}.yaml"] = _yaml(scheme)
    texts[f"{FOLDER}/nation.yaml"] = _yaml(data["nation"])
    texts[f"{FOLDER}/conduct.yaml"] = _yaml(data["conduct"])
    return texts


def _yaml(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
