"""The formats of an audit: one set of findings, for the terminal, other programs, and pages."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from glasstown.audit import Audit

FORMATS = {"text": ".txt", "json": ".json", "sarif": ".sarif", "md": ".md", "html": ".html"}
"""The formats, each with the ending of its files."""

_MODULES = {"md": "markdown"}


def written(audit: Audit, form: str) -> str:
    """An audit in one of the formats, ending in a new line."""
    module = import_module(f"{__name__}.{_MODULES.get(form, form)}")
    write: Callable[[Audit], str] = module.text
    return write(audit).rstrip("\n") + "\n"
