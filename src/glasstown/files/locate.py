"""From pydantic's `loc` to a place in the document: which parts are names, which are not.

Beside names and positions, a `loc` holds the tags of union members, names of validators, and
`[key]`. Walking the model's annotations in step with it tells them apart.
"""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from glasstown.files.document import Document, Path

KEY = "[key]"
"""What pydantic puts last where a mapping's name is wrong, and not its value."""


@dataclass(frozen=True)
class Spot:
    """Where an error is. path: in the document, the name of a missing field left off.

    missing: the last name where it is not in the document; branches: for each union on the way,
    the path where it stands and the tag of the member tried; model: the model that holds (or
    lacks) the last name; field: its field of that name, if it has one.
    """

    path: Path
    missing: str
    branches: tuple[tuple[Path, str], ...]
    model: type[BaseModel] | None
    field: FieldInfo | None


def locate(model_class: type[BaseModel], loc: Path, document: Document) -> Spot:
    """Find what a `loc` of an error of this model's validation points at."""
    choices: tuple[Any, ...] = (model_class,)
    path: Path = ()
    missing = ""
    branches: list[tuple[Path, str]] = []
    model: type[BaseModel] | None = model_class
    field: FieldInfo | None = None
    for position, part in enumerate(loc):
        members = tuple(member for choice in choices for member in _members(choice))
        tagged = len(members) > 1 and len(choices) == 1
        if tagged:
            branches.append((path, str(part)))
            choices = _narrowed(members, str(part))
            continue
        models = [m for m in members if isinstance(m, type) and issubclass(m, BaseModel)]
        if document.has(*path, part):
            path = (*path, part)
        elif position == len(loc) - 1 and part != KEY and models:
            missing = str(part)
        else:
            continue
        model, field = (models[0], field_named(models[0], str(part))) if models else (None, None)
        choices = tuple(inner for member in members for inner in _inside(member, part))
    return Spot(path, missing, tuple(branches), model, field)


def field_named(model: type[BaseModel], name: str) -> FieldInfo | None:
    """Find the field that a file calls by this name."""
    for own, field in model.model_fields.items():
        if name in (field.alias or own, own):
            return field
    return None


def names_in(model: type[BaseModel]) -> list[str]:
    """List the names that a file may use in this model, in its order."""
    return [field.alias or own for own, field in model.model_fields.items()]


def _members(annotation: Any) -> Iterator[Any]:
    """Yield what an annotation allows, `Annotated` and `None` taken off."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin is Union or origin is types.UnionType:
        for member in get_args(annotation):
            yield from _members(member)
    elif annotation is not type(None) and annotation is not None:
        yield annotation


def _narrowed(members: tuple[Any, ...], tag: str) -> tuple[Any, ...]:
    """Keep the member of a union that a tag names; all of them if none is known by it."""
    exact = [m for m in members if getattr(m, "__name__", "") == tag]
    literal = [m for m in members if _has_literal(m, tag)]
    partly = [m for m in members if getattr(m, "__name__", "?") in tag]
    containers = [m for m in members if tag.startswith(getattr(get_origin(m), "__name__", "?"))]
    known = exact or literal or containers or partly
    return tuple(known[:1]) or members


def _has_literal(member: Any, tag: str) -> bool:
    if not (isinstance(member, type) and issubclass(member, BaseModel)):
        return False
    return any(
        get_origin(field.annotation) is Literal and tag in map(str, get_args(field.annotation))
        for field in member.model_fields.values()
    )


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    """Yield the annotation of what stands at a name or position."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = field_named(annotation, str(part))
        if field is not None:
            yield field.annotation
        return
    origin, args = get_origin(annotation), get_args(annotation)
    if not isinstance(origin, type) or not args:
        return
    if issubclass(origin, Mapping):
        yield args[-1]
    elif issubclass(origin, tuple) and isinstance(part, int) and Ellipsis not in args:
        yield from args[part : part + 1]
    else:
        yield args[0]
