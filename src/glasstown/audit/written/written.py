"""What the probes of a scheme as written look at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import final

from glasstown.audit.written.routes import Route, routes
from glasstown.audit.written.sheet import NO_FILE, Sheet
from glasstown.audit.yardstick import Yardstick
from glasstown.files import Document
from glasstown.scheme.model import Scheme


@final
@dataclass(frozen=True)
class Written:
    """A scheme as written, and what it is measured by."""

    sheet: Sheet
    yardstick: Yardstick

    @property
    def scheme(self) -> Scheme:
        """The scheme itself."""
        return self.sheet.scheme

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Every way from a record to what befalls a citizen."""
        return routes(self.sheet)


def written(scheme: Scheme, yardstick: Yardstick, document: Document = NO_FILE) -> Written:
    """What the probes look at; document: what the scheme was loaded from, for the lines."""
    numbers = {
        name: ground.range for name, ground in yardstick.grounds.items() if ground.range is not None
    }
    changing = frozenset(name for name, ground in yardstick.grounds.items() if ground.changes)
    return Written(Sheet(scheme, document, numbers, changing), yardstick)
