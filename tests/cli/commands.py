"""Real commands in real processes, and a small world in files for them to run."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "glasstown"]
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *filter(None, sys.path)]),
    "PYTHONWARNINGS": "error",
    "COLUMNS": "100",
    "TERM": "dumb",
}

FILES = {
    "points.yaml": """\
scheme: points
title: Points for studying
score: {range: [0, 100], start: 50}
sensors:
  eye: {detects: 90%, false_alarm: 1%}
rules:
  studied: {when: study, seen_by: eye, points: +3}
  cheated: {when: cheat, seen_by: eye, points: -20, disclosed: yes}
tiers: {low: 0, high: 60}
registers:
  barred: {enter: score < 40, leave: score > 45}
consequences:
  no_ticket: {occasion: ticket, for: on(barred), outcome: refuse}
""",
    "village.yaml": """\
nation: village
citizens: 1000
communities: {size: 50}
traits:
  student: {share: 40%}
  home: {values: {hill: 30%, shore: 70%}}
""",
    "plain.yaml": """\
conduct: plain
actions:
  study: {rate: 20%}
  cheat: {rate: 5%}
  speak_up: {rate: 10%, voices: student, fear: 4}
occasions:
  ticket: {rate: 30%}
fear: {own: 50%, seen: 20%, fades: 5%}
""",
    "small.yaml": """\
world: small
title: A village that counts points
schemes: [./points.yaml]
nation: ./village.yaml
conduct: ./plain.yaml
months: 6
seed: 3
count: {by: [student, home, points.tier]}
""",
    "ranked.yaml": """\
world: ranked
schemes: [./points.yaml]
nation: ./village.yaml
conduct: ./plain.yaml
months: 4
count: {by: [home]}
changes:
  points.consequences.first: {occasion: ticket, best: 10% of nation, outcome: advance}
""",
}


def put_files(folder: Path) -> Path:
    """Write the small world and what it names."""
    for name, text in FILES.items():
        (folder / name).write_text(text)
    return folder


def glasstown(*arguments: object, at: Path, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a folder, and wait for it."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=at,
        env={**ENVIRONMENT, **more},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def done(*arguments: object, at: Path, **more: str) -> str:
    """Run a command that ends well, with nothing on stderr, and return what it printed."""
    result = glasstown(*arguments, at=at, **more)
    assert (result.returncode, result.stderr) == (0, ""), result.stderr
    return result.stdout


def failed(*arguments: object, at: Path, **more: str) -> str:
    """Run a command that reports problems, and return what it said on stderr."""
    result = glasstown(*arguments, at=at, **more)
    assert (result.returncode, result.stdout) == (2, ""), (result.returncode, result.stdout)
    assert "Traceback" not in result.stderr
    return result.stderr
