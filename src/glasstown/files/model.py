"""What every file's model is made of, and how a document becomes one."""

from typing import Any, TypeVar

import pydantic
from pydantic import ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema

from glasstown.errors import FileProblems
from glasstown.files.document import Document
from glasstown.files.explain import explain

M = TypeVar("M", bound=pydantic.BaseModel)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_AS_TEXT = {
    "boolean": {"enum": ["yes", "no", "Yes", "No"]},
    "integer": {"type": "string", "pattern": "^[-+]?[0-9]+(_[0-9]+)+$"},
}
_ABOUT = ("title", "description", "default", "examples")


def _take_literally(schema: Any) -> None:
    """Make `int` and `bool` strict wherever a schema holds them, but in the keys of mappings.

    Keys are text in a file, so a key that is a number has to be read from it.
    """
    if isinstance(schema, dict):
        if schema.get("type") in ("int", "bool"):
            schema.setdefault("strict", True)
        for key, inner in schema.items():
            if key not in ("keys_schema", "metadata", "serialization"):
                _take_literally(inner)
    elif isinstance(schema, list | tuple):
        for inner in schema:
            _take_literally(inner)


class Model(pydantic.BaseModel):
    """A part of a file: named fields, no others, unchanging.

    Whole numbers and yes/no are taken literally: `yes` is no number and `1` is no yes.
    `model_dump(mode="json")` gives what a file would say, and loads again to an equal model;
    `model_dump()` differs from it only in keeping tuples.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        serialize_by_alias=True,
        arbitrary_types_allowed=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        _take_literally(schema)
        return schema


def load(model_class: type[M], document: Document) -> M:
    """Make a model of a document.

    Raises FileProblems with everything that does not fit, each at its file and line, in the words
    of the file.
    """
    try:
        return model_class.model_validate(document.data)
    except pydantic.ValidationError as error:
        raise FileProblems(explain(error, model_class, document)) from None


def json_schema(model_class: type[pydantic.BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a model's files, for editors.

    It has a title and no `$id`; names are as they are in files.
    """
    schema = model_class.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": _DIALECT, "title": model_class.__name__, **_for_editors(schema)}


def _for_editors(schema: Any) -> Any:
    """Allow an editor what we allow a file, and no more.

    Editors read YAML 1.2, where `yes` and `460_000_000` are text; and they take a pattern for names
    as one way to be right among others unless told otherwise.
    """
    if isinstance(schema, list):
        return [_for_editors(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    known = {key: _for_editors(inner) for key, inner in schema.items()}
    if "patternProperties" in known:
        known.setdefault("additionalProperties", False)
    also = _AS_TEXT.get(known["type"]) if isinstance(known.get("type"), str) else None
    if also is None:
        return known
    about = {key: known.pop(key) for key in _ABOUT if key in known}
    return {"anyOf": [known, also], **about}
