"""A program: the instructions of a world, their tables, and a readable listing."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.ops import FIRST_DRAW, SIGNATURES, WORDS, Op

SECTIONS = ("traits", "birth", "load", "month", "store")
"""A ward's life: traits and birth, then each month. Coupled worlds load and store their state."""

FORMAT = 1


@dataclass(frozen=True, eq=False)
class Program:
    """What the machine runs.

    `code` is int32, instructions x 8; `sections` gives for each of `SECTIONS` where it starts
    and ends; `tables` is int32; `labels` says of each instruction what it is for; `columns`
    counts the columns of state of 8, 16 and 32 bits that a coupled world keeps.
    """

    code: NDArray[np.int32]
    sections: dict[str, tuple[int, int]]
    tables: NDArray[np.int32]
    registers: int
    measures: int
    cells: int
    histograms: tuple[int, ...]
    signals: tuple[str, ...]
    columns: tuple[int, int, int]
    labels: tuple[str, ...]

    @property
    def bytes_per_citizen(self) -> int:
        """Bytes of state that a coupled world keeps for each citizen."""
        return sum(n * width for n, width in zip(self.columns, (1, 2, 4), strict=True))

    def listing(self) -> str:
        """The program in words, an instruction a line."""
        lines = []
        for section, (start, end) in self.sections.items():
            lines.append(f"{section}:")
            lines += [f"  {i:4}  {self._line(i)}" for i in range(start, end)]
        return "\n".join(lines) + "\n"

    def _line(self, index: int) -> str:
        op, dst, a, b, c, i, j, k = (int(word) for word in self.code[index])
        signature = SIGNATURES[Op(op)]
        words = {"a": f"r{a}", "b": f"r{b}", "c": f"r{c}", "i": i, "j": j, "k": k}
        if op >= FIRST_DRAW:
            words["i"] = f"{i & 0xFFFFFFFF:08x}"
        does = signature.template.format(**words)
        text = f"r{dst} = {does}" if signature.writes else does
        return f"{text:<58} # {self.labels[index]}".rstrip(" #")

    def to_bytes(self) -> bytes:
        """The program as bytes for `program_from_bytes`; the same for the same world."""
        head: dict[str, Any] = {
            "format": FORMAT,
            "sections": self.sections,
            "registers": self.registers,
            "measures": self.measures,
            "cells": self.cells,
            "histograms": self.histograms,
            "signals": self.signals,
            "columns": self.columns,
            "labels": self.labels,
            "instructions": len(self.code),
            "tables": len(self.tables),
        }
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        out = io.BytesIO()
        out.write(b"glasstown program\n" + len(text).to_bytes(8, "little") + text)
        out.write(self.code.astype("<i4").tobytes())
        out.write(self.tables.astype("<i4").tobytes())
        return out.getvalue()

    @property
    def digest(self) -> str:
        """The SHA-256 of the program's bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def program_from_bytes(data: bytes) -> Program:
    """Read a program back.

    Raises:
        ValueError: the bytes are no program of this format.
    """
    magic = b"glasstown program\n"
    if not data.startswith(magic) or len(data) < len(magic) + 8:
        raise ValueError("not a Glasstown program")
    start = len(magic) + 8
    size = int.from_bytes(data[len(magic) : start], "little")
    head = json.loads(data[start : start + size])
    body = data[start + size :]
    if head.get("format") != FORMAT:
        raise ValueError(f"a program of format {head.get('format')}, not {FORMAT}")
    words = head["instructions"] * WORDS
    if len(body) != 4 * (words + head["tables"]):
        raise ValueError("the program is cut short")
    numbers = np.frombuffer(body, dtype="<i4").astype(np.int32)
    return Program(
        code=numbers[:words].reshape(-1, WORDS),
        sections={name: (span[0], span[1]) for name, span in head["sections"].items()},
        tables=numbers[words:],
        registers=head["registers"],
        measures=head["measures"],
        cells=head["cells"],
        histograms=tuple(head["histograms"]),
        signals=tuple(head["signals"]),
        columns=(head["columns"][0], head["columns"][1], head["columns"][2]),
        labels=tuple(head["labels"]),
    )
