"""The reference: an obvious, slow month in plain Python, to be read beside `month.md`.

It reads the world itself, and shares no code with the compiler and the machine. Each phase of the
month has its own module; `live.MONTH` puts them in order.
"""

from glasstown.engine.reference.live import MONTH as MONTH
from glasstown.engine.reference.live import Life as Life
from glasstown.engine.reference.live import Outcome as Outcome
from glasstown.engine.reference.live import Signals as Signals
from glasstown.engine.reference.live import Steps as Steps
from glasstown.engine.reference.live import live as live
from glasstown.engine.reference.live import run as run
from glasstown.engine.reference.surroundings import Surroundings as Surroundings
