"""The audit of a scheme as written: what its file says, measured by a declared yardstick."""

from glasstown.audit.probe import Probe
from glasstown.audit.written.association import Association
from glasstown.audit.written.bundling import Bundling
from glasstown.audit.written.collective import Collective
from glasstown.audit.written.contest import Contest
from glasstown.audit.written.discretion import Discretion
from glasstown.audit.written.double_punishment import DoublePunishment
from glasstown.audit.written.no_exit import NoExit
from glasstown.audit.written.rationing import Rationing
from glasstown.audit.written.reasons import Reasons
from glasstown.audit.written.secrecy import Secrecy
from glasstown.audit.written.written import Written as Written
from glasstown.audit.written.written import written as written

PROBES: tuple[Probe[Written], ...] = (
    NoExit(),
    Discretion(),
    Association(),
    Collective(),
    DoublePunishment(),
    Bundling(),
    Secrecy(),
    Reasons(),
    Rationing(),
    Contest(),
)
"""Every probe of a scheme as written, in the order of the docs."""
