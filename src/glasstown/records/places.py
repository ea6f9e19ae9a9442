"""Where a run is made: in its own folder, or beside a whole run that it will replace."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from glasstown.errors import RunProblem, shown
from glasstown.records.begun import PROGRESS, find_begun, how_far, is_unfinished, read_begun
from glasstown.records.manifest import FILES, MANIFEST, REPORT, WORLD
from glasstown.records.read import read_manifest, require_folder
from glasstown.records.refuse import (
    a_file,
    damaged,
    holds_more,
    not_one,
    not_written,
    refusal,
    would_be_lost,
)
from glasstown.records.replace import move, put_in_place
from glasstown.records.spots import Remote, Spot, spot
from glasstown.records.store import exists, is_folder, names, remove, sync

_OURS = {MANIFEST, REPORT, PROGRESS, *(name.split("/")[0] for name in FILES)}
_HALF = re.compile(rf"\.{re.escape(REPORT)}\.[0-9]+\.part")
"""What a killed writer of a report may have left."""


@final
@dataclass(frozen=True)
class Places:
    """A run's folder, and what may lie beside it.

    target: the folder; part: where a run is made that will replace a whole one; old: that one,
    set aside for the moment between two renames; lock: held by the writer.
    """

    target: Spot
    part: Spot
    old: Spot
    lock: Spot

    @classmethod
    def of(cls, folder: Path | str) -> Places:
        """The places of a run's folder; links are followed."""
        target = spot(folder)
        if not isinstance(target, Remote):
            target = Path(os.path.realpath(target))
        part, old, lock = (
            target.with_name(f".{target.name}.glasstown-{n}") for n in ("part", "old", "lock")
        )
        return cls(target, part, old, lock)

    def recover(self) -> None:
        """Mend what a writer left that was killed while it put a run in the place of another."""
        if isinstance(self.part, Remote):
            held = names(self.part)
            if MANIFEST in held and WORLD in held:
                self.put_in_place()
            elif MANIFEST in held:
                remove(self.part)
        elif is_folder(self.old):
            if exists(self.target):
                remove(self.old)
            else:
                move(self.old, self.target)

    def put_in_place(self) -> None:
        """Put a run that is whole in the place of another.

        Raises:
            OSError, StoreProblem: it cannot be; on a disk, the other is where it was.
        """
        put_in_place(self.part, self.target, self.old)


def require_parent(target: Spot, kind: str = "run") -> None:
    """See that a folder for a run, or for what `kind` says, can be made.

    One missing level above it is made.

    Raises:
        RunProblem: it cannot.
    """
    if isinstance(target, Remote):
        names(target)  # what is wrong with the store is said of the run, and not of a file of it
        return
    parent = target.parent
    if parent.is_dir():
        return
    if parent.exists():
        raise refusal(parent, "this is a file, and a folder is wanted", remedy="name a folder")
    try:
        # One level, so that `--out runs/first` works where there is no `runs` yet; a path that
        # leads nowhere is more likely a mistake.
        parent.mkdir(exist_ok=True)
        sync([parent.parent])
    except FileNotFoundError:
        raise refusal(
            parent,
            f"there is no such folder to put a {kind} in",
            remedy=f"check the path, or make the folder: mkdir -p {shown(parent, 200)[1:-1]}",
        ) from None
    except OSError as error:
        raise not_written(parent, error) from None


def free_place(
    places: Places, world: Mapping[str, Any], replace: bool
) -> tuple[Spot, tuple[Spot, ...]]:
    """Where to make a run of `world`, and what goes first of unfinished runs that are let go.

    Raises:
        RunProblem: what is there is not a run, or is one of another world without `replace`.
    """
    target = places.target
    held = _held(target)
    if not held:
        return target, ()
    foreign = [name for name in held if name not in _OURS and not _HALF.fullmatch(name)]
    if foreign and not {MANIFEST, WORLD} & set(held):
        raise not_one(target, "run", f"it holds {_list(held)}")
    found = _world_in(target)
    if foreign:
        raise holds_more(target, "run", _list(foreign))
    if MANIFEST not in held:
        return target, _let_go(target, target, found, world, replace)
    if found != world and not replace:
        raise _another_world(target, "a run", found, world)
    if not _held(places.part):
        return places.part, ()
    begun = find_begun(places.part)
    if begun is None:
        return places.part, (places.part,)
    return places.part, _let_go(target, places.part, begun.world, world, replace)


