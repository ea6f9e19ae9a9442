"""An audit: every probe asked of one case, by a declared yardstick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@final
@dataclass(frozen=True)
class Audit:
    """What an audit found of one subject.

    subject: the name of the scheme or run; yardstick: the name of what it was measured by;
    answers: one for each probe that was asked, in the order of the docs.
    """

    subject: str
    yardstick: str
    answers: tuple[Answer, ...]

    @property
    def found(self) -> tuple[Answer, ...]:
        """The answers of the probes that found something."""
        return tuple(answer for answer in self.answers if answer.verdict is Verdict.FOUND)


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
    probes = [probe for probe in WRITTEN if not only or probe.about.name in only]
    require_known(only, WRITTEN)
    document = Document("", {}, {}, {})
    if not isinstance(scheme, Scheme):
        document = read_yaml(find(scheme))
        scheme = load_scheme(scheme)
    yardstick = by if isinstance(by, Yardstick) else load_yardstick(by)
    case = written(scheme, yardstick, document)
    return Audit(scheme.scheme, yardstick.yardstick, tuple(ask(probe, case) for probe in probes))


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
