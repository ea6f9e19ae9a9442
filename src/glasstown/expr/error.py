"""What is wrong with an expression, and how to mend it."""

_SHOWN = 40


class ExprError(Exception):
    """One thing wrong with an expression.

    ``what`` is wrong, ``why`` it is (what is allowed), the ``remedy``, the ``nearest`` right name
    ("" where there is none), and the ``column``: how many characters of the expression precede it.
    """

    def __init__(
        self, what: str, why: str = "", remedy: str = "", nearest: str = "", column: int = 0
    ) -> None:
        super().__init__(what, why, remedy, nearest, column)
        self.what = what
        self.why = why
        self.remedy = remedy
        self.nearest = nearest
        self.column = column

    def __str__(self) -> str:
        guess = f"did you mean {self.nearest}?" if self.nearest else ""
        return "; ".join(part for part in (self.what, self.why, self.remedy, guess) if part)


def clip(source: str) -> str:
    """Make a piece of a user's text fit for a message: short, on one line, printable."""
    clipped = source if len(source) <= _SHOWN else source[: _SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in clipped)


def quote(source: str) -> str:
    """Quote a piece of a user's text for a message."""
    return f"`{clip(source)}`"
