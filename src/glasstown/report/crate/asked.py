"""What whoever publishes a run says of it: authors, licence, day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import final

from glasstown.errors import GlasstownError, Place, Problem, clean, shown

_AUTHOR = re.compile(r"(?P<name>[^<>]*[^<>\s])(?:\s*<(?P<url>[^<>]*)>)?")
_URL = re.compile(r"https?://[A-Za-z0-9][^\s\"'<>\\^`{|}]*")


@final
@dataclass(frozen=True)
class Author:
    """A person: the name, and the address of a page about them or their ORCID, if given."""

    name: str
    url: str


@final
@dataclass(frozen=True)
class Asked:
    """Authors in order; the licence's address, or ""; the day of publication."""

    authors: tuple[Author, ...]
    licence: str
    day: date


def asked(authors: Sequence[str], licence: str = "", day: str = "") -> Asked:
    """Read what was asked for; without a day, it is today.

    Raises:
        GlasstownError: everything in it that is not understood.
    """
    problems = []
    read = []
    for text in authors:
        found = _AUTHOR.fullmatch(text.strip())
        if found is None or (found["url"] is not None and not is_address(found["url"])):
            what = f"{shown(text)} is not an author"
            remedy = "write a name, and an address after it if you like: Ada Lovelace <https://...>"
            problems.append(Problem(Place("--author"), what, remedy=remedy))
        else:
            read.append(Author(clean(" ".join(found["name"].split())), found["url"] or ""))
    if licence and not is_address(licence):
        what = f"{shown(licence)} is not the address of a licence"
        remedy = "write it whole, as in https://creativecommons.org/licenses/by/4.0/"
        problems.append(Problem(Place("--licence"), what, remedy=remedy))
    on = date.today()
    if day:
        try:
            on = date.fromisoformat(day)
        except ValueError:
            what = f"{shown(day)} is not a day"
            problems.append(Problem(Place("--date"), what, remedy="write it as 2026-03-31"))
    if problems:
        raise GlasstownError(problems)
    return Asked(tuple(read), licence, on)


def is_address(text: str) -> bool:
    """Whether a text can stand in the metadata as an address on the web."""
    return bool(_URL.fullmatch(text)) and text.isascii()
