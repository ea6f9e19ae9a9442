"""Sweeps: a world run in many settings, to see what a number does and which numbers matter."""

from glasstown.sweeps.result import Sweep as Sweep
from glasstown.sweeps.result import load_sweep as load_sweep
from glasstown.sweeps.start import asked as asked
from glasstown.sweeps.start import sweep as sweep
