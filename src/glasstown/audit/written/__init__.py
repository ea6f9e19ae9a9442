"""The audit of a scheme as written: what its file says, measured by a declared yardstick."""

from glasstown.audit.probe import Probe
from glasstown.audit.written.association import Association
from glasstown.audit.written.automated_decision import AutomatedDecision
from glasstown.audit.written.bundling import Bundling
from glasstown.audit.written.collective import Collective
from glasstown.audit.written.contest import Contest
from glasstown.audit.written.discretion import Discretion
from glasstown.audit.written.disproportion import Disproportion
from glasstown.audit.written.double_punishment import DoublePunishment
from glasstown.audit.written.impact_assessment import ImpactAssessment
from glasstown.audit.written.no_exit import NoExit
from glasstown.audit.written.rationing import Rationing
from glasstown.audit.written.reasons import Reasons
from glasstown.audit.written.secrecy import Secrecy
from glasstown.audit.written.social_scoring import SocialScoring
from glasstown.audit.written.unesco import Unesco
from glasstown.audit.written.unrelated_context import UnrelatedContext
from glasstown.audit.written.written import Written as Written
from glasstown.audit.written.written import written as written

PROBES: tuple[Probe[Written], ...] = (
    SocialScoring(),
    UnrelatedContext(),
    Disproportion(),
    Unesco(),
    AutomatedDecision(),
    ImpactAssessment(),
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
