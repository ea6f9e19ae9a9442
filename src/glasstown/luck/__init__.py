"""Luck: counter-based draws and the whole-number forms of chance."""

from glasstown.luck.fixed import FADE as FADE
from glasstown.luck.fixed import LOG_ODDS as LOG_ODDS
from glasstown.luck.fixed import TABLE_HALF as TABLE_HALF
from glasstown.luck.fixed import log_odds as log_odds
from glasstown.luck.fixed import logistic as logistic
from glasstown.luck.fixed import logistic_table as logistic_table
from glasstown.luck.fixed import monthly_fade as monthly_fade
from glasstown.luck.fixed import nearest_whole as nearest_whole
from glasstown.luck.fixed import threshold as threshold
from glasstown.luck.layout import LARGEST_NATION as LARGEST_NATION
from glasstown.luck.layout import WARD_SEATS as WARD_SEATS
from glasstown.luck.layout import Layout as Layout
from glasstown.luck.layout import layout as layout
from glasstown.luck.philox import DRAW_BITS as DRAW_BITS
from glasstown.luck.philox import LOW_BITS as LOW_BITS
from glasstown.luck.philox import ONE as ONE
from glasstown.luck.philox import draw as draw
from glasstown.luck.philox import half as half
from glasstown.luck.philox import philox as philox
from glasstown.luck.philox import purpose as purpose
