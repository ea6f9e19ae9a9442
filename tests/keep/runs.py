"""Runs to stop, damage and go on with: a small world of several spans, coupled or not."""

from pathlib import Path

from tests.cli.commands import put_files

import glasstown as gt

KINDS = ("small", "ranked")
"""An uncoupled world, and one that goes month by month."""


def world(folder: Path, kind: str, citizens: int = 40_000, months: int = 5) -> gt.World:
    """A world of 5 spans, unless asked for more; its files are put into the folder."""
    put_files(folder)
    return gt.load_world(folder / f"{kind}.yaml", citizens=citizens, months=months)


def spoil(file: Path, how: str, place: int = 0) -> None:
    """Damage a file: change a byte, cut it, empty it, or take it away."""
    raw = bytearray(file.read_bytes())
    if how == "missing":
        file.unlink()
        return
    if how == "changed":
        raw[place % len(raw)] ^= 1 << (place % 8)
    elif how == "cut":
        del raw[place % len(raw) :]
    elif how == "empty":
        raw.clear()
    file.write_bytes(raw)
