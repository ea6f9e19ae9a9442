"""One value that does not fit, before anybody knows where it stood."""

from decimal import Decimal
from fractions import Fraction

from glasstown.errors import shown


class BadValue(ValueError):
    """A value is not of the kind wanted; `load` gives it its file and line.

    Raised by the parsers of quantities, and by validators in models of the layers above, in place
    of a bare ValueError. what: a sentence with no subject before it that needs one, as in
    `` `140%` is more than 100% ``; why, remedy, nearest: as in `Problem`; at: from where it is
    raised, the path to what is meant, so that a model's validator can point at one field.
    """

    def __init__(
        self,
        what: str,
        why: str = "",
        remedy: str = "",
        nearest: str = "",
        at: tuple[str | int, ...] = (),
    ) -> None:
        super().__init__(what, why, remedy, nearest, at)
        self.what = what
        self.why = why
        self.remedy = remedy
        self.nearest = nearest
        self.at = at

    def __str__(self) -> str:
        parts = [self.what, self.why, self.remedy]
        if self.nearest:
            parts.append(f"did you mean {self.nearest}?")
        return "; ".join(part for part in parts if part)


def given(value: object) -> str:
    """Say what somebody wrote, in words of the file and not of Python."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "`yes`" if value else "`no`"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    if isinstance(value, Decimal):
        return shown(f"{value:f}" if -30 < value.adjusted() < 30 else value)
    if isinstance(value, int | Fraction) and not -(10**30) < Fraction(value) < 10**30:
        return "an enormous number"
    return shown(value)
