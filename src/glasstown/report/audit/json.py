"""An audit as JSON, for other programs."""

from __future__ import annotations

import json
import math
from typing import Any

from glasstown import __version__
from glasstown.audit import About, Answer, Audit, Figure, Finding, Step
from glasstown.report.audit import said

FORMAT = 1
"""Raised when a program that reads the JSON would have to be changed."""


def text(audit: Audit) -> str:
    """The audit as JSON, indented."""
    return json.dumps(as_dict(audit), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_dict(audit: Audit) -> dict[str, Any]:
    """The audit as JSON holds it; a number that is none, or without end, is null."""
    probes = {answer.about.name: _about(answer.about) for answer in audit.answers}
    return {
        "format": FORMAT,
        "glasstown": __version__,
        "subject": audit.subject,
        "yardstick": audit.yardstick,
        "saw": audit.saw,
        "parts": [
            {
                "subject": part.subject,
                "way": part.way.value,
                "saw": part.saw,
                "answers": [_answer(answer) for answer in part.answers],
            }
            for part in said.parts(audit)
        ],
        "probes": probes,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "probe": answer.about.name,
        "verdict": answer.verdict.value,
        "weight": answer.weight.value if answer.weight else None,
        "looked": answer.looked,
        "findings": [_finding(finding) for finding in answer.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "verdict": finding.verdict.value,
        "weight": finding.weight.value,
        "says": finding.says,
        "steps": [_step(step) for step in finding.steps],
        "figures": [_figure(figure) for figure in finding.figures],
        "remedy": finding.remedy,
        "lives": list(finding.lives),
        "open": finding.open,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "path": step.path,
        "says": step.says,
        "file": said.file_of(step.place) or None,
        "line": step.place.line,
        "column": step.place.column,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "value": _number(figure.value),
        "unit": figure.unit,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "of": figure.of,
    }


def _number(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _about(about: About) -> dict[str, Any]:
    return {
        "title": about.title,
        "asks": about.asks,
        "matters": about.matters,
        "computed": about.computed,
        "cannot": about.cannot,
        "sources": [
            {"title": source.title, "where": source.where, "url": source.url}
            for source in about.sources
        ],
    }
