"""How a value's elements are written as bytes, and read."""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np

from minigraph.checkpoints.crc32c import crc32c, masked
from minigraph.checkpoints.wire import damaged, read_varint, varint
from minigraph.graph.dtypes import DType, string

__all__ = ["array_from", "bytes_of", "check_size"]


def bytes_of(array: np.ndarray, dtype: DType) -> tuple[Any, int]:
    """Return the bytes of an array (or its memory), and their checksum as the index has it.

    Numbers are written as they lie in the memory of a little-endian machine. For texts, the lengths stand first, then
    their checksum, then the texts.
    """
    if dtype is not string:
        kind = array.dtype.newbyteorder("<") if array.dtype.byteorder == ">" else array.dtype
        raw = np.ascontiguousarray(array, kind).reshape(-1).view(np.uint8).data
        return raw, masked(crc32c(raw))
    texts = [text if isinstance(text, bytes) else str(text).encode() for text in array.ravel().tolist()]
    # As if the lengths were written with four bytes each (eight, where they do not fit).
    lengths = [len(text) for text in texts]
    crc = crc32c(b"".join([struct.pack("<I" if n < 1 << 32 else "<Q", n) for n in lengths]))
    check = struct.pack("<I", masked(crc))
    crc = crc32c(b"".join(texts), crc32c(check, crc))
    return b"".join([*map(varint, lengths), check, *texts]), masked(crc)


def check_size(name: str, dtype: DType, shape: tuple[int, ...], size: int) -> None:
    """Raise DataLossError unless a value of that type and shape can have that many bytes."""
    count = math.prod(shape)
    if size < count + 4 if dtype is string else size != count * np.dtype(dtype.as_numpy_dtype).itemsize:
        raise damaged(f"{name} has {size} bytes, which do not fit {dtype.name}{list(shape)}")


def array_from(raw: bytes, dtype: DType, shape: tuple[int, ...], checksum: int) -> np.ndarray:
    """Return the array that was written as these bytes.

    Raises:
        DataLossError: if they are not those that were written.
    """
    if dtype is string:
        return _texts(raw, math.prod(shape), checksum).reshape(shape)
    found = masked(crc32c(raw))
    if found != checksum:
        raise _mismatch(checksum, found)
    return (
        np.frombuffer(raw, np.dtype(dtype.as_numpy_dtype).newbyteorder("<")).astype(dtype.as_numpy_dtype).reshape(shape)
    )


def _texts(raw: bytes, count: int, checksum: int) -> np.ndarray:
    at, lengths = 0, []
    for _ in range(count):
        length, at = read_varint(raw, at)
        lengths.append(length)
    if at + 4 + sum(lengths) != len(raw):
        raise damaged("the lengths of the texts do not fit")
    crc = crc32c(b"".join([struct.pack("<I" if n < 1 << 32 else "<Q", n) for n in lengths]))
    found = masked(crc32c(raw[at + 4 :], crc32c(raw[at : at + 4], crc)))
    if found != checksum:
        raise _mismatch(checksum, found)
    at += 4
    result = np.empty(count, object)
    for i, length in enumerate(lengths):
        result[i] = raw[at : at + length]
        at += length
    return result


def _mismatch(stored: int, found: int) -> Exception:
    return damaged(f"Checksum does not match: stored {stored} vs. calculated on the restored bytes {found}")
