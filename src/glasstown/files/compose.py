"""YAML events to a Document: one pass, no recursion, everything wrong collected on the way.

PyYAML's parser hands over events one at a time and needs no stack of ours, so a file may nest as
deep as it likes: at the limit we stop. Aliases are never followed, so nothing can expand.
"""

from dataclasses import dataclass
from typing import Final

import yaml
from yaml import events

from glasstown.errors import FileProblems, Place, Problem, shown
from glasstown.files.bad_value import BadValue
from glasstown.files.document import Data, Document, Path, path_text
from glasstown.files.malformed import malformed
from glasstown.files.scalar import plain_value, text_of

DEEPEST = 20
"""How many mappings and lists may lie one inside the other."""

MOST_NODES = 20_000
"""How many names and values a file may hold, lists and mappings counted too."""


class _StopReading(Exception):
    """The file is beyond a limit: what follows is not looked at."""


class _Unset:
    """The mapping waits for a name, and not for the value of one."""


_UNSET: Final = _Unset()


@dataclass
class _Open:
    """A mapping or list whose end has not been seen.

    path: None where its content is checked but not kept (it is a key, or a repeated name's).
    name: of a mapping, the name whose value comes next; None where that value is not kept.
    """

    node: dict[str, Data] | list[Data]
    path: Path | None
    name: str | _Unset | None = _UNSET


def compose(text: str, name: str) -> Document:
    """Build the document that a text holds.

    text: printable; name: the file's name for messages. Raises FileProblems.
    """
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except _StopReading:
        pass
    except yaml.MarkedYAMLError as error:
        builder.problems.append(malformed(error, text, name))
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # PyYAML lets a few of Python's own through: a \U escape that is no character, say.
        what = f"this is not YAML: {error}"
        builder.problems.append(Problem(Place(name, builder.line), what))
    return builder.finish()


