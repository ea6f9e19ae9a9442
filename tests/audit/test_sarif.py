"""An audit as SARIF keeps to the standard's main constraints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import glasstown as gt
from glasstown.audit import Answer, Audit, Finding, Step, Weight
from glasstown.errors import Place
from glasstown.report.audit import FORMATS, written
from glasstown.report.audit.sarif import LEVELS
from tests.audit.made import BOTH, EVERY, GRAVE, NOTABLE, about

LIBRARY = str(Path(gt.__file__).parent / "scheme" / "library" / "unictown-2019.yaml")


def sarif(audit: Audit) -> dict[str, Any]:
    data = json.loads(written(audit, "sarif"))
    assert data["version"] == "2.1.0"
    assert data["$schema"].endswith("sarif-2.1.0.json")
    (run,) = data["runs"]
    return dict(run)


@pytest.mark.parametrize("name", EVERY)
def test_the_sarif_keeps_to_its_standard(name: str) -> None:
    run = sarif(EVERY[name])
    driver = run["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert driver["name"] == "Glasstown"
    assert len(set(ids)) == len(ids)
    for rule in driver["rules"]:
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
        # 3.27.10: whatever did not fail has no level.
        assert (result["kind"] == "fail") == (result["level"] != "none")
        assert result["locations"]
        for location in locations(result):
            region = location.get("physicalLocation", {}).get("region", {"startLine": 1})
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1
            for logical in location["logicalLocations"]:
                assert logical["fullyQualifiedName"]
            uri = location.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "x")
            assert re.fullmatch(r"[A-Za-z0-9%/:@!$&'()*+,;=~._-]+", uri)


def locations(result: dict[str, Any]) -> list[dict[str, Any]]:
    flows = result.get("codeFlows", [])
    return result["locations"] + [
        at["location"] for flow in flows for t in flow["threadFlows"] for at in t["locations"]
    ]


def test_the_level_is_the_weight_and_the_way_is_a_flow() -> None:
    results = sarif(BOTH)["results"]
    assert [result["level"] for result in results] == ["error", "warning", "note", "none"]
    assert set(LEVELS) == set(Weight)
    grave, lived, _, untold = results
    assert grave["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "s.yaml"},
        "region": {"startLine": 7, "startColumn": 3},
    }
    assert len(grave["codeFlows"][0]["threadFlows"][0]["locations"]) == 2
    assert grave["message"]["text"].endswith(
        "To remove it: take out `rules.a`. Left open: whether it is used."
    )
    assert lived["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "world"}]}]
    assert untold["kind"] == "review"
    assert "never shown" not in untold["message"]["text"]


def test_a_finding_keeps_its_fingerprint_when_lines_move() -> None:
    moved = Finding(
        "A grave thing, said anew.",
        weight=Weight.GRAVE,
        steps=tuple(Step(s.path, s.says, Place("s.yaml", 99)) for s in GRAVE.steps),
    )
    prints = [
        sarif(Audit("one", "o", (Answer(about("large"), (f,)),)))["results"][0][
            "partialFingerprints"
        ]
        for f in (GRAVE, moved, NOTABLE)
    ]
    assert prints[0] == prints[1] != prints[2]


def test_a_file_of_the_library_is_named_alike_on_every_machine() -> None:
    found = Finding("Here.", steps=(Step("score", "It.", Place(LIBRARY, 3)),))
    audit = Audit("x", "y", (Answer(about("here"), (found,)),))
    inside = "glasstown/scheme/library/unictown-2019.yaml"
    run = sarif(audit)
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": inside, "uriBaseId": "LIBRARY"}
    assert set(run["originalUriBaseIds"]) == {"LIBRARY"}
    for form in FORMATS:
        assert inside in written(audit, form)
        assert str(Path(gt.__file__).parent) not in written(audit, form)
