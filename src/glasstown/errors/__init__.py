"""What can be wrong, and how it is said: where, what, why, what to do, the nearest right name.

These texts are public interface: people read them, and tests hold them still.
"""

from glasstown.errors.error import FileProblems as FileProblems
from glasstown.errors.error import GlasstownError as GlasstownError
from glasstown.errors.error import RunProblem as RunProblem
from glasstown.errors.error import StoreProblem as StoreProblem
from glasstown.errors.nearest import nearest as nearest
from glasstown.errors.problem import Place as Place
from glasstown.errors.problem import Problem as Problem
from glasstown.errors.show import clean as clean
from glasstown.errors.show import shown as shown
