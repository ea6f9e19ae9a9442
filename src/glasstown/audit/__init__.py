"""Audits: what a scheme does to people, asked one question at a time.

`glasstown.audit(...)` audits a scheme, a world or a run: this package can be called, because the
package and what it does have one name.
"""

import sys as _sys
from types import ModuleType as _ModuleType
from typing import Any as _Any

from glasstown.audit.audit import Audit as Audit
from glasstown.audit.audit import Way as Way
from glasstown.audit.audit import audit_scheme as audit_scheme
from glasstown.audit.finding import Figure as Figure
from glasstown.audit.finding import Finding as Finding
from glasstown.audit.finding import Step as Step
from glasstown.audit.finding import Verdict as Verdict
from glasstown.audit.finding import Weight as Weight
from glasstown.audit.fria import fria as fria
from glasstown.audit.probe import About as About
from glasstown.audit.probe import Answer as Answer
from glasstown.audit.probe import Probe as Probe
from glasstown.audit.probe import Reference as Reference
from glasstown.audit.whole import audit as _audit
from glasstown.audit.yardstick import Yardstick as Yardstick
from glasstown.audit.yardstick import load_yardstick as load_yardstick


class _Package(_ModuleType):
    """This package, which audits when it is called."""

    def __call__(self, *target: _Any, **how: _Any) -> Audit:
        return _audit(*target, **how)

    __call__.__doc__ = _audit.__doc__


_sys.modules[__name__].__class__ = _Package
