"""What the language refuses, and what it says then.

``refusals.txt`` holds an expression and, below it, the column and the text. The texts are public
interface: people read them.
"""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from glasstown.expr import ExprError, parse

LINES = Path(__file__).with_name("refusals.txt").read_text("utf-8").splitlines()
LIMITS = "a number has at most 9 decimals and is no larger than 1,000,000,000 either way"
ONE_LINE = "an expression is one line of text; write for instance `score >= 640`"
EMPTY = "the expression is empty; it says what holds, or how much; write `yes` for always"
DEEP = (
    "the expression is nested too deep; at most 40 levels of brackets and operators; split it "
    "into several rules, or remove brackets that are not needed"
)
SIGNS = "there are names, numbers, brackets and `+ - * / == != < <= > >= and or not`; remove it"


@pytest.mark.parametrize(("source", "said"), list(zip(LINES[::2], LINES[1::2], strict=True)))
def test_refuses(source: str, said: str) -> None:
    with pytest.raises(ExprError) as caught:
        parse(source)
    assert f"{caught.value.column}: {caught.value}" == said.strip()


@pytest.mark.parametrize(
    ("source", "column", "said"),
    [
        ("", 0, EMPTY),
        (" \n ", 0, EMPTY),
        ("a and ", 5, "the expression ends too soon, after `and`; an operator or comma has a value "
         "on both sides; add the missing value, or remove the sign"),
        ("x\x00", 1, f"the character `<U+0000>` is not used here; {SIGNS}"),
        ("\u202ex", 0, f"the character `<U+202E>` is not used here; {SIGNS}"),
        ("a\xa0> 3", 1, "a no-break space is not used here; a no-break space looks like a space "
         "and is none; type a plain space"),
        ("a" * 3000, 0, "the expression is 3,000 characters long; at most 2,000 are read; split it "
         "into several rules"),
        ("(" * 41 + "a" + ")" * 41, 40, DEEP),
        ("+".join("a" * 300), 0, DEEP),
        (f"f({','.join('a' * 500)})", 1000, "the expression has too many parts; at most 500 names, "
         "numbers and operators; split it into several rules"),
        ("9" * 100, 0, f"the number `{'9' * 39}…` is too large; {LIMITS}; write a smaller number"),
        (10**10, 0, f"the number `10000000000` is too large; {LIMITS}; write a smaller number"),
        (10**99, 0, f"the number given here is too large; {LIMITS}; write a smaller number"),
        (Decimal("1E+10"), 0, f"the number `1E+10` is too large; {LIMITS}; write a smaller number"),
        (Decimal("1E-10"), 0, f"the number `1E-10` has too many decimals; {LIMITS}; round it to 9 "
         "decimals"),
        (Decimal("NaN"), 0, f"`NaN` is not a number; {LIMITS}; write a finite number"),
        (Fraction(1, 3), 0, f"the number `1/3` has too many decimals; {LIMITS}; round it to 9 "
         "decimals"),
        (None, 0, f"the expression is empty; {ONE_LINE}"),
        (0.1, 0, f"the number is not exact; {ONE_LINE}"),
        ([1], 0, f"a list is not an expression; {ONE_LINE}"),
    ],
)  # fmt: skip
def test_refuses_what_a_line_of_the_file_cannot_hold(
    source: object, column: int, said: str
) -> None:
    with pytest.raises(ExprError) as caught:
        parse(source)
    assert (str(caught.value), caught.value.column) == (said, column)
