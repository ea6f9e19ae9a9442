"""An audit: every probe asked of one case, by a declared yardstick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, final

from glasstown.audit.finding import Verdict
from glasstown.audit.probe import Answer, Probe, ask
from glasstown.audit.written import PROBES as WRITTEN
from glasstown.audit.written import written
from glasstown.audit.yardstick import DEFAULT, Yardstick, load_yardstick
from glasstown.errors import GlasstownError, Place, Problem, nearest, shown
from glasstown.files import Document, read_yaml
from glasstown.scheme import Scheme, load_scheme
from glasstown.scheme.library import find

NO_FILE = Document("", {}, {}, {})
_FORMATS = "glasstown.report.audit"
"""The report is a layer above: it is found only when a text is asked for."""


class Way(StrEnum):
    """How an audit was made."""

    WRITTEN = "as written"
    INSIDE = "from inside"


@final
@dataclass(frozen=True, repr=False)
class Audit:
    """What an audit found of one subject.

    subject: the name of the scheme, world or run; yardstick: the name of what it was measured by;
    answers: one for each probe that was asked, in the order of the docs; way: how they were found;
    saw: what was looked at, in words; of: the scheme or world itself; by: the yardstick itself;
    parts: of several audits put together, each by itself; `answers` are then those of all.
    """

    subject: str
    yardstick: str
    answers: tuple[Answer, ...]
    way: Way = Way.WRITTEN
    saw: str = ""
    of: Any = field(default=None, compare=False)
    by: Yardstick | None = field(default=None, compare=False)
    parts: tuple[Audit, ...] = field(default=())

    @property
    def found(self) -> tuple[Answer, ...]:
        """The answers of the probes that found something."""
        return tuple(answer for answer in self.answers if answer.verdict is Verdict.FOUND)

    def __repr__(self) -> str:
        return (
            f"Audit({self.subject} by {self.yardstick}: {len(self.found)} of {len(self.answers)} "
            "probes found something)"
        )

    def text(self, width: int = 100) -> str:
        """The audit for people: what was found, by weight, and where nothing was."""
        said: str = import_module(f"{_FORMATS}.text").text(self, width)
        return said

    def to_dict(self) -> dict[str, Any]:
        """The audit for programs, as JSON holds it."""
        made: dict[str, Any] = import_module(f"{_FORMATS}.json").as_dict(self)
        return made

    def _repr_html_(self) -> str:
        shown: str = import_module(f"{_FORMATS}.html").card(self)
        return shown


def audit_scheme(
    scheme: Scheme | str | Path,
    *,
    by: Yardstick | str | Path = DEFAULT,
    only: Sequence[str] = (),
) -> Audit:
    """Audit a scheme as written. No run is needed, and nobody is run.

    scheme: one, or a name in the library or the path of a file; by: likewise, a yardstick; only:
    names of probes, all of them where none is named.

    Raises:
        GlasstownError: there is no such scheme, yardstick or probe, or what is wrong with a file.
    """
    require_known(only, WRITTEN)
    document = NO_FILE
    if not isinstance(scheme, Scheme):
        document = read_yaml(find(scheme))
        scheme = load_scheme(scheme)
    return as_written(scheme, document, by, only)


def as_written(
    scheme: Scheme, document: Document, by: Yardstick | str | Path, only: Sequence[str]
) -> Audit:
    """Ask a scheme, and the document it was read from, the probes of these names; all for none."""
    yardstick = by if isinstance(by, Yardstick) else load_yardstick(by)
    case = written(scheme, yardstick, document)
    answers = tuple(ask(p, case) for p in WRITTEN if not only or p.about.name in only)
    return Audit(scheme.scheme, yardstick.yardstick, answers, of=scheme, by=yardstick)


def require_known(only: Sequence[str], probes: Sequence[Probe[Any]]) -> None:
    """See that each name is that of a probe.

    Raises:
        GlasstownError: one is not; the nearest is told.
    """
    known = [probe.about.name for probe in probes]
    for name in only:
        if name not in known:
            raise GlasstownError(
                Problem(
                    Place(""),
                    f"there is no probe {shown(name)}",
                    why=f"the probes are {', '.join(known)}",
                    remedy="name one of these, or none for all of them",
                    nearest=nearest(name, known),
                )
            )
