"""A run folder and its one writer: begun, kept, and finished whole, over nothing but a run."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from glasstown.errors import RunProblem, StoreProblem
from glasstown.records.arrow import parquet
from glasstown.records.begun import PROGRESS, Begun, find_begun, how_far
from glasstown.records.ledger import Ledger
from glasstown.records.lock import Held, held
from glasstown.records.making import Making
from glasstown.records.manifest import (
    FILES,
    LEDGER,
    LISTING,
    MANIFEST,
    PROGRAM,
    SIGNALS,
    SPANS,
    WORLD,
    Manifest,
)
from glasstown.records.places import Places, free_place, place_again, require_parent
from glasstown.records.read import (
    Record,
    read_manifest,
    read_record,
    read_signals,
    read_world,
    wrong_file,
)
from glasstown.records.refuse import another_program, damaged, not_kept, not_written, stopped
from glasstown.records.signals import Signals
from glasstown.records.spots import Remote, Spot
from glasstown.records.store import (
    entry,
    exists,
    is_folder,
    make_folder,
    names,
    remove,
    remove_parts,
    sync,
    write,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glasstown.world import World


@contextmanager
def reserve(
    folder: Path | str, world: Mapping[str, Any], replace: bool = False
) -> Iterator[Reservation]:
    """Keep a run folder for one writer, from before the run until it is whole.

    Everything that could refuse the run later is asked now: the folder's parent is there (one
    missing level is made) and can be written in, no other process writes the folder, and what is
    there is a run of the same world, or `replace` allows to lose the run of another. An unfinished
    run of the same world is gone on with. A whole run is untouched until the new one is whole.

    Raises:
        RunProblem: the folder is refused, and is as it was; or the disk is full, and what was
            kept stays.
    """
    places = Places.of(folder)
    require_parent(places.target)
    with _writing(places) as lock:
        making, letting_go = free_place(places, world, replace)
        for gone in letting_go:
            remove(gone)
        with _leaving(Reservation(places, making, world, replace, lock)) as reservation:
            yield reservation


@contextmanager
def reopen(folder: Path | str) -> Iterator[Reservation]:
    """Keep a run folder for one writer, to go on with the run in it, or to mend it.

    Raises:
        RunProblem: there is no run, another process writes it, or its world is lost.
    """
    places = Places.of(folder)
    if isinstance(places.target, Remote):
        require_parent(places.target)
    place_again(places)
    with _writing(places) as lock:
        making, world = place_again(places)
        with _leaving(Reservation(places, making, world, False, lock)) as reservation:
            yield reservation


@contextmanager
def _writing(places: Places) -> Iterator[Held]:
    try:
        with held(places.lock, places.target) as lock:
            places.recover()
            yield lock
    except OSError as error:
        raise not_written(places.target, error) from None


@contextmanager
def _leaving(reservation: Reservation) -> Iterator[Reservation]:
    """Whatever stops a run, what it kept stays; one that fails before that leaves nothing."""
    try:
        yield reservation
    except Exception as error:
        if isinstance(error, StoreProblem):
            raise stopped(reservation.target, error) from None
        if not (reservation.was_there or reservation.kept_anything()):
            reservation.drop()
        elif isinstance(error, OSError):
            raise not_kept(reservation.target, reservation.how_far(), error) from None
        raise
    finally:
        reservation.sync()


@final
class Reservation:
    """A run folder that this process alone may write.

    folder: where the run is made; was_there: whether some of the run lay there before.
    """

    def __init__(
        self,
        places: Places,
        folder: Spot,
        world: Mapping[str, Any],
        replace: bool,
        lock: Held,
    ) -> None:
        self.target = places.target
        self.folder = folder
        self.world = world
        self._places = places
        self._replace = replace
        self._lock = lock
        self.was_there = bool(names(folder))
        self._folder_was_there = exists(folder)
        self._making: Making | None = None

    def whole(self) -> Record | None:
        """The run, if it is finished and nothing of it is damaged: then nothing is left to do."""
        if self.folder != self.target:
            return None
        with suppress(RunProblem):
            record = read_record(self.folder)
            remove(self.folder / PROGRESS)  # a writer may have been killed with its last act
            return record
        return None

    def read_world(self) -> World:
        """The world of the run.

        Raises:
            RunProblem: it is not in order.
        """
        return read_world(self.folder / WORLD, self.world)

    def begin(
        self,
        *,
        program: bytes,
        listing: str,
        version: str,
        spans: int,
        wards: int,
        shape: tuple[int, ...],
        coupled: bool,
    ) -> Making:
        """Begin the run, or go on with one that was begun: what it has kept can be asked for.

        spans, wards: how many spans, of how many wards; shape: of a span's counts.

        Raises:
            RunProblem: what is kept was lived by another program.
            OSError: the disk is full, say.
        """
        digest = hashlib.sha256(program).hexdigest()
        begun = Begun(self.world, digest, spans, wards, coupled, version)
        held = find_begun(self.folder)
        if held is not None and held.key != begun.key and self.kept_anything():
            if not self._replace:
                raise another_program(self.target, held.glasstown, version)
            for name in (PROGRESS, SPANS, MANIFEST):
                remove(self.folder / name)
        make_folder(self.folder)
        remove_parts(self.folder)
        remove_parts(self.folder / PROGRESS)
        if held is None or held.key != begun.key:
            write(self.folder / WORLD, [begun.text().encode()], durable=True)
            sync([self.folder, self.folder.parent])  # before any file that makes no sense alone
        write(self.folder / PROGRAM, [program])
        write(self.folder / LISTING, [listing.encode()])
        self._making = Making(self.folder, begun, shape, self._signals() if coupled else None)
        return self._making

    def finish(self, *, digest: str, ledger: Ledger, signals: Signals, version: str) -> Manifest:
        """Write what is still missing, make it last, and put the run in its place in one step.

        Raises:
            OSError: the disk is full, say; what was kept is there.
        """
        if self._making is None:
            raise RuntimeError("a run is finished that was not begun")
        folder = self.folder
        self._require_digest(digest)
        self._making.drop_states()
        fresh = {
            LEDGER: write(folder / LEDGER, [parquet(ledger.table())]),
            SIGNALS: write(folder / SIGNALS, [parquet(signals.table())]),
            SPANS: write(folder / SPANS, self._making.packed(signals.values)),
        }
        entries = {name: fresh.get(name) or entry(folder / name) for name in FILES}
        manifest = Manifest(self.world, digest, entries, version, _made_with())
        inside = [folder / LEDGER, folder / SIGNALS]
        sync([*(folder / name for name in FILES), *(file.parent for file in inside), folder])
        self._lock.require()
        write(folder / MANIFEST, [manifest.text().encode()], durable=True)
        if folder == self.target:
            sync([folder, folder.parent])
        else:
            self._places.put_in_place()
        remove(self.target / PROGRESS)
        return manifest

    def sync(self) -> None:
        """Have what was kept survive a loss of power, as far as the disk will."""
        if isinstance(self.folder, Remote) or self._making is None:
            return  # what a store has taken lasts
        if is_folder(self.folder / PROGRESS):
            with suppress(OSError):
                self._making.sync()

    def kept_anything(self) -> bool:
        """Whether some of the run is there, so that it is worth going on with."""
        return bool(names(self.folder / PROGRESS)) or bool(
            {MANIFEST, SPANS} & {*names(self.folder)}
        )

    def drop(self) -> None:
        """Remove what `begin` has written."""
        for name in (WORLD, PROGRAM, LISTING, LEDGER, SIGNALS, SPANS, PROGRESS):
            remove(self.folder / name)
        remove_parts(self.folder)
        if not self._folder_was_there:
            remove(self.folder)

    def _require_digest(self, digest: str) -> None:
        """Refuse to mend a run into another one.

        Raises:
            RunProblem: what is kept does not make the run that the manifest tells of.
        """
        try:
            told = read_manifest(self.folder).digest
        except RunProblem:
            return  # it is to be written anew
        if told != digest:
            raise damaged(
                self.folder / MANIFEST,
                f"mended, this would be another run: its digest would be {digest[:12]}..., and "
                f"was {told[:12]}...",
                why="the manifest or the spans were changed after the run",
            )

    def _signals(self) -> NDArray[np.int64] | None:
        """The signals of a run that was whole, if their file still is."""
        with suppress(RunProblem):
            manifest = read_manifest(self.folder)
            if wrong_file(self.folder, SIGNALS, manifest.files[SIGNALS]) is None:
                return read_signals(self.folder / SIGNALS, self.world["months"]).values
        return None

    def how_far(self) -> str:
        """How much of the run is kept, in words."""
        # A damaged `world.json` may be what could not be written anew.
        return "what was kept stays" if find_begun(self.folder) is None else how_far(self.folder)


def _made_with() -> dict[str, str]:
    import numpy

    return {"python": platform.python_version(), "numpy": numpy.__version__}
