"""The machine: one compiled function that runs any program, ward by ward.

This is the one package that knows Numba. `wards` is the way in and `loop` what it enters; `numbers`
are those that are compiled in. The rest are families of instructions, and the luck they draw.
"""

from glasstown.engine.machine.numbers import BIRTH_ONLY as BIRTH_ONLY
from glasstown.engine.machine.numbers import ONE_MONTH as ONE_MONTH
from glasstown.engine.machine.numbers import WHOLE_LIFE as WHOLE_LIFE
from glasstown.engine.machine.tables import Tables as Tables
from glasstown.engine.machine.tables import prepared as prepared
from glasstown.engine.machine.tables import round_keys as round_keys
from glasstown.engine.machine.wards import run_wards as run_wards
