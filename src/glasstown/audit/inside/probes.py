"""The probes of a run from inside."""

from glasstown.audit.inside.draws_strongly import DrawsStrongly
from glasstown.audit.inside.error_harm import ErrorHarm
from glasstown.audit.inside.feedback import Feedback
from glasstown.audit.inside.gaming import Gaming
from glasstown.audit.inside.inside import InsideProbe
from glasstown.audit.inside.mobility import Mobility
from glasstown.audit.inside.rule_effects import RuleEffects
from glasstown.audit.inside.silence import Silence
from glasstown.audit.inside.who_bears_it import WhoBearsIt

PROBES: tuple[InsideProbe, ...] = (
    WhoBearsIt(),
    ErrorHarm(),
    Feedback(),
    Mobility(),
    Silence(),
    Gaming(),
    RuleEffects(),
    DrawsStrongly(),
)
"""Every probe of a run from inside, in the order of the docs."""
