"""The documentation's pages, taken apart: fenced blocks, tables, and prose.

Conventions of the pages, which the tests here hold them to:

- A YAML block that begins with `scheme:`, or another kind of file and `:`, is a whole file.
- A YAML block that begins with `# in a scheme` (nation, and so on) is a part of one: laid over
  the page's first whole file of that kind, or else over that of `docs/reference/files.md`, it makes
  a whole file.
- After a line `<!-- file: NAME -->` a YAML block is a file of that name, which the commands below
  it find in their folder; those are in `sh` blocks. It may be wrong on purpose where the page shows
  what is said of it; then its name begins with `wrong`.
- A `text` block right below a `bash`, `sh` or `python` block quotes what that prints, whole; a line
  `...` stands for lines left out.
- A `console` block is commands (`$ `) that end with something to put right (exit code 2), and
  what they say, quoted likewise.
- `<!-- fields: MODEL -->` stands before the table of a model's fields, `<!-- values: NAME -->`
  before the table of what can be written for a kind of value.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from tests.cli.commands import ROOT

PAGES = sorted([*ROOT.glob("docs/**/*.md"), ROOT / "README.md"])
FILES_PAGE = ROOT / "docs/reference/files.md"
KINDS = ("scheme", "nation", "conduct", "world", "yardstick")

_FENCE = re.compile(
    r"^(?P<indent>[ ]*)```(?P<language>\w*)[^\n]*\n(?P<code>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_NOT_RUN = re.compile(r"<!-- not run: \S.* -->\s*\Z")
_FILE = re.compile(r"<!-- file: (?P<name>[\w.-]+) -->\s*\Z")


@dataclass(frozen=True)
class Block:
    """A fenced block.

    line: of its first line of code; below: whether only blank lines part it from the block before;
    file: the name it is a file of; run: whether it is to be run, if it is code.
    """

    page: Path
    line: int
    language: str
    code: str
    below: bool
    file: str
    run: bool

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def whole(self) -> str:
        """The kind of file that a YAML block is whole; "" for another block."""
        found = re.match(r"(\w+):", _without_comments(self.code))
        is_kind = self.language == "yaml" and found is not None and found[1] in KINDS
        return found[1] if is_kind and found else ""

    @property
    def part_of(self) -> str:
        """The kind of file that a YAML block is a part of; "" for another block."""
        found = re.match(r"# in an? (\w+)\b", self.code)
        is_kind = self.language == "yaml" and found is not None and found[1] in KINDS
        return found[1] if is_kind and found else ""

    @property
    def name(self) -> str:
        """What a whole file calls itself."""
        return _without_comments(self.code).partition("\n")[0].partition(":")[2].strip()


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found: list[Block] = []
    end = 0
    for match in _FENCE.finditer(text):
        before = text[end : match.start()]
        indent = match["indent"]
        code = "".join(line.removeprefix(indent) for line in match["code"].splitlines(True))
        file = _FILE.search(before)
        found.append(
            Block(
                page,
                text.count("\n", 0, match.start("code")) + 1,
                match["language"],
                code,
                bool(found) and not before.strip(),
                file["name"] if file else "",
                not _NOT_RUN.search(before),
            )
        )
        end = match.end()
    return found


def prose(page: Path) -> str:
    """A page without its fenced blocks, comments and code spans."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"`[^`\n]*`", "", text)


def tables(page: Path, marker: str) -> dict[str, list[list[str]]]:
    """The rows of each table after `<!-- marker: NAME -->`, heading left out, by name."""
    found: dict[str, list[list[str]]] = {}
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(rf"<!-- {marker}: (\w+) -->\s*((?:\|[^\n]*\n?)+)", text):
        assert match[1] not in found, f"{page.name} has two tables of {match[1]}"
        rows = [_cells(line) for line in match[2].strip().splitlines()]
        found[match[1]] = rows[2:]
    return found


def spans(cell: str) -> list[str]:
    """What stands in backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def _without_comments(code: str) -> str:
    return re.sub(r"\A(?:\s*#[^\n]*\n|\s*\n)*", "", code)
