"""What the machine is compiled from."""

from __future__ import annotations

from hashlib import sha256
from importlib.resources import files

from glasstown.engine.machine import numbers


def sources() -> int:
    """A number that stands for this package's files and the numbers it takes from elsewhere."""
    digest = sha256()
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            text = file.read_bytes()
            digest.update(f"{file.name} {len(text)} ".encode() + text)
    constants = {name: value for name, value in vars(numbers).items() if isinstance(value, int)}
    digest.update(repr(sorted(constants.items())).encode())
    return int.from_bytes(digest.digest()[:7], "big")
