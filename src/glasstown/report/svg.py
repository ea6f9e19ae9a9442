"""A panel as an SVG drawing that can stand inside a page."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape

import altair as alt
import vl_convert

from glasstown.report import draw
from glasstown.report.panel import Panel

_SVG = "{http://www.w3.org/2000/svg}"
_DROPPED = {"class", "role", "aria-roledescription", "aria-hidden", "pointer-events", "font-family"}
_NUMBER = re.compile(r"-?[0-9]+\.[0-9]+")
_DEFAULTS = {"opacity": "1", "fill-opacity": "1", "stroke-opacity": "1", "font-weight": "normal"}


def svg(panel: Panel) -> str:
    """Draw a panel: one element that scales to its place, and is told to who does not see it."""
    drawn = vl_convert.vegalite_to_svg(draw.fixed(panel), vl_version=_version())
    root = ET.fromstring(drawn)
    body = "".join(_written(child) for child in root)
    box = root.get("viewBox", "")
    return (
        f'<svg role="img" aria-label="{escape(panel.alt())}" viewBox="{escape(box)}">{body}</svg>'
    )


def _version() -> str:
    """The version of Vega-Lite that Altair writes, as vl-convert calls it; else its newest."""
    wanted = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    known: list[str] = vl_convert.get_vegalite_versions()
    same = [version for version in known if version.split(".")[0] == wanted.split(".")[0]]
    return wanted if wanted in known else (same or known)[-1]


def _written(element: ET.Element) -> str:
    """An element without what a still picture does not need: names for scripts, empty groups."""
    tag = element.tag.removeprefix(_SVG)
    own = {
        key: _NUMBER.sub(_rounded, value)
        for key, value in element.attrib.items()
        if key not in _DROPPED and _DEFAULTS.get(key) != value
    }
    if own.get("transform") == "translate(0,0)":
        del own["transform"]
    inside = escape(element.text or "") + "".join(_written(child) for child in element)
    if tag == "g" and (not own or not inside):
        return inside
    if _unseen(tag, own):
        return ""
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in own.items())
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _rounded(number: re.Match[str]) -> str:
    """A number of pixels to a hundredth."""
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _unseen(tag: str, own: dict[str, str]) -> bool:
    if own.get("display") == "none" or own.get("opacity") == "0":
        return True
    return tag == "path" and (not own.get("d") or not {"fill", "stroke"} & own.keys())
