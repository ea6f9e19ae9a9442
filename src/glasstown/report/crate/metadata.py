"""The metadata of a crate: JSON-LD that says what each file is and how it came about.

RO-Crate 1.2: https://w3id.org/ro/crate/1.2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, final
from urllib.parse import quote

from glasstown import __version__
from glasstown.engine.run import Run
from glasstown.files import Source
from glasstown.records import Manifest
from glasstown.report import texts, words
from glasstown.report.crate.asked import Asked, is_address
from glasstown.report.protocol.bases import models

RUN = "run"
"""The folder of the run in the crate."""

METADATA = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.2/context"
SPECIFICATION = "https://w3id.org/ro/crate/1.2"
DESCRIBED = "odd.html#III.i"
"""Where the crate itself says what Glasstown is: software must have an address."""

Entity = dict[str, Any]

_NO_LICENCE = (
    "No licence was named when this was exported. Ask the authors before you use it beyond what "
    "the law allows anyway."
)
_ABOUT = (
    "Every citizen is invented, and so is what befell them: it holds no record of a real person."
)


@final
@dataclass(frozen=True)
class Content:
    """A file of the crate: where it lies, what it is, and what was found of its bytes.

    made: `asked` for what the run was made from, `run` for what came of it, `export` for what was
    written beside it.
    """

    path: str
    name: str
    description: str
    kind: str
    made: str
    size: int
    sha256: str


def metadata(run: Run, manifest: Manifest, asked: Asked, contents: Iterable[Content]) -> str:
    """The metadata file's text: the same for the same run, files and answers."""
    several = tuple(contents)
    graph = [*_graph(run, manifest, asked, several)]
    data = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _graph(
    run: Run, manifest: Manifest, asked: Asked, contents: tuple[Content, ...]
) -> Iterator[Entity]:
    yield {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": _to("./"),
        "conformsTo": _to(SPECIFICATION),
    }
    people = [author.url or f"#author-{n + 1}" for n, author in enumerate(asked.authors)]
    cited = dict(_cited(run))
    yield _root(run, asked, contents, people, cited)
    yield {
        "@id": "#digest",
        "@type": "PropertyValue",
        "name": "digest of the run",
        "propertyID": "sha256",
        "value": run.digest,
        "description": "A function of the world alone: equal digests are equal runs.",
    }
    for each, author in zip(people, asked.authors, strict=True):
        yield {"@id": each, "@type": "Person", "name": author.name}
    if asked.licence:
        yield {
            "@id": asked.licence,
            "@type": "CreativeWork",
            "name": asked.licence,
            "description": "The licence named by those who exported this run.",
        }
    for version in dict.fromkeys((manifest.glasstown, __version__)):
        yield {
            "@id": _software(version),
            "@type": "SoftwareApplication",
            "name": "Glasstown",
            "version": version,
            "url": DESCRIBED,
            "description": "A laboratory for social-credit systems.",
        }
    yield from _actions(run, manifest, asked, contents, people)
    for content in contents:
        yield _file(content)
    yield from cited.values()


def _root(
    run: Run,
    asked: Asked,
    contents: tuple[Content, ...],
    people: list[str],
    cited: Mapping[str, Entity],
) -> Entity:
    world = run.world
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": words.tidy(f"Run of {world.title or world.name}"),
        "description": " ".join((texts.standfirst(world), _ABOUT, words.tidy(world.about))).strip(),
        "datePublished": asked.day.isoformat(),
        "license": _to(asked.licence) if asked.licence else _NO_LICENCE,
        "identifier": _to("#digest"),
        "keywords": "social credit, agent-based model, microsimulation, Glasstown",
        "hasPart": [_to(_address(content.path)) for content in contents],
        "mentions": [_to("#run"), _to("#export")],
    }
    if people:
        root["author"] = _some(people)
    addresses = [address for address in cited if is_address(address)]
    if addresses:
        root["citation"] = _some(addresses)
    others = [address for address in cited if not is_address(address)]
    if others:
        root["isBasedOn"] = _some(others)  # `citation` takes only what has an address
    return root


def _actions(
    run: Run, manifest: Manifest, asked: Asked, contents: tuple[Content, ...], people: list[str]
) -> Iterator[Entity]:
    made = {
        kind: [_address(content.path) for content in contents if content.made == kind]
        for kind in ("asked", "run", "export")
    }
    ran: Entity = {
        "@id": "#run",
        "@type": "CreateAction",
        "name": f"Run of the world {run.world.name}",
        "description": f"{texts.standfirst(run.world)} The seed was {run.world.seed}. The time is "
        "not recorded: a run is the same bytes whenever it is made.",
        "instrument": _to(_software(manifest.glasstown)),
        "object": _some(made["asked"] or [_address(f"{RUN}/world.json")]),
        "result": _some(made["run"]),
    }
    exported: Entity = {
        "@id": "#export",
        "@type": "CreateAction",
        "name": "Export of the run",
        "description": "The ledger was written as CSV, and the world described by the ODD+D "
        "protocol.",
        "endTime": asked.day.isoformat(),
        "instrument": _to(_software(__version__)),
        "object": _some(made["run"]),
        "result": _some(made["export"]),
    }
    if people:
        exported["agent"] = _some(people)
    yield ran
    yield exported


def _file(content: Content) -> Entity:
    return {
        "@id": _address(content.path),
        "@type": "File",
        "name": content.name,
        "description": content.description,
        "encodingFormat": content.kind,
        "contentSize": str(content.size),
        "sha256": content.sha256,
    }


def _cited(run: Run) -> Iterator[tuple[str, Entity]]:
    """The sources of the world's files: an entity for each address, or source without one."""
    found: dict[str, list[Source]] = {}
    for _, model in models(run.world):
        for source in model.sources.values():
            address = source.url if is_address(source.url) else ""
            key = address or "\n".join((words.tidy(source.title), words.tidy(source.date)))
            if source not in found.setdefault(key, []):
                found[key].append(source)
    for number, (key, sources) in enumerate(found.items()):
        address = key if is_address(key) else f"#source-{number + 1}"
        first = sources[0]
        entity: Entity = {
            "@id": address,
            "@type": "CreativeWork",
            "name": words.tidy(first.title),
        }
        notes = dict.fromkeys(words.tidy(source.note) for source in sources if source.note)
        if notes:
            entity["description"] = " ".join(notes)
        if is_address(key):
            entity["url"] = key
        if first.date:
            entity["datePublished"] = words.tidy(first.date)
        yield address, entity


def _some(addresses: list[str]) -> Any:
    """References; one stands by itself."""
    several = [_to(address) for address in addresses]
    return several[0] if len(several) == 1 else several


def _to(address: str) -> dict[str, str]:
    return {"@id": address}


def _address(path: str) -> str:
    return quote(path)


def _software(version: str) -> str:
    return f"#glasstown-{quote(version, safe='')}"
