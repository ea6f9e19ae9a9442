"""A place in a file, and a thing that is wrong there."""

from dataclasses import dataclass

from glasstown.errors.show import clean


@dataclass(frozen=True)
class Place:
    """Where something is: a file (or folder), and in it a line and a column, both from 1.

    `str(place)` is `file:line`, which terminals and editors make a link of; `file` alone where the
    line is unknown; empty where there is no file.
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        file = clean(self.file)
        return file if self.line is None else f"{file}:{self.line}"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, said so that the reader can mend it.

    where: the place; what: what is wrong there, beginning small and without a full stop;
    why: what the rule is for, or what was expected; remedy: what to do; nearest: the closest
    right name. The last three may be empty.
    """

    where: Place
    what: str
    why: str = ""
    remedy: str = ""
    nearest: str = ""

    def text(self) -> str:
        """Render it as a block: `file:line: what`, then one indented line for each other part."""
        where = str(self.where)
        lines = [f"{where}: {clean(self.what)}" if where else clean(self.what)]
        if self.nearest:
            lines.append(f"    did you mean: {clean(self.nearest)}")
        if self.why:
            lines.append(f"    why: {clean(self.why)}")
        if self.remedy:
            lines.append(f"    do: {clean(self.remedy)}")
        return "\n".join(lines)
