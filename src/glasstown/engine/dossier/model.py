"""A dossier: one invented life, told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias, final

Fact: TypeAlias = str | int | float | bool | list[str] | None


@final
@dataclass(frozen=True)
class Entry:
    """One thing that happened in a month, in words and as facts.

    details: what followed from it, a line each; minor: of interest only to who asks for the month.
    """

    kind: str
    text: str
    details: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    minor: bool = False


@final
@dataclass(frozen=True)
class ScoreChange:
    """A month's change of one score, in points: `after` is `before` and the sum of the parts.

    quiet: nothing but what happens every month.
    """

    scheme: str
    before: Fraction
    parts: tuple[tuple[str, Fraction], ...]
    after: Fraction
    decimals: int
    quiet: bool


@final
@dataclass(frozen=True)
class Month:
    """What happened in a month."""

    number: int
    scores: tuple[ScoreChange, ...]
    entries: tuple[Entry, ...]


@final
@dataclass(frozen=True)
class Row:
    """What one cause added to a score in all, and how many times."""

    cause: str
    times: int
    points: Fraction


@final
@dataclass(frozen=True)
class Account:
    """How a score came about, in points: `end` is `start` and the sum of the rows."""

    scheme: str
    start: Fraction
    rows: tuple[Row, ...]
    end: Fraction
    decimals: int


@final
@dataclass(frozen=True)
class Dossier:
    """One citizen's life in a world, lived again.

    about: who the citizen is, by name and value; opening: how things stood at the start; months:
    all of them, or the one asked for; accounts: how each score that is told came about; closing:
    what it came to. as_citizen: whether only what the schemes disclose is told.
    """

    world: str
    title: str
    citizen: int
    community: int
    seat: int
    seats: int
    as_citizen: bool
    month: int | None
    about: tuple[tuple[str, str], ...]
    opening: tuple[str, ...]
    months: tuple[Month, ...]
    accounts: tuple[Account, ...]
    closing: tuple[str, ...]

    def text(self) -> str:
        """The dossier as plain text for a terminal."""
        from glasstown.engine.dossier.text import text

        return text(self)

    def to_dict(self) -> dict[str, Any]:
        """The dossier as JSON-ready data, points as numbers."""
        return {
            "world": self.world,
            "citizen": self.citizen,
            "community": self.community,
            "as_citizen": self.as_citizen,
            "about": dict(self.about),
            "opening": list(self.opening),
            "months": [_month(month) for month in self.months],
            "accounts": [_account(account) for account in self.accounts],
            "closing": list(self.closing),
        }

    def __repr__(self) -> str:
        return f"Dossier(citizen {self.citizen:,} of {self.world}, {len(self.months)} months)"


def _month(month: Month) -> dict[str, Any]:
    return {
        "month": month.number,
        "scores": [
            {
                "scheme": change.scheme,
                "before": float(change.before),
                "parts": [[cause, float(points)] for cause, points in change.parts],
                "after": float(change.after),
            }
            for change in month.scores
        ],
        "entries": [
            {
                "kind": entry.kind,
                "text": entry.text,
                "details": list(entry.details),
                **entry.facts,
            }
            for entry in month.entries
        ],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "scheme": account.scheme,
        "start": float(account.start),
        "rows": [
            {"cause": row.cause, "times": row.times, "points": float(row.points)}
            for row in account.rows
        ],
        "end": float(account.end),
    }