def place_again(places: Places) -> tuple[Spot, Mapping[str, Any]]:
    """Where the run is that is to be gone on with or mended, and its world.

    Raises:
        RunProblem: there is no run, or its world is lost.
    """
    begun = find_begun(places.part)
    if begun is not None:
        return places.part, begun.world
    if not is_folder(places.target) and is_folder(places.old):
        return places.old, read_manifest(places.old).world
    require_folder(places.target)
    return places.target, _world_twice(places.target)


def how_far_at(folder: Path | str) -> str:
    """How much is kept of the run that `resume` would go on with, or mend, in words; "" if none.

    It may be asked while the run is being written.
    """
    places = Places.of(folder)
    if find_begun(places.part) is not None:
        return how_far(places.part)
    target = places.target
    being_mended = PROGRESS in names(target)
    if find_begun(target) is not None and (is_unfinished(target) or being_mended):
        return how_far(target)
    return ""


def _world_twice(folder: Spot) -> Mapping[str, Any]:
    """The world from the one or the other of the two files that hold it.

    Raises:
        RunProblem: neither has it, or they differ.
    """
    if MANIFEST not in names(folder):
        begun = read_begun(folder)
        return read_manifest(folder).world if begun is None else begun.world
    begun = find_begun(folder)
    try:
        manifest = read_manifest(folder)
    except RunProblem:
        if begun is None:
            raise
        return begun.world
    if begun is not None and begun.world != manifest.world:
        raise damaged(
            folder / MANIFEST,
            f"its world is not the one in {WORLD}: {_difference(begun.world, manifest.world)}",
            why="one of the two was changed after the run",
        )
    return manifest.world


def _held(target: Spot) -> list[str]:
    """What lies in a folder, if there is one.

    Raises:
        RunProblem: this is a file.
    """
    if exists(target) and not is_folder(target):
        raise a_file(target, "run")
    return names(target)


def _world_in(target: Spot) -> Mapping[str, Any]:
    """The world of the run in a folder that holds something.

    Raises:
        RunProblem: this is not a run.
    """
    try:
        return _world_twice(target)
    except RunProblem as problem:
        raise not_one(target, "run", problem.problems[0].what) from None


def _let_go(
    target: Spot, place: Spot, found: Mapping[str, Any], world: Mapping[str, Any], replace: bool
) -> tuple[Spot, ...]:
    """An unfinished run that must go first; nothing where it is of this world, and is gone on with.

    Raises:
        RunProblem: it is of another world, and may not be let go.
    """
    if found == world:
        return ()
    if replace:
        return (place,)
    raise _another_world(target, f"an unfinished run ({how_far(place)})", found, world)


def _another_world(
    target: Spot, what: str, found: Mapping[str, Any], world: Mapping[str, Any]
) -> RunProblem:
    return would_be_lost(target, "run", f"{what} of another world: {_difference(found, world)}")


def _difference(held: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    """The first thing in which two worlds differ, for a person."""
    for key in ("world", "citizens", "months", "seed"):
        if held.get(key) != asked.get(key):
            name = "named" if key == "world" else key
            return f"{name} {shown(held.get(key))}, not {shown(asked.get(key))}"
    for key in asked:
        if held.get(key) != asked[key]:
            return f"its {key} {'differ' if key.endswith('s') else 'differs'}"
    return "it differs"


def _list(names: list[str]) -> str:
    return ", ".join(shown(name) for name in names[:3]) + (", ..." if len(names) > 3 else "")
