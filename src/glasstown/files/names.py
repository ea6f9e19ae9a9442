"""Names that people give: of things inside a file, and of files."""

import keyword
import re
from typing import Annotated, TypeAlias

from glasstown.files.bad_value import BadValue, given
from glasstown.files.exact import Quantity

# fmt: off
RESERVED = frozenset((
    "and", "or", "not", "if", "else", "in", "is", "true", "false", "yes", "no", "on", "off", "none",
    "month", "months", "score", "tier", "mean", "seen", "fear", "means", "listed", "refused",
    "exposed", "above_start", "min", "max", "abs",
))
# fmt: on
"""Words with a meaning of their own in expressions; Python's keywords are reserved beside them."""

_NAME = "[a-z][a-z0-9_]{0,47}"
_FILE_NAME = "[a-z0-9][a-z0-9-]{0,63}"
_NAME_RULE = "a name is a small letter, then small letters, digits and _; 48 at most"
_FILE_NAME_RULE = "a file's name is small letters, digits and -, not beginning with -; 64 at most"


def read_name(value: object) -> str:
    """Read the name of something inside a file, fit to stand in expressions. Raises BadValue."""
    if not isinstance(value, str) or not re.fullmatch(_NAME, value):
        close = _mended(value, "_").lstrip("_0123456789")[:48]
        raise BadValue(
            f"{given(value)} is not a name",
            why=_NAME_RULE,
            remedy="rename it, here and wherever it is used",
            nearest=close if re.fullmatch(_NAME, close) and not _is_reserved(close) else "",
        )
    if _is_reserved(value):
        raise BadValue(
            f"{given(value)} cannot be a name: it means something in expressions",
            remedy="choose another, here and wherever it is used",
            nearest=f"my_{value}",
        )
    return value


def read_file_name(value: object) -> str:
    """Read the name of a scheme, nation, conduct or world. Raises BadValue."""
    if not isinstance(value, str) or not re.fullmatch(_FILE_NAME, value):
        close = _mended(value, "-").lstrip("-")[:64]
        raise BadValue(
            f"{given(value)} is not a name for a file",
            why=_FILE_NAME_RULE,
            remedy="rename it, here and wherever it is used",
            nearest=close if re.fullmatch(_FILE_NAME, close) else "",
        )
    return value


def _is_reserved(name: str) -> bool:
    return name in RESERVED or keyword.iskeyword(name)


def _mended(value: object, joiner: str) -> str:
    """Write a wrong name by the rules, as far as that goes."""
    text = str(value).casefold() if isinstance(value, str | int) else ""
    return re.sub(r"[^a-z0-9]+", joiner, text[:100]).rstrip(joiner)


Name: TypeAlias = Annotated[
    str,
    Quantity(
        read_name,
        str,
        {
            "description": f"A name: {_NAME_RULE}.",
            "type": "string",
            "pattern": f"^{_NAME}$",
            "not": {"enum": sorted(RESERVED | {w for w in keyword.kwlist if w.islower()})},
            "examples": ["cheating"],
        },
    ),
]
"""The name of something inside a file."""

FileName: TypeAlias = Annotated[
    str,
    Quantity(
        read_file_name,
        str,
        {
            "description": f"A name: {_FILE_NAME_RULE}.",
            "type": "string",
            "pattern": f"^{_FILE_NAME}$",
            "examples": ["unictown-2019"],
        },
    ),
]
"""The name of a scheme, nation, conduct or world."""
