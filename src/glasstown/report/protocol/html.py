"""A description as one HTML page: everything in it, nothing fetched, no script."""

from __future__ import annotations

from markupsafe import Markup, escape

from glasstown import __version__
from glasstown.report.frame import environment, style
from glasstown.report.protocol.inline import pieces
from glasstown.report.protocol.model import Protocol


def html(protocol: Protocol) -> str:
    """The whole page."""
    made = environment()
    made.filters["inline"] = _inline
    template = made.get_template("protocol.html")
    return template.render(protocol=protocol, style=style(), version=__version__)


def _inline(text: str) -> Markup:
    return Markup("").join(_piece(kind, piece) for kind, piece in pieces(text))


def _piece(kind: str, text: str) -> Markup:
    match kind:
        case "code":
            return Markup("<code>{}</code>").format(text)
        case "link":
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(text, text)
    return escape(text)
