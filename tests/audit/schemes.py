"""Schemes to audit: the sound one, with changes by dotted path."""

from __future__ import annotations

from pathlib import Path

import yaml

from glasstown.audit import Answer, Audit, audit_scheme

HERE = Path(__file__).parent
SOUND = HERE / "faults" / "sound.yaml"
YARDSTICK = HERE / "yardstick.yaml"


def changed(data: dict[str, object], changes: dict[str, object]) -> dict[str, object]:
    """The data with values set by dotted path; null takes an entry out."""
    for path, value in changes.items():
        *way, last = path.split(".")
        part = data
        for name in way:
            part = part.setdefault(name, {})
        if value is None:
            del part[last]
        else:
            part[last] = value
    return data


def audited(
    folder: Path, changes: dict[str, object], yardstick: dict[str, object] | None = None
) -> Audit:
    """The audit of the sound scheme with changes, by the yardstick of the tests with changes."""
    made = {"scheme": (SOUND, changes), "yardstick": (YARDSTICK, yardstick or {})}
    for name, (file, own) in made.items():
        data = changed(yaml.safe_load(file.read_text()), own)
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
    return audit_scheme(folder / "scheme.yaml", by=folder / "yardstick.yaml")


def answer(audit: Audit, probe: str) -> Answer:
    """What one probe answered."""
    return next(answer for answer in audit.answers if answer.about.name == probe)
