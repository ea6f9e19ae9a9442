"""Text from strangers, made safe to print."""

import unicodedata

_MARKED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _safe(character: str) -> str:
    if unicodedata.category(character) not in _MARKED:
        return character
    return character.encode("unicode_escape").decode("ascii")


def clean(text: str) -> str:
    """Make text harmless on a terminal: one line, nothing invisible.

    Control, bidirectional, unassigned and surrogate characters become escapes such as `\\x1b`, so
    nothing that a file or a file name holds can move a cursor or break an encoder.
    """
    return "".join(map(_safe, text))


def shown(value: object, limit: int = 60) -> str:
    """Quote a value from a file inside a message: `` `like this` ``, cleaned and shortened.

    limit: characters kept, from 8 up; what is left out becomes `...`.
    """
    text = str(value)
    if len(text) > limit:
        text = text[: limit - 3] + "..."
    return f"`{clean(text)}`"
