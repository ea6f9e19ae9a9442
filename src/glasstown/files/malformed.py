"""What PyYAML says of a file it cannot parse, in plain words."""

import re

from yaml.error import Mark, MarkedYAMLError

from glasstown.errors import Place, Problem

_TAB = ("this line is indented with a tab", "a tab cannot indent: use spaces")
_QUOTE = "put the whole value in quotes"
_AFTER = ("something stands after the end of the value", "put the whole value in quotes")
_NAMELESS = ("a value stands here without a name", "write `name: value`")

# What PyYAML's `problem` begins with: our words, our remedy, and whether what was begun
# (PyYAML's `context_mark`) shows the fault better than where the parser gave up.
_WORDS: tuple[tuple[str, str, str, bool], ...] = (
    (
        "mapping values are not allowed here",
        "a second `:` where one value is expected",
        "start each name on a line of its own, in line with its neighbours; put a text that "
        "holds `: ` in quotes",
        False,
    ),
    (
        "could not find expected ':'",
        "this line has no `:` after its name",
        "write `name: value`; indent the further lines of a long text, or put it in quotes",
        True,
    ),
    (
        "expected <block end>, but found",
        "this line is indented unlike its neighbours",
        "give names that belong together the same number of spaces in front",
        False,
    ),
    (
        "sequence entries are not allowed here",
        "a list item `- ` cannot begin here",
        "start each item on a line of its own, below the name of its list",
        False,
    ),
    (
        "mapping keys are not allowed here",
        "a `?` cannot begin a name here",
        "put it in quotes, or delete it",
        False,
    ),
    ("expected ',' or ']'", "the list opened here with `[` is not closed", "close it: `]`", True),
    (
        "expected ',' or '}'",
        "the mapping opened here with `{` is not closed",
        "close it: `}`; between its items write `, `",
        True,
    ),
    (
        "found unexpected end of stream",
        "the quote opened here is not closed",
        "close it with the same sign; inside single quotes write '' for one '",
        True,
    ),
    (
        "found unexpected document separator",
        "the quote opened here is not closed before a line `---` or `...`",
        "close it with the same sign",
        True,
    ),
    (
        "found unknown escape character",
        "a backslash inside double quotes begins an escape, and there is none like this",
        "write two backslashes, or use single quotes",
        False,
    ),
    (
        "expected escape sequence",
        "the escape after this backslash is not finished",
        "write two backslashes, or use single quotes",
        False,
    ),
    (
        "expected the node content, but found '<stream end>'",
        "the file ends where a value is expected",
        "close what is open, and finish the last line",
        True,
    ),
    (
        "expected the node content",
        "{found} stands where a value is expected",
        "write the value, or put it in quotes",
        False,
    ),
    (
        "expected '<document start>'",
        "something stands after the end of what was begun above",
        "let each name begin in line with the first one; put texts that go on in quotes",
        False,
    ),
    (
        "found undefined tag handle",
        "tags (`!`) are not used here",
        "put the value in quotes if it begins with `!`",
        False,
    ),
    (
        "found incompatible YAML document",
        "the file asks for another version of YAML",
        "delete the line that begins with %YAML",
        False,
    ),
    ("special characters are not allowed", "an unprintable character", "delete it", False),
)
_CANNOT_START = re.compile(r"found character '(.*)' that cannot start any token")
_FOUND = re.compile(r"but (?:found|got) '(.*)'$")


def malformed(error: MarkedYAMLError, text: str, name: str) -> Problem:
    """Turn PyYAML's error into a problem at the line that has to be mended.

    text: the whole file, to see how the line is indented; name: the file's name.
    """
    problem = error.problem or ""
    at = error.problem_mark or error.context_mark
    if at is not None:
        (line,) = text.splitlines()[at.line : at.line + 1] or [""]
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return Problem(_place(name, at), _TAB[0], remedy=_TAB[1])
        if problem.startswith("expected <block end>"):
            if problem.endswith("':'"):
                return Problem(_place(name, at), _NAMELESS[0], remedy=_NAMELESS[1])
            if line[: at.column].strip():
                return Problem(_place(name, at), _AFTER[0], remedy=_AFTER[1])
    if error.context in ("while scanning an alias", "while scanning an anchor"):
        what = f"a value cannot begin with {'*' if 'alias' in error.context else '&'}"
        return Problem(_place(name, at), what, remedy=_QUOTE)
    unstartable = _CANNOT_START.match(problem)
    if unstartable:
        sign = unstartable.group(1)
        if sign == "\\t":
            return Problem(_place(name, at), "a tab stands where a value begins", remedy=_TAB[1])
        return Problem(_place(name, at), f"a value cannot begin with {sign}", remedy=_QUOTE)
    for beginning, what, remedy, begun in _WORDS:
        if problem.startswith(beginning):
            where = error.context_mark if begun and error.context_mark else at
            found = _FOUND.search(problem)
            what = what.replace("{found}", found.group(1) if found else "a sign")
            return Problem(_place(name, where), what, remedy=remedy)
    context = f" {error.context}" if error.context else ""
    return Problem(
        _place(name, at),
        f"this is not YAML: {problem}{context}",
        remedy="check quotes, brackets and indentation on this line and the one above",
    )


def _place(name: str, mark: Mark | None) -> Place:
    return Place(name) if mark is None else Place(name, mark.line + 1, mark.column + 1)
