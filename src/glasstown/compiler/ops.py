"""What a plan's values are made by: operations on values that have no width yet.

`lower` turns them into the machine's instructions, which `codes` lists.
"""

from __future__ import annotations

from enum import Enum, auto


class Op(Enum):
    """An operation of a plan. `a`, `b`, `c` are its arguments and `i`, `j`, `k` its numbers."""

    CONST = auto()
    """i."""
    STATE = auto()
    """A column of state when the month begins."""
    ADD = auto()
    """a + b."""
    SUB = auto()
    """a - b."""
    MUL = auto()
    """a * b."""
    MIN = auto()
    """The lesser of a and b."""
    MAX = auto()
    """The greater of a and b."""
    AND = auto()
    """a and b."""
    OR = auto()
    """a or b."""
    ANDNOT = auto()
    """a and not b."""
    NOT = auto()
    """not a."""
    ADDI = auto()
    """a + i."""
    RSUBI = auto()
    """i - a."""
    MULI = auto()
    """a * i."""
    MULADDI = auto()
    """a * i + b."""
    CLAMP = auto()
    """a, but no less than i and no more than j."""
    SHLI = auto()
    """a * 2**i."""
    SHRI = auto()
    """floor(a / 2**i)."""
    TERM = auto()
    """floor((a * i + k) / 2**j)."""
    TRUNCMUL = auto()
    """trunc(a * i / 2**15)."""
    LT = auto()
    """a < b."""
    LE = auto()
    """a <= b."""
    EQ = auto()
    """a == b."""
    LTI = auto()
    """a < i."""
    GEI = auto()
    """a >= i."""
    EQI = auto()
    """a == i."""
    SELECT = auto()
    """b if a else c."""
    SELECTI = auto()
    """i if a else j."""
    MASK = auto()
    """b if a else 0."""
    TABLE = auto()
    """Number a + k of the j numbers that lie in the tables from i; a is kept within them."""
    SIGNAL = auto()
    """National signal i."""
    MONTH = auto()
    """The month."""
    PERIOD = auto()
    """Whether i divides the month + j."""
    SIZE = auto()
    """The citizens of the community."""
    FIRST = auto()
    """The a of the community's first citizen."""
    SUM = auto()
    """The sum of the community's a."""
    MEAN = auto()
    """floor(the sum of the community's a * i / its citizens)."""
    ROTATE = auto()
    """The a of the citizen b seats before, around the community."""
    CUT = auto()
    """The least number, from j to k, that at most as many of the community's a lie above as
    number (its citizens) of the tables from i says."""
    DRAW = auto()
    """The draw for purpose i; of month 0 where j is 0. So too of CHANCE and CHANCEI."""
    CHANCE = auto()
    """The draw for purpose i is below a."""
    CHANCEI = auto()
    """The draw for purpose i is below k."""
    CHANCE2 = auto()
    """This month's draw for purpose i is below j if a, else below k."""
    DECIDE = auto()
    """This month's draw for purpose i is below the logistic of a."""
    PICK = auto()
    """How many of the k thresholds of row a of the table at j the draw of birth for purpose i
    reaches."""
    COUNT = auto()
    """Add a up in measure i, for everyone and where each of the further arguments holds."""
    HIST = auto()
    """Count a - j in histogram i."""
