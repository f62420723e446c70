"""The wire format of protocol buffers, as far as checkpoints need it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from minigraph.graph import errors

__all__ = ["damaged", "fields", "fixed32", "message", "read_varint", "varint"]

_MOST_SHIFT = 63  # of the seven bits that the last of a number's ten bytes adds


def damaged(text: str) -> Exception:
    """Return the error for a file that is not what it should be."""
    return errors.DataLossError(None, None, text)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a position, and the position after it.

    Raises:
        DataLossError: if the data end within it, or it has more than 64 bits.

    Example:
        >>> read_varint(b"\\xac\\x02", 0)
        (300, 2)
    """
    result = shift = 0
    while at < len(data) and shift <= _MOST_SHIFT:
        byte = data[at]
        at += 1
        result |= (byte & 127) << shift
        if byte < 128:
            return result, at
        shift += 7
    raise damaged("a number is cut off or too long")


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the number and value of each field: an int, or the bytes of a text or a message.

    Raises:
        DataLossError: if the data are no message.

    Example:
        >>> list(fields(message((1, 300), (2, b"abc"))))
        [(1, 300), (2, b'abc')]
    """
    at = 0
    value: int | bytes
    while at < len(data):
        key, at = read_varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = read_varint(data, at)
        else:
            if kind == 2:
                size, at = read_varint(data, at)
            elif kind in (1, 5):
                size = 8 if kind == 1 else 4
            else:
                raise damaged(f"a field has the unknown wire type {kind}")
            if at + size > len(data):
                raise damaged("a field is cut off")
            value = data[at : at + size] if kind == 2 else int.from_bytes(data[at : at + size], "little")
            at += size
        yield key >> 3, value


def varint(number: int) -> bytes:
    """Return a number, in as few bytes as it needs; a negative one as its 64 bits."""
    number &= (1 << 64) - 1
    result = bytearray()
    while number > 127:
        result.append(number & 127 | 128)
        number >>= 7
    result.append(number)
    return bytes(result)


def message(*pairs: tuple[int, int | bytes]) -> bytes:
    """Return a message with these fields; a number that is 0 is left out, as the format's version 3 does."""
    parts = []
    for number, value in pairs:
        if isinstance(value, bytes):
            parts += [varint(number << 3 | 2), varint(len(value)), value]
        elif value:
            parts += [varint(number << 3), varint(value)]
    return b"".join(parts)


def fixed32(number: int, value: int) -> bytes:
    """Return a field of four bytes."""
    return varint(number << 3 | 5) + struct.pack("<I", value)
