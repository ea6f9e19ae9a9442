"""The frame that every page stands in: its templates, its style, and what they may call."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from glasstown.report import words

_HERE = Path(__file__).parent


def environment() -> Environment:
    """The templates, and what they may call."""
    made = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"tidy": words.tidy, "link": link, "data": _data, "slug": _slug}
    return made


def style() -> Markup:
    """The style of a page, which stands in it."""
    return Markup((_HERE / "page.css").read_text(encoding="utf-8"))


def link(url: str) -> str:
    """An address, if it is one that a reader may follow; else ""."""
    return url if re.fullmatch(r"https?://[^\s\"'<>]+", url) else ""


def _data(text: str, kind: str = "text/csv") -> Markup:
    """A text as the address of a file that lies in the page itself."""
    return Markup(f"data:{kind};charset=utf-8,{quote(text, safe=',()*!:;/ ').replace(' ', '%20')}")


def _slug(text: str) -> str:
    """A name fit for a file and for an address."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text)[:100].strip(".-") or "table"
