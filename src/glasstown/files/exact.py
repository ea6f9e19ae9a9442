"""Exact numbers from whatever people and parsers write, and back to text."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from glasstown.files.bad_value import BadValue, given

DECIMALS = 9
"""The most decimals a number may have, shares included (so seven in a percentage)."""

LARGEST = 10**9
"""The largest number, and the largest negative one."""

AMOUNT = r"[0-9]{1,10}(\.[0-9]{1,9})?"
"""A number without a sign, as a pattern that Python and ECMAScript read alike."""

PERCENTAGE = r"[0-9]{1,10}(\.[0-9]{1,7})? ?%"
"""A percentage without a sign, likewise."""

_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_LONGEST = 40


@dataclass(frozen=True, eq=False)  # known by identity: annotations have to be hashable
class Quantity:
    """What makes an annotated type of a parser: `Annotated[Fraction, Quantity(...)]`.

    parse: from anything to the value, or BadValue; it returns its own values unchanged, so that
    Python users may give them. write: from the value to what a file would say, which parse reads
    back to an equal value. schema: JSON Schema of what a file may say, with `examples`.
    """

    parse: Callable[[Any], Any]
    write: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse,
            serialization=core_schema.plain_serializer_function_ser_schema(self.write),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return dict(self.schema)


class Phrase(ABC):
    """What a dataclass inherits to be such a type itself: `at_most: Cap` in a model.

    A subclass is final and gives its Quantity.
    """

    @classmethod
    @abstractmethod
    def quantity(cls) -> Quantity:
        """Return how the phrase is read, written and described."""

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return cls.quantity().__get_pydantic_core_schema__(source, handler)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return cls.quantity().__get_pydantic_json_schema__(schema, handler)


def number_in(value: object) -> Fraction | None:
    """Read a number exactly: int, Decimal, Fraction, float (by its shortest text) or text.

    None where it is no number: text of another kind, yes and no, infinities, or absurdly long.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, str):
        text = value.strip()
        if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
            return None
        value = Decimal(text)
    if isinstance(value, Decimal):
        if value.is_finite() and abs(value.adjusted()) < _LONGEST:
            return Fraction(value)
        return Fraction(0) if value.is_zero() else None
    return None


def bounded(
    number: Fraction, value: object, least: int = -LARGEST, most: int = LARGEST
) -> Fraction:
    """Return the number if it lies in `least..most` and has at most nine decimals.

    value: what was written, for the message. Raises BadValue.
    """
    if not least <= number <= most:
        side = f"less than {least:,}" if number < least else f"more than {most:,}"
        raise BadValue(f"{given(value)} is {side}", remedy=f"write a number up to {most:,}")
    if (number * 10**DECIMALS).denominator != 1:
        raise BadValue(
            f"{given(value)} has more than {DECIMALS} decimals",
            why="numbers are kept exactly, so their length is bounded",
            remedy=f"round it to {DECIMALS} decimals",
        )
    return number


def decimal_text(number: Fraction) -> str:
    """Write a number of at most nine decimals in full: `-2.5`, `12`."""
    scaled = number * 10**DECIMALS
    if scaled.denominator != 1:
        raise ValueError(f"{number} has more than {DECIMALS} decimals")
    whole, rest = divmod(abs(scaled.numerator), 10**DECIMALS)
    sign = "-" if number < 0 else ""
    behind = f"{rest:0{DECIMALS}d}".rstrip("0")
    return f"{sign}{whole}.{behind}" if behind else f"{sign}{whole}"


def percent_text(share: Fraction) -> str:
    """Write a share as a percentage: `95%`."""
    return f"{decimal_text(share * 100)}%"
