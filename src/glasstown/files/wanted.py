"""What pydantic says of a value that does not fit, in words of the file."""

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from glasstown.errors import nearest, shown
from glasstown.files.bad_value import BadValue, given
from glasstown.files.exact import Phrase, Quantity

# fmt: off
CONTAINERS = frozenset((
    "dict_type", "mapping_type", "list_type", "tuple_type", "set_type", "frozen_set_type",
    "iterable_type", "model_type", "model_attributes_type", "dataclass_type", "too_short",
    "too_long",
))
# fmt: on
"""The kinds of error of a value that should have held others."""

_LIST = ("a list", "write [first, second], or one `- item` a line")
_MAPPING = ("a mapping", "write `name: value`, one a line, indented below it")
_TEXT = ("text", "put it in quotes")
_WHOLE = ("a whole number", "write a number such as 12")
_NUMBER = ("a number", "write a number such as 2.5")
_YES_NO = ("yes or no", "write yes or no")
_KINDS: dict[str, tuple[str, str]] = {
    "bool": _YES_NO,
    "int": _WHOLE,
    "float": _NUMBER,
    "finite": _NUMBER,
    "decimal": _NUMBER,
    "string": _TEXT,
    "list": _LIST,
    "tuple": _LIST,
    "set": _LIST,
    "frozen": _LIST,
    "iterable": _LIST,
    "dict": _MAPPING,
    "mapping": _MAPPING,
    "model": _MAPPING,
    "dataclass": _MAPPING,
}
_LIMITS: dict[str, tuple[str, str]] = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
    "multiple_of": ("multiple_of", "a multiple of"),
}


def wanted(kind: str, value: object, context: Mapping[str, Any], message: str) -> BadValue:
    """Say what does not fit about a value.

    kind, context, message: of pydantic's error, its `type`, `ctx` and `msg`; value: what was given.
    """
    error = context.get("error")
    if isinstance(error, Exception):
        return _raised(error)
    if kind in ("literal_error", "enum"):
        return _one_of(value, str(context.get("expected", "")))
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return _variant(value, context)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        wants = f"{words} {context.get(name)}"
        return BadValue(f"{given(value)} is not {wants}", remedy=f"write a number of {wants}")
    if kind in ("too_short", "too_long"):
        return _length(kind, context)
    if kind == "string_pattern_mismatch":
        return BadValue(f"{given(value)} is not written like {context.get('pattern')}")
    if kind in ("string_too_short", "string_too_long"):
        side, limit = ("short", "min") if kind == "string_too_short" else ("long", "max")
        most = context.get(f"{limit}_length")
        wants = f"at {'least' if side == 'short' else 'most'} {most} characters are wanted"
        return BadValue(f"{given(value)} is too {side}", why=wants)
    name, remedy = _KINDS.get(kind.split("_")[0], ("", ""))
    if name:
        return BadValue(f"{given(value)} is not {name}", remedy=remedy)
    return BadValue(f"{given(value)} does not fit here: {message[:1].lower()}{message[1:]}")


def example_for(field: FieldInfo | None) -> str:
    """Give an example of what a field may hold, as a file would say it; "" where none is known."""
    if field is None:
        return ""
    if field.examples:
        return _yaml(field.examples[0])
    for thing in (*field.metadata, field.annotation):
        example = _example_of(thing)
        if example:
            return example
    return ""


def _example_of(thing: Any) -> str:
    if isinstance(thing, Quantity):
        return _yaml(thing.schema["examples"][0])
    if isinstance(thing, type):
        if issubclass(thing, Phrase):
            return _example_of(thing.quantity())
        if issubclass(thing, bool):
            return "yes"
        return "12" if issubclass(thing, int) else ""
    described = getattr(thing, "json_schema", None)
    if isinstance(described, dict) and described.get("examples"):
        return _yaml(described["examples"][0])
    if get_origin(thing) is Literal:
        return str(get_args(thing)[0])
    if get_origin(thing) in (list, tuple, dict):
        return ""
    return next(filter(None, map(_example_of, get_args(thing))), "")


def holds_more(field: FieldInfo | None) -> bool:
    """Tell whether a field's value is itself a mapping, to be written below its name."""
    annotation = None if field is None else field.annotation
    origin = get_origin(annotation)
    if isinstance(origin, type):
        return issubclass(origin, Mapping)
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _yaml(example: object) -> str:
    return str(example) if not isinstance(example, bool) else "yes" if example else "no"


def _raised(error: Exception) -> BadValue:
    """Take over what a validator said; any exception that speaks as BadValue does is understood."""
    if isinstance(error, BadValue):
        return error
    what = getattr(error, "what", None)
    if not isinstance(what, str):
        return BadValue(str(error) or type(error).__name__)
    why, remedy, close = (str(getattr(error, n, "")) for n in ("why", "remedy", "nearest"))
    return BadValue(what, why, remedy, close)


def _one_of(value: object, expected: str) -> BadValue:
    allowed = re.findall(r"'([^']*)'", expected)
    words = ", ".join(f"`{word}`" for word in allowed) or expected
    close = nearest(value, allowed) if isinstance(value, str) else ""
    what = f"{given(value)} is not one of the words known here"
    return BadValue(what, remedy=f"write one of {words}", nearest=close)


def _variant(value: object, context: Mapping[str, Any]) -> BadValue:
    by = str(context.get("discriminator", "")).strip("'")
    if "tag" not in context:
        return BadValue(f"this does not say its {shown(by)}", remedy=f"add `{by}: ...`")
    bad = _one_of(context["tag"], str(context.get("expected_tags", "")))
    return BadValue(bad.what, bad.why, bad.remedy, bad.nearest, at=(by,))


def _length(kind: str, context: Mapping[str, Any]) -> BadValue:
    side, limit = ("few", "min") if kind == "too_short" else ("many", "max")
    bound = context.get(f"{limit}_length")
    words = f"at {'least' if side == 'few' else 'most'} {bound}"
    return BadValue(f"this holds too {side}: {context.get('actual_length')}", why=f"{words} wanted")
