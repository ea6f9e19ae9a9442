"""Conducts: what citizens do and why, as data, checked."""

from glasstown.conduct.check import formula_problems as formula_problems
from glasstown.conduct.check import problems as problems
from glasstown.conduct.formulas import free_names as free_names
from glasstown.conduct.formulas import scope as scope
from glasstown.conduct.formulas import uses as uses
from glasstown.conduct.library import STARTER as STARTER
from glasstown.conduct.library import Read as Read
from glasstown.conduct.library import load_conduct as load_conduct
from glasstown.conduct.library import names as names
from glasstown.conduct.library import path as path
from glasstown.conduct.library import read_conduct as read_conduct
from glasstown.conduct.model import Conduct as Conduct
from glasstown.files.citations import uncited as uncited
from glasstown.files.citations import unswept as unswept
