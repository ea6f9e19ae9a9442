"""The kinds of file, and what can be done with each by name or path."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, final

from glasstown.cli.words import Kind


@final
@dataclass(frozen=True)
class FileKind:
    """Where the model, the loader and the library of a kind of file are; loaded when asked.

    next_step: what to do with a file of the kind; inside: the package that its own lies in.
    """

    kind: Kind
    next_step: str
    inside: str = "glasstown"

    def model(self) -> type[Any]:
        """The model of its files."""
        name = "WorldFile" if self.kind is Kind.WORLD else self.kind.capitalize()
        found: type[Any] = getattr(import_module(f"{self._home}.model"), name)
        return found

    def names(self) -> tuple[str, ...]:
        """The names in the library."""
        return tuple(self._package().names())

    def load(self, name: str) -> Any:
        """Load one and check it.

        Raises:
            FileProblems: everything that is wrong with it.
        """
        return getattr(self._package(), f"load_{self.kind}")(name)

    def starter(self, name: str) -> str:
        """A commented file to begin with, under another name."""
        file = Path(str(self._package().__file__)).with_name("starter.yaml")
        return file.read_text(encoding="utf-8").replace(f"my-{self.kind}", name)

    def _package(self) -> Any:
        return import_module(self._home)

    @property
    def _home(self) -> str:
        return f"{self.inside}.{self.kind}"


KINDS = {
    Kind.SCHEME: FileKind(Kind.SCHEME, "glasstown explain {}"),
    Kind.NATION: FileKind(Kind.NATION, "glasstown nation show {}"),
    Kind.CONDUCT: FileKind(Kind.CONDUCT, "glasstown check {}"),
    Kind.WORLD: FileKind(Kind.WORLD, "glasstown run {}"),
    Kind.YARDSTICK: FileKind(
        Kind.YARDSTICK, "glasstown audit unictown-2019 --by {}", "glasstown.audit"
    ),
}
