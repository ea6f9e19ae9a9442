"""Schemes: what an authority does, as data, checked and said in plain sentences.

A scheme knows no people: what its names mean on citizens is for the world to say.
"""

from glasstown.files.citations import uncited as uncited
from glasstown.files.citations import unswept as unswept
from glasstown.scheme.check import problems as problems
from glasstown.scheme.check_formulas import formula_problems as formula_problems
from glasstown.scheme.formulas import scope as scope
from glasstown.scheme.formulas import uses as uses
from glasstown.scheme.library import STARTER as STARTER
from glasstown.scheme.library import Read as Read
from glasstown.scheme.library import load_scheme as load_scheme
from glasstown.scheme.library import names as names
from glasstown.scheme.library import path as path
from glasstown.scheme.library import read_scheme as read_scheme
from glasstown.scheme.model import Scheme as Scheme
from glasstown.scheme.prose import explain as explain
from glasstown.scheme.prose import sections as sections
from glasstown.scheme.prose import sentence as sentence
from glasstown.scheme.reads import actions_read as actions_read
from glasstown.scheme.reads import conditions_read as conditions_read
from glasstown.scheme.reads import free_names as free_names
from glasstown.scheme.reads import occasions_read as occasions_read
from glasstown.scheme.reads import records_read as records_read
