"""World to plan to program."""

from glasstown.compiler.emit import compile_world as compile_world
from glasstown.compiler.emit import emit as emit
from glasstown.compiler.emit import emit_shown as emit_shown
from glasstown.compiler.met import columns_met as columns_met
from glasstown.compiler.nodes import SharedLuck as SharedLuck
from glasstown.compiler.nodes import TooWide as TooWide
from glasstown.compiler.panel import TRAIT as TRAIT
from glasstown.compiler.panel import columns_of as columns_of
from glasstown.compiler.plan import Plan as Plan
from glasstown.compiler.plan import Show as Show
from glasstown.compiler.plan import Signal as Signal
from glasstown.compiler.plan import counted_cells as counted_cells
from glasstown.compiler.plan import plan as plan
from glasstown.compiler.program import Program as Program
from glasstown.compiler.program import program_from_bytes as program_from_bytes
