"""The changes that would have altered a treatment, as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from glasstown.engine.dossier.nearest import HELD, RULE, Nearest

_WIDTH = 92


def text(found: Nearest) -> str:
    """One treatment with its changes."""
    treatment = found.treatment
    head = f"Month {treatment.month}: citizen {found.citizen:,} was {treatment.says}."
    lines = wrap(head, _WIDTH, subsequent_indent="  ")
    if found.smallest is None:
        lines += wrap(
            f"No single record or act of that month or of the {found.back} before it would have "
            "altered it, and no number of points.",
            _WIDTH,
            initial_indent="  ",
            subsequent_indent="    ",
        )
    for change in found.changes:
        lead = "It would have been otherwise " if change is found.smallest else "or "
        lines += wrap(f"{lead}{change.says}", _WIDTH, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines)


def texts(found: Sequence[Nearest]) -> str:
    """Several treatments with their changes, and what was held."""
    parts = [text(each) for each in found]
    if not parts:
        return "Nothing was refused, required, withheld or made public here."
    lived = sum(each.lived for each in found)
    notes = (HELD, RULE, f"{lived:,} lives were lived to find this.")
    return "\n\n".join([*parts, *("\n".join(wrap(note, _WIDTH)) for note in notes)])
