"""A program: the instructions of a world, their tables, and a readable listing."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasstown.compiler.codes import COMMON, DRAWS, SIGNATURES, WORDS, Code, Kind
from glasstown.luck import WARD_SEATS

SECTIONS = ("birth", "load", "month", "store")
"""A ward's life: birth, then each month, which stateful programs begin and end with their state."""

FORMAT = 2


@dataclass(frozen=True, eq=False)
class Program:
    """What the machine runs.

    `code` is int32, instructions x 8; `sections` gives for each of `SECTIONS` where it starts
    and ends; `tables` is int32; `registers` counts those of each kind; `cells` is how many of the
    ledger's cells are counted; `labels` says of each instruction what it is for; `columns` counts
    the columns of state of each width that can be kept from month to month.
    """

    code: NDArray[np.int32]
    sections: dict[str, tuple[int, int]]
    tables: NDArray[np.int32]
    registers: dict[str, int]
    measures: int
    cells: int
    histograms: tuple[int, ...]
    signals: tuple[str, ...]
    columns: dict[str, int]
    labels: tuple[str, ...]

    def bytes_per_ward(self, communities: int) -> int:
        """Bytes of state that are kept from month to month for a ward of so many communities."""
        bits = {"flags": 1, "bytes": 8, "shorts": 16, "words": 32}
        lanes = sum(self.columns[name] * width for name, width in bits.items())
        return lanes * WARD_SEATS // 8 + 4 * self.columns["commons"] * communities

    def listing(self) -> str:
        """The program in words, an instruction a line."""
        lines = []
        for section, (start, end) in self.sections.items():
            lines.append(f"{section}:")
            lines += [f"  {i:4}  {self._line(i)}" for i in range(start, end)]
        return "\n".join(lines) + "\n"

    def _line(self, index: int) -> str:
        code, dst, a, b, c, i, j, k = (int(word) for word in self.code[index])
        common = code >= COMMON
        signature = SIGNATURES[Code(code % COMMON)]
        kinds = [Kind.COMMON if common and r == "w" else r for r in signature.reads]
        words: dict[str, object] = {"a": a, "b": b, "c": c, "i": i, "j": j, "k": k}
        for name, kind in zip("abc", kinds, strict=False):
            words[name] = f"{kind}{words[name]}"
        if not common and Code(code) in DRAWS:
            words["i"] = f"{i & 0xFFFFFFFF:08x}"
        does = signature.template.format(**words)
        kind = Kind.COMMON if common else signature.writes
        text = f"{kind}{dst} = {does}" if signature.writes else does
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
        registers=dict(head["registers"]),
        measures=head["measures"],
        cells=head["cells"],
        histograms=tuple(head["histograms"]),
        signals=tuple(head["signals"]),
        columns=dict(head["columns"]),
        labels=tuple(head["labels"]),
    )
