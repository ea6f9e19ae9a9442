"""The expression language of the YAML files: Python's grammar, read against a whitelist.

``parse`` makes a syntax tree, ``check`` tells everything wrong with it in its ``Scope``; Python
evaluates nothing.
"""

from glasstown.expr.check import check as check
from glasstown.expr.error import ExprError as ExprError
from glasstown.expr.fold import constant as constant
from glasstown.expr.fold import fold as fold
from glasstown.expr.number import number_text as number_text
from glasstown.expr.parse import parse as parse
from glasstown.expr.prose import prose as prose
from glasstown.expr.text import text as text
from glasstown.expr.tokens import is_name as is_name
from glasstown.expr.tree import And as And
from glasstown.expr.tree import Binary as Binary
from glasstown.expr.tree import BinaryOp as BinaryOp
from glasstown.expr.tree import Call as Call
from glasstown.expr.tree import Compare as Compare
from glasstown.expr.tree import CompareOp as CompareOp
from glasstown.expr.tree import Expr as Expr
from glasstown.expr.tree import IfElse as IfElse
from glasstown.expr.tree import Name as Name
from glasstown.expr.tree import Negate as Negate
from glasstown.expr.tree import Not as Not
from glasstown.expr.tree import Number as Number
from glasstown.expr.tree import Or as Or
from glasstown.expr.tree import Yes as Yes
from glasstown.expr.tree import calls as calls
from glasstown.expr.tree import children as children
from glasstown.expr.tree import names as names
from glasstown.expr.tree import names_called as names_called
from glasstown.expr.tree import walk as walk
from glasstown.expr.types import BUILTINS as BUILTINS
from glasstown.expr.types import Argument as Argument
from glasstown.expr.types import Choice as Choice
from glasstown.expr.types import Quantity as Quantity
from glasstown.expr.types import Scope as Scope
from glasstown.expr.types import Signature as Signature
from glasstown.expr.types import Symbols as Symbols
from glasstown.expr.types import Type as Type
from glasstown.expr.types import YesNo as YesNo
from glasstown.expr.types import choice_of as choice_of
from glasstown.expr.types import value_in as value_in
