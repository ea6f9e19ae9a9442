"""Each probe finds the one fault planted for it, and only it; the mended twin is silent.

A fault is a file of changes to `faults/sound.yaml` by dotted path, named after the probe that has
to find it (`PROBE.yaml`, or `PROBE.WHICH.yaml`); null takes an entry out. The sound scheme is the
mended twin of them all.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from glasstown.audit import Audit, Verdict, audit_scheme
from glasstown.audit.written import PROBES

HERE = Path(__file__).parent
SOUND = HERE / "faults" / "sound.yaml"
YARDSTICK = HERE / "yardstick.yaml"
FAULTS = sorted(file for file in SOUND.parent.glob("*.yaml") if file != SOUND)


def audit_of(changes: dict[str, object], folder: Path) -> Audit:
    data = yaml.safe_load(SOUND.read_text())
    for path, value in changes.items():
        *way, last = path.split(".")
        part = data
        for name in way:
            part = part.setdefault(name, {})
        if value is None:
            del part[last]
        else:
            part[last] = value
    file = folder / "scheme.yaml"
    file.write_text(yaml.safe_dump(data, sort_keys=False))
    return audit_scheme(file, by=YARDSTICK)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda file: file.stem)
def test_a_planted_fault_is_found_by_its_probe_alone(fault: Path, tmp_path: Path) -> None:
    audit = audit_of(yaml.safe_load(fault.read_text()), tmp_path)
    assert [answer.about.name for answer in audit.found] == [fault.stem.split(".")[0]]
    for answer in audit.found:
        for finding in answer.findings:
            assert finding.remedy
            assert finding.steps
            assert all(step.place.line for step in finding.steps)


def test_nothing_is_found_without_a_fault(tmp_path: Path) -> None:
    audit = audit_of({}, tmp_path)
    assert {answer.verdict for answer in audit.answers} == {Verdict.NOT_FOUND}


def test_every_probe_has_a_fault_of_its_own() -> None:
    assert {fault.stem.split(".")[0] for fault in FAULTS} == {p.about.name for p in PROBES}
