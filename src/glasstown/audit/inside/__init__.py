"""The audit from inside: every citizen lived again, with the scheme and without."""

from glasstown.audit.inside.audit import audit_world as audit_world
from glasstown.audit.inside.inside import Inside as Inside
from glasstown.audit.inside.inside import InsideProbe as InsideProbe
from glasstown.audit.inside.inside import look as look
from glasstown.audit.inside.probes import PROBES as PROBES
