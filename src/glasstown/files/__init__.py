"""Files that people write: YAML read without harm, exact values, and errors with their lines.

This package knows nothing of schemes; it serves every kind of file.
"""

from glasstown.files.bad_value import BadValue as BadValue
from glasstown.files.cited import Cited as Cited
from glasstown.files.cited import Source as Source
from glasstown.files.document import Data as Data
from glasstown.files.document import Document as Document
from glasstown.files.document import Path as Path
from glasstown.files.document import document_of as document_of
from glasstown.files.document import path_text as path_text
from glasstown.files.document import refuse_any as refuse_any
from glasstown.files.library import Library as Library
from glasstown.files.library import is_path as is_path
from glasstown.files.model import Model as Model
from glasstown.files.model import json_schema as json_schema
from glasstown.files.model import load as load
from glasstown.files.names import FileName as FileName
from glasstown.files.names import Name as Name
from glasstown.files.phrases import Best as Best
from glasstown.files.phrases import Cap as Cap
from glasstown.files.phrases import Outcome as Outcome
from glasstown.files.phrases import Rate as Rate
from glasstown.files.quantities import HalfLife as HalfLife
from glasstown.files.quantities import Months as Months
from glasstown.files.quantities import Number as Number
from glasstown.files.quantities import Percent as Percent
from glasstown.files.quantities import Period as Period
from glasstown.files.quantities import Points as Points
from glasstown.files.quantities import PointsRange as PointsRange
from glasstown.files.quantities import Span as Span
from glasstown.files.quantities import Whole as Whole
from glasstown.files.quantities import YesNo as YesNo
from glasstown.files.read import read_text as read_text
from glasstown.files.read import read_yaml as read_yaml
