"""Where numbers come from: sources, and assumptions with the range to sweep."""

from __future__ import annotations

from glasstown.files.model import Model
from glasstown.files.quantities import Number


class Source(Model):
    """Something published: what it is, where, and what was taken from it."""

    title: str
    url: str = ""
    date: str = ""
    note: str = ""


class Cited(Model):
    """A part of a file whose numbers have a source, or are called an assumption.

    `sweep` gives, for a field of this part, the lowest and highest value worth trying.
    """

    source: str | tuple[str, ...] = ()
    assumption: str = ""
    sweep: dict[str, tuple[Number, Number]] = {}
    note: str = ""
