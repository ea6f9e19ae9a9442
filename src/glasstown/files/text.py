"""Bytes to text, where anything that an editor would not show is refused with its line."""

import codecs
import re

from glasstown.errors import FileProblems, Place, Problem

# Of the characters below a space, only tab and the line ends are text. C1 controls, line and
# paragraph separators would make our line numbers differ from the editor's; bidirectional controls
# make a file read otherwise than it is; lone surrogates are not characters.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
_MOST_NAMED = 20
_WIDE = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SAVE_AS = "save it as UTF-8 in your editor"


def decode(raw: bytes, name: str) -> str:
    """Decode UTF-8, with or without its byte order mark.

    Raises `FileProblems` that names the encoding it seems to be, or the first wrong byte.
    """
    for mark, encoding in _WIDE:
        if raw.startswith(mark):
            raise FileProblems(
                Problem(Place(name, 1), f"the file is in {encoding}, not UTF-8", remedy=_SAVE_AS)
            )
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        offset = error.start
        line = body.count(b"\n", 0, offset) + 1
        column = offset - (body.rfind(b"\n", 0, offset) + 1) + 1
        at = offset + len(raw) - len(body)
        what = f"the file is not UTF-8: byte {at} (from 0) is 0x{body[offset]:02x}"
        raise FileProblems(Problem(Place(name, line, column), what, remedy=_SAVE_AS)) from None


def unprintable(text: str, name: str) -> list[Problem]:
    """Find control characters and other things no editor shows, at most twenty of them."""
    problems: list[Problem] = []
    wide = text.count("\0") > len(text) // 4
    for found in _UNPRINTABLE.finditer(text):
        start = found.start()
        if text[start] == "\0" and wide:
            what = "the file holds NUL characters: it seems to be UTF-16, or no text at all"
            return [Problem(Place(name, 1), what, remedy=_SAVE_AS)]
        if len(problems) == _MOST_NAMED:
            break
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        what = f"{named(text[start])} in the file"
        problems.append(Problem(Place(name, line, column), what, remedy="delete it"))
    return problems


def first_unprintable(text: str) -> str:
    """Return the first such character in a value, or "" where there is none."""
    found = _UNPRINTABLE.search(text)
    return found.group() if found else ""


def named(character: str) -> str:
    """Say which invisible character it is: `a control character (U+0007)`."""
    code = ord(character)
    kind = "an invisible character" if code > 0x9F else "a control character"
    if code == 0:
        kind = "a NUL character"
    return f"{kind} (U+{code:04X})"
