"""What a notebook shows of a run or of a sweep."""

from __future__ import annotations

import html
from collections.abc import Mapping


def card(rows: Mapping[str, str]) -> str:
    """A small HTML table of names and values."""
    cells = "".join(
        f"<tr><th scope='row' style='text-align:left'>{name}</th>"
        f"<td style='text-align:left'>{html.escape(value)}</td></tr>"
        for name, value in rows.items()
    )
    return f"<table><tbody>{cells}</tbody></table>"