class _Builder:
    """Takes events in order; `finish` gives the document or raises what was found."""

    def __init__(self, name: str) -> None:
        self.file = name
        self.problems: list[Problem] = []
        self.line = 1
        self._root: Data = None
        self._seen_root = False
        self._nodes = 0
        self._open: list[_Open] = []
        self._keys: dict[Path, Place] = {}
        self._values: dict[Path, Place] = {}

    def take(self, event: yaml.Event) -> None:
        where = self._place(event)
        self.line = where.line or self.line
        if isinstance(event, events.CollectionEndEvent):
            ended = self._open.pop()
            if not self._open and ended.path is not None:
                self._root = ended.node
        elif isinstance(event, events.NodeEvent):
            self._count(where)
            if isinstance(event, events.ScalarEvent):
                self._refuse_marks(event, where)
                self._scalar(event, where)
            elif isinstance(event, events.CollectionStartEvent):
                self._refuse_marks(event, where)
                self._begin(event, where)
            else:
                self._no_anchor(where)
                self._drop(where)
        elif isinstance(event, events.DocumentStartEvent):
            if self._seen_root:
                self._say(
                    where,
                    "a second document begins here",
                    remedy="keep one in each file: delete the line `---` and what follows",
                )
                raise _StopReading
            self._seen_root = True

    def finish(self) -> Document:
        if not self._nodes and not self.problems:
            self._say(Place(self.file), "the file is empty", remedy="write something into it")
        if self.problems:
            raise FileProblems(self.problems)
        assert isinstance(self._root, dict)
        return Document(self.file, self._root, self._keys, self._values)

    # --- limits and refusals ----------------------------------------------------------------

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return (
            Place(self.file) if mark is None else Place(self.file, mark.line + 1, mark.column + 1)
        )

    def _say(self, where: Place, what: str, why: str = "", remedy: str = "") -> None:
        self.problems.append(Problem(where, what, why, remedy))

    def _count(self, where: Place) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            what = f"the file holds more than {MOST_NODES:,} names and values"
            self._say(where, what, remedy="split it")
            raise _StopReading

    def _no_anchor(self, where: Place) -> None:
        self._say(
            where,
            "anchors and aliases are not used here",
            why="what a file says must be readable where it stands",
            remedy="write the value out, or put it in quotes if it begins with & or *",
        )

    def _refuse_marks(
        self, event: events.ScalarEvent | events.CollectionStartEvent, where: Place
    ) -> None:
        if event.anchor is not None:
            self._no_anchor(where)
        if event.tag is not None:
            self._say(
                where,
                f"tags are not used here, and this is {shown(event.tag)}",
                why="a file holds text, numbers, lists and mappings, and makes nothing else",
                remedy="delete the tag; put a text that begins with ! in quotes",
            )

    # --- building ---------------------------------------------------------------------------

    def _begin(self, event: events.CollectionStartEvent, where: Place) -> None:
        if len(self._open) == DEEPEST:
            self._say(
                where,
                f"the file nests deeper than {DEEPEST} levels",
                why="no scheme, nation, conduct or world needs more than a few",
                remedy="flatten it, or look for a `[` or `{` too many",
            )
            raise _StopReading
        node: dict[str, Data] | list[Data] = (
            {} if isinstance(event, events.MappingStartEvent) else []
        )
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.node, dict) and isinstance(top.name, _Unset):
            kind = "mapping" if isinstance(node, dict) else "list"
            self._say(where, f"a {kind} stands where a name should", remedy="write one word there")
            top.name = None
            self._open.append(_Open(node, None))
            return
        self._open.append(_Open(node, self._put(node, where)))

    def _scalar(self, event: events.ScalarEvent, where: Place) -> None:
        plain = event.style is None
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.node, dict) and isinstance(top.name, _Unset):
            self._name(top, event.value, plain, where)
            return
        value: Data = None
        try:
            value = plain_value(event.value) if plain else text_of(event.value)
        except BadValue as bad:
            self._say(where, bad.what, bad.why, bad.remedy)
        self._put(value, where)

    def _name(self, top: _Open, written: str, plain: bool, where: Place) -> None:
        """Take a mapping's name. Names are text whatever they look like: `no` is `no`."""
        assert isinstance(top.node, dict)
        top.name = None
        if plain and written == "<<":
            self._say(where, "merge keys (`<<`) are not used here", remedy="write the values out")
        elif written == "" or (plain and written == "~"):
            self._say(where, "a value stands here without a name", remedy="write `name: value`")
        elif written in top.node and top.path is not None:
            first = self._keys[*top.path, written].line
            within = f" in `{path_text(top.path)}`" if top.path else ""
            self._say(
                where,
                f"the name {shown(written)} is given twice{within}: first on line {first}",
                why="one of the two would be lost without a word",
                remedy="delete one, or give it another name",
            )
        else:
            try:
                top.name = text_of(written)
            except BadValue as bad:
                self._say(where, bad.what, bad.why, bad.remedy)
                return
            if top.path is not None:
                self._keys[*top.path, written] = where

    def _put(self, value: Data, where: Place) -> Path | None:
        """Store a value where it belongs, and return its path; None if it is not to be kept."""
        if not self._open:
            if not isinstance(value, dict):
                self._not_a_mapping(value, where)
                return None
            self._values[()] = where
            return ()
        top = self._open[-1]
        path: Path | None = None
        if isinstance(top.node, list):
            if top.path is not None:
                path = (*top.path, len(top.node))
            top.node.append(value)
        else:
            name, top.name = top.name, _UNSET
            if isinstance(name, _Unset) or name is None:
                return None
            if top.path is not None:
                path = (*top.path, name)
            top.node[name] = value
        if path is not None:
            self._values[path] = where
        return path

    def _drop(self, where: Place) -> None:
        """Let nothing stand where an alias stood, be it a name or a value."""
        top = self._open[-1] if self._open else None
        if top is not None and isinstance(top.node, dict) and isinstance(top.name, _Unset):
            top.name = None
        elif top is not None:
            self._put(None, where)

    def _not_a_mapping(self, value: Data, where: Place) -> None:
        if value is None:
            self._say(where, "the file is empty", remedy="write something into it")
            return
        kind = "a list" if isinstance(value, list) else f"one value, {shown(value, 40)}"
        self._say(
            where,
            f"the file must be a mapping of names to values, and it is {kind}",
            remedy="begin with a line such as `scheme: my-scheme`",
        )
