"""What a word in a file means: text, a whole number, an exact decimal, yes or no, or nothing.

Nearly the core schema of YAML 1.2, and deliberately less than YAML 1.1: no dates, no octal, no
base 60, no infinities. Words that are not listed here are text.
"""

import re
from decimal import Decimal, InvalidOperation

from glasstown.errors import shown
from glasstown.files.bad_value import BadValue
from glasstown.files.text import first_unprintable, named

MOST_CHARACTERS = 10_000
"""The longest text, in characters."""

MOST_DIGITS = 20
"""The longest number, in digits: room for any seed of 64 bits, and for nothing absurd."""

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "yes", "Yes"), True),
    **dict.fromkeys(("false", "False", "no", "No"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*(_[0-9]+)*)")
_DECIMAL = re.compile(
    r"[-+]?(0|[1-9][0-9]*)?(\.[0-9]+([eE][-+]?[0-9]+)?|(?<=[0-9])(\.|[eE][-+]?[0-9]+))"
)
_ENDLESS = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


def text_of(written: str) -> str:
    """Check a quoted text or a name, and return it unchanged.

    Raises BadValue where it is too long, or an escape such as "\\x1b" made it unprintable.
    """
    if len(written) > MOST_CHARACTERS:
        raise BadValue(
            f"this text is {len(written):,} characters long",
            why=f"the longest that is read is {MOST_CHARACTERS:,}",
            remedy="shorten it, or check that its closing quote is where you meant",
        )
    bad = first_unprintable(written)
    if bad:
        raise BadValue(f"this text holds {named(bad)}", remedy="write it without that escape")
    return written


def plain_value(written: str) -> str | int | Decimal | bool | None:
    """Decide what an unquoted word is.

    Whole numbers may have `_` between digits (`460_000_000`) and no zero in front, so that a code
    such as `007` keeps its zeros; a number with a point or an exponent is an exact Decimal. Raises
    BadValue for infinities, for what is not a number (`.nan`), and for
    numbers of more than 20 digits.
    """
    if written in _WORDS:
        return _WORDS[written]
    if _WHOLE.fullmatch(written):
        digits = written.replace("_", "")
        if len(digits.lstrip("+-")) > MOST_DIGITS:
            raise _too_many(written)
        return int(digits)
    if _DECIMAL.fullmatch(written):
        return _decimal(written)
    if _ENDLESS.fullmatch(written):
        raise BadValue(
            f"{shown(written)} is not a number that can be reckoned with",
            remedy="write a finite number, or put it in quotes if it is text",
        )
    return text_of(written)


def _decimal(written: str) -> Decimal:
    try:
        value = Decimal(written)
    except InvalidOperation:  # an exponent of more digits than there are
        raise _too_many(written) from None
    if value == 0:
        return Decimal(0)
    # As a plain number, how many digits stand before and behind the point.
    exponent = value.as_tuple().exponent
    before = value.adjusted() + 1
    behind = -exponent if isinstance(exponent, int) else 0
    if max(before, 0) + max(behind, 0) > MOST_DIGITS:
        raise _too_many(written)
    return value


def _too_many(written: str) -> BadValue:
    return BadValue(
        f"{shown(written, 40)} has more than {MOST_DIGITS} digits",
        why="numbers are kept exactly, so their length is bounded",
        remedy="round it, or put it in quotes if it is text",
    )
