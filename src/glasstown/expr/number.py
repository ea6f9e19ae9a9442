"""Numbers of the language: exact decimals with at most 9 decimals, no larger than 10^9."""

import re
from decimal import Decimal
from fractions import Fraction

from glasstown.expr.error import ExprError, clip, quote

DECIMALS = 9
LARGEST = 10**9

_GRID = 10**DECIMALS
_LITERAL = re.compile(
    r"(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d{1,3})?", re.ASCII
)
_LIMITS = "a number has at most 9 decimals and is no larger than 1,000,000,000 either way"


def representable(value: Fraction) -> bool:
    """Whether the number can be written as one literal."""
    return abs(value) <= LARGEST and _GRID % value.denominator == 0


def number_text(value: Fraction) -> str:
    """Write a representable number as plain digits (any other as ``numerator / denominator``)."""
    if not representable(value):
        return f"{value.numerator} / {value.denominator}"
    whole, rest = divmod(abs(value.numerator) * (_GRID // value.denominator), _GRID)
    decimals = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{'-' if value < 0 else ''}{whole}{decimals}"


def literal(source: str, column: int) -> Fraction:
    """Read a number as written, exactly."""
    if not _LITERAL.fullmatch(source):
        raise _malformed(source, column)
    digits = source.replace("_", "")
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        bare = digits.lstrip("0")
        bare = bare if bare[:1].isdigit() else "0" + bare
        raise ExprError(
            f"the number {quote(source)} begins with a zero too many",
            remedy=f"write `{clip(bare)}`",
            column=column,
        )
    return within(Decimal(digits), quote(source), column)


def within(value: Decimal | Fraction | int, shown: str, column: int = 0) -> Fraction:
    """Return a number exactly if it is within the limits of the language."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ExprError(
                f"{shown} is not a number", _LIMITS, "write a finite number", "", column
            )
        if not value:
            return Fraction(0)
        if value.adjusted() > DECIMALS:
            raise _too_large(shown, column)
        if value.adjusted() < -DECIMALS:
            raise _too_fine(shown, column)
    exact = Fraction(value)
    if abs(exact) > LARGEST:
        raise _too_large(shown, column)
    if _GRID % exact.denominator:
        raise _too_fine(shown, column)
    return exact


def _too_large(shown: str, column: int) -> ExprError:
    return ExprError(
        f"the number {shown} is too large", _LIMITS, "write a smaller number", "", column
    )


def _too_fine(shown: str, column: int) -> ExprError:
    return ExprError(
        f"the number {shown} has too many decimals", _LIMITS, "round it to 9 decimals", "", column
    )


def _malformed(source: str, column: int) -> ExprError:
    what = f"{quote(source)} is not a number"
    if re.fullmatch(r"[\d._]+[jJ]", source, re.ASCII):
        return ExprError(what, "there are no complex numbers here", "drop the `j`", "", column)
    if re.match(r"0[xXoObB]", source):
        return ExprError(what, "numbers are decimal", "write it with the digits 0 to 9", "", column)
    if re.match(r"[\d._]+[eE][+-]?\d+$", source, re.ASCII):
        return ExprError(what, _LIMITS, "write a smaller number", "", column)
    if split := re.fullmatch(r"(\d+)([A-Za-z]\w*)", source, re.ASCII):
        return ExprError(
            what,
            "a name begins with a letter, and between a number and a name stands an operator",
            f"write for instance `{clip(split[1])} * {clip(split[2])}`",
            "",
            column,
        )
    return ExprError(
        what, "it is digits with at most one point", "write it as in `0.95`", "", column
    )
