"""Yardsticks: the declared judgements that an audit as written measures by."""

from glasstown.audit.yardstick.library import DEFAULT as DEFAULT
from glasstown.audit.yardstick.library import load_yardstick as load_yardstick
from glasstown.audit.yardstick.library import names as names
from glasstown.audit.yardstick.library import path as path
from glasstown.audit.yardstick.model import Context as Context
from glasstown.audit.yardstick.model import Ground as Ground
from glasstown.audit.yardstick.model import Occasion as Occasion
from glasstown.audit.yardstick.model import Yardstick as Yardstick
