"""Whole numbers under a checksum, to be read back exactly or not at all.

A sealed piece is a line `glasstown-sealed 1 SHA256 BYTES`, and so many bytes that have that
SHA-256: a line of JSON, and the arrays that it tells of, each little-endian and compressed by
Zstandard.
Pieces can be laid one after another into one file. A damaged one is passed over; those around it
are read.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, final

import numpy as np
from numpy.typing import NDArray

from glasstown.records.digest import canonical

if TYPE_CHECKING:
    import pyarrow

_MARK = b"glasstown-sealed 1 "
_LINE = re.compile(re.escape(_MARK) + rb"([0-9a-f]{64}) ([0-9]{1,15})\n")


@final
@dataclass(frozen=True)
class Sealed:
    """A piece whose checksum holds. about: what it says of itself; raw: all of its bytes."""

    about: Mapping[str, Any]
    raw: bytes
    _packed: tuple[bytes, ...]

    def array(
        self, number: int, kind: np.dtype[Any], shape: tuple[int, ...]
    ) -> NDArray[Any] | None:
        """One of its arrays, which can be changed; None if it is not of this kind and shape."""
        if number >= len(self._packed):
            return None
        if self.about["arrays"][number][:2] != [kind.newbyteorder("<").str, list(shape)]:
            return None
        size = kind.itemsize * math.prod(shape)
        try:
            raw = _codec().decompress(self._packed[number], decompressed_size=size, asbytes=True)
        except (OSError, ValueError):  # only a forger seals what cannot be opened
            return None
        read = np.frombuffer(bytearray(raw), dtype=kind.newbyteorder("<"))
        return read.reshape(shape).astype(kind, copy=False)


def seal(about: Mapping[str, Any], arrays: Sequence[NDArray[Any]]) -> bytes:
    """A piece that says `about` of itself and holds the arrays."""
    little = [np.ascontiguousarray(a, dtype=a.dtype.newbyteorder("<")) for a in arrays]
    packed = [_codec().compress(a.reshape(-1).view(np.uint8), asbytes=True) for a in little]
    told = [[a.dtype.str, list(a.shape), len(p)] for a, p in zip(little, packed, strict=True)]
    body = b"".join([canonical({**about, "arrays": told}), b"\n", *packed])
    digest = hashlib.sha256(body).hexdigest().encode()
    return b"%s%s %d\n%s\n" % (_MARK, digest, len(body), body)


def unsealed(data: bytes) -> Iterator[Sealed]:
    """The pieces in a file whose checksum holds, in order."""
    at = 0
    while (found := _LINE.search(data, at)) is not None:
        end = found.end() + int(found[2])
        body = data[found.end() : end]
        if hashlib.sha256(body).hexdigest().encode() == found[1]:
            piece = _piece(data[found.start() : end + 1], body)
            if piece is not None:
                yield piece
            at = end
        else:
            at = found.end()


def _piece(raw: bytes, body: bytes) -> Sealed | None:
    """A piece whose checksum holds; None if whoever sealed it wrote something else."""
    line, _, rest = body.partition(b"\n")
    try:
        about = json.loads(line)
        sizes = [size for _, _, size in about["arrays"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(about, dict) or not all(type(s) is int and s >= 0 for s in sizes):
        return None
    ends = np.cumsum([0, *sizes]).tolist()
    packed = tuple(rest[start:end] for start, end in pairwise(ends))
    return Sealed(about, raw, packed)


def _codec() -> pyarrow.Codec:
    import pyarrow as pa

    return pa.Codec("zstd", 1)
