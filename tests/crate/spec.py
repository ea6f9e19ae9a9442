"""What RO-Crate 1.2 says that a crate in a folder MUST be, as far as it can be checked here.

Section names are those of https://www.researchobject.org/ro-crate/specification/1.2/.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

NAME = "ro-crate-metadata.json"

TERMS = {
    "about", "agent", "author", "citation", "conformsTo", "contentSize", "datePublished",
    "description", "encodingFormat", "endTime", "hasPart", "identifier", "instrument",
    "isBasedOn", "keywords", "license", "mentions", "name", "object", "propertyID", "result",
    "sha256", "url", "value", "version",
}  # fmt: skip
"""Of the terms in the context of 1.2, those that are used."""

TYPES = {
    "CreateAction", "CreativeWork", "Dataset", "File", "Person", "PropertyValue",
    "SoftwareApplication",
}  # fmt: skip
"""Of its types, likewise."""


def graph(crate: Path) -> dict[str, dict[str, Any]]:
    """The entities by their identifiers."""
    data = json.loads((crate / NAME).read_text(encoding="utf-8"))
    return {entity["@id"]: entity for entity in data["@graph"]}


def references(value: Any) -> list[str]:
    """The identifiers that a property's value refers to."""
    several = value if isinstance(value, list) else [value]
    return [each["@id"] for each in several if isinstance(each, dict)]


def check(crate: Path) -> None:
    """Fail where the crate in this folder is not as it MUST be."""
    data = json.loads((crate / NAME).read_text(encoding="utf-8"))
    entities = data["@graph"]
    known = graph(crate)
    _form(data, entities, known)
    root = _root(known)
    _files(crate, known, root)
    _contexts(known, root)


def _form(data: Any, entities: list[Any], known: dict[str, Any]) -> None:
    # RO-Crate JSON-LD: valid, flattened, compacted, its context by reference.
    assert set(data) == {"@context", "@graph"}
    assert data["@context"] == "https://w3id.org/ro/crate/1.2/context"
    assert len(known) == len(entities), "an identifier is given twice"
    for entity in entities:
        assert isinstance(entity["@id"], str)
        assert entity["@id"]
        kinds = entity["@type"]
        assert set(kinds if isinstance(kinds, list) else [kinds]) <= TYPES
        for term, value in entity.items():
            if term in ("@id", "@type"):
                continue
            assert term in TERMS, term
            several = value if isinstance(value, list) else [value]
            assert several, f"{entity['@id']} has an empty {term}"
            assert not isinstance(value, list) or len(value) > 1, "one value stands by itself"
            for each in several:
                assert isinstance(each, str) or set(each) == {"@id"}, "an entity lies in another"
            for name in references(value):
                assert name in known or name.startswith("https://w3id.org/ro/crate/"), name


def _root(known: dict[str, Any]) -> dict[str, Any]:
    # RO-Crate Metadata Descriptor; Direct properties of the Root Data Entity.
    descriptor = known[NAME]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    root: dict[str, Any] = known[descriptor["about"]["@id"]]
    assert root["@id"] == "./"
    assert root["@type"] == "Dataset"
    for term in ("name", "description", "datePublished", "license"):
        assert root[term], term
    assert date.fromisoformat(root["datePublished"])
    return root


def _files(crate: Path, known: dict[str, Any], root: dict[str, Any]) -> None:
    # Core Metadata for Data Entities; each is linked from the root.
    there = {
        file.relative_to(crate).as_posix()
        for file in crate.rglob("*")
        if file.is_file() and file.name != NAME
    }
    described = [name for name, entity in known.items() if entity["@type"] == "File"]
    assert {unquote(name) for name in described} == there
    assert sorted(references(root["hasPart"])) == sorted(described)
    for name in described:
        entity, content = known[name], (crate / unquote(name)).read_bytes()
        assert not name.startswith(("/", "../", "#"))
        assert entity["sha256"] == hashlib.sha256(content).hexdigest()
        assert entity["contentSize"] == str(len(content))
        assert re.fullmatch(r"[a-z]+/[a-z.+-]+", entity["encodingFormat"])
        assert entity["name"]
        assert entity["description"]


def _contexts(known: dict[str, Any], root: dict[str, Any]) -> None:
    # Contextual entities: citations have addresses; software has name, url, version; actions.
    for name in references(root.get("citation", [])):
        found = urlsplit(name)
        assert found.scheme in ("http", "https")
        assert found.netloc
    for name, entity in known.items():
        if entity["@type"] != "File" and name not in (NAME, "./"):
            assert entity["name"], name
            assert name.startswith(("#", "http://", "https://")), name
        if entity["@type"] == "SoftwareApplication":
            assert entity["version"]
            assert entity["url"]
        if entity["@type"] == "CreateAction":
            for term in ("instrument", "object", "result"):
                assert references(entity[term]), term
            assert not entity.get("endTime") or date.fromisoformat(entity["endTime"])
