"""The manifest of a run folder: the whole world, the run's digest, and every other file's."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, final

from glasstown.records.digest import canonical
from glasstown.records.store import FileEntry

FORMAT = 1
"""The version of the run folder: raised when an older Glasstown could not read it."""

MANIFEST = "manifest.json"
PROGRAM = "program.bin"
LISTING = "program.txt"
LEDGER = "ledger/ledger.parquet"
SIGNALS = "signals/signals.parquet"

WORLD = "world.json"
SPANS = "spans.bin"

FILES = (WORLD, PROGRAM, LISTING, LEDGER, SIGNALS, SPANS)
"""The files of a run folder beside the manifest, each with its digest in it."""

REPORT = "report.html"
"""The report that may lie in a run folder; it is made from the run and is no part of it."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@final
@dataclass(frozen=True)
class Manifest:
    """What `manifest.json` says.

    world: the whole world, as `World.to_dict` gave it; digest: the run's; files: by path in the
    folder; glasstown: the version that ran it; made_with: the versions of Python and NumPy, for
    the curious, and no part of any digest.
    """

    world: Mapping[str, Any]
    digest: str
    files: Mapping[str, FileEntry]
    glasstown: str
    made_with: Mapping[str, str]

    @property
    def seed(self) -> int:
        """The world's seed."""
        return int(self.world["seed"])

    def text(self) -> str:
        """The file's content: JSON, indented, in one order."""
        data: dict[str, Any] = {
            "glasstown": self.glasstown,
            "digest": self.digest,
            "seed": self.seed,
            "files": {
                name: {"bytes": entry.bytes, "sha256": entry.sha256}
                for name, entry in self.files.items()
            },
            "made_with": dict(self.made_with),
            "world": self.world,
        }
        data = {"glasstown_run": FORMAT, "sha256": own_digest(data), **data}
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """Read a manifest that may come from a stranger.

        Raises:
            NotARun: this is no manifest of a run.
            ValueError: it is one, and something in it is wrong.
        """
        data = parse(text)
        if not isinstance(data, dict) or "glasstown_run" not in data:
            raise NotARun("it does not call itself a Glasstown run")
        version = data["glasstown_run"]
        if type(version) is not int or version < 1:
            raise ValueError("`glasstown_run` is not the version of a run folder")
        if version > FORMAT:
            raise ValueError(
                f"the run folder is of version {version}, and this Glasstown reads up to {FORMAT}"
            )
        world = _part(data, "world", dict)
        require_world(world)
        if data.get("seed") != world["seed"]:
            raise ValueError("`seed` is not the seed of `world`")
        made_with = _part(data, "made_with", dict)
        if not all(isinstance(value, str) for value in made_with.values()):
            raise ValueError("`made_with` holds something else than versions")
        digest = _part(data, "digest", str)
        if not _SHA256.fullmatch(digest):
            raise ValueError("`digest` is not a SHA-256 in hex")
        files = _files(_part(data, "files", dict))
        if data.get("sha256") != own_digest(data):
            raise ValueError("its own SHA-256 is not that of what it holds")
        return cls(
            world=world,
            digest=digest,
            files=files,
            glasstown=_part(data, "glasstown", str),
            made_with=made_with,
        )


@final
class NotARun(ValueError):
    """Something that was never the manifest of a run."""


def own_digest(data: Mapping[str, Any]) -> str:
    """The SHA-256 of what a file of JSON holds, but for that digest itself and the file's form."""
    told = {
        k: v for k, v in data.items() if k not in ("glasstown_run", "glasstown_begun", "sha256")
    }
    return hashlib.sha256(canonical(told)).hexdigest()


def require_world(world: object) -> None:
    """See that this could be a whole world; whether it is, `world_from_dict` says.

    Raises:
        ValueError: it cannot be.
    """
    if not isinstance(world, dict):
        raise ValueError("`world` is missing or not a mapping")
    if any(not isinstance(world.get(key), int) for key in ("seed", "months", "citizens")):
        raise ValueError("`world` is not a whole world: its seed, months or citizens lack")
    if any(not isinstance(world.get(key), str) for key in ("world", "title", "about")):
        raise ValueError("`world` is not a whole world: its name, title or about is no text")


def _files(data: dict[str, Any]) -> dict[str, FileEntry]:
    if set(data) != set(FILES):
        raise ValueError("`files` must name " + ", ".join(FILES) + ", and nothing else")
    found = {}
    for name in FILES:
        entry = data[name]
        match entry:
            case {"bytes": int(size), "sha256": str(sha256)} if size >= 0 and _SHA256.fullmatch(
                sha256
            ):
                found[name] = FileEntry(size, sha256)
            case _:
                raise ValueError(f"`files` gives no size and SHA-256 of {name}")
    return found


def _part(data: dict[str, Any], name: str, kind: type[Any]) -> Any:
    if not isinstance(data.get(name), kind):
        wanted = "a text" if kind is str else "a mapping"
        raise ValueError(f"`{name}` is missing or not {wanted}")
    return data[name]


def parse(text: str) -> Any:
    """JSON from a stranger: each name once, and no number that is none.

    Raises:
        NotARun: it is not JSON.
        ValueError: it is, and not such JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError:
        raise NotARun("it nests too deep") from None
    except json.JSONDecodeError as error:
        raise NotARun(f"it is not JSON: line {error.lineno}, {error.msg.lower()}") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError("a name is given twice in one mapping")
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number that can be reckoned with")
