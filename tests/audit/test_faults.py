"""Each probe finds the one fault planted for it, and only it; the mended twin is silent.

A fault is a file of changes to `faults/sound.yaml` by dotted path, named after the probe that has
to find it (`PROBE.yaml`, or `PROBE.WHICH.yaml`); null takes an entry out. The sound scheme is the
mended twin of them all. A probe that only puts together what others find has them under `also`.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from glasstown.audit import Verdict
from glasstown.audit.written import PROBES
from tests.audit.schemes import SOUND, audited

FAULTS = sorted(file for file in SOUND.parent.glob("*.yaml") if file != SOUND)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda file: file.stem)
def test_a_planted_fault_is_found_by_its_probe_alone(fault: Path, tmp_path: Path) -> None:
    changes = yaml.safe_load(fault.read_text())
    expected = {fault.stem.split(".")[0], *changes.pop("also", [])}
    audit = audited(tmp_path, changes)
    assert {answer.about.name for answer in audit.found} == expected
    for answer in audit.found:
        for finding in answer.findings:
            assert finding.remedy
            assert finding.steps
            assert all(step.place.line for step in finding.steps)


def test_nothing_is_found_without_a_fault(tmp_path: Path) -> None:
    audit = audited(tmp_path, {})
    assert {answer.verdict for answer in audit.answers} == {Verdict.NOT_FOUND}


def test_every_probe_has_a_fault_of_its_own() -> None:
    assert {fault.stem.split(".")[0] for fault in FAULTS} == {p.about.name for p in PROBES}
