"""What an audit is of: schemes with the files they stand in, and the world that runs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from glasstown.audit.audit import NO_FILE
from glasstown.errors import FileProblems, GlasstownError, Place, Problem, nearest, shown
from glasstown.files import Document, is_path, read_yaml
from glasstown.scheme import Scheme, load_scheme
from glasstown.scheme.library import LIBRARY as SCHEMES
from glasstown.scheme.library import read_scheme
from glasstown.world import World, load_world
from glasstown.world.load import LIBRARY as WORLDS

WHAT = "an audit is of a scheme, a world or a run"


@final
@dataclass(frozen=True)
class Target:
    """What is audited.

    schemes: each with the document it was read from, for the lines; world: None for a scheme
    alone; digest: of the run, if it is one.
    """

    name: str
    schemes: tuple[tuple[Scheme, Document], ...]
    world: World | None = None
    digest: str = ""


def target_of(what: Any) -> Target:
    """Find what is meant: a scheme, world or run, the name or path of one, or a run's folder.

    Raises:
        GlasstownError: there is no such thing, or everything that is wrong with its files.
        TypeError: it is none of these.
    """
    if isinstance(what, Scheme):
        return Target(what.scheme, ((what, _library(what)),))
    if isinstance(what, World):
        return _world(what)
    if isinstance(what, str | Path):
        return _named(what)
    from glasstown.engine.run import Run

    if isinstance(what, Run):
        return _world(what.world, digest=what.digest)
    raise TypeError(f"{WHAT}, and this is {type(what).__name__}")


def _named(what: str | Path) -> Target:
    text = str(what)
    name = isinstance(what, str) and not is_path(text)
    if name and text in SCHEMES.names():
        return _scheme(text)
    if name and text in WORLDS.names():
        return _world_file(text)
    if "://" in text or Path(what).is_dir():
        return _run(what)
    if name:
        known = [*SCHEMES.names(), *WORLDS.names()]
        raise GlasstownError(
            Problem(
                Place(""),
                f"there is no scheme or world {shown(text)} in the library",
                why=WHAT,
                remedy="name one that `glasstown list` shows, a file that ends in .yaml, or the "
                "folder of a run",
                nearest=nearest(text, known),
            )
        )
    document = read_yaml(what)
    kind = next((name for name in document.data if name in ("scheme", "world")), "")
    if kind:
        return _scheme(what) if kind == "scheme" else _world_file(what)
    first = next(iter(document.data), "")
    raise FileProblems(
        document.problem(
            *((first,) if first else ()),
            what="this file is neither a scheme nor a world",
            why=WHAT,
            remedy="name a file that begins with `scheme:` or `world:`",
        )
    )


def _scheme(name_or_path: str | Path) -> Target:
    scheme = load_scheme(name_or_path)
    read = read_scheme(name_or_path)
    return Target(scheme.scheme, ((scheme, read.document or NO_FILE),))


def _world_file(name_or_path: str | Path) -> Target:
    document = read_yaml(WORLDS.find(name_or_path))
    world = load_world(name_or_path)
    named = document.get("schemes")
    folder = Path(document.file).parent
    texts = [str(text) for text in named] if isinstance(named, list) else []
    return _world(world, [folder / text if is_path(text) else text for text in texts])


def _run(folder: str | Path) -> Target:
    from glasstown.engine.run import load_run

    run = load_run(folder)
    return _world(run.world, digest=run.digest)


def _world(world: World, files: Iterable[str | Path] = (), digest: str = "") -> Target:
    documents = [(read.scheme, read.document or NO_FILE) for read in map(read_scheme, files)]

    def document(scheme: Scheme) -> Document:
        # A world may change what a file says: its lines would then show something else.
        same = (its for found, its in documents if found == scheme)
        return next(same, None) or _library(scheme)

    schemes = tuple((scheme, document(scheme)) for scheme in world.schemes)
    return Target(world.name, schemes, world, digest)


def _library(scheme: Scheme) -> Document:
    """The library's file, if it says what the scheme is."""
    if scheme.scheme not in SCHEMES.names():
        return NO_FILE
    read = read_scheme(scheme.scheme)
    return read.document or NO_FILE if read.scheme == scheme else NO_FILE
