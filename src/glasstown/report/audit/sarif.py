"""An audit as SARIF 2.1.0, which editors and code forges show beside the lines it names."""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from glasstown import __version__
from glasstown.audit import About, Audit, Figure, Step, Verdict, Weight
from glasstown.report.audit import said
from glasstown.report.words import tidy

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

LEVELS = {Weight.GRAVE: "error", Weight.SERIOUS: "warning", Weight.NOTABLE: "note"}
"""The level of a finding, by its weight; of what cannot be told it is `none`."""

_LIBRARY = "LIBRARY"


def text(audit: Audit) -> str:
    """The audit as a SARIF log, indented."""
    return json.dumps(log(audit), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def log(audit: Audit) -> dict[str, Any]:
    """The audit as a SARIF log of one run: a rule for each probe, a result for each finding."""
    abouts = {answer.about.name: answer.about for answer in audit.answers}
    ids = list(abouts)
    results = [_result(item, ids) for item in said.items(audit)]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "Glasstown",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(about) for about in abouts.values()],
            }
        },
        "automationDetails": {"id": f"glasstown/audit/{quote(audit.subject, safe='')}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": results,
        "properties": {"subject": tidy(audit.subject), "yardstick": tidy(audit.yardstick)},
    }
    if _LIBRARY in json.dumps(results):
        said_of = {"text": "The folder in which the package glasstown lies."}
        run["originalUriBaseIds"] = {_LIBRARY: {"description": said_of}}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(about: About) -> dict[str, Any]:
    sources = [", ".join(filter(None, (s.title, s.where, s.url))) for s in about.sources]
    help_text = "\n\n".join(
        [
            about.matters,
            f"How it is answered: {about.computed}",
            f"What it cannot show: {about.cannot}",
            *([f"Sources: {'; '.join(sources)}."] if sources else []),
        ]
    )
    rule: dict[str, Any] = {
        "id": about.name,
        "name": "".join(part.capitalize() for part in about.name.split("-")),
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": about.asks},
        "help": {"text": help_text},
    }
    url = next((source.url for source in about.sources if source.url), "")
    if url:
        rule["helpUri"] = url
    return rule


def _result(item: said.Item, ids: list[str]) -> dict[str, Any]:
    finding, name = item.finding, item.answer.about.name
    found = finding.verdict is Verdict.FOUND
    message = finding.says
    if found and finding.remedy:
        message += f" To remove it: {finding.remedy}."
    if finding.open:
        message += f" Left open: {finding.open}."
    steps = [step for step in finding.steps if step.place.file]
    result: dict[str, Any] = {
        "ruleId": name,
        "ruleIndex": ids.index(name),
        "kind": "fail" if found else "review",
        "level": LEVELS[finding.weight] if found else "none",
        "message": {"text": message},
        "locations": [_location(steps[0])] if steps else [_nowhere(item)],
        "partialFingerprints": {"glasstown/v1": _fingerprint(item)},
        "properties": {
            "subject": item.subject,
            "way": item.way,
            "weight": finding.weight.value,
            "figures": [_figure(figure) for figure in finding.figures],
        },
    }
    if len(steps) > 1:
        flow = [{"location": _location(step, step.says)} for step in steps]
        result["codeFlows"] = [{"threadFlows": [{"locations": flow}]}]
    return result


def _location(step: Step, says: str = "") -> dict[str, Any]:
    uri = said.file_of(step.place)
    artifact: dict[str, Any] = {"uri": quote(PurePath(uri).as_posix(), safe="/:@!$&'()*+,;=~.")}
    if uri != step.place.file:
        artifact["uriBaseId"] = _LIBRARY
    elif PurePath(uri).is_absolute():
        artifact["uri"] = PurePath(uri).as_uri()
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if step.place.line is not None:
        physical["region"] = {"startLine": step.place.line}
        if step.place.column is not None:
            physical["region"]["startColumn"] = step.place.column
    location: dict[str, Any] = {
        "physicalLocation": physical,
        "logicalLocations": [{"fullyQualifiedName": step.path}],
    }
    if says:
        location["message"] = {"text": says}
    return location


def _nowhere(item: said.Item) -> dict[str, Any]:
    """A location for what stands in no file: what the finding is of."""
    return {"logicalLocations": [{"fullyQualifiedName": item.subject}]}


def _fingerprint(item: said.Item) -> str:
    """The same for the same finding after lines have moved and figures have changed."""
    path = "\n".join(step.path for step in item.finding.steps)
    key = "\n".join([item.subject, item.answer.about.name, path, "" if path else item.finding.says])
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def _figure(figure: Figure) -> str:
    return said.figure_text(figure)
