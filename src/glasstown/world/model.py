"""A world file: schemes side by side on one nation, with a conduct, for some months."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from glasstown.files import FileName, Model


class Count(Model):
    """By which groups the ledger counts: names of traits or `scheme.tier`, crossed with `*`."""

    by: tuple[str, ...] = ()


class WorldFile(Model):
    """What is run: the schemes, the nation, the conduct, the months, the seed, the groups.

    `schemes`, `nation` and `conduct` are names in the library, or paths to files from the
    folder of the world's own file. `changes` sets single values in them by dotted path, such
    as `unictown-2019.rules.cheating.points: -60`; a value of null removes the entry.
    """

    world: FileName
    title: str = ""
    about: str = ""
    schemes: tuple[str, ...] = ()
    nation: str
    conduct: str
    months: Annotated[int, Field(ge=1, le=1200)] = 12
    seed: Annotated[int, Field(ge=0, lt=2**64)] = 2019
    citizens: Annotated[int, Field(ge=1, le=2**40)] | None = None
    count: Count = Count()
    changes: dict[str, Any] = {}
