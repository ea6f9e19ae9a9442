"""Audits: what a scheme does to people, asked one question at a time."""

from glasstown.audit.audit import Audit as Audit
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
from glasstown.audit.yardstick import Yardstick as Yardstick
from glasstown.audit.yardstick import load_yardstick as load_yardstick
